"""Lines of the three lists of public bodies that are read, each made one plain value.

`bodies`: id, name, request_email, notes, home_page, tag_string (the list of Ma Dada, 2019).
`forms`: the same columns, with the address of a page instead of a mailbox.
`offices`: departement, administration, has_email, email_domain, postcode_town (PRADA).
What is not understood is said with its reason, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.names import fold, words
from contrechamp.kernel.numbers import is_insee

from .kinds import BodyKind
from .mailboxes import Fault, fault_of, is_personal, typo_of
from .tags import kind_of

COLUMNS: dict[str, tuple[str, ...]] = {
    "bodies": ("id", "name", "request_email", "notes", "home_page", "tag_string"),
    "forms": ("id", "name", "request_email", "notes", "home_page", "tag_string"),
    "offices": ("departement", "administration", "has_email", "email_domain", "postcode_town"),
}

NO_NAME = gettext_noop("la ligne n'a pas de nom")
NO_KEY = gettext_noop("la ligne n'a pas d'identifiant")
NO_PAGE = gettext_noop("l'adresse de la page n'est pas celle d'une page")
BAD_MAIL = gettext_noop("« {value} » n'est pas une adresse de courriel : elle n'est pas reprise")
TYPO = gettext_noop("« @{domain} » est sans doute « @{meant} » : gardée, jamais utilisée")
NO_KIND = gettext_noop("la sorte « {tag} » n'est pas connue : rangé parmi les autres")
NO_PLACE = gettext_noop("le code {code} n'est celui d'aucune commune connue")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something of a line that was not understood. `is_fatal`: the whole line is refused."""

    code: str
    sentence: str
    values: tuple[tuple[str, str], ...] = ()
    is_fatal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line about one body."""

    number: int
    key: str
    name: str
    """As people read it: no code at its end, no broken signs."""
    own: str
    """What of the name is the body's own: of `Mairie - Nice` it is `Nice`."""
    kind: BodyKind
    tag: str
    insee: str = ""
    mail: str = ""
    is_personal: bool = False
    page: str = ""
    website: str = ""
    postal: str = ""
    phone: str = ""
    is_delegated: bool = False
    """A delegated commune: an address of the commune, not a body."""
    problems: tuple[Problem, ...] = ()

    @property
    def is_refused(self) -> bool:
        return any(problem.is_fatal for problem in self.problems)


_C1 = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}
"""Signs of Windows that went through latin-1: `d\\x92accueil`, `\\x9cuvres`."""
_CODE_AT_END = re.compile(r"\s+(?:\d{2}|2[AB])\d{3}-\d{1,2}$")
_KEY = re.compile(r"(?P<tag>[a-z_-]+?)-(?P<insee>(?:\d{2}|2[AB])\d{3})-\d{1,2}")
_PHONE = re.compile(r"T[ée]l\s*:?\s*(?P<phone>[+\d][\d .]{5,}\d)")
_DELEGATED = re.compile(r"(?i)mairi[eé]\s+d[éeè]l[éeè]gu[éeè]")


def clean(text: str) -> str:
    """Return a text with its broken signs mended and single spaces."""
    return " ".join(text.translate(_C1).replace("\ufffd", "").split())


def read_body(row: Mapping[str, str], number: int) -> Line:
    """Read one line of the layouts `bodies` and `forms`."""
    key = clean(row.get("id") or row.get("#id") or "")
    name = _CODE_AT_END.sub("", clean(row.get("name") or ""))
    found = _KEY.fullmatch(key)
    tag = found["tag"] if found else re.split(r"[_\d]", key)[0].strip("-")
    kind = kind_of(tag, name)
    problems = list(_fatal(key, name))
    if kind is None:
        values = (("tag", tag),)
        problems.append(Problem(code="kind", sentence=NO_KIND, values=values))
    own = _own(name, kind)
    mail, page = _target(row.get("request_email") or "")
    problems += _mail_problems(mail)
    if mail and fault_of(mail) == Fault.MALFORMED:
        mail = ""
    notes = clean(row.get("notes") or "")
    return Line(
        number=number,
        key=key,
        name=name,
        own=own,
        kind=kind or BodyKind.OTHER,
        tag=tag,
        insee=found["insee"] if found and is_insee(found["insee"]) else "",
        mail=mail,
        is_personal=bool(mail) and is_personal(mail, frozenset(words(name))),
        page=page,
        website=_website(row.get("home_page") or ""),
        postal=_postal(notes),
        phone=_phone(notes),
        is_delegated=_DELEGATED.match(name) is not None,
        problems=tuple(problems),
    )


