"""How public bodies answer: counts, times and ranks over requests, each with its method.

Method, in one place:

- **Days to answer** run from the *last* day on which the request can have been received (the
  doubt is the body's) to its first answer on the substance, without the days that the body waited
  for the requester (clarification asked … given).
- **Open requests are counted, not dropped.** Medians, quartiles and shares by a day come from the
  estimate of E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations",
  Journal of the American Statistical Association 53 (1958), 457-481: a request still open after
  forty days counts for forty days. A median that the requests do not yet show is None, never a
  guess. A median of the answered ones alone would flatter whoever never answers.
- **The rate in the month** is over requests whose month is over, and over those only: taking the
  quick answers of this week and not its silences would flatter too.
- Rates carry the interval of Wilson (`kernel.ranks`). Below `LEAST` requests whose month is over a
  body is shown without a rank. Equal rates share a rank, and each row says the best and the worst
  that its interval allows.

Only requests whose sending was not returned belong here. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from contrechamp.kernel.dates import add_days, add_months
from contrechamp.kernel.ranks import Bounds, Place, places_among, wilson

LEAST = 5
"""Requests whose month is over from which on a body has a rank: under five, one letter decides."""
T = TypeVar("T", bound=str)

HORIZONS = (30, 60, 90, 180, 365)
"""Days by which the share of answered requests is told."""


class Refusal(StrEnum):
    """How a body said no."""

    NONE = "NONE"
    SILENT = "SILENT"
    EXPRESS = "EXPRESS"
    PARTIAL = "PARTIAL"


class Outcome(StrEnum):
    """Where a request stands, each in exactly one."""

    DOCUMENTS = "DOCUMENTS"
    PARTIAL = "PARTIAL"
    REFUSED = "REFUSED"
    SILENT = "SILENT"
    WITHDRAWN = "WITHDRAWN"
    OPEN = "OPEN"


class Court(StrEnum):
    """How a claim ended."""

    NONE = "NONE"
    PENDING = "PENDING"
    ANNULLED = "ANNULLED"
    PARTLY = "PARTLY"
    DISMISSED = "DISMISSED"
    NO_NEED = "NO_NEED"
    """The documents came during the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is counted of one request. `body` is the identity of the body, not its name."""

    body: str
    sent_on: date
    received: tuple[date, date] | None = None
    """First and last day possible; the day of sending where nothing is known."""
    answered_on: date | None = None
    """The first answer on the substance: documents, some, a refusal. Not a receipt."""
    answer_kind: str = ""
    documents_on: date | None = None
    """The first documents; with `PARTIAL` only some came. All came: `refusal` is NONE again."""
    refusal: Refusal = Refusal.NONE
    waits: tuple[tuple[date, date | None], ...] = ()
    """Days on which the body asked and the requester answered; None: not yet."""
    cada_filed_on: date | None = None
    cada_registered_on: date | None = None
    cada_sense: str = ""
    """A value of `cada_letters.Sense`, empty without an opinion."""
    is_confirmed: bool = False
    court: Court = Court.NONE
    withdrawn_on: date | None = None

    @property
    def from_on(self) -> date:
        """The day from which the body's time is counted."""
        return self.received[1] if self.received else self.sent_on


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with what it is of; `bounds` by Wilson, None where there is nothing."""

    hits: int
    cases: int

    @property
    def share(self) -> float | None:
        """Return the share between 0 and 1."""
        return self.hits / self.cases if self.cases else None

    @property
    def bounds(self) -> Bounds | None:
        """Return between which shares the true one lies (95 of 100)."""
        return wilson(self.hits, self.cases) if self.cases else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is known of one body, or of all together."""

    requests: int = 0
    answered: int = 0
    open: int = 0
    """Without an answer so far, neither withdrawn: counted in the times as far as they go."""
    month_over: int = 0
    in_month: Rate = Rate(0, 0)
    """Answered within the legal month, of those whose month is over."""
    ever: Rate = Rate(0, 0)
    """Answered so far, of all: grows for ever, so never ranked."""
    silent: Rate = Rate(0, 0)
    """No answer when the month was over, whatever came later, of those whose month is over."""
    quartile: int | None = None
    median: int | None = None
    upper_quartile: int | None = None
    answered_by: Mapping[int, float | None] = field(default_factory=dict)
    """Share answered by so many days (Kaplan-Meier), None where nothing is known so far out."""
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    refusals: Mapping[Refusal, int] = field(default_factory=dict)
    cada_filed: int = 0
    cada_registered: int = 0
    cada_senses: Mapping[str, int] = field(default_factory=dict)
    confirmed: int = 0
    courts: Mapping[Court, int] = field(default_factory=dict)

    @property
    def judged(self) -> int:
        """Return how many claims a court has decided."""
        return sum(n for court, n in self.courts.items() if court is not Court.PENDING)


