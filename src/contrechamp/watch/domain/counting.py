"""Sums over public acts: each decision once, with what is missing said beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

AUTHORISING = frozenset({"authorisation"})
MONEY_KINDS = frozenset({"award", "amendment"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What sums need of one act. `months` are counted by the day of publication."""

    id: str
    technology: str
    decision: str
    published_on: date | None
    event_on: date | None
    cameras: int | None
    amount: Decimal | None
    communes: tuple[str, ...] = ()
    suppliers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Flights:
    """How many days before the event flights were published."""

    late: int
    """At most one day before, the day itself, or after."""
    known: int
    undated: int

    @property
    def share(self) -> float | None:
        """Return the share in percent, None where nothing is known."""
        return 100 * self.late / self.known if self.known else None


def cameras_by_month(acts: Iterable[Counted]) -> tuple[dict[str, int], int]:
    """Return cameras authorised by month, `2025-03`, and how many acts say no number or day."""
    months: Counter[str] = Counter()
    missing = 0
    for act in acts:
        if act.technology != "video_protection" or act.decision not in AUTHORISING:
            continue
        if act.cameras is None or act.published_on is None:
            missing += 1
        else:
            months[f"{act.published_on:%Y-%m}"] += act.cameras
    return dict(sorted(months.items())), missing


def cameras_by_commune(acts: Iterable[Counted]) -> tuple[dict[str, int], int]:
    """Return cameras authorised by commune, most first; acts of several communes are missing."""
    communes: Counter[str] = Counter()
    missing = 0
    for act in acts:
        if act.technology != "video_protection" or act.decision not in AUTHORISING:
            continue
        if act.cameras is None or len(act.communes) != 1:
            missing += 1
        else:
            communes[act.communes[0]] += act.cameras
    return dict(sorted(communes.items(), key=lambda one: (-one[1], one[0]))), missing


def flights(acts: Iterable[Counted]) -> Flights:
    """Return how late flights were published: the first day of flight less that of publication."""
    late = known = undated = 0
    for act in acts:
        if act.technology != "aerial_camera" or act.decision not in AUTHORISING:
            continue
        if act.published_on is None or act.event_on is None:
            undated += 1
            continue
        known += 1
        late += (act.event_on - act.published_on).days <= 1
    return Flights(late, known, undated)


def spending(acts: Iterable[Counted]) -> tuple[dict[tuple[str, str], Decimal], int]:
    """Return euros by supplier (siren, name), most first.

    A contract of several suppliers is not divided: it is missing, as is one without an amount.
    """
    sums: dict[tuple[str, str], Decimal] = {}
    names: dict[str, str] = {}
    missing = 0
    for act in acts:
        if act.decision not in MONEY_KINDS:
            continue
        if act.amount is None or len(act.suppliers) != 1:
            missing += 1
            continue
        siren, name = act.suppliers[0]
        key = (siren, names.setdefault(siren, name))
        sums[key] = sums.get(key, Decimal()) + act.amount
    return dict(sorted(sums.items(), key=lambda one: (-one[1], one[0]))), missing


def decisions_by_month(acts: Iterable[Counted]) -> tuple[dict[str, int], int]:
    """Return how many decisions were published in each month, and how many have no day."""
    months: Counter[str] = Counter()
    missing = 0
    for act in acts:
        if act.published_on is None:
            missing += 1
        else:
            months[f"{act.published_on:%Y-%m}"] += 1
    return dict(sorted(months.items())), missing
