"""The numbers of one body, or of all, as they are kept and given away: plain values and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .plots import EDGES, Distribution, drawn, split
from .statistics import HORIZONS, Asked, Court, Figures, Outcome, Rate, Refusal, figures

ALL = "all"
"""Key of the numbers of all bodies together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """One public request as it is counted."""

    asked: Asked | None
    """None: never arrived, or its silence is not verified."""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is known of one body on a day."""

    figures: Figures
    early: tuple[int, ...] = (0,) * len(EDGES)
    """Answers by class of days, within their own month; `late`: after it."""
    late: tuple[int, ...] = (0,) * len(EDGES)
    reasons: Mapping[str, int] = field(default_factory=dict)
    left_out: int = 0
    """Public requests that count nowhere: never arrived, or a silence not verified."""
    on: date

    @property
    def distribution(self) -> Distribution:
        """Return the picture of days to the first answer."""
        return drawn(self.early, self.late, self.figures.requests)

    @property
    def public(self) -> int:
        """Return how many public requests there are, counted or not."""
        return self.figures.requests + self.left_out


def counted(ones: Iterable[One], today: date) -> Counted:
    """Return the numbers of these requests on a day."""
    every = list(ones)
    asked = [one.asked for one in every if one.asked is not None]
    early, late = split(asked)
    return Counted(
        figures=figures(asked, today),
        early=early,
        late=late,
        reasons=dict(sorted(Counter(code for one in every for code in one.reasons).items())),
        left_out=len(every) - len(asked),
        on=today,
    )


def to_plain(known: Counted) -> dict[str, Any]:
    """Return the numbers as JSON holds them, with the names of the data files."""
    found = known.figures
    return {
        "counted_on": known.on.isoformat(),
        "requests": found.requests,
        "left_out": known.left_out,
        "answered": found.answered,
        "open": found.open,
        "month_over": found.month_over,
        "answered_in_month": _rate(found.in_month),
        "answered_ever": _rate(found.ever),
        "silent_at_month": _rate(found.silent),
        "days": {
            "first_quartile": found.quartile,
            "median": found.median,
            "third_quartile": found.upper_quartile,
        },
        "answered_by_days": {str(day): share for day, share in found.answered_by.items()},
        "outcomes": dict(found.outcomes),
        "refusals": dict(found.refusals),
        "reasons": dict(known.reasons),
        "cada": {
            "filed": found.cada_filed,
            "registered": found.cada_registered,
            "senses": dict(found.cada_senses),
        },
        "confirmed": found.confirmed,
        "courts": dict(found.courts),
        "days_classes": [
            {"from": EDGES[n], "in_month": early, "late": late}
            for n, (early, late) in enumerate(zip(known.early, known.late, strict=True))
        ],
    }


def _rate(rate: Rate) -> dict[str, Any]:
    bounds = rate.bounds
    return {
        "count": rate.hits,
        "of": rate.cases,
        "share": _short(rate.share),
        "low": _short(bounds.low) if bounds else None,
        "high": _short(bounds.high) if bounds else None,
    }


def _short(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def from_plain(kept: Mapping[str, Any]) -> Counted:
    """Return the numbers that `to_plain` wrote."""
    days, cada = kept["days"], kept["cada"]
    classes: Sequence[Mapping[str, int]] = kept["days_classes"]
    by_days = kept["answered_by_days"]
    return Counted(
        figures=Figures(
            requests=kept["requests"],
            answered=kept["answered"],
            open=kept["open"],
            month_over=kept["month_over"],
            in_month=_as_rate(kept["answered_in_month"]),
            ever=_as_rate(kept["answered_ever"]),
            silent=_as_rate(kept["silent_at_month"]),
            quartile=days["first_quartile"],
            median=days["median"],
            upper_quartile=days["third_quartile"],
            answered_by={day: by_days[str(day)] for day in HORIZONS if str(day) in by_days},
            outcomes={Outcome(name): n for name, n in kept["outcomes"].items()},
            refusals={Refusal(name): n for name, n in kept["refusals"].items()},
            cada_filed=cada["filed"],
            cada_registered=cada["registered"],
            cada_senses=cada["senses"],
            confirmed=kept["confirmed"],
            courts={Court(name): n for name, n in kept["courts"].items()},
        ),
        early=tuple(one["in_month"] for one in classes),
        late=tuple(one["late"] for one in classes),
        reasons=kept["reasons"],
        left_out=kept["left_out"],
        on=date.fromisoformat(kept["counted_on"]),
    )


def _as_rate(kept: Mapping[str, Any]) -> Rate:
    return Rate(kept["count"], kept["of"])