def read_form(row: Mapping[str, str], number: int) -> Line:
    """Read one line of the layout `forms`: a page where one writes; without one it is refused."""
    line = read_body(row, number)
    if line.page or line.is_refused:
        return line
    fatal = Problem(code="page", sentence=NO_PAGE, is_fatal=True)
    return Line(
        number=number,
        key=line.key,
        name=line.name,
        own=line.own,
        kind=line.kind,
        tag=line.tag,
        problems=(*line.problems, fatal),
    )


def _fatal(key: str, name: str) -> list[Problem]:
    found = []
    if not key:
        found.append(Problem(code="key", sentence=NO_KEY, is_fatal=True))
    if not fold(name):
        found.append(Problem(code="name", sentence=NO_NAME, is_fatal=True))
    return found


def _target(text: str) -> tuple[str, str]:
    """Return the mailbox and the page of a column that holds the one or the other."""
    value = text.strip()
    if re.match(r"https?://\S+$", value):
        return "", value[:500]
    return value.removeprefix("mailto:").strip().lower()[:254], ""


def _mail_problems(mail: str) -> list[Problem]:
    fault = fault_of(mail) if mail else None
    if fault == Fault.MALFORMED:
        # The mailbox is not quoted: it may be somebody's own.
        value = mail.rpartition("@")[2] if "@" in mail else "…"
        return [Problem(code="mail", sentence=BAD_MAIL, values=(("value", value),))]
    if fault == Fault.TYPO:
        values = (("domain", mail.rpartition("@")[2]), ("meant", typo_of(mail)))
        return [Problem(code="typo", sentence=TYPO, values=values)]
    return []


def _own(name: str, kind: BodyKind | None) -> str:
    """Return the part of a name that is the body's own."""
    if kind in (BodyKind.COMMUNE, BodyKind.DEPARTEMENT, BodyKind.REGION, BodyKind.PREFECTURE):
        _, dash, after = name.partition(" - ")
        if dash:
            return after
        return re.sub(r"(?i)^\S+\s+(?:d'|des? |du )(?:la |le |les |l')?", "", name)
    return name


def _website(text: str) -> str:
    value = text.strip()
    return value[:500] if re.match(r"https?://[^\s/]+\.[^\s]+$", value) else ""


@lru_cache(maxsize=1)
def _before_phone() -> re.Pattern[str]:
    return re.compile(r"\s*(?:\||-)?\s*(?:T[ée]l|Fax)\s*:")


def _postal(notes: str) -> str:
    """Return the postal address of notes; postcodes get back the zero that a table took away.

    An address "chez" somebody, or that names a person, is left out.
    """
    text = _before_phone().split(notes, maxsplit=1)[0].removeprefix("Adresse :").strip(" ,|-")
    text = re.sub(r",\s*(\d{4})\s*,", r",0\1,", text)
    text = re.sub(r"\s*,\s*", ", ", text).strip(" ,")
    if re.search(r"(?i)\bchez\b|\b(?:M\.|MM\.|Mme|Mlle|Monsieur|Madame)(?:\s|$)", text):
        return ""
    return text[:500] if re.search(r"[A-Za-zÀ-ÿ]{2}", text) else ""


def _phone(notes: str) -> str:
    found = _PHONE.search(notes)
    return " ".join(found["phone"].replace(".", " ").split())[:40] if found else ""