@dataclass(frozen=True, slots=True)
class Row:
    """One body in a table; `rank` is None below the least number of requests."""

    body: str
    figures: Figures
    rank: int | None
    place: Place | None
    """Best and worst rank that the interval allows."""


def waited(asked: Asked, until: date) -> int:
    """Return the days up to `until` on which the body waited for the requester, each once."""
    days: set[date] = set()
    for first, last in asked.waits:
        end = min(last or until, until)
        day = max(first, asked.from_on)
        while day < end:
            days.add(day)
            day = add_days(day, 1)
    return len(days)


def days_to_answer(asked: Asked) -> int | None:
    """Return the days that the body took, None without an answer; never below 0."""
    if asked.answered_on is None:
        return None
    return lasted(asked, asked.answered_on)


def lasted(asked: Asked, until: date) -> int:
    """Return the days of the body's own time up to a day; never below 0."""
    return max(0, (until - asked.from_on).days - waited(asked, until))


def month_of(asked: Asked) -> int:
    """Return the legal month in days: from receipt to the same day a month later (R311-13)."""
    return (add_months(asked.from_on, 1) - asked.from_on).days


def is_month_over(asked: Asked, today: date) -> bool:
    """Answer whether the body's month is over; an answer does not hasten it."""
    end = today if asked.withdrawn_on is None else min(asked.withdrawn_on, today)
    return lasted(asked, end) > month_of(asked)


def is_in_month(asked: Asked) -> bool:
    """Answer whether the first answer came within the month."""
    days = days_to_answer(asked)
    return days is not None and days <= month_of(asked)


def outcome(asked: Asked, today: date) -> Outcome:
    """Return where a request stands: what it got goes before what it was refused."""
    if asked.refusal is Refusal.PARTIAL:
        return Outcome.PARTIAL
    if asked.documents_on is not None:
        return Outcome.DOCUMENTS
    if asked.refusal is Refusal.EXPRESS:
        return Outcome.REFUSED
    if asked.withdrawn_on is not None:
        return Outcome.WITHDRAWN
    if asked.refusal is Refusal.SILENT or (
        asked.answered_on is None and is_month_over(asked, today)
    ):
        return Outcome.SILENT
    return Outcome.OPEN


def survival(times: Iterable[tuple[int, bool]]) -> list[tuple[int, float]]:
    """Return the share still unanswered after each day with an answer (Kaplan, Meier 1958).

    `times` are days and whether an answer ended them; who is open at the same day as another is
    answered counts as still there on that day.
    """
    ends = sorted(times)
    left, share, curve = len(ends), 1.0, []
    answers = Counter(days for days, is_answer in ends if is_answer)
    leaving = Counter(days for days, _ in ends)
    for day in sorted(leaving):
        if answers[day]:
            # Where all that are left are answered the share is 0, not the rest of a rounding.
            share = 0.0 if answers[day] == left else share * (1 - answers[day] / left)
            curve.append((day, share))
        left -= leaving[day]
    return curve


