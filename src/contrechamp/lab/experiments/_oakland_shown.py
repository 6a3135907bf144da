"""What `predpol-oakland` says and draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from contrechamp.lab.late import Whole, np
from contrechamp.lab.model import Figure, Series, Text
from contrechamp.lab.words import amount, between, share

from . import _oakland

METHOD = Text(
    "Taux de la case n au jour t : μ_n + Σ θω·exp(−ω(t − t_i)) sur les faits antérieurs de la "
    "case ; θ et ω communs à toutes. Chaque jour du 28 décembre 2010 au 30 décembre 2011, le "
    "modèle est ajusté aux 180 jours précédents par l'algorithme EM (départ μ = θ = ω = 1 ; "
    "p_ij = θω·exp(−ωΔ)/λ(t_j), p_0j = μ/λ(t_j) ; le premier fait d'une case est de fond, les "
    "couples du même jour sont exclus ; ω = Σp/ΣpΔ, θ = Σp/N, μ_n = Σp_0/180), arrêté dès que "
    "l'un des changements |Δω| ≤ 1e-5, |Δθ| ≤ 1e-5 ou Σ|Δμ| ≤ 1e-4. « Mené au bout » : 1e-9, "
    "5 000 pas. « Avec l'erreur » : chaque couple est divisé par le taux au fait qui suit le "
    "parent, comme dans le programme publié. « Simple comptage » : faits des 180 derniers jours.",
    "Rate of box n on day t: μ_n + Σ θω·exp(−ω(t − t_i)) over the box's earlier incidents; θ and "
    "ω shared by all. Each day from 28 December 2010 to 30 December 2011 the model is fitted on "
    "the 180 days before by the EM algorithm (from μ = θ = ω = 1; p_ij = θω·exp(−ωΔ)/λ(t_j), "
    "p_0j = μ/λ(t_j); the first incident of a box is background, pairs of one day are left out; "
    "ω = Σp/ΣpΔ, θ = Σp/N, μ_n = Σp_0/180), stopped as soon as one of the changes is |Δω| ≤ 1e-5, "
    "|Δθ| ≤ 1e-5 or Σ|Δμ| ≤ 1e-4. “Run to its end”: 1e-9, 5,000 steps. “With the slip”: each pair "
    "is divided by the rate at the incident that follows the parent, as in the published "
    "program. “Simple count”: incidents of the last 180 days.",
)


class Shown(NamedTuple):
    """What is drawn: the record, patrol days by box, hits by day, and where the boxes lie."""

    year: _oakland.Year
    patrol_days: Whole
    hits: Whole
    plain_hits: Whole
    boxes: list[tuple[float, float, float, float]]


def sentence(
    params: Mapping[str, Any], numbers: Mapping[str, Any], interval: tuple[float, float]
) -> Text:
    """Return the result in one sentence: of what was recorded, and beside a simple count."""
    return Text(
        "Des {recorded} faits enregistrés en un an, {hits} ({rate} ; intervalle à 95 % : "
        "{interval}) tombent dans les {k} cases choisies chaque jour ; un simple comptage des 180 "
        "derniers jours en trouve {plain}. Les patrouilles vont à {ever} cases sur {boxes}.",
        "Of {recorded} incidents recorded in a year, {hits} ({rate}; 95% interval: {interval}) "
        "fall in the {k} boxes chosen each day; a simple count of the last 180 days finds "
        "{plain}. Patrols go to {ever} of {boxes} boxes.",
    ).fill(
        recorded=amount(numbers["recorded"]),
        hits=amount(numbers["hits"]),
        rate=share(numbers["hit_rate"]),
        interval=between(*interval),
        k=params["k"],
        plain=amount(numbers["histogram_hits"]),
        ever=numbers["boxes_ever"],
        boxes=numbers["boxes"],
    )


def reasons(params: Mapping[str, Any], numbers: Mapping[str, Any]) -> dict[str, Text]:
    """Return why numbers are null."""
    no_model = Text("un simple comptage n'a pas de modèle", "a simple count has no model")
    no_file = Text(
        "oakland_published_rates.csv.gz absent", "oakland_published_rates.csv.gz is missing"
    )
    names = ("theta_max", "theta_median", "overlap_published", "max_diff_published")
    is_counted = params["em"] == "histogram"
    return {
        name: no_model if is_counted and name != "overlap_published" else no_file
        for name in names
        if numbers[name] is None
    }


def series(shown: Shown) -> dict[str, dict[str, list[Any]]]:
    """Return the data of the curves: patrol days by box, hits by month, both Lorenz curves."""
    months, ours, plain = _monthly(shown)
    parts, patrolled, recorded = _lorenz(shown)
    return {
        "patrol_days": {"box": list(range(1, _oakland.BOXES + 1)),
                        "days": shown.patrol_days.tolist()},
        "hits_by_month": {"month": months, "model": ours, "count": plain},
        "lorenz": {"x": parts, "patrolled": patrolled, "recorded": recorded},
    }  # fmt: skip


def figures(shown: Shown, numbers: Mapping[str, Any]) -> tuple[Figure, ...]:
    """Return the map (where the boxes are known), the Lorenz curves and the months."""
    drawn = [_lorenz_figure(shown, numbers), _month_figure(shown, numbers)]
    return (_map(shown, numbers), *drawn) if shown.boxes else tuple(drawn)


def _map(shown: Shown, numbers: Mapping[str, Any]) -> Figure:
    return Figure(
        id="map",
        title=Text("Où vont les patrouilles", "Where patrols go"),
        kind="map",
        x_label=Text("case", "box"),
        y_label=Text("jours de patrouille", "patrol days"),
        series=(
            Series(
                label=Text("jours de patrouille", "patrol days"),
                x=[str(number + 1) for number in range(_oakland.BOXES)],
                y=[float(days) for days in shown.patrol_days],
                boxes=shown.boxes,
            ),
        ),
        reading=Text(
            "{ever} cases sur {boxes} voient une patrouille dans l'année ; {always} la voient "
            "chaque jour.",
            "{ever} of {boxes} boxes see a patrol in the year; {always} see one every day.",
        ).fill(ever=numbers["boxes_ever"], boxes=numbers["boxes"], always=numbers["boxes_always"]),
    )


def _lorenz(shown: Shown) -> tuple[list[float], list[float], list[float]]:
    by_box = np.bincount(shown.year.box, minlength=_oakland.BOXES)
    parts = np.arange(_oakland.BOXES + 1) / _oakland.BOXES
    return parts.tolist(), _cumulated(shown.patrol_days), _cumulated(by_box)


def _cumulated(values: Whole) -> list[float]:
    """Return the share held by the most affected boxes, the first of them first."""
    held = np.cumsum(np.sort(values)[::-1]) / values.sum()
    return [0.0, *held.tolist()]


def _lorenz_figure(shown: Shown, numbers: Mapping[str, Any]) -> Figure:
    parts, patrolled, recorded = _lorenz(shown)
    tenth = round(_oakland.BOXES / 10)
    return Figure(
        id="lorenz",
        title=Text("Le registre et les patrouilles", "The record and the patrols"),
        kind="line",
        x_label=Text("part des cases, les plus touchées d'abord", "share of boxes, most first"),
        y_label=Text("part cumulée", "cumulated share"),
        series=(
            Series(label=Text("patrouilles", "patrols"), x=parts, y=patrolled),
            Series(label=Text("faits enregistrés", "recorded incidents"), x=parts, y=recorded,
                   style="dashed"),
            Series(label=Text("partage égal", "even share"), x=[0, 1], y=[0, 1], style="dotted"),
        ),
        reading=Text(
            "Un dixième des cases a {recorded} des faits enregistrés et reçoit {patrolled} des "
            "patrouilles.",
            "A tenth of the boxes has {recorded} of the recorded incidents and gets {patrolled} "
            "of the patrols.",
        ).fill(recorded=share(recorded[tenth], 0), patrolled=share(patrolled[tenth], 0)),
        y_low=0,
        y_high=1,
    )  # fmt: skip


def _monthly(shown: Shown) -> tuple[list[str], list[int], list[int]]:
    months = np.array(_oakland.months())
    names = sorted(set(months.tolist()))
    ours, plain = (
        [int(hits[months == name].sum()) for name in names]
        for hits in (shown.hits, shown.plain_hits)
    )
    return names, ours, plain


def _month_figure(shown: Shown, numbers: Mapping[str, Any]) -> Figure:
    months, ours, plain = _monthly(shown)
    return Figure(
        id="months",
        title=Text("Le calcul et le simple comptage", "The calculation and the simple count"),
        kind="bars",
        x_label=Text("mois", "month"),
        y_label=Text("faits enregistrés dans une case choisie", "recorded in a chosen box"),
        series=(_bars(Text("calcul choisi", "chosen calculation"), months, ours),
                _bars(Text("simple comptage", "simple count"), months, plain)),
        reading=Text(
            "Sur l'année, le calcul choisi trouve {ours} faits et le simple comptage {plain}.",
            "Over the year the chosen calculation finds {ours} incidents, the simple count "
            "{plain}.",
        ).fill(ours=amount(numbers["hits"]), plain=amount(numbers["histogram_hits"])),
        y_low=0,
    )  # fmt: skip


def _bars(label: Text, months: Sequence[str], values: Sequence[int]) -> Series:
    return Series(label=label, x=months, y=[float(value) for value in values], style="bars")
