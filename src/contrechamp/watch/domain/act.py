"""One act cut out of a bulletin, what is known around it, and what a reader makes of it.

`splitting` makes acts of a document, each reader (video protection, aircraft, measures …) makes
drafts of an act, `assembling` makes findings of drafts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .finding import (
    Aircraft,
    Beneficiary,
    Bundle,
    Cameras,
    FoundPlace,
    Interval,
    Operator,
)
from .text import Pages


@dataclass(frozen=True, kw_only=True)
class Act:
    """The pages of one act; of one order where an act number hides a bundle."""

    pages: Pages
    number: str | None = None
    """The bulletin's number of the act, `83-2025-02-25-00002`."""
    title: str | None = None
    bundle: Bundle | None = None
    warnings: tuple[str, ...] = ()
    heading: str | None = None
    """Of an order in a bundle: what stands between "ARRÊTÉ PRÉFECTORAL" and its recitals."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """What the document says of all its acts."""

    departement: str | None = None
    published_on: date | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Where in `act.pages` the words of a value stand, and how far they are to be believed."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Turned:
    """Why a reader turned an act away: its rule (`voting.RULES`), and the words that spoke, if any.

    Offsets in `act.pages`; both 0 where no words speak but their absence.
    """

    rule: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a reader found in an act. `spans` names, for each field that has a value, its proof.

    The keys of `spans` are those of the finding's `evidence`: technology, decision, signed_on,
    places, beneficiary, cameras, retention_days, file_numbers, duration_years, aircraft, operator,
    intervals, legal_basis, court, perimeters, public_information_waived, order, repeals.
    """

    technology: str
    decision: str
    technologies: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    order: str | None = None
    signed_on: date | None = None
    authority: str | None = None
    repeals: tuple[date, ...] = ()
    places: tuple[FoundPlace, ...] = ()
    beneficiary: Beneficiary | None = None
    cameras: Cameras | None = None
    perimeters: int | None = None
    retention_days: int | None = None
    file_numbers: tuple[str, ...] = ()
    duration_years: int | None = None
    expires_on: date | None = None
    purposes: tuple[str, ...] = ()
    aircraft: Aircraft | None = None
    operator: Operator | None = None
    intervals: tuple[Interval, ...] = ()
    public_information_waived: bool | None = None
    legal_basis: tuple[str, ...] = ()
    court: str | None = None
    spans: Mapping[str, Span] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    is_lead: bool = False
    """True for an act about something else which states that cameras exist or are used."""
