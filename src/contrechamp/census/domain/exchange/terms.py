"""The vocabularies as a parser needs them, and what they allow of a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from contrechamp.census.domain import values
from contrechamp.kernel.errors import Refused, gettext_noop

Terms = Mapping[str, Mapping[str, Any]]
KINDS = ("project", "technology", "actor", "place", "contract")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabularies:
    """Terms by code of each vocabulary, handed in by the service that reads them."""

    properties: Terms
    relations: Terms
    types: Terms
    registers: Terms
    technologies: Terms
    amount_kinds: Terms
    others: Mapping[str, Terms]
    """Vocabularies that a property's values are codes of, by name."""

    def first_type(self, kind: str) -> str:
        """Return the type that an entity of this kind has when none is said."""
        if kind == "actor":
            return "unknown"
        return next((code for code, term in self.types.items() if term["kind"] == kind), "")


def near(word: str, words: Iterable[str]) -> str:
    """Return the nearest word that exists, or nothing."""
    found = get_close_matches(word, list(words), n=1, cutoff=0.6)
    return found[0] if found else ""


def check_code(code: str, terms: Terms, what: str) -> str:
    """Return the code if the vocabulary has it, or raise `Refused` naming the nearest."""
    if code in terms:
        return code
    if guess := near(code, terms):
        raise Refused(
            gettext_noop(
                "« {code} » n'est pas dans le vocabulaire {what}. Peut-être « {guess} » ?"
            ),
            code=code,
            what=what,
            guess=guess,
        )
    raise Refused(
        gettext_noop("« {code} » n'est pas dans le vocabulaire {what}."), code=code, what=what
    )


def check_value(property_code: str, value: Any, vocabularies: Vocabularies) -> Any:
    """Return a value as its property stores it, or raise `Refused`."""
    term = vocabularies.properties[property_code]
    codes = vocabularies.others.get(term.get("vocabulary", ""), {})
    return values.check_value(term, value, codes)
