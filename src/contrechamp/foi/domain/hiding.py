"""The public words of a letter: the masks of the mail room, and who asks and lives where.

Hides too much rather than too little: nobody can take a published name back. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contrechamp.mail.domain.masking import ADDRESS, NAME, TELEPHONE, public_text

HIDDEN = "[…]"
"""In place of what its author asked to hide."""
MARKS = (NAME, ADDRESS, TELEPHONE, HIDDEN)
_BETWEEN = r"[\W_]{1,4}"
_SHORT_WORDS = (
    "rue avenue av boulevard bd bvd place pl chemin ch allee allees impasse imp route rte quai "
    "cours square passage bis ter quater de du des la le les d l et a batiment bat appartement "
    "apt appt etage esc escalier residence res lieu dit"
)
_SHORT = frozenset(_SHORT_WORDS.split())
"""Words that name no place by themselves."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What of a request's people its letters must not tell."""

    names: tuple[str, ...] = ()
    """Of people: whoever signs, whoever answers."""
    lines: tuple[str, ...] = ()
    """Lines of the postal address of whoever asks."""


def secrets_of(kind: str, identity: Mapping[str, object], senders: Iterable[str] = ()) -> Secrets:
    """Return what an identity holds that nobody may read.

    Of an association or a company its own name stays; its address may be somebody's home, and
    whoever signs for it is a person.
    """

    def said(name: str) -> str:
        return str(identity.get(name) or "").strip()

    people = [said("representative"), *senders]
    if kind not in {"ASSOCIATION", "COMPANY"}:
        people += [f"{said('first_name')} {said('name')}", f"{said('name')} {said('first_name')}"]
    lines = tuple(line.strip() for line in said("address").splitlines() if line.strip())
    return Secrets(tuple(name for name in map(str.strip, people) if name), lines)


def hide(text: str, secrets: Secrets, *, words: Iterable[str] = ()) -> str:
    """Return the public words of a text; `words` are hidden wherever they stand.

    Hiding twice changes nothing.
    """
    shown = text
    for line in secrets.lines:
        shown = _without(shown, _of_line(line), ADDRESS)
    shown = public_text(shown, names=secrets.names)
    for line in secrets.lines:
        shown = _without(shown, _of_line(line), ADDRESS)
    for word in words:
        shown = _without(shown, _of_words(_words(word)), HIDDEN)
    return shown


def count(text: str) -> int:
    """Return how many passages of a text are hidden."""
    return sum(text.count(mark) for mark in MARKS)


def tells(text: str, secrets: Secrets) -> bool:
    """Answer whether a text tells an address, a number or somebody of the request.

    Names that the rules only guess count not: a title may name a street or a statue.
    """
    bare = text
    for line in secrets.lines:
        bare = _without(bare, _of_line(line), ADDRESS)
    if bare != text:
        return True
    hidden = public_text(text, names=secrets.names)
    return any(hidden.count(mark) > text.count(mark) for mark in (ADDRESS, TELEPHONE)) or any(
        form.search(_folded(text)[0]) for name in secrets.names if (form := _of_words(_words(name)))
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", _folded(text)[0])


def _of_words(words: list[str]) -> re.Pattern[str] | None:
    if not words or sum(map(len, words)) < 2:
        return None
    return re.compile(rf"(?<![^\W_]){_BETWEEN.join(map(re.escape, words))}(?![^\W_])")


def _of_line(line: str) -> re.Pattern[str] | None:
    """Return what finds a line of an address, however a street is shortened in it.

    `12 avenue Jean Moulin` finds "12, av. J. Moulin"; `06000 Nice` finds "06000 NICE CEDEX" and
    the postcode alone.
    """
    words = _words(line)
    own = [word for word in words if word not in _SHORT and not word.isdecimal()]
    if words and re.fullmatch(r"\d{5}", words[0]):
        town = "".join(rf"(?:{_BETWEEN}{re.escape(word)})?" for word in words[1:])
        return re.compile(rf"(?<!\d){words[0]}{town}(?:{_BETWEEN}cedex)?(?![^\W_])")
    if words and words[0][0].isdecimal() and own:
        between = rf"(?:{_BETWEEN}[^\W_]+){{0,5}}?"
        return re.compile(
            rf"(?<![^\W_]){re.escape(words[0])}(?:bis|ter|quater|[a-d])?{between}{_BETWEEN}{re.escape(own[-1])}(?![^\W_])"
        )
    return _of_words(words)


def _without(text: str, form: re.Pattern[str] | None, mark: str) -> str:
    """Return the text with what the form finds in it replaced, accents and case aside."""
    if form is None:
        return text
    folded, places = _folded(text)
    out, at = [], 0
    for found in form.finditer(folded):
        start, end = places[found.start()], places[found.end() - 1] + 1
        if start < at:
            continue
        out += [text[at:start], mark]
        at = end
    return "".join([*out, text[at:]])


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text without accents, case and unseen signs, and where each sign stood."""
    out: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        for one in unicodedata.normalize("NFKD", sign.casefold()):
            if not unicodedata.combining(one) and unicodedata.category(one) != "Cf":
                out.append(one)
                places.append(at)
    return "".join(out), places
