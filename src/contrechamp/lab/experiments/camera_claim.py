"""`camera-claim`: "crime fell by 30 % thanks to the cameras", beside places without any.

The change is compared with that of a control area by an odds ratio, what moved next door by the
weighted displacement quotient, and what the choice of bad places gives by itself by drawing
towns where nothing was installed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contrechamp.lab.declare import MANY, gives, real, whole
from contrechamp.lab.inputs import Inputs
from contrechamp.lab.late import np
from contrechamp.lab.model import Case, Figure, Limit, Outcome, Preset, Series, Text
from contrechamp.lab.registry import experiment
from contrechamp.lab.rounding import between, percent
from contrechamp.lab.tallies import (
    Change,
    Selection,
    compare_changes,
    displacement,
    select_worst,
)

BEFORE = ("Faits enregistrés, l'année d'avant.", "Recorded incidents, the year before.")
AFTER = ("Faits enregistrés, l'année d'après.", "Recorded incidents, the year after.")
NEAR = ("Rues voisines, sans caméras. 0 : aucune.", "Streets next door, no cameras. 0: none.")
COUNT = (0, MANY)
PARAMS = (
    whole("treated_before", 120, COUNT, ("Avec caméras, avant", "With cameras, before"), BEFORE),
    whole("treated_after", 84, COUNT, ("Avec caméras, après", "With cameras, after"), AFTER),
    whole("control_before", 400, COUNT, ("Témoin, avant", "Control, before"), BEFORE),
    whole("control_after", 380, COUNT, ("Témoin, après", "Control, after"), AFTER),
    whole("buffer_before", 60, COUNT, ("Alentours, avant", "Around, before"), NEAR),
    whole("buffer_after", 66, COUNT, ("Alentours, après", "Around, after"), NEAR),
    real(
        "dispersion",
        1.0,
        (1, 20),
        ("Dispersion", "Dispersion"),
        (
            "1 : le seul hasard. Plus : les années diffèrent davantage que lui.",
            "1: chance alone. More: years differ by more than that.",
        ),
    ),
    whole(
        "sites",
        1000,
        (1, 20_000),
        ("Lieux possibles", "Possible places"),
        ("De la ville simulée.", "Of the simulated town."),
    ),
    real(
        "mean",
        5.0,
        (0.01, 1000),
        ("Faits par lieu et par an", "Incidents a place a year"),
        ("En moyenne.", "On average."),
    ),
    real(
        "shape",
        2.0,
        (0.05, 1000),
        ("Ressemblance des lieux", "Likeness of places"),
        ("Grande : tous pareils.", "Large: all the same."),
    ),
    real(
        "chosen",
        0.1,
        (0.001, 1),
        ("Part des lieux équipés", "Share of places equipped"),
        ("Les pires de l'année passée.", "The worst of last year."),
    ),
    whole(
        "runs",
        200,
        (1, 20_000),
        ("Villes simulées", "Simulated towns"),
        ("Plus il y en a, plus c'est précis.", "The more, the more exact."),
    ),
)
NUMBERS = (
    gives("odds_ratio", "ratio", "Rapport des évolutions", "Ratio of changes", digits=4),
    gives("low", "ratio", "Rapport, borne basse", "Ratio, low bound", digits=4),
    gives("high", "ratio", "Rapport, borne haute", "Ratio, high bound", digits=4),
    gives("naive_change", "share", "Évolution annoncée", "Announced change", digits=4),
    gives("net_change", "share", "Évolution face au témoin", "Change beside control", digits=4),
    gives("detectable_fall", "share", "Baisse décelable", "Fall that could be seen", digits=4),
    gives("wdq", "ratio", "Quotient de déplacement", "Displacement quotient"),
    gives(
        "selection_change",
        "share",
        "Évolution sans rien installer",
        "Change with nothing installed",
        drawn=True,
    ),
    gives(
        "selection_theory",
        "share",
        "La même, par la formule",
        "The same, by the formula",
        drawn=True,
    ),
)
ZERO = Text(
    "Un des comptes est 0 : aucun rapport ne peut être formé. Réunir des lieux ou des années.",
    "One of the counts is 0: no ratio can be made. Put places or years together.",
)
NO_BUFFER = Text(
    "Alentours ou témoin sans compte, ou aucun changement à expliquer.",
    "No counts around or of control, or no change to explain.",
)
NO_COUNT = Text("Les pires lieux n'avaient aucun fait.", "The worst places had no incident.")
BIASED = Text(
    "Des lieux choisis parce que l'année passée était mauvaise changent de {change} l'année "
    "suivante, sans que rien soit installé.",
    "Places chosen because last year was bad change by {change} the next year with nothing "
    "installed.",
)


@experiment(
    id="camera-claim",
    version=1,
    title=Text("« Moins 30 % grâce aux caméras »", "“Down 30% thanks to the cameras”"),
    question=Text(
        "La baisse annoncée dépasse-t-elle le hasard, le quartier voisin et le choix des lieux ?",
        "Is the announced fall more than chance, the area next door and the choice of places?",
    ),
    claim=Text(
        "« La délinquance a baissé de 30 % grâce aux caméras. »",
        "“Crime fell by 30% thanks to the cameras.”",
    ),
    params=PARAMS,
    numbers=NUMBERS,
    presets=(
        Preset(
            label=Text("La même baisse, dix fois plus de faits", "The same fall, ten times more"),
            values={
                "treated_before": 1200,
                "treated_after": 840,
                "control_before": 4000,
                "control_after": 3800,
                "buffer_before": 600,
                "buffer_after": 660,
            },
        ),
        Preset(label=Text("Des lieux très inégaux", "Very unequal places"), values={"shape": 0.5}),
    ),
    cases=(
        Case(check="camera.odds_ratio", number="odds_ratio"),
        Case(check="camera.low", number="low"),
        Case(check="camera.high", number="high"),
        Case(check="camera.wdq", number="wdq"),
        Case(check="camera.detectable", number="detectable_fall"),
        Case(check="camera.selection", number="selection_change"),
    ),
    limits=(Limit(names=("runs", "sites"), high=100_000_000, web_high=5_000_000),),
    precision=("runs",),
    caveats=("recorded-not-committed", "control-must-match", "invented-counts"),
    sources=("contrechamp-lab",),
    counter=("piza-2019.fall", "ashby-2017.useful"),
    technologies=("video_surveillance", "video_fixed", "video_mobile"),
    method=Text(
        "Rapport = (avant × témoin après) / (après × témoin avant) ; variance du logarithme = "
        "dispersion × somme des inverses. Évolution nette = 1/rapport - 1. Baisse décelable = "
        "1 - exp(-(1,96 + 0,84) × erreur). Déplacement = (alentours/témoin après - avant) / "
        "(équipé/témoin après - avant). Choix : taux tirés d'une loi Gamma, comptes de Poisson, "
        "les pires gardés ; formule (forme + X)/((forme/moyenne + 1) X) - 1.",
        "Ratio = (before × control after) / (after × control before); variance of its logarithm = "
        "dispersion × sum of inverses. Net change = 1/ratio - 1. Fall that could be seen = "
        "1 - exp(-(1.96 + 0.84) × error). Displacement = (around/control after - before) / "
        "(equipped/control after - before). Choice: rates from a Gamma law, Poisson counts, the "
        "worst kept; formula (shape + X)/((shape/mean + 1) X) - 1.",
    ),
    budget_cpu_s=0.05,
    cost=lambda params: 0.02 + 2.5e-7 * params["runs"] * params["sites"],
)
def camera_claim(params: Mapping[str, Any], seed: int, inputs: Inputs) -> Outcome:
    """Return what is left of a claimed fall."""
    treated, control, buffer = (
        (params[f"{area}_before"], params[f"{area}_after"])
        for area in ("treated", "control", "buffer")
    )
    change = None
    if all((*treated, *control)):
        change = compare_changes(treated, control, params["dispersion"])
    wdq = displacement(treated, control, buffer) if buffer[0] and all(control) else None
    rng = np.random.Generator(np.random.PCG64(seed))
    drawing = ("sites", "mean", "shape", "chosen", "runs")
    chosen = select_worst(**{name: params[name] for name in drawing}, rng=rng)
    numbers = _numbers(change, wdq, chosen)
    return Outcome(
        numbers=numbers,
        errors={"selection_change": chosen.error} if chosen else {},
        intervals=_intervals(change),
        sentence=_sentence(change, chosen),
        figures=(_figure(change, chosen),) if change or chosen else (),
        reasons=_reasons(numbers),
    )


OF_CHANGE = ("odds_ratio", "low", "high", "naive_change", "net_change", "detectable_fall")


def _numbers(
    change: Change | None, wdq: float | None, chosen: Selection | None
) -> dict[str, float | None]:
    numbers = {name: getattr(change, name) if change else None for name in OF_CHANGE}
    return {
        **numbers,
        "wdq": wdq,
        "selection_change": chosen.change if chosen else None,
        "selection_theory": chosen.theory if chosen else None,
    }


def _reasons(numbers: Mapping[str, float | None]) -> dict[str, Text]:
    why = {"wdq": NO_BUFFER, "selection_change": NO_COUNT, "selection_theory": NO_COUNT}
    return {name: why.get(name, ZERO) for name, value in numbers.items() if value is None}


def _intervals(change: Change | None) -> dict[str, tuple[float, float]]:
    if change is None:
        return {}
    return {
        "odds_ratio": (change.low, change.high),
        "net_change": (1 / change.high - 1, 1 / change.low - 1),
    }


def _sentence(change: Change | None, chosen: Selection | None) -> Text:
    biased = BIASED.fill(change=percent(chosen.change)) if chosen else NO_COUNT
    if change is None:
        return Text(f"{ZERO.fr} {biased.fr}", f"{ZERO.en} {biased.en}")
    if change.low > 1:
        verdict = Text("Le hasard seul ne l'explique pas.", "Chance alone does not explain it.")
    elif change.high < 1:
        verdict = Text("C'est une hausse.", "It is a rise.")
    else:
        verdict = Text("Le hasard suffit à l'expliquer.", "Chance is enough to explain it.")
    return Text(
        "Annoncé : {naive}. Face au témoin : {net} ({bounds}). {verdict} {biased}",
        "Announced: {naive}. Beside the control: {net} ({bounds}). {verdict} {biased}",
    ).fill(
        naive=percent(change.naive_change),
        net=percent(change.net_change),
        bounds=between(*(percent(side) for side in _intervals(change)["net_change"])),
        verdict=verdict,
        biased=biased,
    )


def _figure(change: Change | None, chosen: Selection | None) -> Figure:
    rows: list[tuple[Text, float, tuple[float, float]]] = []
    if change:
        naive = change.naive_change
        rows.append((Text("Annoncée", "Announced"), naive, (naive, naive)))
        net = _intervals(change)["net_change"]
        rows.append((Text("Face au témoin", "Beside the control"), change.net_change, net))
    if chosen:
        reach = 1.96 * chosen.error
        around = (chosen.change - reach, chosen.change + reach)
        rows.append((Text("Sans rien installer", "Nothing installed"), chosen.change, around))
    told = Text("Évolution", "Change")
    return Figure(
        id="changes",
        title=Text("Ce qui reste de la baisse", "What is left of the fall"),
        kind="ranges",
        x_label=Text("Lecture", "Reading"),
        y_label=Text("Évolution (0 : aucune)", "Change (0: none)"),
        series=(
            Series(
                label=told,
                x=[name for name, _, _ in rows],
                y=[value for _, value, _ in rows],
                low=[low for _, _, (low, _) in rows],
                high=[high for _, _, (_, high) in rows],
                style="points",
            ),
        ),
        reading=_sentence(change, chosen),
    )
