"""`score-audit`: the error rates of a score, by group, from four counts of each.

Rates have Wilson's bounds, ratios those of ten thousand tables drawn again. Equal chances of
being ranked rightly (AUC) go with unequal errors: both are shown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from contrechamp.lab.declare import choice, gives, whole
from contrechamp.lab.errors import BadParam
from contrechamp.lab.groups import RATES, SMALLEST, Cells, auc, bootstrap_ratios, fit_logistic
from contrechamp.lab.inputs import Inputs
from contrechamp.lab.late import np
from contrechamp.lab.model import Case, Number, Outcome, Param, Preset, Text
from contrechamp.lab.registry import experiment
from contrechamp.lab.tallies import Bounds, share

from . import _audit_shown as shown
from . import _compas as compas

ABOUT = {
    "prevalence": ("Part réarrêtée", "Share re-arrested"),
    "fpr": ("Désignés à tort", "Wrongly flagged"),
    "fnr": ("Manqués", "Missed"),
    "ppv": ("Valeur d'une alerte", "Worth of a flag"),
    "npv": ("Valeur d'une absence d'alerte", "Worth of no flag"),
    "accuracy": ("Part bien classée", "Share classed rightly"),
}
GROUPS = (
    "Groupes du recensement américain ; moins de 50 personnes : réunis dans Other.",
    "Groups of the US census; those under 50 people are put into Other.",
)
TABLE = (
    "Non désignés sans suite, désignés sans suite, non désignés avec, désignés avec : tn,fp,fn,tp.",
    "Not flagged without event, flagged without, not flagged with, flagged with: tn,fp,fn,tp.",
)


def _table(name: str, default: str, french: str, english: str) -> Param:
    return Param(
        name=name,
        kind="text",
        default=default,
        low=7,
        high=60,
        label=Text(french, english),
        help=Text(*TABLE),
    )


PARAMS = (
    choice(
        "source",
        "compas",
        {
            "compas": ("Étude COMPAS, 2016", "COMPAS study, 2016"),
            "cells": ("Vos comptes", "Your counts"),
        },
        ("Données", "Data"),
        ("L'étude publiée, ou quatre comptes par groupe.", "The study, or four counts a group."),
    ),
    whole(
        "threshold",
        5,
        (2, 10),
        ("Désigné à partir de", "Flagged from"),
        ("Note de 1 à 10 de l'étude.", "Score from 1 to 10 of the study."),
    ),
    choice("group_a", "African-American", compas.NAMES, ("Groupe A", "Group A"), GROUPS),
    choice("group_b", "Caucasian", compas.NAMES, ("Groupe B", "Group B"), GROUPS),
    _table("cells_a", "990,805,532,1369", "Comptes du groupe A", "Counts of group A"),
    _table("cells_b", "1139,349,461,505", "Comptes du groupe B", "Counts of group B"),
    whole(
        "draws",
        10_000,
        (100, 100_000),
        ("Tirages", "Draws"),
        ("Tables retirées au sort pour borner les rapports.", "Tables drawn to bound ratios."),
    ),
)


def _of_group(side: str) -> tuple[Number, ...]:
    name = side.upper()
    rates = (
        gives(f"{side}_{rate}", "share", f"{french}, {name}", f"{english}, {name}", digits=4)
        for rate, (french, english) in ABOUT.items()
    )
    ends = (
        gives(
            f"{side}_fpr_{end}",
            "share",
            f"Désignés à tort, {name}, borne {french}",
            f"Wrongly flagged, {name}, {end} bound",
            digits=4,
        )
        for end, french in (("low", "basse"), ("high", "haute"))
    )
    people = gives(f"{side}_n", "count", f"Personnes, {name}", f"People, {name}", digits=0)
    return (people, *rates, *ends)


NUMBERS = (
    *_of_group("a"),
    *_of_group("b"),
    gives("fpr_ratio", "ratio", "Désignés à tort, A sur B", "Wrongly flagged, A over B"),
    gives("fnr_ratio", "ratio", "Manqués, B sur A", "Missed, B over A"),
    *(
        gives(
            f"auc_{side}", "share", f"Bien rangés, {french}", f"Ranked rightly, {english}", digits=4
        )
        for side, french, english in (("all", "tous", "all"), ("a", "A", "A"), ("b", "B", "B"))
    ),
    *(
        gives(f"logit_{term}", "number", f"Poids : {term}", f"Weight: {term}", digits=5)
        for term in compas.TERMS
    ),
    gives("logit_aic", "number", "Critère d'Akaike", "Akaike criterion", digits=1),
    gives("logit_deviance", "number", "Déviance", "Deviance", digits=1),
    gives("logit_null_deviance", "number", "Déviance sans modèle", "Null deviance", digits=1),
    gives(
        "logit_risk_ratio",
        "ratio",
        "Note haute, personnes noires face aux blanches, tout égal par ailleurs",
        "High score, Black beside White people, all else equal",
        digits=4,
    ),
)
HIGH = {"threshold": 8}
NEEDS_CELLS, NEEDS_LOGIT = (compas.CELLS,), (compas.LOGIT,)
CASES = (
    *(
        Case(check=f"compas.{race}.{rate}", number=f"{side}_{rate}")
        for race, side in (("black", "a"), ("white", "b"))
        for rate in ("fpr", "fnr", "ppv")
    ),
    *(
        Case(check=f"compas.all.{rate}", number=f"a_{rate}", given={"group_a": "all"})
        for rate in ("fpr", "fnr", "prevalence")
    ),
    Case(check="compas.fpr_ratio", number="fpr_ratio"),
    Case(check="compas.fnr_ratio", number="fnr_ratio"),
    *(
        Case(
            check=f"compas.high.{race}.{rate}",
            number=f"{side}_{rate}",
            given=HIGH,
            needs=NEEDS_CELLS,
        )
        for race, side in (("black", "a"), ("white", "b"))
        for rate in ("fpr", "fnr")
    ),
    *(
        Case(check=f"compas.auc.{group}", number=f"auc_{side}", needs=NEEDS_CELLS)
        for group, side in (("all", "all"), ("black", "a"), ("white", "b"))
    ),
    *(
        Case(check=f"compas.{race}.fpr.{end}", number=f"{side}_fpr_{end}")
        for race, side in (("black", "a"), ("white", "b"))
        for end in ("low", "high")
    ),
    *(
        Case(check=f"compas.logit.{term}", number=f"logit_{term}", needs=NEEDS_LOGIT)
        for term in (*compas.TERMS, "aic", "deviance", "null_deviance", "risk_ratio")
    ),
)


@experiment(
    id="score-audit",
    version=1,
    title=Text("Un score se trompe-t-il autant pour tous ?", "Does a score err alike for all?"),
    question=Text(
        "Qui est désigné à tort, qui est manqué, et de combien selon le groupe ?",
        "Who is wrongly flagged, who is missed, and by how much between groups?",
    ),
    claim=Text("« L'algorithme est objectif. »", "“The algorithm is objective.”"),
    params=PARAMS,
    numbers=NUMBERS,
    presets=(
        Preset(
            label=Text("Tout le monde face à un groupe", "Everyone beside one group"),
            values={"group_a": "all"},
        ),
        Preset(
            label=Text("Un essai à vous, 400 personnes", "A trial of yours, 400 people"),
            values={"source": "cells", "cells_a": "120,40,15,25", "cells_b": "150,15,20,15"},
        ),
    ),
    cases=CASES,
    optional_inputs=(compas.CELLS, compas.LOGIT),
    caveats=("rearrest-not-offence", "foreign-score", "small-groups-merged"),
    sources=("propublica-2016",),
    counter=("propublica-2016.black_ppv", "propublica-2016.auc_black", "bao-2021.weight"),
    technologies=("scoring", "predictive_policing"),
    method=Text(
        "Désignés à tort = fp/(fp+tn), manqués = fn/(fn+tp), valeur d'une alerte = tp/(tp+fp). "
        "Bornes de Wilson ; rapports : centiles 2,5 et 97,5 de tables tirées d'une loi "
        "multinomiale. Poids : régression logistique d'une note moyenne ou haute, par pas de "
        "Newton sur des comptes groupés ; rapport = e^β/(1-q+q·e^β), q = logistique(intercept).",
        "Wrongly flagged = fp/(fp+tn), missed = fn/(fn+tp), worth of a flag = tp/(tp+fp). "
        "Wilson's bounds; ratios: percentiles 2.5 and 97.5 of tables drawn from a multinomial "
        "law. Weights: logistic regression of a medium or high score, by Newton's steps on grouped "
        "counts; ratio = e^β/(1-q+q·e^β), q = logistic(intercept).",
    ),
    budget_cpu_s=0.1,
    cost=lambda params: 0.05 + 2e-6 * params["draws"],
)
def score_audit(params: Mapping[str, Any], seed: int, inputs: Inputs) -> Outcome:
    """Return the rates of two groups, their ratios, and what the study's model weighs."""
    is_study = params["source"] == "compas"
    sides = {side: _cells(params, side, inputs) for side in "ab"}
    rng = np.random.Generator(np.random.PCG64(seed))
    intervals: dict[str, Bounds | None] = dict(
        bootstrap_ratios(sides["a"], sides["b"], params["draws"], rng)
    )
    numbers: dict[str, Any] = {}
    for side, cells in sides.items():
        bounds = cells.bounds()
        intervals |= {f"{side}_{rate}": bounds[rate] for rate in RATES}
        numbers |= {f"{side}_{rate}": value for rate, value in cells.rates().items()}
        low, high = bounds["fpr"] or (None, None)
        numbers |= {f"{side}_n": cells.n, f"{side}_fpr_low": low, f"{side}_fpr_high": high}
    for ratio, rate, over, under in (
        ("fpr_ratio", "fpr", "a", "b"),
        ("fnr_ratio", "fnr", "b", "a"),
    ):
        top, below = numbers[f"{over}_{rate}"], numbers[f"{under}_{rate}"]
        numbers[ratio] = share(top, below) if top is not None and below is not None else None
    tables = None
    if is_study and inputs.has(compas.CELLS):
        tables = compas.deciles(inputs)
        numbers |= _aucs(tables, params)
    if is_study and inputs.has(compas.LOGIT):
        numbers |= _model(inputs)
    known = {name: both for name, both in intervals.items() if both}
    names = shown.names(params)
    return Outcome(
        numbers=numbers,
        intervals=known,
        sentence=shown.sentence(numbers, known, names),
        figures=shown.figures(numbers, known, names, tables, params),
        reasons=shown.reasons(NUMBERS, numbers, is_study=is_study),
    )


