"""`impossible`: why two wishes of fairness exclude each other.

Where two groups are re-arrested at different rates, a score that means the same for both and
misses as many of both must raise false alarms at different rates. It is arithmetic (Chouldechova
2017): FPR = p/(1-p) · (1-PPV)/PPV · (1-FNR).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contrechamp.lab.declare import gives, real
from contrechamp.lab.groups import implied_fpr
from contrechamp.lab.inputs import Inputs
from contrechamp.lab.model import Case, Figure, Outcome, Preset, Series, Text
from contrechamp.lab.registry import experiment
from contrechamp.lab.rounding import percent
from contrechamp.lab.words import amount

OPEN = (0.001, 0.999)
EXACT_BLACK = {"prevalence_a": 1901 / 3696, "ppv": 1369 / 2174, "fnr": 532 / 1901}
EXACT_WHITE = {"prevalence_b": 966 / 2454, "ppv": 505 / 854, "fnr": 461 / 966}
STEPS = 99
PARAMS = (
    real(
        "prevalence_a",
        0.51434,
        OPEN,
        ("Fréquence, groupe A", "Base rate, group A"),
        (
            "Part du groupe A pour qui l'événement prédit est enregistré (ici : réarrestation).",
            "Share of group A for whom the predicted event is recorded (here: re-arrest).",
        ),
    ),
    real(
        "prevalence_b",
        0.39364,
        OPEN,
        ("Fréquence, groupe B", "Base rate, group B"),
        ("La même part dans le groupe B.", "The same share in group B."),
    ),
    real(
        "ppv",
        0.61,
        (0.001, 1),
        ("Valeur d'une alerte, pour tous", "Worth of a flag, for all"),
        (
            "Part des personnes désignées pour qui l'événement a lieu : premier vœu.",
            "Share of flagged people for whom the event comes: first wish.",
        ),
    ),
    real(
        "fnr",
        0.374,
        (0, 1),
        ("Part manquée, pour tous", "Share missed, for all"),
        (
            "Part des personnes concernées que le score ne désigne pas : second vœu.",
            "Share of people concerned whom the score does not flag: second wish.",
        ),
    ),
)
NUMBERS = (
    gives("fpr_a", "share", "Fausses alarmes, groupe A", "False alarms, group A", digits=5),
    gives("fpr_b", "share", "Fausses alarmes, groupe B", "False alarms, group B", digits=5),
    gives("gap", "share", "Écart, A moins B", "Gap, A minus B", digits=5),
    gives("ratio", "ratio", "Rapport, A sur B", "Ratio, A over B", digits=3),
)
IMPOSSIBLE = Text(
    "Aucun score ne peut être ainsi : il faudrait plus de fausses alarmes que de personnes.",
    "No score can be so: it would take more false alarms than there are people.",
)


@experiment(
    id="impossible",
    version=1,
    title=Text("Deux justices qui s'excluent", "Two kinds of fairness that exclude each other"),
    question=Text(
        "Un score peut-il se tromper autant pour tous et valoir autant pour tous ?",
        "Can a score err as often for all and mean the same for all?",
    ),
    claim=Text("« Le score traite tout le monde de même. »", "“The score treats all alike.”"),
    params=PARAMS,
    numbers=NUMBERS,
    presets=(
        Preset(
            label=Text("Des fréquences égales : l'écart disparaît", "Equal rates: no gap"),
            values={"prevalence_b": 0.51434},
        ),
        Preset(label=Text("Un score sans erreur", "A perfect score"), values={"ppv": 1, "fnr": 0}),
        Preset(
            label=Text("Contrôles ciblés : 2 % et 1 %", "Targeted checks: 2% and 1%"),
            values={"prevalence_a": 0.02, "prevalence_b": 0.01, "ppv": 0.2, "fnr": 0.5},
        ),
    ),
    cases=(
        Case(check="impossible.equal.a", number="fpr_a"),
        Case(check="impossible.equal.b", number="fpr_b"),
        Case(check="impossible.identity.black", number="fpr_a", given=EXACT_BLACK),
        Case(check="impossible.identity.white", number="fpr_b", given=EXACT_WHITE),
    ),
    caveats=("rearrest-not-offence", "foreign-score", "wishes-are-a-choice"),
    sources=("chouldechova-2017", "propublica-2016"),
    counter=("propublica-2016.black_ppv", "propublica-2016.white_ppv", "bao-2021.weight"),
    technologies=("scoring", "predictive_policing"),
    method=Text(
        "Fausses alarmes = p/(1-p) × (1-PPV)/PPV × (1-FNR), où p est la fréquence, PPV la valeur "
        "d'une alerte et FNR la part manquée. Trois issues : des fréquences égales, un score sans "
        "erreur, ou renoncer à l'un des deux vœux.",
        "False alarms = p/(1-p) × (1-PPV)/PPV × (1-FNR), where p is the base rate, PPV the worth "
        "of a flag and FNR the share missed. Three ways out: equal base rates, a perfect score, "
        "or giving up one of the two wishes.",
    ),
    budget_cpu_s=0.01,
)
def impossible(params: Mapping[str, Any], seed: int, inputs: Inputs) -> Outcome:
    """Return the false alarms that both wishes impose on each group."""
    ppv, fnr = params["ppv"], params["fnr"]
    a, b = (implied_fpr(params[f"prevalence_{group}"], ppv, fnr) for group in "ab")
    both = a is not None and b is not None
    numbers = {
        "fpr_a": a,
        "fpr_b": b,
        "gap": a - b if a is not None and b is not None else None,
        "ratio": a / b if a is not None and b else None,
    }
    reasons = {name: IMPOSSIBLE for name, value in numbers.items() if value is None}
    if both and not b:
        reasons["ratio"] = Text("Le groupe B n'a aucune fausse alarme.", "Group B has none.")
    return Outcome(
        numbers=numbers,
        sentence=_sentence(a, b),
        reasons=reasons,
        figures=(_figure(params, a, b),),
    )


def _sentence(a: float | None, b: float | None) -> Text:
    if a is None or b is None:
        return IMPOSSIBLE
    if abs(a - b) < 5e-4:
        return Text(
            "Ici les deux vœux vont ensemble : {a} de fausses alarmes dans chaque groupe.",
            "Here both wishes go together: {a} of false alarms in each group.",
        ).fill(a=percent(a))
    more, less = (a, b) if a > b else (b, a)
    name = "A" if a > b else "B"
    said = Text(
        "Pour valoir autant et manquer autant dans les deux groupes, le score doit désigner à tort "
        "{more} des innocents du groupe {name} et {less} de l'autre",
        "To mean the same and miss as many in both groups, the score must wrongly flag {more} of "
        "the innocent of group {name} and {less} of the other",
    )
    french, english = (" : {times} fois plus.", ": {times} times as many.") if less else ".."
    return Text(said.fr + french, said.en + english).fill(
        more=percent(more), less=percent(less), name=name, times=amount(more / (less or 1), 1)
    )


def _figure(params: Mapping[str, Any], a: float | None, b: float | None) -> Figure:
    rates = [step / (STEPS + 1) for step in range(1, STEPS + 1)]
    pairs = [(rate, implied_fpr(rate, params["ppv"], params["fnr"])) for rate in rates]
    known = [(rate, fpr) for rate, fpr in pairs if fpr is not None]
    points = tuple(
        Series(
            label=Text(f"Groupe {name}", f"Group {name}"),
            x=[params[f"prevalence_{name.lower()}"]],
            y=[fpr],
            style="points",
        )
        for name, fpr in (("A", a), ("B", b))
        if fpr is not None
    )
    return Figure(
        id="curve",
        title=Text("Fausses alarmes imposées", "False alarms that follow"),
        kind="line",
        x_label=Text("Fréquence dans le groupe", "Base rate in the group"),
        y_label=Text("Part des innocents désignés", "Share of the innocent flagged"),
        series=(
            Series(
                label=Text("À valeur et part manquée égales", "Same worth, same share missed"),
                x=[rate for rate, _ in known],
                y=[fpr for _, fpr in known],
            ),
            *points,
        ),
        reading=Text(
            "Plus l'événement est fréquent dans un groupe, plus les innocents de ce groupe sont "
            "désignés : de {low} à {high} ici.",
            "The more frequent the event in a group, the more of its innocent people are flagged: "
            "from {low} to {high} here.",
        ).fill(
            low=percent(min((fpr for _, fpr in known), default=0)),
            high=percent(max((fpr for _, fpr in known), default=0)),
        ),
        y_low=0,
        y_high=1,
    )
