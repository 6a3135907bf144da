"""A hundred boxes and a few patrols: the loop of `loop-urn` in a city of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contrechamp.lab.inputs import Inputs
from contrechamp.lab.intervals import of_mean
from contrechamp.lab.late import np
from contrechamp.lab.model import Case, Limit, Number, Outcome, Param, Preset, Text
from contrechamp.lab.registry import experiment

from . import _city, _city_shown

PART = Text("part de 1", "share of 1")


@experiment(
    id="loop-city",
    version=1,
    title=Text("Cent cases, cinq patrouilles", "A hundred boxes, five patrols"),
    question=Text(
        "Dans une ville de cent cases, que devient la carte quand les patrouilles suivent le "
        "registre ?",
        "In a city of a hundred boxes, what becomes of the map when patrols follow the record?",
    ),
    claim=Text(
        "« La carte des points chauds montre où est la délinquance. »",
        "“The hotspot map shows where crime is.”",
    ),
    params=(
        Param(
            name="k", kind="int", default=5, low=1, high=50,
            unit=Text("patrouilles", "patrols"),
            label=Text("Patrouilles par jour", "Patrols a day"),
            help=Text("Tirées au sort d'après le registre.", "Drawn in proportion to the record."),
        ),
        Param(
            name="days", kind="int", default=2000, low=1, high=36500, web_high=3650,
            unit=Text("jours", "days"),
            label=Text("Durée", "Duration"),
            help=Text("Jours simulés.", "Days that are simulated."),
        ),
        Param(
            name="runs", kind="int", default=200, low=1, high=20000,
            unit=Text("simulations", "runs"),
            label=Text("Simulations", "Runs"),
            help=Text(
                "Plus il y en a, plus le résultat est précis.", "More of them, more exact a result."
            ),
        ),
        Param(
            name="reported", kind="float", default=0.0, low=0, high=1, unit=PART,
            label=Text("Part signalée par les habitants", "Share reported by residents"),
            help=Text(
                "0 : seule la patrouille découvre les faits.", "0: only patrols discover incidents."
            ),
        ),
        Param(
            name="correction", kind="bool", default=False,
            label=Text("Correction", "Correction"),
            help=Text(
                "Compter moins ce que découvre une patrouille attendue.",
                "Count less of what an expected patrol discovers.",
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
    ),
    numbers=(
        Number(name="top_share", kind="share", drawn=True, help=Text(
            "part du registre des cinq cases les plus notées, moyenne des simulations",
            "share of the record of the five most recorded boxes, mean of the runs")),
        Number(name="top_share_true", kind="share", help=Text(
            "part réelle des cinq cases les plus touchées",
            "true share of the five most affected boxes")),
        Number(name="marked_share", kind="share", drawn=True, help=Text(
            "part du registre des vingt cases trop notées au départ",
            "share of the record of the twenty boxes over-recorded at the start")),
        Number(name="marked_share_true", kind="share", help=Text(
            "part réelle de ces vingt cases", "true share of these twenty boxes")),
        Number(name="tv_of_mean", kind="share", drawn=True, help=Text(
            "part du registre mal placée, carte moyenne des simulations",
            "misplaced share of the record, mean map of the runs")),
        Number(name="tv_per_run", kind="share", drawn=True, help=Text(
            "part du registre mal placée, moyenne des cartes d'une simulation",
            "misplaced share of the record, mean over each run's own map")),
    ),
    presets=(
        Preset(label=Text("Un cinquième signalé", "A fifth reported"), values={"reported": 0.2}),
        Preset(label=Text("Avec la correction", "With the correction"),
               values={"correction": True}),
        Preset(label=Text("Les deux", "Both"), values={"reported": 0.2, "correction": True}),
    ),
    cases=(
        Case(check="city.top5.none", number="top_share"),
        Case(check="city.top5.corrected", number="top_share", given={"correction": True}),
        Case(check="city.top5.reported", number="top_share", given={"reported": 0.2}),
        Case(check="city.top5.both", number="top_share",
             given={"reported": 0.2, "correction": True}),
        Case(check="city.top5.true", number="top_share_true"),
    ),
    limits=(Limit(names=("runs", "days"), high=1e8, web_high=5e6),),
    inputs=("city-100",),
    precision=("runs",),
    caveats=("synthetic-city", "discovered-crime", "mechanism-not-proof", "ask-for-records"),
    sources=("ensign-2018", "contrechamp-lab"),
    counter=("contrechamp-lab.city_top5_reported", "mohler-2015.patrol_effect",
             "brantingham-2018.arrests"),
    technologies=("predictive_policing",),
    method=_city_shown.METHOD,
    budget_cpu_s=2.0,
    cost=lambda params: 4e-6 * params["days"] * (params["runs"] + 40),
)  # fmt: skip
def loop_city(params: Mapping[str, Any], seed: int, inputs: Inputs) -> Outcome:
    """Simulate the city and hold the record against what happens in it."""
    city = _city.load(inputs)
    ended = _city.simulate(city, params, np.random.Generator(np.random.PCG64(seed)))
    recorded = ended.record / ended.record.sum(axis=1, keepdims=True)
    true = city.rates / city.rates.sum()
    each = {
        "top_share": _city.top_shares(ended.record),
        "marked_share": recorded[:, city.marked].sum(axis=1),
        "tv_per_run": np.abs(recorded - true).sum(axis=1) / 2,
    }
    numbers: dict[str, Any] = {name: float(values.mean()) for name, values in each.items()}
    numbers |= {
        "top_share_true": float(np.sort(true)[-_city.BIGGEST :].sum()),
        "marked_share_true": float(true[city.marked].sum()),
        "tv_of_mean": float(np.abs(recorded.mean(axis=0) - true).sum() / 2),
    }
    errors, intervals = {}, {}
    if params["runs"] > 1:
        for name, values in each.items():
            errors[name], (low, high) = of_mean(values.tolist())
            intervals[name] = (max(low, 0.0), min(high, 1.0))
    return Outcome(
        numbers=numbers,
        errors=errors,
        intervals=intervals,
        series=_city_shown.series(ended, recorded, true),
        figures=_city_shown.figures(ended, recorded, true, numbers),
        sentence=_city_shown.sentence(params, numbers, intervals),
    )
