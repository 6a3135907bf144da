"""What is said of a project: facts of the census as this room's rules read them, with no database.

A fact carries its passage: rules that ask an authority something need one, the others do not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class What(StrEnum):
    """What a fact says."""

    TECHNOLOGY = "technology"
    """`codes`: families of techniques in use."""
    AUTHORISED = "authorised"
    """By the prefect: `first` the day, `last` the day that the act names as its end."""
    REFUSED = "refused"
    EXPERIMENT = "experiment"
    """Algorithmic video allowed by an order of the experiment, from `first` to `last`."""
    PROVISIONAL = "provisional"
    """Authorised without the commission's opinion, from `first` to `last`."""
    APPLIED = "applied"
    IN_USE = "in_use"
    """In service, decided or bought on that day."""
    STOPPED = "stopped"
    """Abandoned, ended, suspended or annulled."""
    NOTHING_FOUND = "nothing_found"
    """No authorisation in the acts read, from `first` to `last`: the span really read."""
    RETENTION = "retention"
    """`number`: days that pictures are kept."""
    PURPOSE = "purpose"
    """`codes` of `vocabulary/purposes.yaml`."""
    LEGAL_BASIS = "legal_basis"
    """`codes` of `vocabulary/legal_bases.yaml`."""
    IMPACT_ASSESSMENT = "impact_assessment"
    """`codes`: exists, published, refused or none."""
    REGULATOR = "regulator"
    """The regulator gave an opinion."""
    TOLD = "told"
    """The public is told, by signs or otherwise."""
    NOT_TOLD = "not_told"
    HOMES = "homes"
    """Homes or their entrances are in view."""
    FILE_LACKS = "file_lacks"
    """`codes`: what the application file lacks."""
    STATE_FILE = "state_file"
    FOUNDING_ACT = "founding_act"
    PUBLISHED = "published"
    """The decision was published, in a collection of acts."""
    HIDDEN = "hidden"
    """The decision is kept secret."""
    DRONE_ORDER = "drone_order"
    """Flights authorised from `first` to `last`; `number`: days that pictures are kept."""
    DRONE_SOUND = "drone_sound"
    DRONE_FACES = "drone_faces"
    REMOTE_BIOMETRIC = "remote_biometric"
    """A supplier, a contract or a test says: people identified at a distance, in real time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One fact of a project. `ref` leads to it (`clm-…`); `quote` is its passage, if it has one."""

    what: What
    ref: str = ""
    first: date | None = None
    last: date | None = None
    number: int | None = None
    codes: frozenset[str] = field(default_factory=frozenset)
    quote: str = ""
    is_contradicted: bool = False
    """A source says the contrary: it answers nothing alone."""


def of(facts: Iterable[Said], *whats: What) -> tuple[Said, ...]:
    """Return the facts that say one of some things, those that a source contradicts left out."""
    return tuple(one for one in facts if one.what in whats and not one.is_contradicted)


def codes_in(facts: Iterable[Said], what: What) -> frozenset[str]:
    """Return every code that facts of a kind say."""
    return frozenset(code for one in of(facts, what) for code in one.codes)
