"""Exhibits: numbers without a gap, frozen at filing; names that a court's platform takes.

Label in file name, bookmark and inventory come from one field, and the inventory writes a number
as the file's name does. Texts cite exhibits by key, so that inserting one breaks no reference.
Sources: CJA R412-2 and R414-5; CE 5 Oct. 2018 n° 418233; design/cases.md §5 and §7.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from contrechamp.kernel.errors import Refused, gettext_noop

LONGEST = 80
"""Signs of a file's name, its ending included."""
NAME = re.compile(r"\d{2,3}[a-z]?_[A-Za-z0-9_-]+\.pdf")
INVENTORY = "00_Inventaire.pdf"
MOST_PARTS = 26
MOST_EXHIBITS = 999
CITED = re.compile(r"\[\[([a-z]{1,4}-[0-9a-z]{10})(?:,\s*([^\[\]\n]{1,60}))?\]\]")
"""A citation: the key of an exhibit, then where in it."""


class Group(StrEnum):
    """Under which heading an exhibit stands in the reading bundle, in the order of numbers."""

    DECISION = "DECISION"
    """The decision attacked, or the request that silence refused, and the steps around it."""
    FACTS = "FACTS"
    LAW = "LAW"
    """Opinions, decisions of courts, studies."""


GROUPS = {
    Group.DECISION: "Décision attaquée et démarches",
    Group.FACTS: "Faits",
    Group.LAW: "Droit et avis",
}
_ORDER = {group: at for at, group in enumerate(Group)}


class Role(StrEnum):
    """What an exhibit is to the action, where that matters to the court."""

    ATTACKED = "ATTACKED"
    """The decision attacked (CJA R412-1)."""
    REQUEST = "REQUEST"
    """Of a silent decision: the request and the proof of its day (CJA R412-1)."""
    OTHER = "OTHER"


class UnknownExhibit(Refused):
    """A text cites an exhibit that the case does not have."""


class BadNumbers(Refused):
    """Numbers given at filing have a gap, or one is given twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A version of a document in a case. Values only."""

    key: str
    """`exh-…`: what texts cite."""
    label: str
    group: Group = Group.FACTS
    position: int = 0
    """Its place in its group, before it has a number."""
    number: int = 0
    """From 1; 0: not numbered yet."""
    role: Role = Role.OTHER
    dated: str = ""
    """As the inventory says it: `15 janvier 2026`."""
    author: str = ""
    source: str = ""
    """Where it is from, as a sentence for the court: never of a document that a source gave."""
    sha256: str = ""
    version: int = 1
    pages: int = 0
    confidentiality: str = ""
    """Of the internal inventory alone."""


def numbered(exhibits: Iterable[Exhibit], *, filed: Mapping[str, int]) -> tuple[Exhibit, ...]:
    """Return the exhibits with their numbers, in order: those of `filed` (by key) never change.

    What was not filed goes on from there, by group and position. Raise `BadNumbers` when what was
    filed has a gap or a number twice, or there are more than 999.
    """
    every = tuple(exhibits)
    if len(every) > MOST_EXHIBITS:
        raise BadNumbers(gettext_noop("Un dossier a 999 pièces au plus."))
    kept = [replace(each, number=filed[each.key]) for each in every if each.key in filed]
    kept.sort(key=lambda each: each.number)
    if [each.number for each in kept] != list(range(1, len(filed) + 1)):
        raise BadNumbers(
            gettext_noop(
                "Les numéros déposés ne se suivent pas : une pièce déposée a été retirée. Remettez-"
                "la, sous son numéro."
            )
        )
    new = [each for each in every if each.key not in filed]
    new.sort(key=lambda each: (_ORDER[each.group], each.position, each.key))
    start = len(kept) + 1
    return (*kept, *(replace(each, number=start + at) for at, each in enumerate(new)))


def freeze(exhibits: Sequence[Exhibit]) -> dict[str, int]:
    """Return the numbers to be kept for ever, by key, on the day of filing."""
    return {each.key: each.number for each in exhibits}


def cited_keys(text: str) -> tuple[str, ...]:
    """Return the keys that a text cites as `[[exh-7h3kq0w2xz]]` or `[[exh-…, p. 3]]`, each once."""
    return tuple(dict.fromkeys(found[1] for found in CITED.finditer(text)))


def filled(text: str, exhibits: Iterable[Exhibit]) -> str:
    """Return a text with numbers in the place of keys: `pièce n° 7, p. 3`.

    Raise `UnknownExhibit` for a key of none of these exhibits, or of one without a number.
    """
    numbers = {each.key: each.number for each in exhibits if each.number}

    def fill(found: re.Match[str]) -> str:
        if found[1] not in numbers:
            raise UnknownExhibit(
                gettext_noop("Le texte cite la pièce « {key} », qui n'est pas au dossier."),
                key=found[1],
            )
        place = f", {found[2].strip()}" if found[2] else ""
        return f"pièce n°\u00a0{numbers[found[1]]}{place}"

    return CITED.sub(fill, text)


def written_number(number: int, *, count: int) -> str:
    """Return a number as file names and the inventory write it: `07`, `007` beyond 99 exhibits."""
    return str(number).zfill(3 if count > 99 else 2)


def file_name(number: int, label: str, *, count: int, part: str = "") -> str:
    """Return the name of an exhibit's file: `01_Decision_attaquee.pdf`, `07a_Rapport.pdf`.

    ASCII letters, digits, `-`, `_`, one dot, 80 signs at most; cut between words.
    """
    head = f"{written_number(number, count=count)}{part}_"
    room = LONGEST - len(head) - len(".pdf")
    return f"{head}{_cut(plain(label) or 'Piece', room)}.pdf"


def _cut(words: str, room: int) -> str:
    if len(words) <= room:
        return words
    whole = words[: room + 1].rpartition("_")[0]
    return whole.rstrip("_-") or words[:room]


def plain(label: str) -> str:
    """Return a label in the signs that every platform bears; `n° 7` becomes `n_7`."""
    text = label.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    bare = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("°", " "))
    ascii_only = bare.encode("ascii", "ignore").decode()
    return re.sub(r"_*-_*", "-", re.sub(r"[^A-Za-z0-9-]+", "_", ascii_only)).strip("_-")


def bookmark(exhibit: Exhibit) -> str:
    """Return the bookmark of an exhibit: `PJ7_Rapport`, from the same label as its file."""
    return f"PJ{exhibit.number}_{plain(exhibit.label) or 'Piece'}"


def part_letters(count: int) -> tuple[str, ...]:
    """Return the letters of the parts of an exhibit; one part has none.

    Raise `Refused` for more than 26 parts.
    """
    if count > MOST_PARTS:
        raise Refused(
            gettext_noop(
                "Une pièce ferait plus de 26 fichiers : choisissez une taille plus grande, ou "
                "réduisez le document."
            )
        )
    return ("",) if count == 1 else tuple("abcdefghijklmnopqrstuvwxyz"[:count])
