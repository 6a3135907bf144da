"""Error rates by group, with their uncertainty: Wilson for a rate, whole tables drawn for a ratio.

A rate whose count, or the count of the contrary, is under 5 people is not said (`docs/decisions`).
Formulas: Wilson 1927; percentile bootstrap of the four cells of a group (Efron 1979), each group
drawn apart; the area under the curve and its variance by DeLong 1988, from counts by score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contrechamp.lab.intervals import Z95, wilson
from contrechamp.lab.late import Floats, np
from contrechamp.lab.model import Text

from .decisions import Group

LEAST_CELL = 5
DRAWS = 10_000
Cells = tuple[int, int, int, int]

RATES = ("selection", "fpr", "fnr", "ppv", "npv", "accuracy", "prevalence")
LABELS: Mapping[str, Text] = {
    "selection": Text("Désignés par la machine", "Flagged by the machine"),
    "fpr": Text("Désignés à tort (faux positifs)", "Flagged wrongly (false positives)"),
    "fnr": Text("Manqués (faux négatifs)", "Missed (false negatives)"),
    "ppv": Text("Désignés à raison", "Flagged rightly"),
    "npv": Text("Écartés à raison", "Cleared rightly"),
    "accuracy": Text("Décisions justes", "Right decisions"),
    "prevalence": Text("Fréquence constatée", "Frequency found"),
}
OF: Mapping[str, Text] = {
    "selection": Text("sur 100 personnes", "of 100 people"),
    "fpr": Text("sur 100 chez qui rien ne s'est passé", "of 100 to whom nothing happened"),
    "fnr": Text("sur 100 chez qui c'est arrivé", "of 100 to whom it happened"),
    "ppv": Text("sur 100 désignés", "of 100 flagged"),
    "npv": Text("sur 100 écartés", "of 100 cleared"),
    "accuracy": Text("sur 100 personnes", "of 100 people"),
    "prevalence": Text("sur 100 personnes", "of 100 people"),
}
RATIOS = ("fpr", "fnr", "selection", "ppv")


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of people: `count` of `of`, its value and its interval of 95 %.

    All but `of` are None where the count, or that of the contrary, is too small to be said.
    """

    name: str
    of: int | None
    count: int | None
    value: float | None
    low: float | None
    high: float | None

    @property
    def is_said(self) -> bool:
        """Whether enough people are on both sides."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class GroupRates:
    """All that is said of a group at a threshold."""

    name: Text
    people: int
    rates: Mapping[str, Rate]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A rate of a group divided by that of the group it is compared with."""

    name: str
    group: Text
    reference: Text
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Area:
    """How often a person with the outcome has a higher score than one without (ties half)."""

    name: Text
    value: float | None
    low: float | None
    high: float | None


def parts(cells: Cells) -> dict[str, tuple[int, int]]:
    """Return of each rate its count and what it is a share of."""
    tn, fp, fn, tp = cells
    total = tn + fp + fn + tp
    return {
        "selection": (fp + tp, total),
        "fpr": (fp, fp + tn),
        "fnr": (fn, fn + tp),
        "ppv": (tp, tp + fp),
        "npv": (tn, tn + fn),
        "accuracy": (tn + tp, total),
        "prevalence": (fn + tp, total),
    }


def rate(name: str, count: int, of: int) -> Rate:
    """Return a rate, unsaid where fewer than 5 people are on a side."""
    if count < LEAST_CELL or of - count < LEAST_CELL:
        return Rate(name, None, None, None, None, None)
    return Rate(name, of, count, count / of, *wilson(count / of, of))


def rates_of(name: Text, cells: Cells) -> GroupRates:
    """Return the rates of a group. One cell under 5 hides what it could be worked out from."""
    shares = parts(cells)
    said = {each: rate(each, *shares[each]) for each in RATES}
    if min(cells) < LEAST_CELL:
        # Accuracy, selection and prevalence together give the four cells back.
        hidden = Rate("", None, None, None, None, None)
        for each in RATES:
            if each != "prevalence":
                said[each] = hidden
    return GroupRates(name, sum(cells), said)


def ratios(
    groups: Sequence[tuple[Text, Cells]], reference: int, *, draws: int = DRAWS, seed: int = 0
) -> tuple[Ratio, ...]:
    """Return how each group compares with the reference, with intervals from whole tables drawn."""
    rng = np.random.Generator(np.random.PCG64(seed))
    drawn = [_drawn(cells, draws, rng) for _, cells in groups]
    base_name, base_cells = groups[reference]
    found = []
    for at, (name, cells) in enumerate(groups):
        if at == reference:
            continue
        for each in RATIOS:
            is_said = min(cells) >= LEAST_CELL and min(base_cells) >= LEAST_CELL
            value = _ratio(parts(cells)[each], parts(base_cells)[each]) if is_said else None
            low, high = (
                _between(drawn[at][each], drawn[reference][each]) if is_said else (None,) * 2
            )
            found.append(Ratio(each, name, base_name, value, low, high))
    return tuple(found)


def _drawn(cells: Cells, draws: int, rng: np.random.Generator) -> dict[str, Floats]:
    total = sum(cells)
    table = rng.multinomial(total, np.array(cells) / total, size=draws).astype(np.float64)
    tn, fp, fn, tp = table.T
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "fpr": fp / (fp + tn),
            "fnr": fn / (fn + tp),
            "selection": (fp + tp) / total,
            "ppv": tp / (tp + fp),
        }


def _ratio(one: tuple[int, int], other: tuple[int, int]) -> float | None:
    if not (one[1] and other[1] and other[0]):
        return None
    return (one[0] / one[1]) / (other[0] / other[1])


def _between(one: Floats, other: Floats) -> tuple[float | None, float | None]:
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = one / other
    drawn = drawn[np.isfinite(drawn)]
    if len(drawn) < 0.95 * len(one):
        return None, None
    low, high = np.quantile(drawn, (0.025, 0.975))
    return float(low), float(high)


def area(group: Group) -> Area:
    """Return the area under the curve with its interval (DeLong 1988), from counts by score."""
    with_it, without = group.with_it.astype(float), group.without.astype(float)
    positives, negatives = with_it.sum(), without.sum()
    if min(positives, negatives) < LEAST_CELL:
        return Area(group.name, None, None, None)
    below = (np.cumsum(without) - without + without / 2) / negatives
    above = (positives - np.cumsum(with_it) + with_it / 2) / positives
    value = float(with_it @ below / positives)
    variance = _variance(below, with_it, value) / positives
    variance += _variance(above, without, value) / negatives
    half = Z95 * float(np.sqrt(variance))
    return Area(group.name, value, max(0.0, value - half), min(1.0, value + half))


def _variance(values: Floats, weights: Floats, mean: float) -> float:
    """Return the variance of values by their counts (the sample one)."""
    total = float(weights.sum())
    return float(weights @ (values - mean) ** 2) / (total - 1)
