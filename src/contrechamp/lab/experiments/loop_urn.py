"""Two districts, one patrol: does the record of incidents learn where incidents happen?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contrechamp.lab.inputs import Inputs
from contrechamp.lab.late import np
from contrechamp.lab.model import Case, Limit, Number, Outcome, Param, Preset, Text
from contrechamp.lab.registry import experiment

from . import _urn_shown
from ._urn import expected_root, moments_of, numbers_of, simulate

TRIED = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Shares of discovered incidents that the second figure simulates."""
TRIED_RUNS = 40
UNEQUAL = {"lambda_b": 2.35592, "prior_b": 7, "runs": 2000}
MIXED = {"lambda_a": 7.37022, "lambda_b": 5.632932, "wd": 0.5, "runs": 2000}
EVEN = {"lambda_a": 1.0, "lambda_b": 1.0, "runs": 2000}
DAY = Text("faits par jour", "incidents a day")
INCIDENTS = Text("faits", "incidents")
PART = Text("part de 1", "share of 1")


@experiment(
    id="loop-urn",
    version=1,
    title=Text("Deux secteurs : le registre apprend-il ?", "Two districts: does the record learn?"),
    question=Text(
        "Si la patrouille va là où le registre compte le plus de faits, le registre finit-il par "
        "dire où les faits se produisent ?",
        "If patrols go where the record counts most incidents, does the record end up telling "
        "where incidents happen?",
    ),
    claim=Text(
        "« Le logiciel envoie les patrouilles là où est le crime. »",
        "“The software sends patrols to where crime is.”",
    ),
    params=(
        Param(
            name="lambda_a", kind="float", default=3.68511, low=0.01, high=100, unit=DAY,
            label=Text("Faits par jour, secteur A", "Incidents a day, district A"),
            help=Text("Ce qui se produit vraiment.", "What really happens."),
        ),
        Param(
            name="lambda_b", kind="float", default=2.816466, low=0.01, high=100, unit=DAY,
            label=Text("Faits par jour, secteur B", "Incidents a day, district B"),
            help=Text("Ce qui se produit vraiment.", "What really happens."),
        ),
        Param(
            name="prior_a", kind="int", default=609, low=1, high=1e6, unit=INCIDENTS,
            label=Text("Faits au registre au début, A", "Incidents on record at the start, A"),
            help=Text("Le passé que le registre connaît.", "The past that the record knows."),
        ),
        Param(
            name="prior_b", kind="int", default=379, low=1, high=1e6, unit=INCIDENTS,
            label=Text("Faits au registre au début, B", "Incidents on record at the start, B"),
            help=Text("Le passé que le registre connaît.", "The past that the record knows."),
        ),
        Param(
            name="wd", kind="float", default=1.0, low=0, high=1, unit=PART,
            label=Text("Part que seule la patrouille découvre", "Share that only patrols discover"),
            help=Text(
                "1 : aucun fait n'est signalé par les habitants. 0 : tous le sont.",
                "1: residents report none. 0: they report all.",
            ),
        ),
        Param(
            name="days", kind="int", default=1000, low=1, high=36500, web_high=3650,
            unit=Text("jours", "days"),
            label=Text("Durée", "Duration"),
            help=Text("Jours simulés.", "Days that are simulated."),
        ),
        Param(
            name="runs", kind="int", default=1000, low=1, high=200000, web_high=20000,
            unit=Text("simulations", "runs"),
            label=Text("Simulations", "Runs"),
            help=Text(
                "Plus il y en a, plus le résultat est précis.", "More of them, more exact a result."
            ),
        ),
        Param(
            name="decay", kind="float", default=0.01, low=0, high=0.5, unit=PART,
            label=Text("Oubli par jour", "Forgetting a day"),
            help=Text(
                "Part des faits du registre qui en sort chaque jour.",
                "Share of the recorded incidents that leave the record each day.",
            ),
        ),
        Param(
            name="poisson", kind="bool", default=True,
            label=Text("Hasard des faits", "Chance in incidents"),
            help=Text(
                "Non : chaque jour apporte exactement la moyenne.",
                "No: each day brings exactly the mean.",
            ),
        ),
        Param(
            name="correction", kind="choice", default="none",
            choices=("none", "all", "discovered"),
            choice_labels={
                "none": Text("aucune", "none"),
                "all": Text("sur tous les faits du jour", "on all incidents of the day"),
                "discovered": Text("sur les faits découverts", "on discovered incidents"),
            },
            label=Text("Correction", "Correction"),
            help=Text(
                "Écarter d'autant plus de faits qu'une patrouille était probable.",
                "Leave out the more incidents the likelier a patrol was.",
            ),
        ),
    ),
    numbers=(
        Number(name="truth", kind="share", help=Text(
            "part des faits qui se produisent vraiment en A",
            "share of incidents that really happen in A")),
        Number(name="root", kind="share", help=Text(
            "part vers laquelle tend le registre, par le calcul (vide : le hasard décide)",
            "share that the record tends to, by formula (empty: chance decides)")),
        Number(name="share_mean", kind="share", drawn=True, help=Text(
            "part de A au registre le dernier jour, moyenne des simulations",
            "share of A on record on the last day, mean of the runs")),
        Number(name="share_sd", kind="share", drawn=True, help=Text(
            "écart-type de cette part d'une simulation à l'autre",
            "standard deviation of that share between runs")),
        *(
            Number(name=f"share_t{day}", kind="share", drawn=True, help=Text(
                f"part de A au registre au jour {day}", f"share of A on record on day {day}"))
            for day in (100, 250, 500)
        ),
        Number(name="bias", kind="share", drawn=True, help=Text(
            "écart entre le registre et la réalité", "gap between the record and reality")),
        Number(name="p_gt_95", kind="share", drawn=True, help=Text(
            "part des simulations où A dépasse 95 % du registre",
            "share of runs in which A is above 95% of the record")),
        Number(name="p_gt_99", kind="share", drawn=True, help=Text(
            "part des simulations où A dépasse 99 % du registre",
            "share of runs in which A is above 99% of the record")),
        Number(name="ks_p", drawn=True, help=Text(
            "accord avec la loi bêta attendue quand les taux sont égaux (p de Kolmogorov-Smirnov)",
            "fit with the Beta law expected at equal rates (p of Kolmogorov-Smirnov)")),
    ),
    presets=(
        Preset(label=Text("Oakland, deux secteurs", "Oakland, two districts"), values={}),
        Preset(
            label=Text("La moitié des faits signalés", "Half of the incidents reported"),
            values={"wd": 0.5},
        ),
        Preset(
            label=Text("Deux secteurs identiques", "Two districts alike"),
            values={"lambda_a": 3.0, "lambda_b": 3.0, "prior_a": 50, "prior_b": 50},
        ),
        Preset(
            label=Text("Avec la correction des auteurs", "With the authors' correction"),
            values={"correction": "all"},
        ),
    ),
    cases=(
        Case(check="urn.truth.top2", number="truth"),
        Case(check="urn.truth.random", number="truth", given=UNEQUAL),
        *(
            Case(check=f"urn.root.wd{wd}", number="root", given={"wd": wd, "runs": 10})
            for wd in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
        ),
        Case(check="urn.mean.top2", number="share_mean", given={"runs": 2000}),
        Case(check="urn.p95.top2", number="p_gt_95", given={"runs": 2000}),
        Case(check="urn.mean.top2.corrected", number="share_mean",
             given={"correction": "all", "runs": 2000}),
        Case(check="urn.mean.random", number="share_mean", given=UNEQUAL),
        Case(check="urn.mean.random.corrected", number="share_mean",
             given={**UNEQUAL, "correction": "all"}),
        Case(check="urn.mean.mixed", number="share_mean", given=MIXED),
        Case(check="urn.mean.mixed.corrected", number="share_mean",
             given={**MIXED, "correction": "all"}),
        Case(check="urn.beta.ks", number="ks_p",
             given={**EVEN, "prior_a": 5, "prior_b": 1, "poisson": False, "decay": 0.0}),
        Case(check="urn.fair.mean", number="share_mean",
             given={**EVEN, "prior_a": 50, "prior_b": 50}),
    ),
    limits=(Limit(names=("runs", "days"), high=2e8, web_high=5e6),),
    precision=("runs",),
    caveats=("discovered-crime", "two-districts", "mechanism-not-proof", "ask-for-records"),
    sources=("ensign-2018",),
    counter=("mohler-2015.patrol_effect", "brantingham-2018.arrests"),
    technologies=("predictive_policing",),
    method=_urn_shown.METHOD,
    budget_cpu_s=0.4,
    cost=lambda params: 2.5e-7 * params["days"] * (params["runs"] + 400),
)  # fmt: skip
def loop_urn(params: Mapping[str, Any], seed: int, inputs: Inputs) -> Outcome:
    """Simulate the two districts, and beside them a few runs at other shares discovered."""
    rng = np.random.Generator(np.random.PCG64(seed))
    runs, days = params["runs"], moments_of(params["days"])
    wd = np.concatenate([np.full(runs, params["wd"]), np.repeat(TRIED, TRIED_RUNS)])
    shares = simulate(params, rng, days, wd)
    tried = shares[-1, runs:].reshape(len(TRIED), TRIED_RUNS)
    numbers, errors, intervals = numbers_of(params, days, shares[:, :runs])
    over_time = _urn_shown.over_time(days, shares[:, :runs])
    grid = np.linspace(0, 1, 101)
    roots = [expected_root(params, float(one)) for one in grid]
    return Outcome(
        numbers=numbers,
        errors=errors,
        intervals=intervals,
        series={"over_time": over_time, "by_wd": {"wd": grid.tolist(), "root": roots}},
        figures=(
            _urn_shown.time_figure(over_time, numbers),
            _urn_shown.wd_figure(grid, roots, numbers["truth"], TRIED, tried),
        ),
        sentence=_urn_shown.sentence(params, numbers, intervals),
        reasons=_urn_shown.reasons(params, numbers),
    )
