"""The same year in Oakland when patrols find more than what is recorded anyway."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contrechamp.lab.inputs import Inputs
from contrechamp.lab.intervals import of_mean
from contrechamp.lab.late import np
from contrechamp.lab.model import Case, Figure, Number, Outcome, Param, Preset, Series, Text
from contrechamp.lab.registry import experiment
from contrechamp.lab.words import amount, between_amounts

from . import _oakland
from ._oakland import Closed

BOXES = Text("cases", "boxes")
RATIO = Text("fois", "times")
METHOD = Text(
    "Comme « Oakland : l'algorithme publié », par les formules, l'ajustement arrêté à 200 pas au "
    "plus. Chaque case patrouillée enregistre en plus Binomiale(faits du jour + 1, supplément), "
    "gardé pour les jours suivants. La simulation i part de la graine + i.",
    "As “Oakland: the published algorithm”, by the formulas, the fit stopped after 200 steps at "
    "most. Each patrolled box records Binomial(incidents of the day + 1, extra) more, kept for "
    "the days that follow. Run i begins at seed + i.",
)
AVERAGED = ("ratio_first", "ratio_last", "boxes_ever", "boxes_always", "top20_patrol_share",
            "added")  # fmt: skip


@experiment(
    id="predpol-loop",
    version=1,
    title=Text("Oakland : la boucle se referme", "Oakland: the loop closes"),
    question=Text(
        "Et si la patrouille trouve un peu plus de faits là où le logiciel l'envoie ?",
        "What if patrols find a little more where the software sends them?",
    ),
    claim=Text(
        "« Le logiciel se corrige avec les nouvelles données. »",
        "“The software corrects itself with new data.”",
    ),
    params=(
        Param(
            name="extra", kind="float", default=0.2, low=0, high=1,
            unit=Text("probabilité", "probability"),
            label=Text("Faits trouvés en plus", "Additional incidents found"),
            help=Text(
                "Probabilité de trouver chaque fait du jour une fois de plus, plus un. 0 : la "
                "patrouille ne change rien.",
                "Probability to find each incident of the day once more, plus one. 0: patrols "
                "change nothing.",
            ),
        ),
        Param(
            name="k", kind="int", default=20, low=1, high=100, unit=BOXES,
            label=Text("Cases patrouillées par jour", "Boxes patrolled a day"),
            help=Text("Celles au taux prédit le plus haut.", "Those with the highest rate."),
        ),
        Param(
            name="seeds", kind="int", default=3, low=1, high=20,
            unit=Text("simulations", "runs"),
            label=Text("Simulations", "Runs"),
            help=Text("Chacune est une année.", "Each is a year."),
        ),
    ),
    numbers=(
        Number(name="ratio_first", kind="ratio", unit=RATIO, help=Text(
            "premier jour : taux prédit des cases patrouillées sur celui des autres",
            "first day: predicted rate of patrolled boxes over the others")),
        Number(name="ratio_last", kind="ratio", unit=RATIO, drawn=True, help=Text(
            "dernier jour : taux prédit des cases patrouillées sur celui des autres",
            "last day: predicted rate of patrolled boxes over the others")),
        Number(name="ratio_min", kind="ratio", unit=RATIO, drawn=True, help=Text(
            "le même dernier jour, plus petite simulation", "the same last day, smallest run")),
        Number(name="ratio_max", kind="ratio", unit=RATIO, drawn=True, help=Text(
            "le même dernier jour, plus grande simulation", "the same last day, largest run")),
        Number(name="boxes_ever", unit=BOXES, digits=1, drawn=True, help=Text(
            "cases patrouillées au moins un jour", "boxes patrolled at least one day")),
        Number(name="boxes_always", unit=BOXES, digits=1, drawn=True, help=Text(
            "cases patrouillées tous les jours", "boxes patrolled every day")),
        Number(name="top20_patrol_share", kind="share", drawn=True, help=Text(
            "part des patrouilles dans les vingt cases les plus patrouillées",
            "share of patrols in the twenty most patrolled boxes")),
        Number(name="added", drawn=True, digits=1, unit=Text("faits", "incidents"), help=Text(
            "faits ajoutés au registre par les patrouilles", "incidents that patrols added")),
    ),
    presets=(
        Preset(label=Text("La patrouille ne trouve rien de plus", "Patrols find nothing more"),
               values={"extra": 0.0, "seeds": 1}),
        Preset(label=Text("Une seule année simulée", "One simulated year"), values={"seeds": 1}),
        Preset(label=Text("La patrouille trouve le double", "Patrols find twice as much"),
               values={"extra": 1.0, "seeds": 1}),
    ),
    cases=(
        Case(check="loop.ratio.first", number="ratio_first"),
        Case(check="loop.ratio.open", number="ratio_last", given={"extra": 0.0, "seeds": 1}),
        Case(check="loop.ratio.closed", number="ratio_last"),
        Case(check="loop.boxes_ever.closed", number="boxes_ever"),
        Case(check="loop.boxes_always.closed", number="boxes_always"),
    ),
    inputs=("oakland-box-day",),
    precision=("seeds",),
    caveats=("measured-on-records", "assumed-extra", "mechanism-not-proof", "ask-for-records"),
    sources=("lum-isaac-2016", "pred-pol-replication"),
    counter=("brantingham-2018.arrests", "mohler-2015.patrol_effect"),
    technologies=("predictive_policing",),
    method=METHOD,
    budget_cpu_s=9.0,
    cost=lambda params: 3.0 * params["seeds"],
)  # fmt: skip
def predpol_loop(params: Mapping[str, Any], seed: int, inputs: Inputs) -> Outcome:
    """Run the year once for each seed; without extra findings all are the same year."""
    year = _oakland.load(inputs)
    extra, k, runs = params["extra"], params["k"], params["seeds"]
    if not extra:  # Nothing is drawn: the year is the same each time.
        closed = [_oakland.closed_loop(year, extra=0.0, k=k, seed=seed)] * runs
    else:
        closed = [_oakland.closed_loop(year, extra=extra, k=k, seed=seed + i) for i in range(runs)]
    numbers, errors, intervals = _numbers(closed)
    ratios = np.array([one.ratios for one in closed])
    return Outcome(
        numbers=numbers,
        errors=errors,
        intervals=intervals,
        series={
            "ratio": {
                "x": list(range(1, _oakland.DAYS + 1)),
                "mean": ratios.mean(axis=0).tolist(),
                "low": ratios.min(axis=0).tolist(),
                "high": ratios.max(axis=0).tolist(),
            }
        },
        figures=(_figure(ratios, numbers),),
        sentence=_sentence(params, numbers),
    )


def _numbers(
    closed: Sequence[Closed],
) -> tuple[dict[str, Any], dict[str, Any], dict[str, tuple[Any, Any]]]:
    each: dict[str, list[float]] = {
        "ratio_first": [float(one.ratios[0]) for one in closed],
        "ratio_last": [float(one.ratios[-1]) for one in closed],
        "boxes_ever": [int((one.patrol_days > 0).sum()) for one in closed],
        "boxes_always": [int((one.patrol_days == _oakland.DAYS).sum()) for one in closed],
        "top20_patrol_share": [_oakland.top20_share(one.patrol_days) for one in closed],
        "added": [one.added for one in closed],
    }
    numbers: dict[str, Any] = {name: float(np.mean(values)) for name, values in each.items()}
    numbers |= {"ratio_min": min(each["ratio_last"]), "ratio_max": max(each["ratio_last"])}
    errors, intervals = {}, {}
    if len(closed) > 1:
        for name in AVERAGED:
            error, interval = of_mean(each[name])
            errors[name], intervals[name] = error, interval
    return numbers, errors, intervals


def _sentence(params: Mapping[str, Any], numbers: Mapping[str, Any]) -> Text:
    """Return the result in one sentence, with the range of the runs."""
    said = Text(
        "Le premier jour, le taux prédit des cases patrouillées est {first} fois celui des autres "
        "; un an plus tard, {last} fois ({interval} selon les {runs} simulations), et les "
        "patrouilles n'auront vu que {ever} cases sur {boxes}.",
        "On the first day the predicted rate of patrolled boxes is {first} times that of the "
        "others; a year later {last} times ({interval} over the {runs} runs), and patrols will "
        "have seen only {ever} of {boxes} boxes.",
    )
    return said.fill(
        first=amount(numbers["ratio_first"], 1),
        last=amount(numbers["ratio_last"], 1),
        interval=between_amounts(numbers["ratio_min"], numbers["ratio_max"], 1),
        runs=params["seeds"],
        ever=amount(numbers["boxes_ever"]),
        boxes=_oakland.BOXES,
    )


def _figure(ratios: np.ndarray[Any, np.dtype[np.float64]], numbers: Mapping[str, Any]) -> Figure:
    days = list(range(1, ratios.shape[1] + 1))
    middle = ratios.mean(axis=0).tolist()
    return Figure(
        id="ratio",
        title=Text("L'écart que la boucle creuse", "The gap that the loop digs"),
        kind="line",
        x_label=Text("jour", "day"),
        y_label=Text("taux des cases patrouillées / des autres", "rate of patrolled / other boxes"),
        series=(
            Series(
                label=Text("de la plus petite à la plus grande", "from smallest to largest"),
                x=days, y=middle, low=ratios.min(axis=0).tolist(),
                high=ratios.max(axis=0).tolist(), style="band",
            ),
            Series(label=Text("moyenne", "mean"), x=days, y=middle),
        ),
        reading=Text(
            "Le rapport passe de {first} à {last} en un an.",
            "The ratio goes from {first} to {last} in a year.",
        ).fill(first=amount(numbers["ratio_first"], 1), last=amount(numbers["ratio_last"], 1)),
        y_low=0,
    )  # fmt: skip