def quantile(curve: Sequence[tuple[int, float]], share: float) -> int | None:
    """Return the first day by which this share is answered, None where it is not reached."""
    return next((day for day, left in curve if 1 - left >= share - 1e-9), None)


def answered_by(curve: Sequence[tuple[int, float]], day: int, longest: int) -> float | None:
    """Return the share answered by a day, None past the longest time known with some still open."""
    reached = [left for at, left in curve if at <= day]
    left = reached[-1] if reached else 1.0
    if day > longest and left > 0:
        return None
    return 1 - left


def figures(requests: Iterable[Asked], today: date) -> Figures:
    """Return what these requests show together on a day."""
    every = [one for one in requests if one.sent_on <= today]
    over = [one for one in every if is_month_over(one, today)]
    answered = [one for one in every if one.answered_on is not None]
    times = [_time(one, today) for one in every]
    curve = survival(times)
    longest = max((days for days, _ in times), default=0)
    in_month = sum(is_in_month(one) for one in over)
    courts = Counter(one.court for one in every if one.court is not Court.NONE)
    return Figures(
        requests=len(every),
        answered=len(answered),
        open=sum(one.answered_on is None and one.withdrawn_on is None for one in every),
        month_over=len(over),
        in_month=Rate(in_month, len(over)),
        ever=Rate(len(answered), len(every)),
        silent=Rate(len(over) - in_month, len(over)),
        quartile=quantile(curve, 0.25),
        median=quantile(curve, 0.5),
        upper_quartile=quantile(curve, 0.75),
        answered_by={day: answered_by(curve, day, longest) for day in HORIZONS} if every else {},
        outcomes=_counted(outcome(one, today) for one in every),
        refusals=_counted(one.refusal for one in every if one.refusal is not Refusal.NONE),
        cada_filed=sum(one.cada_filed_on is not None for one in every),
        cada_registered=sum(one.cada_registered_on is not None for one in every),
        cada_senses=_counted(one.cada_sense for one in every if one.cada_sense),
        confirmed=sum(one.is_confirmed for one in every),
        courts=dict(sorted(courts.items())),
    )


def _time(asked: Asked, today: date) -> tuple[int, bool]:
    """Return the days of the body's time and whether an answer ended them."""
    days = days_to_answer(asked)
    if days is not None:
        return days, True
    end = today if asked.withdrawn_on is None else min(asked.withdrawn_on, today)
    return lasted(asked, end), False


def _counted(values: Iterable[T]) -> dict[T, int]:
    return dict(sorted(Counter(values).items()))


def by_body(requests: Iterable[Asked], today: date) -> dict[str, Figures]:
    """Return the figures of each body, in the order of their identities."""
    piles: dict[str, list[Asked]] = {}
    for one in requests:
        piles.setdefault(one.body, []).append(one)
    return {body: figures(piles[body], today) for body in sorted(piles)}


def league(known: Mapping[str, Figures], *, least: int = LEAST) -> list[Row]:
    """Return bodies by their rate in the month, the best first; then those too few to be ranked.

    Equal rates share a rank and the next one leaves it out (1, 2, 2, 4); among them, and among
    the unranked, the order is that of their identities, which says nothing.
    """
    enough = {body: one for body, one in known.items() if one.month_over >= max(1, least)}
    order = sorted(enough, key=lambda body: (-_share(enough[body]), body))
    places = places_among([wilson(enough[b].in_month.hits, enough[b].month_over) for b in order])
    shares = [_share(enough[body]) for body in order]
    rows = [
        Row(body, enough[body], 1 + shares.index(_share(enough[body])), place)
        for body, place in zip(order, places, strict=True)
    ]
    few = sorted(body for body in known if body not in enough)
    return rows + [Row(body, known[body], None, None) for body in few]


def _share(known: Figures) -> float:
    return known.in_month.hits / known.month_over