def _cells(params: Mapping[str, Any], side: str, inputs: Inputs) -> Cells:
    if params["source"] == "compas":
        group = f"group_{side}"
        return compas.cells_of(params[group], group, params["threshold"], inputs)
    name, given = f"cells_{side}", params[f"cells_{side}"]
    parts = [part.strip() for part in given.split(",")]
    is_table = len(parts) == 4 and all(
        part.isascii() and part.isdigit() and len(part) <= 10 for part in parts
    )
    if not is_table:
        allowed = Text("quatre entiers tn,fp,fn,tp", "four whole numbers tn,fp,fn,tp")
        raise BadParam(name, given, allowed)
    cells = Cells(**dict(zip(("tn", "fp", "fn", "tp"), map(int, parts), strict=True)))
    if cells.n < SMALLEST:
        allowed = Text(f"{SMALLEST} personnes au moins", f"at least {SMALLEST} people")
        raise BadParam(name, given, allowed)
    return cells


def _aucs(tables: Mapping[str, compas.Deciles], params: Mapping[str, Any]) -> dict[str, Any]:
    groups = {"all": "all", "a": params["group_a"], "b": params["group_b"]}
    return {
        f"auc_{side}": auc(tables[group].negatives, tables[group].positives)
        for side, group in groups.items()
    }


def _model(inputs: Inputs) -> dict[str, float]:
    fit = fit_logistic(*compas.design(inputs))
    weights = dict(zip(compas.TERMS, fit.coefficients, strict=True))
    start = 1 / (1 + math.exp(-weights["intercept"]))
    odds = math.exp(weights["african_american"])
    return {
        **{f"logit_{term}": value for term, value in weights.items()},
        "logit_aic": fit.aic,
        "logit_deviance": fit.deviance,
        "logit_null_deviance": fit.null_deviance,
        "logit_risk_ratio": odds / (1 - start + start * odds),
    }
