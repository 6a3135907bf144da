"""The texts and decisions that arguments rest on: `vocabulary/legal_sources.toml`, checked.

A code has one or more versions, whose days never overlap: the day of the facts picks one. Only
what decided *for* an argument may be quoted in its support; a decision that went the other way,
or that another set aside, is shown as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from urllib.parse import urlsplit

from contrechamp.kernel.errors import gettext_noop

from .lines import (
    SURE,
    Row,
    Validity,
    Words,
    check_fields,
    check_known,
    day_of,
    rows_of,
    validity_of,
    vocabulary,
    words_of,
    wrong,
)

FILE = "legal_sources.toml"
KINDS = ("article", "law", "decision", "opinion")
OUTCOMES = ("for", "against", "overturned")
QUESTIONS = frozenset({"U8", "U9"})
"""The open questions of `law` that this file touches."""
PUBLIC_BODIES = frozenset(
    {
        *("www.legifrance.gouv.fr", "www.conseil-etat.fr", "www.conseil-constitutionnel.fr"),
        *("opendata.justice-administrative.fr", "www.cnil.fr", "www.cada.fr"),
        *("eur-lex.europa.eu", "hudoc.echr.coe.int"),
    }
)
"""The only sites that a source may lead to."""
FIELDS = ("code", "kind", "name", "content", "valid_from", "valid_to", "sure", "url", "reviewed_on")
DECIDED = ("court", "decided", "outcome")
MAY = ("formerly", "ecli", "overturned_by", "uncertain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One version of one text, or one decision."""

    code: str
    kind: str
    name: str
    """As it is quoted: « CSI L252-4 », « CE, ord., 18 mai 2020, n° 440442 »."""
    formerly: str
    """The number that it had before, empty for none."""
    court: str
    decided: str
    """Day, month or year of a decision, as well as we know it."""
    ecli: str
    outcome: str
    """Empty for a text; of a decision: for, against or overturned."""
    overturned_by: str
    content: Words
    validity: Validity
    sure: str
    uncertain: tuple[str, ...]
    url: str
    reviewed_on: date

    @property
    def is_decision(self) -> bool:
        """Whether somebody decided it, rather than enacted it."""
        return self.kind in ("decision", "opinion")

    @property
    def may_support(self) -> bool:
        """Whether it may ever be quoted in support of an argument."""
        return self.outcome in ("", "for")


@dataclass(frozen=True, slots=True)
class Sources:
    """The library by code, versions oldest first."""

    by_code: Mapping[str, tuple[Source, ...]]

    def at(self, code: str, day: date) -> Source | None:
        """Return the version of a source in force on a day; None where none was."""
        return next((one for one in self.by_code[code] if one.validity.holds_on(day)), None)

    def newest(self, code: str) -> Source:
        """Return the latest version of a source."""
        return self.by_code[code][-1]

    def every(self) -> tuple[Source, ...]:
        """Return all versions of all sources, in the order of the file."""
        return tuple(one for versions in self.by_code.values() for one in versions)


@cache
def sources() -> Sources:
    """Return the library that travels with the code. Raises Misconfigured when it is not whole."""
    return read_sources(vocabulary(FILE))


def read_sources(text: str) -> Sources:
    """Read the library from its TOML. Raises Misconfigured, a sentence that names the line."""
    found: dict[str, list[Source]] = {}
    for row in rows_of(FILE, text, "source"):
        one = _source(row)
        found.setdefault(one.code, []).append(one)
    by_code = {code: _in_order(versions) for code, versions in found.items()}
    for one in (one for versions in by_code.values() for one in versions):
        _check_overturned(one, by_code)
    return Sources(by_code)


def _source(row: Row) -> Source:
    decides = row.get("kind") in ("decision", "opinion")
    check_fields(FILE, row, (*FIELDS, *(DECIDED if decides else ())), may=MAY)
    check_known(FILE, row, "kind", KINDS)
    check_known(FILE, row, "sure", SURE)
    check_known(FILE, row, "uncertain", QUESTIONS)
    check_known(FILE, row, "outcome", OUTCOMES)
    parts = urlsplit(row["url"])
    if parts.scheme != "https" or parts.hostname not in PUBLIC_BODIES:
        raise wrong(
            FILE,
            row["code"],
            gettext_noop("{file}, {code} : {url} n'est pas l'adresse d'un organisme public connu."),
            url=row["url"],
        )
    return Source(
        code=row["code"],
        kind=row["kind"],
        name=row["name"],
        formerly=row.get("formerly", ""),
        court=row.get("court", ""),
        decided=row.get("decided", ""),
        ecli=row.get("ecli", ""),
        outcome=row.get("outcome", ""),
        overturned_by=row.get("overturned_by", ""),
        content=words_of(FILE, row, "content"),
        validity=validity_of(FILE, row),
        sure=row["sure"],
        uncertain=tuple(row.get("uncertain", ())),
        url=row["url"],
        reviewed_on=day_of(FILE, row, "reviewed_on"),
    )


def _in_order(versions: list[Source]) -> tuple[Source, ...]:
    ordered = tuple(sorted(versions, key=lambda one: one.validity.first))
    for older, newer in pairwise(ordered):
        if older.validity.overlaps(newer.validity):
            raise wrong(
                FILE,
                newer.code,
                gettext_noop(
                    "{file} : deux versions de {code} valent le {day} ; finissez l'ancienne."
                ),
                day=newer.validity.first,
            )
    return ordered


def _check_overturned(one: Source, by_code: Mapping[str, object]) -> None:
    """Refuse a decision set aside by nobody, or by one that is not in the library."""
    if (one.outcome == "overturned") != (one.overturned_by in by_code):
        raise wrong(
            FILE,
            one.code,
            gettext_noop(
                "{file}, {code} : une décision annulée dit laquelle l'annule, et là seule."
            ),
        )
