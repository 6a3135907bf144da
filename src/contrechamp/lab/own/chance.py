"""Predictions held against chance, and against a count of the last days that costs nothing.

Hit rate: share of recorded incidents that fall in a predicted box. Chance: the share that boxes
drawn at random would have, on the same days, as many boxes. PAI is the one divided by the other
(prediction accuracy index, Chainey 2008). The simple count names, each day, as many boxes as the
machine did: those of most incidents in the days before. Intervals draw whole days again, since
incidents of a day hang together.
"""

from __future__ import annotations

from dataclasses import dataclass

from contrechamp.lab.late import Floats, NDArray, np, special

from .patrols import Patrols

DRAWS = 2_000
WINDOW = 180
LEAST_BEFORE = 28
"""Days of records before the first one that the simple count may be compared on."""
Estimate = tuple[float, float, float]
"""A value, and the ends of its interval of 95 %."""


@dataclass(frozen=True, slots=True)
class Against:
    """The simple count on the days that have records before them, and the machine on the same."""

    days: int
    crimes: int
    machine: Estimate
    simple: Estimate
    difference: Estimate
    same_boxes: float
    """Share of the machine's boxes that the simple count names too."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What predictions found."""

    days: int
    boxes_a_day: float
    crimes: int
    hits: int
    predictions: int
    useful: int
    """Predictions in which something was recorded on that day."""
    hit_rate: Estimate
    exact: tuple[float, float]
    """The interval of the hit rate if each incident were independent (Clopper-Pearson)."""
    chance: float
    pai: Estimate
    against: Against | None


def clopper_pearson(count: int, of: int) -> tuple[float, float]:
    """Return the exact interval of 95 % of a share."""
    low = 0.0 if count == 0 else float(special.betaincinv(count, of - count + 1, 0.025))
    high = 1.0 if count == of else float(special.betaincinv(count + 1, of - count, 0.975))
    return low, high


def hits(table: Patrols, *, window: int = WINDOW, draws: int = DRAWS, seed: int = 0) -> Hits:
    """Return what the predictions of a table were worth."""
    told: NDArray[np.bool_] = np.asarray(table.predicted.any(axis=1))
    recorded = table.recorded.sum(axis=1, dtype=np.float64)
    found = (table.recorded * table.predicted).sum(axis=1, dtype=np.float64)
    boxes = table.predicted.sum(axis=1, dtype=np.float64)
    expected = recorded * boxes / table.map_boxes
    crimes, hit = int(recorded[told].sum()), int(found[told].sum())
    rng = np.random.Generator(np.random.PCG64(seed))
    rates = _drawn(np.stack((found, recorded, expected))[:, told], draws, rng)
    rate = _estimate(hit / crimes, _over(rates[0], rates[1]))
    chance = float(expected[told].sum()) / crimes
    return Hits(
        days=int(told.sum()),
        boxes_a_day=float(boxes[told].mean()),
        crimes=crimes,
        hits=hit,
        predictions=int(boxes[told].sum()),
        useful=int((table.predicted & (table.recorded > 0))[told].sum()),
        hit_rate=rate,
        exact=clopper_pearson(hit, crimes),
        chance=chance,
        pai=_estimate(hit / crimes / chance, _over(rates[0], rates[2])),
        against=_against(table, told, window, draws, rng),
    )


def _against(
    table: Patrols, told: NDArray[np.bool_], window: int, draws: int, rng: np.random.Generator
) -> Against | None:
    held = told.copy()
    held[:LEAST_BEFORE] = False
    if not held.any() or not table.recorded[held].any():
        return None
    simple = counted(table, held, window)
    recorded = table.recorded[held].sum(axis=1, dtype=np.float64)
    machine = (table.recorded * table.predicted)[held].sum(axis=1, dtype=np.float64)
    other = (table.recorded[held] * simple).sum(axis=1, dtype=np.float64)
    crimes = float(recorded.sum())
    drawn = _drawn(np.stack((machine, other, recorded)), draws, rng)
    one, two = float(machine.sum()) / crimes, float(other.sum()) / crimes
    boxes = table.predicted[held]
    return Against(
        days=int(held.sum()),
        crimes=int(crimes),
        machine=_estimate(one, _over(drawn[0], drawn[2])),
        simple=_estimate(two, _over(drawn[1], drawn[2])),
        difference=_estimate(one - two, _over(drawn[0] - drawn[1], drawn[2])),
        same_boxes=float((simple & boxes).sum() / boxes.sum()),
    )


def counted(table: Patrols, held: NDArray[np.bool_], window: int) -> NDArray[np.bool_]:
    """Return for each day held the boxes of most incidents in the days before, as many as the
    machine's; boxes of equal counts in the order of the file."""
    total = np.zeros(table.boxes, dtype=np.int64)
    chosen = np.zeros((int(held.sum()), table.boxes), dtype=bool)
    many = table.predicted.sum(axis=1)
    row = 0
    for at in range(table.days):
        if held[at]:
            chosen[row, np.argsort(-total, kind="stable")[: many[at]]] = True
            row += 1
        total += table.recorded[at]
        if at >= window:
            total -= table.recorded[at - window]
    return chosen


def _drawn(sums: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """Return the sums over days drawn again, whole: one row a sum, one column a draw."""
    days = sums.shape[1]
    out = np.empty((len(sums), draws))
    step = max(1, 2_000_000 // days)
    for start in range(0, draws, step):
        times = rng.multinomial(days, np.full(days, 1 / days), size=min(step, draws - start))
        out[:, start : start + step] = sums @ times.T
    return out


def _over(one: Floats, other: Floats) -> Floats:
    """Return the ratios of the draws in which there was something."""
    held = other > 0
    return one[held] / other[held]


def _estimate(value: float, drawn: Floats) -> Estimate:
    if not len(drawn):
        return value, value, value
    low, high = np.quantile(drawn, (0.025, 0.975))
    return value, float(low), float(high)
