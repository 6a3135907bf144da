"""A paper as a value: sections in order, each with a small plain markup that a person can edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from contrechamp.cases.domain.exhibits import Exhibit, cited_keys
from contrechamp.foi.domain.paper import Grid

from .material import PaperKind, Side


class Role(StrEnum):
    """What a section is to the paper."""

    TEXT = "TEXT"
    PARTIES = "PARTIES"
    ATTACKED = "ATTACKED"
    FACTS = "FACTS"
    ADMISSIBILITY = "ADMISSIBILITY"
    URGENCY = "URGENCY"
    MEAN = "MEAN"
    RELIEF = "RELIEF"
    EXHIBITS = "EXHIBITS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a paper. Its number is not in its title: `outline` gives it."""

    key: str
    """Stable for one paper: `facts`, `means-base-legale`."""
    title: str
    """Empty: no heading, as the opening words of a letter."""
    body: str = ""
    """Paragraphs parted by a blank line; `- ` and `1. ` begin items; `[[exh-…]]`, `[[exh-…, p. 3]]`
    cite an exhibit. Anything else is printed as typed."""
    role: Role = Role.TEXT
    side: Side | None = None
    """Of a means before a court."""
    is_computed: bool = False
    """Made anew from the case each time: not edited by hand."""
    tables: tuple[Grid, ...] = ()
    """After the body; cells may cite exhibits as the body does."""

    @property
    def needs_proof(self) -> bool:
        """Answer whether it argues and cites no exhibit: "à prouver"."""
        argues = self.role in {Role.MEAN, Role.URGENCY}
        return argues and not cited_keys(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper, ready to be shown, edited by sections, and printed."""

    kind: PaperKind
    title: str
    """Its name for people and for the file's properties."""
    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    """Court or addressee, a line each."""
    subject: str
    reference: str
    place: str
    day: date
    sections: tuple[Section, ...]
    exhibits: tuple[Exhibit, ...] = ()
    salutation: str = ""
    closing: str = ""
    signature: tuple[str, ...] = ()
    note: str = ""
    """At the foot of each page: who prepared it, who checked it."""
    banner: str = ""
    """Above the paper while it is a draft: to be checked by a lawyer."""
    is_draft: bool = True
    """"PROJET" stands at its head."""

    def section(self, key: str) -> Section | None:
        """Return a section by its key, None when there is none."""
        return next((each for each in self.sections if each.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the outline: a heading with its number, and the section below it if any."""

    level: int
    heading: str
    """Empty for a section without title."""
    section: Section | None = None


def edited(
    paper: Paper, bodies: Mapping[str, str], titles: Mapping[str, str] | None = None
) -> Paper:
    """Return a paper with bodies and titles written by hand, by key; computed sections are kept."""
    titles = titles or {}
    return replace(
        paper,
        sections=tuple(
            each
            if each.is_computed
            else replace(
                each, body=bodies.get(each.key, each.body), title=titles.get(each.key, each.title)
            )
            for each in paper.sections
        ),
    )
