"""`face-crowd`: live face search in a crowd, and how many of its alerts are right.

FPIR = 1-(1-FMR)^N over a list of N faces; right alerts = wanted · TPIR; false alerts =
(crowd - wanted) · FPIR. Few of a crowd are wanted, so a rate that sounds small is many people.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contrechamp.lab import crowd
from contrechamp.lab.declare import MANY, gives, real, whole
from contrechamp.lab.errors import BadParam
from contrechamp.lab.inputs import Inputs
from contrechamp.lab.late import np
from contrechamp.lab.model import Case, Figure, Outcome, Param, Preset, Series, Text
from contrechamp.lab.registry import experiment
from contrechamp.lab.rounding import between, counted, percent
from contrechamp.lab.tallies import exact, likely_counts, share
from contrechamp.lab.words import amount

MOST_SIMULATED = 2_000_000
LISTS = tuple(round(10 ** (step / 8)) for step in range(8, 57))
SWP = {"trial_alerts": 2470, "trial_false": 2297}
ESSEX = {"trial_alerts": 42, "trial_false": 34}
MET = {"trial_alerts": 2077, "trial_false": 10}
MET_RATE = 3.1772e-06
"""Ten of 3,147,436 faces; with the 2,067 alerts found right as those who were wanted."""
SUEDKREUZ = {"crowd": 90_000, "wanted": 0, "fpir_given": 0.0067}
PARAMS = (
    whole(
        "crowd",
        100_000,
        (1, MANY),
        ("Passants", "People passing"),
        ("Visages vus par la caméra.", "Faces that the camera sees."),
    ),
    whole(
        "wanted",
        10,
        (0, MANY),
        ("Personnes recherchées présentes", "Wanted people present"),
        ("Combien des passants sont sur la liste.", "How many of those passing are on the list."),
    ),
    whole(
        "watchlist",
        10_000,
        (1, 1e7),
        ("Longueur de la liste", "Length of the list"),
        ("Visages auxquels chacun est comparé.", "Faces with which everyone is compared."),
    ),
    real(
        "fmr",
        1.6668055571e-08,
        (0, 1),
        ("Erreur entre deux visages (FMR)", "Error between two faces (FMR)"),
        (
            "Chance que deux personnes différentes passent pour la même, au seuil choisi.",
            "Chance that two different people pass for the same, at the threshold used.",
        ),
    ),
    real(
        "fpir_given",
        0.0,
        (0, 1),
        ("Erreur sur toute la liste, si mesurée", "Error over the whole list, if measured"),
        (
            "Chance qu'un passant absent de la liste déclenche une alerte. 0 : calculée.",
            "Chance that somebody not on the list raises an alert. 0: computed.",
        ),
    ),
    real(
        "tpir",
        0.89,
        (0, 1),
        ("Part reconnue", "Share recognised"),
        (
            "Part des personnes recherchées que le système reconnaît.",
            "Share of wanted people whom the system recognises.",
        ),
    ),
    Param(
        name="simulate",
        kind="bool",
        default=False,
        label=Text("Simuler chaque passage", "Simulate each passage"),
        help=Text(
            f"Tire chaque passant au sort ; {MOST_SIMULATED} passants au plus.",
            f"Draws each person passing; {MOST_SIMULATED} people at most.",
        ),
    ),
    whole(
        "trial_alerts",
        0,
        (0, MANY),
        ("Alertes d'un essai réel", "Alerts of a real trial"),
        ("0 : pas d'essai.", "0: no trial."),
    ),
    whole(
        "trial_false",
        0,
        (0, MANY),
        ("Dont fausses", "Of which false"),
        (
            "Alertes de l'essai qui désignaient la mauvaise personne.",
            "Alerts of the trial that pointed at the wrong person.",
        ),
    ),
)
NUMBERS = (
    gives("fpir", "share", "Chance d'alerte d'un innocent", "Chance of an alert, if innocent"),
    gives("true_alerts", "count", "Alertes justes attendues", "Right alerts expected"),
    gives("false_alerts", "count", "Fausses alertes attendues", "False alerts expected"),
    gives("ppv", "share", "Part des alertes qui sont justes", "Share of alerts that are right"),
    gives("false_per_true", "ratio", "Innocents par personne reconnue", "Innocents per wanted"),
    gives("faces_per_false_alert", "count", "Visages par fausse alerte", "Faces per false alert"),
    gives(
        "simulated_false_alerts",
        "count",
        "Fausses alertes d'un passage simulé",
        "False alerts of a simulated passage",
        digits=0,
        drawn=True,
    ),
    gives("trial_false_share", "share", "Part fausse de l'essai", "Share false in the trial"),
    gives("trial_low", "share", "Part fausse, borne basse", "Share false, low bound"),
    gives("trial_high", "share", "Part fausse, borne haute", "Share false, high bound"),
)
NO_ALERT = Text("Aucune alerte n'est attendue.", "No alert is expected.")
NO_TRIAL = Text("Aucun essai n'est donné.", "No trial is given.")
REASONS = {
    "ppv": NO_ALERT,
    "false_per_true": Text("Aucune alerte juste n'est attendue.", "No right alert is expected."),
    "faces_per_false_alert": Text("Aucune fausse alerte.", "No false alert."),
    "simulated_false_alerts": Text("Le passage n'a pas été simulé.", "Nothing was simulated."),
    "trial_false_share": NO_TRIAL,
    "trial_low": NO_TRIAL,
    "trial_high": NO_TRIAL,
}


@experiment(
    id="face-crowd",
    version=1,
    title=Text("Reconnaître un visage dans la foule", "Recognising a face in a crowd"),
    question=Text(
        "Combien d'innocents pour chaque personne recherchée ?",
        "How many innocent people for each wanted one?",
    ),
    claim=Text("« Fiable à 99,9 %. »", "“99.9% reliable.”"),
    params=PARAMS,
    numbers=NUMBERS,
    presets=(
        Preset(
            label=Text("Une gare, erreur de 1 sur 1 000", "A station, error of 1 in 1,000"),
            values={"crowd": 50_000, "wanted": 1, "watchlist": 1000, "fpir_given": 0.001},
        ),
        Preset(label=Text("Berlin Südkreuz, un jour", "Berlin Südkreuz, a day"), values=SUEDKREUZ),
        Preset(label=Text("Cardiff, finale de 2017", "Cardiff, final of 2017"), values=SWP),
        Preset(label=Text("Londres, essais 2018-2019", "London, trials 2018-19"), values=ESSEX),
        Preset(
            label=Text("Londres, 2024-2025", "London, 2024-25"),
            values={**MET, "crowd": 3_147_436, "wanted": 2067, "tpir": 1.0, "fpir_given": MET_RATE},
        ),
    ),
    cases=(
        Case(check="face.npl.fpir_10000", number="fpir"),
        Case(
            check="face.npl.faces_per_false_alert_1000",
            number="faces_per_false_alert",
            given={"watchlist": 1000},
        ),
        Case(check="face.base.true", number="true_alerts"),
        Case(check="face.base.false", number="false_alerts"),
        Case(check="face.base.ppv", number="ppv"),
        Case(check="face.suedkreuz.false_per_day", number="false_alerts", given=SUEDKREUZ),
        Case(check="face.swp.false_share", number="trial_false_share", given=SWP),
        Case(check="face.essex.false_share", number="trial_false_share", given=ESSEX),
        Case(check="face.essex.low", number="trial_low", given=ESSEX),
        Case(check="face.essex.high", number="trial_high", given=ESSEX),
        Case(check="face.met2025.false_share", number="trial_false_share", given=MET),
    ),
    precision=("simulate",),
    caveats=("threshold-unknown", "lab-rate-not-street", "alert-not-arrest", "rates-by-group"),
    sources=("npl-2023", "ccc-2018", "swp-2017", "essex-2019"),
    counter=("met-2025.false_share", "npl-2023.fpir"),
    technologies=("facial_recognition", "fr_identification"),
    method=Text(
        "FPIR = 1-(1-FMR)^N pour une liste de N visages. Alertes justes = recherchées × TPIR ; "
        "fausses = (passants - recherchées) × FPIR, à la loi de Poisson près. Simulation : la "
        "ressemblance la plus rare d'un passant est 1-U^(1/N), U tiré au sort. Essai : bornes "
        "exactes de Clopper et Pearson.",
        "FPIR = 1-(1-FMR)^N for a list of N faces. Right alerts = wanted × TPIR; false = (crowd - "
        "wanted) × FPIR, give or take a Poisson law. Simulation: the rarest resemblance of a "
        "passer-by is 1-U^(1/N), U drawn. Trial: exact bounds of Clopper and Pearson.",
    ),
    budget_cpu_s=0.02,
    cost=lambda params: 0.02 + (2e-7 * params["crowd"] if params["simulate"] else 0),
)
def face_crowd(params: Mapping[str, Any], seed: int, inputs: Inputs) -> Outcome:
    """Return the alerts that a crowd and a list bring, and those of a trial."""
    _check(params)
    fpir = _fpir(params, params["watchlist"])
    innocent = params["crowd"] - params["wanted"]
    right, false = params["wanted"] * params["tpir"], innocent * fpir
    trial = exact(params["trial_false"], params["trial_alerts"])
    numbers: dict[str, Any] = {
        "fpir": fpir,
        "true_alerts": right,
        "false_alerts": false,
        "ppv": share(right, right + false),
        "false_per_true": share(false, right),
        "faces_per_false_alert": share(1, fpir),
        "simulated_false_alerts": _simulated(params, fpir, innocent, seed),
        "trial_false_share": share(params["trial_false"], params["trial_alerts"]),
        "trial_low": trial[0] if trial else None,
        "trial_high": trial[1] if trial else None,
    }
    intervals: dict[str, tuple[float, float]] = {"false_alerts": likely_counts(false)}
    if trial:
        intervals["trial_false_share"] = trial
    return Outcome(
        numbers=numbers,
        intervals=intervals,
        sentence=_sentence(params, numbers, intervals),
        figures=(_figure(params, innocent, right),),
        reasons={name: why for name, why in REASONS.items() if numbers[name] is None},
    )


def _check(params: Mapping[str, Any]) -> None:
    limits = {"wanted": params["crowd"], "trial_false": params["trial_alerts"]}
    if params["simulate"]:
        limits["crowd"] = MOST_SIMULATED
    for name, most in limits.items():
        if params[name] > most:
            raise BadParam(name, params[name], Text(f"{most} au plus", f"at most {most}"))


def _fpir(params: Mapping[str, Any], watchlist: int) -> float:
    return params["fpir_given"] or crowd.false_alert_chance(params["fmr"], watchlist)


def _simulated(params: Mapping[str, Any], fpir: float, innocent: int, seed: int) -> int | None:
    if not params["simulate"]:
        return None
    rng = np.random.Generator(np.random.PCG64(seed))
    size = params["watchlist"]
    fmr = crowd.one_to_one(fpir, size) if params["fpir_given"] else params["fmr"]
    return crowd.count_false_alerts(innocent, size, fmr, rng)


def _sentence(
    params: Mapping[str, Any], numbers: Mapping[str, Any], intervals: Mapping[str, Any]
) -> Text:
    french = "avec {crowd} passants et une liste de {list} personnes, environ {false} innocents"
    french += " sont signalés ({bounds}, par le seul hasard)"
    english = "with {crowd} people passing and a list of {list}, about {false} innocent people"
    english += " are flagged ({bounds}, by chance alone)"
    if numbers["false_per_true"] is not None:
        french += ", soit {ratio} pour chaque personne recherchée reconnue."
        english += ": {ratio} for each wanted person recognised."
    else:
        french, english = f"{french}.", f"{english}."
    computed = Text(french, english)
    if numbers["trial_false_share"] is not None:
        french = "Dans l'essai, {trial} des alertes étaient fausses ({around}). Par le calcul : "
        english = "In the trial, {trial} of alerts were false ({around}). By calculation: "
        french, english = french + computed.fr, english + computed.en
    else:
        french, english = french[0].upper() + french[1:], english[0].upper() + english[1:]
    low, high = intervals["false_alerts"]
    around = [percent(numbers[name] or 0) for name in ("trial_low", "trial_high")]
    return Text(french, english).fill(
        crowd=amount(params["crowd"]),
        list=amount(params["watchlist"]),
        false=counted(numbers["false_alerts"]),
        bounds=between(amount(low), amount(high)),
        ratio=counted(numbers["false_per_true"] or 0),
        trial=percent(numbers["trial_false_share"] or 0),
        around=between(*around),
    )


def _figure(params: Mapping[str, Any], innocent: int, right: float) -> Figure:
    false = [innocent * crowd.false_alert_chance(params["fmr"], size) for size in LISTS]
    here = innocent * _fpir(params, params["watchlist"])
    return Figure(
        id="lists",
        title=Text("Plus la liste est longue, plus d'innocents", "Longer lists, more innocents"),
        kind="line",
        x_label=Text("Longueur de la liste", "Length of the list"),
        y_label=Text("Alertes attendues", "Alerts expected"),
        series=(
            Series(label=Text("Fausses", "False"), x=LISTS, y=false),
            Series(label=Text("Justes", "Right"), x=LISTS, y=[right] * len(LISTS), style="dashed"),
            Series(
                label=Text("Fausses, ici", "False, here"),
                x=[params["watchlist"]],
                y=[here],
                style="points",
            ),
        ),
        reading=Text(
            "Avec {size} visages sur la liste, {false} fausses alertes attendues pour {right} "
            "justes.",
            "With {size} faces on the list, {false} false alerts expected for {right} right ones.",
        ).fill(size=amount(params["watchlist"]), false=counted(here), right=counted(right)),
        x_log=True,
        y_log=True,
    )
