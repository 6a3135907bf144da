"""What if patrols find more? The same records, replayed as if presence added to them.

Each day the boxes of most records in the last days are patrolled, and each patrolled box adds
Binomial(recorded that day + 1, extra) incidents, which stay in the record: the closed loop of
`predpol-loop`, on the records of the table and with the simple count in the machine's place. It
shows that the mechanism suffices, not that it happened.
"""

from __future__ import annotations

from dataclasses import dataclass

from contrechamp.lab.late import NDArray, np

from .chance import LEAST_BEFORE, WINDOW
from .patrols import Patrols

EXTRA = 0.2
SEEDS = 5
FEWEST_DAYS = 14


@dataclass(frozen=True, slots=True)
class Replay:
    """What became of the records, without and with what patrols add."""

    days: int
    boxes_a_day: int
    extra: float
    seeds: int
    added: float
    """Incidents added, mean over seeds."""
    share_open: float
    """Share of the patrols that go to the boxes most patrolled, nothing added."""
    share_closed: float
    ever_open: int
    """Boxes that are patrolled at least once, nothing added."""
    ever_closed: float
    ratio_open: float | None
    """Mean record of patrolled boxes over that of others in the last month, nothing added."""
    ratio_closed: float | None


def replay(
    table: Patrols, *, extra: float = EXTRA, seeds: int = SEEDS, window: int = WINDOW, seed: int = 0
) -> Replay | None:
    """Return the replay of a table, or None when it is too short to say anything."""
    days = table.days - LEAST_BEFORE
    told = table.predicted.sum(axis=1)
    many = round(float(told[told > 0].mean()))
    if days < FEWEST_DAYS or not 0 < many < table.boxes:
        return None
    still = _run(table.recorded, many, window, 0.0, seed)
    runs = [_run(table.recorded, many, window, extra, seed + at) for at in range(seeds)]
    ratios = [run.ratio for run in runs if run.ratio is not None]
    return Replay(
        days=days,
        boxes_a_day=many,
        extra=extra,
        seeds=seeds,
        added=sum(run.added for run in runs) / seeds,
        share_open=still.share,
        share_closed=sum(run.share for run in runs) / seeds,
        ever_open=still.ever,
        ever_closed=sum(run.ever for run in runs) / seeds,
        ratio_open=still.ratio,
        ratio_closed=sum(ratios) / len(ratios) if len(ratios) == seeds else None,
    )


@dataclass(frozen=True, slots=True)
class _Run:
    added: int
    share: float
    ever: int
    ratio: float | None


def _run(recorded: NDArray[np.int32], many: int, window: int, extra: float, seed: int) -> _Run:
    rng = np.random.Generator(np.random.PCG64(seed))
    held = recorded.astype(np.int64)
    total = held[:LEAST_BEFORE].sum(axis=0)
    if window < LEAST_BEFORE:
        total = held[LEAST_BEFORE - window : LEAST_BEFORE].sum(axis=0)
    visits = np.zeros(held.shape[1], dtype=np.int64)
    last = max(LEAST_BEFORE, len(held) - 30)
    there = others = added = 0
    for at in range(LEAST_BEFORE, len(held)):
        patrolled = np.argsort(-total, kind="stable")[:many]
        visits[patrolled] += 1
        if at >= last:
            inside = int(total[patrolled].sum())
            there, others = there + inside, others + int(total.sum()) - inside
        if extra:
            more = rng.binomial(held[at, patrolled] + 1, extra)
            held[at, patrolled] += more
            added += int(more.sum())
        total += held[at]
        if at >= window:
            total -= held[at - window]
    share = float(np.sort(visits)[::-1][:many].sum() / visits.sum())
    rest = held.shape[1] - many
    ratio = (there / many) / (others / rest) if others else None
    return _Run(added, share, int((visits > 0).sum()), ratio)
