"""The audit of a table of decisions: rates by group, ratios, calibration, thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contrechamp.lab.model import Figure, Series, Text

from .audit import Audit, Options
from .columns import DECISIONS
from .curves import (
    Calibration,
    Curve,
    Impossible,
    calibration,
    curve,
    impossible,
    levels,
    median_threshold,
)
from .decisions import ALL, OTHERS, Decisions, read_decisions
from .rates import (
    LABELS,
    LEAST_CELL,
    OF,
    RATES,
    Area,
    Cells,
    GroupRates,
    Ratio,
    area,
    rates_of,
    ratios,
)
from .saying import Cell, Column, Interval, Table, between, percent, plain
from .sheet import Sheet, Unreadable
from .warnings import OF_DECISIONS

GROUP = Column("group", Text("Groupe", "Group"), "name")
PEOPLE = Column("people", Text("Personnes", "People"), "count")
THRESHOLD = Text("Seuil", "Threshold")


def audit_decisions(sheet: Sheet, columns: Mapping[str, str], options: Options) -> Audit:
    """Return what a table of decisions says of the machine that made them."""
    found = read_decisions(
        sheet, columns, positive=options.positive, is_low_risk=options.is_low_risk
    )
    threshold = _threshold(found, options)
    cells = [(group.name, group.cells(threshold)) for group in found.groups]
    reference = _reference(found, options.reference)
    by_group = [rates_of(name, each) for name, each in cells]
    every = found.every.cells(threshold)
    whole = rates_of(found.every.name, every) if _may_say_whole(cells) else None
    compared = ratios(cells, reference, seed=options.seed)
    areas = [area(group) for group in (*found.groups, found.every)]
    chosen = levels(found.every)
    curves = [curve(group, chosen.tolist(), threshold) for group in found.groups]
    calibrations = [
        calibration(group, steps) for group, steps in zip(found.groups, curves, strict=True)
    ]
    wishes = impossible(cells, every) if whole else None
    return Audit(
        kind=DECISIONS,
        columns=columns,
        settings={
            "threshold": found.shown(threshold),
            "flagged": "at most" if found.is_low_risk else "at least",
            "reference": cells[reference][0].fr,
            "positive": options.positive,
            "draws": 10_000,
            "seed": options.seed,
        },
        rows=found.rows,
        refused=found.refused,
        sentence=sentence(by_group, compared, reference),
        more=tuple(_more(found, areas, wishes, by_group)),
        tables=tuple(
            _tables(found, threshold, by_group, whole, compared, areas, calibrations, curves)
        ),
        figures=tuple(_figures(found, by_group, calibrations, curves, threshold)),
        warnings=OF_DECISIONS,
        names=(OTHERS, ALL),
        groups=tuple(group.name for group in found.groups),
        thresholds=tuple(sorted(found.shown(float(each)) for each in chosen)),
    )


def _threshold(found: Decisions, options: Options) -> float:
    if options.threshold is None:
        return median_threshold(found)
    return -options.threshold if found.is_low_risk else options.threshold


def _reference(found: Decisions, name: str) -> int:
    """Return the place of the group that others are compared with: the largest, unless named."""
    names = [group.name.fr for group in found.groups]
    if not name:
        return 0
    if name in names:
        return names.index(name)
    raise Unreadable(
        Text(
            f"Le groupe « {name[:60]} » n'est pas dans le tableau, ou compte moins de 50 "
            f"personnes. Il y a : {', '.join(names)}.",
            f"The group “{name[:60]}” is not in the table, or has fewer than 50 people. There "
            f"are: {', '.join(names)}.",
        )
    )


def _may_say_whole(cells: Sequence[tuple[Text, Cells]]) -> bool:
    """Whether the whole shows no group that is hidden, by taking the others away from it."""
    hidden = [each for _, each in cells if min(each) < LEAST_CELL]
    if not hidden:
        return True
    together = [sum(each[at] for each in hidden) for at in range(4)]
    return len(hidden) > 1 and min(together) >= LEAST_CELL


def sentence(by_group: Sequence[GroupRates], compared: Sequence[Ratio], reference: int) -> Text:
    """Return the widest gap in wrong flags in one sentence, with its uncertainty."""
    gaps = [one for one in compared if one.name == "fpr" and one.value and one.low and one.high]
    if not gaps:
        said = by_group[reference].rates["fpr"]
        if not said.is_said:
            return Text(
                "À ce seuil, trop peu de personnes sont d'un côté ou de l'autre pour dire un taux.",
                "At this threshold too few people stand on one side to say a rate.",
            )
        return Text(
            "Sur 100 personnes chez qui rien ne s'est passé, la machine en désigne {rate} à tort.",
            "Of people to whom nothing happened, the machine wrongly flags {rate}.",
        ).fill(rate=_said(said.value, said.low, said.high))
    widest = max((_upwards(one) for one in gaps), key=lambda one: one.value or 0)
    named = {each.name: each for each in by_group}
    one, base = named[widest.group].rates["fpr"], named[widest.reference].rates["fpr"]
    form = SURE if (widest.low or 0) > 1 else UNSURE
    return form.fill(
        group=widest.group,
        base=widest.reference,
        one=percent(one.value or 0),
        other=percent(base.value or 0),
        ratio=between((widest.value or 0, widest.low, widest.high), "ratio"),
    )


def _upwards(one: Ratio) -> Ratio:
    """Return a ratio with the group of the higher rate first."""
    if not (one.value and one.low and one.high) or one.value >= 1:
        return one
    return Ratio(one.name, one.reference, one.group, 1 / one.value, 1 / one.high, 1 / one.low)


SURE = Text(
    "Parmi les personnes chez qui rien ne s'est passé, la machine désigne à tort {one} du groupe "
    "« {group} », contre {other} du groupe « {base} » : un rapport de {ratio}.",
    "Of the people to whom nothing happened, the machine wrongly flags {one} of the group "
    "“{group}”, against {other} of the group “{base}”: a ratio of {ratio}.",
)
UNSURE = Text(
    "Parmi les personnes chez qui rien ne s'est passé, la machine désigne à tort {one} du groupe "
    "« {group} » et {other} du groupe « {base} » : un rapport de {ratio}, que le hasard suffit à "
    "expliquer.",
    "Of the people to whom nothing happened, the machine wrongly flags {one} of the group "
    "“{group}” and {other} of the group “{base}”: a ratio of {ratio}, which chance suffices to "
    "explain.",
)


def _said(value: float | None, low: float | None, high: float | None) -> Text:
    return between((value or 0, low, high))


def _more(
    found: Decisions,
    areas: Sequence[Area],
    wishes: Impossible | None,
    by_group: Sequence[GroupRates],
) -> list[Text]:
    out = []
    whole = areas[-1]
    if whole.value is not None:
        out.append(
            Text(
                "Prise au hasard, une personne chez qui c'est arrivé a un score plus haut qu'une "
                "autre {area} du temps (50 % serait le hasard).",
                "Taken at random, a person to whom it happened has a higher score than another "
                "{area} of the time (50% would be chance).",
            ).fill(area=_said(whole.value, whole.low, whole.high))
        )
    if wishes:
        out.append(_forced(wishes))
    hidden = [each.name for each in by_group if not each.rates["fpr"].is_said]
    if hidden:
        out.append(
            Text(
                "Une case compte moins de 5 personnes à ce seuil, et les taux ne sont pas dits : "
                "{names}.",
                "A cell has under 5 people at this threshold, and the rates are not said: {names}.",
            ).fill(names=_listed(hidden))
        )
    if found.merged:
        out.append(
            Text(
                "Groupes de moins de 50 personnes, réunis dans « Autres groupes » : {many}.",
                "Groups under 50 people, put together in “Other groups”: {many}.",
            ).fill(many=found.merged)
        )
    if found.left_out:
        out.append(
            Text(
                "Les groupes de moins de 50 personnes, trop petits même réunis, sont laissés hors "
                "de tous les calculs.",
                "Groups under 50 people, too small even together, are left out of every number.",
            )
        )
    return out


def _listed(names: Sequence[Text]) -> Text:
    return Text(", ".join(one.fr for one in names), ", ".join(one.en for one in names))


def _forced(wishes: Impossible) -> Text:
    """Return why the same of all three cannot be had, with the numbers of the table."""
    can = [each for each in wishes.wishes if each.fpr is not None]
    if len(can) < 2:
        return Text(
            "Les fréquences constatées sont trop éloignées pour qu'un réglage donne à tous les "
            "groupes la même valeur prédictive et la même part de manqués.",
            "The frequencies found are too far apart for any setting to give all groups the same "
            "predictive value and the same share of misses.",
        )
    high = max(can, key=lambda each: each.fpr or 0)
    low = min(can, key=lambda each: each.fpr or 0)
    return Text(
        "Si la machine avait raison aussi souvent pour chaque groupe ({ppv} des désignés) et en "
        "manquait autant ({fnr}), elle désignerait à tort {high} de « {one} » et {low} de "
        "« {other} » : quand les fréquences constatées diffèrent, on ne peut avoir les trois "
        "égalités à la fois.",
        "If the machine were right as often for each group ({ppv} of those flagged) and missed as "
        "many ({fnr}), it would wrongly flag {high} of “{one}” and {low} of “{other}”: where the "
        "frequencies found differ, the three equalities cannot be had at once.",
    ).fill(
        ppv=percent(wishes.ppv),
        fnr=percent(wishes.fnr),
        high=percent(high.fpr or 0),
        low=percent(low.fpr or 0),
        one=high.group,
        other=low.group,
    )


# Tables


def _tables(
    found: Decisions,
    threshold: float,
    by_group: Sequence[GroupRates],
    whole: GroupRates | None,
    compared: Sequence[Ratio],
    areas: Sequence[Area],
    calibrations: Sequence[Calibration],
    curves: Sequence[Curve],
) -> list[Table]:
    every = [*by_group, *([whole] if whole else [])]
    tables = [
        Table(
            "rates",
            Text("Taux par groupe au seuil {at}", "Rates by group at threshold {at}").fill(
                at=plain(found.shown(threshold))
            ),
            (GROUP, PEOPLE, *(Column(each, LABELS[each], "share") for each in RATES)),
            tuple((each.name, each.people, *_shares(each)) for each in every),
            _legend(),
        )
    ]
    if compared:
        tables.append(_ratio_table(compared))
    tables.append(
        Table(
            "areas",
            Text(
                "Le score classe-t-il juste ? (aire sous la courbe)", "Does the score rank right?"
            ),
            (GROUP, Column("auc", Text("Aire sous la courbe", "Area under the curve"), "share")),
            tuple((each.name, _triple(each.value, each.low, each.high)) for each in areas),
        )
    )
    tables.append(_calibration_table(found, calibrations))
    tables.append(_threshold_table(found, curves))
    return tables


def _legend() -> Text:
    lines_fr = " ; ".join(f"{LABELS[each].fr} : {OF[each].fr}" for each in RATES)
    lines_en = "; ".join(f"{LABELS[each].en}: {OF[each].en}" for each in RATES)
    return Text(
        f"{lines_fr}. Entre parenthèses, l'intervalle à 95 % (Wilson).",
        f"{lines_en}. In brackets, the interval of 95% (Wilson).",
    )


def _shares(each: GroupRates) -> list[Cell]:
    return [_triple(one.value, one.low, one.high) for one in (each.rates[name] for name in RATES)]


def _triple(value: float | None, low: float | None, high: float | None) -> Interval | None:
    return None if value is None else (value, low, high)


def _ratio_table(compared: Sequence[Ratio]) -> Table:
    return Table(
        "ratios",
        Text("Rapports avec « {name} »", "Ratios with “{name}”").fill(name=compared[0].reference),
        (
            GROUP,
            Column("rate", Text("Taux comparé", "Rate compared"), "name"),
            Column("ratio", Text("Rapport", "Ratio"), "ratio"),
        ),
        tuple(
            (each.group, LABELS[each.name], _triple(each.value, each.low, each.high))
            for each in compared
        ),
        Text(
            "1 veut dire pareil. Intervalle à 95 % : 10 000 tableaux tirés au sort.",
            "1 means the same. Interval of 95%: 10,000 tables drawn.",
        ),
    )


def _calibration_table(found: Decisions, calibrations: Sequence[Calibration]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in calibrations:
        for one in each.bins:
            ends = sorted((found.shown(one.low), found.shown(one.high)))
            steps = (Text("{low}", "{low}"), Text("{low} à {high}", "{low} to {high}"))
            label = steps[ends[0] != ends[1]].fill(low=plain(ends[0]), high=plain(ends[1]))
            said = one.found
            rows.append((each.name, label, said.of, _triple(said.value, said.low, said.high)))
    return Table(
        "calibration",
        Text("Ce que vaut chaque score", "What each score is worth"),
        (
            GROUP,
            Column("score", Text("Score", "Score"), "name"),
            PEOPLE,
            Column("found", Text("C'est arrivé", "It happened"), "share"),
        ),
        tuple(rows),
        Text(
            "Les scores voisins sont réunis jusqu'à compter 5 personnes de chaque côté.",
            "Neighbouring scores are put together until 5 people stand on each side.",
        ),
    )


def _threshold_table(found: Decisions, curves: Sequence[Curve]) -> Table:
    steps = [(found.shown(step.threshold), each, step) for each in curves for step in each.steps]
    rows: list[tuple[Cell, ...]] = [
        (threshold, each.name, step.selection, step.fpr, step.fnr, step.ppv)
        for threshold, each, step in sorted(steps, key=lambda one: one[0])
    ]
    return Table(
        "thresholds",
        Text(
            "Et si l'on réglait la machine autrement ?", "What if the machine were set otherwise?"
        ),
        (
            Column("threshold", THRESHOLD, "number"),
            GROUP,
            *(Column(name, LABELS[name], "share") for name in ("selection", "fpr", "fnr", "ppv")),
        ),
        tuple(rows),
        Text(
            "Seuls sont montrés les seuils entre lesquels se tiennent au moins 5 personnes de "
            "chaque côté.",
            "Only thresholds between which at least 5 people stand on each side are shown.",
        ),
    )


# Figures


def _figures(
    found: Decisions,
    by_group: Sequence[GroupRates],
    calibrations: Sequence[Calibration],
    curves: Sequence[Curve],
    threshold: float,
) -> list[Figure]:
    said = [each for each in by_group if each.rates["fpr"].is_said]
    figures = []
    if said:
        figures.append(_rates_figure(said))
    worth = [each for each in calibrations if len(each.bins) > 1]
    if worth:
        figures.append(_calibration_figure(found, worth))
    moving = [each for each in curves if len(each.steps) > 1]
    if moving:
        figures.append(_threshold_figure(found, moving, threshold))
    return figures


SHORT = {
    "fpr": Text("À tort", "Wrongly flagged"),
    "fnr": Text("Manqués", "Missed"),
}


def _hundred(value: float | None) -> float | None:
    return None if value is None else round(100 * value, 1)


def _rates_figure(said: Sequence[GroupRates]) -> Figure:
    series = []
    for name, label in SHORT.items():
        rates = [each.rates[name] for each in said]
        series.append(
            Series(
                label=label,
                x=[each.name.fr for each in said],
                y=[_hundred(one.value) for one in rates],
                low=[_hundred(one.low) for one in rates],
                high=[_hundred(one.high) for one in rates],
                style="points",
            )
        )
    worst = max(said, key=lambda each: each.rates["fpr"].value or 0)
    best = min(said, key=lambda each: each.rates["fpr"].value or 0)
    reading = Text(
        "La part désignée à tort va de {low} (« {best} ») à {high} (« {worst} »). Deux traits qui "
        "ne se touchent pas : un écart que le hasard explique mal.",
        "The share wrongly flagged goes from {low} (“{best}”) to {high} (“{worst}”). Two bars that "
        "do not touch: a gap that chance explains badly.",
    ).fill(
        low=percent(best.rates["fpr"].value or 0),
        high=percent(worst.rates["fpr"].value or 0),
        best=best.name,
        worst=worst.name,
    )
    return Figure(
        id="rates",
        title=Text("Erreurs par groupe", "Errors by group"),
        kind="ranges",
        x_label=Text("Groupe", "Group"),
        y_label=Text("Sur 100 personnes concernées", "Of 100 people concerned"),
        series=tuple(series),
        reading=reading,
        y_low=0.0,
    )


STYLES = ("solid", "dashed", "dotted")
MOST_LINES = 3
"""Lines of a picture: the largest groups; the table has all of them."""


def _calibration_figure(found: Decisions, worth: Sequence[Calibration]) -> Figure:
    series = []
    for style, each in zip(STYLES, worth[:MOST_LINES], strict=False):
        bins = sorted(each.bins, key=lambda one: found.shown(one.mean))
        series.append(
            Series(
                label=each.name,
                x=[found.shown(one.mean) for one in bins],
                y=[one.found.value for one in bins],
                low=[one.found.low for one in bins],
                high=[one.found.high for one in bins],
                style=style,  # type: ignore[arg-type]
            )
        )
    first = worth[0]
    ends = (first.bins[0].found, first.bins[-1].found)
    reading = Text(
        "Dans « {name} », c'est arrivé à {low} des scores les moins risqués et à {high} des plus "
        "risqués. Des lignes confondues : un même score annonce la même chose pour tous.",
        "In “{name}” it happened to {low} of the least risky scores and {high} of the riskiest. "
        "Lines that fall together: one score tells the same for all.",
    ).fill(name=first.name, low=percent(ends[0].value or 0), high=percent(ends[1].value or 0))
    return Figure(
        id="calibration",
        title=Text("Ce que vaut chaque score", "What each score is worth"),
        kind="line",
        x_label=Text("Score", "Score"),
        y_label=Text("Part chez qui c'est arrivé", "Share to whom it happened"),
        series=tuple(series),
        reading=reading,
        y_low=0.0,
        y_high=1.0,
    )


def _threshold_figure(found: Decisions, moving: Sequence[Curve], threshold: float) -> Figure:
    series = []
    for style, each in zip(STYLES, moving[:MOST_LINES], strict=False):
        steps = sorted(each.steps, key=lambda one: found.shown(one.threshold))
        series.append(
            Series(
                label=each.name,
                x=[found.shown(one.threshold) for one in steps],
                y=[one.fpr for one in steps],
                style=style,  # type: ignore[arg-type]
            )
        )
    gap = _gap(moving)
    reading = Text(
        "Au seuil {at}, qui est le réglage étudié ; sur toute l'étendue montrée, l'écart entre "
        "groupes va de {low} à {high} : changer le seuil déplace l'erreur.",
        "The threshold studied is {at}; over all that is shown, the gap between groups goes from "
        "{low} to {high}: another threshold moves the error.",
    ).fill(at=plain(found.shown(threshold)), low=percent(gap[0]), high=percent(gap[1]))
    return Figure(
        id="thresholds",
        title=Text("Désignés à tort selon le seuil", "Flagged wrongly by threshold"),
        kind="line",
        x_label=THRESHOLD,
        y_label=LABELS["fpr"],
        series=tuple(series),
        reading=reading,
        y_low=0.0,
    )


def _gap(moving: Sequence[Curve]) -> tuple[float, float]:
    """Return the smallest and the largest gap between two groups at one threshold."""
    at: dict[float, list[float]] = {}
    for each in moving:
        for step in each.steps:
            at.setdefault(step.threshold, []).append(step.fpr)
    gaps = [max(rates) - min(rates) for rates in at.values() if len(rates) > 1]
    return (min(gaps), max(gaps)) if gaps else (0.0, 0.0)
