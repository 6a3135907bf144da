"""What is said and drawn of a score's errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contrechamp.lab.inputs import BY_ID
from contrechamp.lab.model import Figure, Number, Series, Text
from contrechamp.lab.rounding import between, percent
from contrechamp.lab.tallies import Bounds, share, wilson
from contrechamp.lab.words import amount

from ._compas import CELLS, LOGIT, NAMES, Deciles, highest

Names = tuple[Text, Text]
SHOWN = {
    "fpr": Text("Désignés à tort", "Wrongly flagged"),
    "fnr": Text("Manqués", "Missed"),
    "ppv": Text("Alertes justes", "Flags that were right"),
}


def names(params: Mapping[str, Any]) -> Names:
    """Return what the two groups are called."""
    if params["source"] == "cells":
        return Text("Groupe A", "Group A"), Text("Groupe B", "Group B")
    return Text(*NAMES[params["group_a"]]), Text(*NAMES[params["group_b"]])


def sentence(numbers: Mapping[str, Any], intervals: Mapping[str, Bounds], called: Names) -> Text:
    """Say how many of each group are flagged for nothing, and how sure the ratio is."""
    if numbers["a_fpr"] is None or numbers["b_fpr"] is None:
        return Text(
            "Dans un des groupes, personne n'est sans suite : aucune fausse alerte n'est possible.",
            "In one of the groups nobody is without event: no false alarm is possible.",
        )
    french = "Parmi les personnes sans suite, le score désigne pourtant {a} du groupe « {one} »"
    french += " ({around_a}) et {b} du groupe « {other} » ({around_b})"
    english = "Of people without event, the score still flags {a} of the group “{one}” ({around_a})"
    english += " and {b} of the group “{other}” ({around_b})"
    ratio = intervals.get("fpr_ratio")
    if ratio and numbers["fpr_ratio"] is not None:
        french += " : {times} pour 1 ({ratio})."
        english += ": {times} for 1 ({ratio})."
    else:
        french, english = f"{french}.", f"{english}."
    sides = {side: between(*(percent(end) for end in intervals[f"{side}_fpr"])) for side in "ab"}
    return Text(french, english).fill(
        a=percent(numbers["a_fpr"]),
        b=percent(numbers["b_fpr"]),
        one=called[0],
        other=called[1],
        around_a=sides["a"],
        around_b=sides["b"],
        times=amount(numbers["fpr_ratio"] or 0, 1),
        ratio=between(*(amount(end, 1) for end in ratio)) if ratio else "",
    )


def reasons(
    declared: Sequence[Number], numbers: Mapping[str, Any], *, is_study: bool
) -> dict[str, Text]:
    """Say of each number that is not there why it is not."""
    missing = [each.name for each in declared if numbers.get(each.name) is None]
    return {name: _reason(name, is_study=is_study) for name in missing}


def _reason(name: str, *, is_study: bool) -> Text:
    kind = name.partition("_")[0]
    if kind not in {"auc", "logit"}:
        return Text("Personne à compter : rien à diviser.", "Nobody to count: nothing to divide.")
    if not is_study:
        return Text("Seulement pour l'étude COMPAS.", "For the COMPAS study only.")
    file = BY_ID[CELLS if kind == "auc" else LOGIT].file
    return Text(f"Le fichier {file} n'est pas là.", f"The file {file} is not there.")


def figures(
    numbers: Mapping[str, Any],
    intervals: Mapping[str, Bounds],
    called: Names,
    tables: Mapping[str, Deciles] | None,
    params: Mapping[str, Any],
) -> tuple[Figure, ...]:
    """Draw the rates by group and, with the table by decile, what a score means in each."""
    drawn = [_rates(numbers, intervals, called)]
    if tables and params["group_a"] != params["group_b"]:
        pairs = [(called[number], params[f"group_{side}"]) for number, side in enumerate("ab")]
        drawn += [_meaning(tables, pairs), _thresholds(tables, pairs)]
    return tuple(drawn)


def _rates(numbers: Mapping[str, Any], intervals: Mapping[str, Bounds], called: Names) -> Figure:
    series = []
    for side, name in zip("ab", called, strict=True):
        rates = [rate for rate in SHOWN if numbers[f"{side}_{rate}"] is not None]
        series.append(
            Series(
                label=name,
                x=[SHOWN[rate] for rate in rates],
                y=[numbers[f"{side}_{rate}"] for rate in rates],
                low=[intervals[f"{side}_{rate}"][0] for rate in rates],
                high=[intervals[f"{side}_{rate}"][1] for rate in rates],
                style="bars",
            )
        )
    return Figure(
        id="rates",
        title=Text("Qui paie les erreurs", "Who pays for the errors"),
        kind="bars",
        x_label=Text("Erreur", "Error"),
        y_label=Text("Part du groupe concerné", "Share of the group concerned"),
        series=tuple(series),
        reading=sentence(numbers, intervals, called),
        y_low=0,
        y_high=1,
    )


def _meaning(tables: Mapping[str, Deciles], pairs: Sequence[tuple[Text, str]]) -> Figure:
    """Draw the share re-arrested at each score: where both lines meet, a score means the same."""
    series = []
    for name, group in pairs:
        top = highest(group) - 1
        low, high = (
            (*counts[:top], sum(counts[top:]))
            for counts in (tables[group].negatives, tables[group].positives)
        )
        bounds = [wilson(k, n + k) or (0.0, 1.0) for n, k in zip(low, high, strict=True)]
        series.append(
            Series(
                label=name,
                x=list(range(1, top + 2)),
                y=[share(k, n + k) for n, k in zip(low, high, strict=True)],
                low=[start for start, _ in bounds],
                high=[end for _, end in bounds],
            )
        )
    ends = [percent(one.y[-1] or 0) for one in series]
    return Figure(
        id="meaning",
        title=Text("Ce qu'une note veut dire", "What a score means"),
        kind="line",
        x_label=Text("Note", "Score"),
        y_label=Text("Part réarrêtée en deux ans", "Share re-arrested in two years"),
        series=tuple(series),
        reading=Text(
            "À note égale, la part réarrêtée se ressemble : {one} et {other} à la note la plus "
            "haute. C'est la réponse du vendeur.",
            "At equal scores the share re-arrested is alike: {one} and {other} at the highest "
            "score. It is the vendor's reply.",
        ).fill(one=ends[0], other=ends[1]),
        y_low=0,
        y_high=1,
    )


def _thresholds(tables: Mapping[str, Deciles], pairs: Sequence[tuple[Text, str]]) -> Figure:
    series = []
    for name, group in pairs:
        places = list(range(2, highest(group) + 1))
        cells = [tables[group].at(place) for place in places]
        bounds = [each.bounds()["fpr"] or (0.0, 1.0) for each in cells]
        series.append(
            Series(
                label=name,
                x=places,
                y=[each.rates()["fpr"] for each in cells],
                low=[start for start, _ in bounds],
                high=[end for _, end in bounds],
            )
        )
    first = [percent(one.y[0] or 0) for one in series]
    last = [percent(one.y[-1] or 0) for one in series]
    return Figure(
        id="thresholds",
        title=Text("Aucun seuil n'efface l'écart", "No threshold removes the gap"),
        kind="line",
        x_label=Text("Désigné à partir de la note", "Flagged from score"),
        y_label=Text("Désignés à tort", "Wrongly flagged"),
        series=tuple(series),
        reading=Text(
            "Du seuil le plus bas au plus haut, les désignés à tort passent de {one} à {one_end} "
            "et de {other} à {other_end}.",
            "From the lowest threshold to the highest, the wrongly flagged go from {one} to "
            "{one_end} and from {other} to {other_end}.",
        ).fill(one=first[0], one_end=last[0], other=first[1], other_end=last[1]),
        y_low=0,
    )
