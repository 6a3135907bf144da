"""Where the marks of three pictures stand: times to answer, outcomes, one request against the law.

Plain numbers for a drawing on the server, in units of its own `viewBox`; words and colours are
the templates'. Every mark has its words and its number, so that nothing hangs on a colour, and
`palette` numbers the kinds as everywhere else. Tables with the same numbers stand beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .statistics import Asked, Outcome, days_to_answer, lasted, month_of

WIDTH, HEIGHT, BASE = 640, 220, 180
"""Of the distribution; bars stand on the base line, labels under it."""
TOP = 30
"""Room for the number above the tallest bar and the words of the month."""
EDGES = (0, 8, 15, 23, 32, 46, 61, 91, 181, 366)
"""First day of each class. 31 days, the longest legal month, end a class: late is never mixed
with in time by the width of a bar."""
GAP = 6
LEAST_PART = 4
"""Units under which a part of a stack would not be seen."""
PALETTE: Mapping[Outcome, int] = {
    Outcome.DOCUMENTS: 3,
    Outcome.PARTIAL: 1,
    Outcome.REFUSED: 2,
    Outcome.SILENT: 4,
    Outcome.WITHDRAWN: 5,
    Outcome.OPEN: 6,
}
"""The number of each outcome in `ui.domain.palette`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A class of days, both ends in it; `last` is None for the open class at the end."""

    first: int
    last: int | None
    label: str
    count: int
    x: float
    y: float
    width: float
    height: float
    is_late: bool

    @property
    def middle(self) -> float:
        """Return where words are centred."""
        return round(self.x + self.width / 2, 1)

    @property
    def above(self) -> float:
        """Return where the number stands."""
        return round(self.y - 6, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """Days to the first answer. `open` requests have no bar: they are said in words."""

    bars: tuple[Bar, ...]
    month_x: float
    """Where the legal month ends."""
    answered: int
    in_month: int
    open: int
    width: int = WIDTH
    height: int = HEIGHT
    base: int = BASE

    @property
    def under(self) -> int:
        """Return where the labels stand."""
        return self.base + 20


def distribution(requests: Iterable[Asked]) -> Distribution:
    """Return the distribution of days to the first answer, the month's end marked.

    An answer in the month is drawn left of the mark even when February made the month shorter
    or the class wider: each request is compared with its own month.
    """
    every = list(requests)
    early, late = split(every)
    return drawn(early, late, len(every))


def split(requests: Iterable[Asked]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the answers of each class of days: within their own month, and after it."""
    early, late = [0] * len(EDGES), [0] * len(EDGES)
    for one in requests:
        days = days_to_answer(one)
        if days is not None:
            side = early if days <= month_of(one) else late
            side[_class(days, is_late=side is late)] += 1
    return tuple(early), tuple(late)


def drawn(early: Sequence[int], late: Sequence[int], total: int) -> Distribution:
    """Return the picture of answers by class of days, of `total` requests."""
    counts = [left + right for left, right in zip(early, late, strict=True)]
    most = max(counts, default=0)
    step = WIDTH / len(EDGES)
    bars = tuple(_bar(n, count, most, step) for n, count in enumerate(counts))
    return Distribution(
        bars=bars,
        month_x=round(FIRST_LATE * step, 1),
        answered=sum(counts),
        in_month=sum(early),
        open=total - sum(counts),
    )


FIRST_LATE = EDGES.index(32)


def _class(days: int, *, is_late: bool) -> int:
    found = max(n for n, edge in enumerate(EDGES) if edge <= days)
    return max(found, FIRST_LATE) if is_late else found


def _bar(number: int, count: int, most: int, step: float) -> Bar:
    first = EDGES[number]
    last = EDGES[number + 1] - 1 if number + 1 < len(EDGES) else None
    height = (BASE - TOP) * count / most if most else 0
    return Bar(
        first=first,
        last=last,
        label=f"{first}–{last}" if last is not None else f"{first}+",
        count=count,
        x=round(number * step + GAP / 2, 1),
        y=round(BASE - height, 1),
        width=round(step - GAP, 1),
        height=round(height, 1),
        is_late=number >= FIRST_LATE,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One outcome in a stacked bar; `has_room` when its number fits inside."""

    outcome: Outcome
    palette: int
    count: int
    percent: int
    x: float
    width: float
    has_room: bool

    @property
    def middle(self) -> float:
        """Return where its number is centred."""
        return round(self.x + self.width / 2, 1)


def stack(outcomes: Mapping[Outcome, int], *, width: int = WIDTH) -> tuple[Part, ...]:
    """Return the outcomes side by side over the whole width, in the order of `Outcome`.

    A part too thin to be seen is drawn a little wider, the others a little narrower; percents are
    rounded so that they make a hundred (largest remainders).
    """
    kept = [(outcome, outcomes[outcome]) for outcome in Outcome if outcomes.get(outcome, 0) > 0]
    total = sum(count for _, count in kept)
    if not total:
        return ()
    percents = rounded([count for _, count in kept])
    widths = [max(LEAST_PART, width * count / total) for _, count in kept]
    scale = width / sum(widths)
    parts, x = [], 0.0
    for (outcome, count), percent, wide in zip(kept, percents, widths, strict=True):
        parts.append(
            Part(
                outcome=outcome,
                palette=PALETTE[outcome],
                count=count,
                percent=percent,
                x=round(x, 1),
                width=round(wide * scale, 1),
                has_room=wide * scale >= 28,
            )
        )
        x += wide * scale
    return tuple(parts)


def rounded(counts: Sequence[int]) -> list[int]:
    """Return counts as whole percents that make exactly 100; [] of nothing."""
    total = sum(counts)
    if not total:
        return []
    shares = [divmod(100 * count, total) for count in counts]
    whole = [share for share, _ in shares]
    order = sorted(range(len(counts)), key=lambda n: (-shares[n][1], n))
    for n in order[: 100 - sum(whole)]:
        whole[n] += 1
    return whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two bars of a request: what the law gives, what the body took."""

    days: int
    width: float
    is_open: bool = False
    """It still runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The legal time and the body's own, from the same start and on the same scale."""

    legal: Side
    taken: Side
    late: int
    """Days past the month, 0 in time."""
    waited: int
    """Days that the body waited for the requester: not in `taken`, said beside."""
    width: int = WIDTH


def compared(asked: Asked, today: date) -> Compared:
    """Return the time that the body took for one request beside the legal month."""
    end = asked.answered_on or asked.withdrawn_on or today
    taken, legal = lasted(asked, end), month_of(asked)
    longest = max(taken, legal)
    return Compared(
        legal=Side(days=legal, width=round(WIDTH * legal / longest, 1)),
        taken=Side(
            days=taken,
            width=round(WIDTH * taken / longest, 1),
            is_open=asked.answered_on is None and asked.withdrawn_on is None,
        ),
        late=max(0, taken - legal),
        waited=max(0, (end - asked.from_on).days - taken),
    )
