"""`cost-per-case`: euros for each case that the cameras helped to solve.

A purchase is spread over its years, upkeep and the wages of those who watch are added, and the
whole is divided by the cases, whose count has the exact bounds of a Poisson law.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contrechamp.lab.declare import MANY, gives, real, whole
from contrechamp.lab.inputs import Inputs
from contrechamp.lab.model import Case, Figure, Outcome, Preset, Series, Text
from contrechamp.lab.registry import experiment
from contrechamp.lab.rounding import between, euros
from contrechamp.lab.tallies import annuity, poisson
from contrechamp.lab.words import amount

EURO = ("€", "€")
COOK = {"cameras": 0, "agents": 0, "other_annual": 8_260_000, "cases": 38}
PARAMS = (
    whole("cameras", 100, (0, 1e7), ("Caméras", "Cameras"), ("Combien.", "How many.")),
    real(
        "capex",
        36_600.0,
        (0, MANY),
        ("Prix d'une caméra posée", "Price of a camera, installed"),
        (
            "Achat, pose, réseau, salle, toutes taxes. 36 600 € : Cour des comptes, 2011.",
            "Purchase, works, network, room, with taxes. €36,600: Cour des comptes, 2011.",
        ),
        unit=EURO,
    ),
    real(
        "life",
        10.0,
        (1, 100),
        ("Durée de vie", "Life"),
        ("Années avant de racheter.", "Years before buying again."),
        unit=("ans", "years"),
    ),
    real(
        "maintenance",
        0.05,
        (0, 1),
        ("Entretien par an", "Upkeep a year"),
        (
            "Part du prix ; les marchés publics vont de 0,02 à 0,08.",
            "Share of the price; public contracts go from 0.02 to 0.08.",
        ),
    ),
    real(
        "discount",
        0.0,
        (0, 1),
        ("Taux d'actualisation", "Discount rate"),
        ("0 : le prix est divisé par les années.", "0: the price is divided by the years."),
    ),
    real(
        "agents",
        12.0,
        (0, 1e6),
        ("Agents devant les écrans", "People at the screens"),
        (
            "Équivalents temps plein. Douze : une veille de jour et de nuit.",
            "Full-time equivalents. Twelve: a watch by day and night.",
        ),
    ),
    real(
        "salary",
        40_000.0,
        (0, MANY),
        ("Coût d'un agent par an", "Cost of one of them a year"),
        ("Salaire et charges : une hypothèse.", "Wage and charges: an assumption."),
        unit=EURO,
    ),
    real(
        "other_annual",
        0.0,
        (0, 1e12),
        ("Autres dépenses par an", "Other spending a year"),
        ("Abonnement, électricité, locaux.", "Subscription, power, premises."),
        unit=EURO,
    ),
    whole(
        "cases",
        22,
        (0, MANY),
        ("Affaires aidées par an", "Cases helped a year"),
        (
            "Affaires que les images ont aidé à élucider, et non celles où l'on a regardé.",
            "Cases that images helped to solve, not those where somebody looked.",
        ),
    ),
)
NUMBERS = (
    gives("annual_cost", "money", "Coût par an", "Cost a year", digits=0, unit=EURO),
    gives("cost_per_case", "money", "Coût par affaire", "Cost per case", digits=0, unit=EURO),
    gives("low", "money", "Coût, borne basse", "Cost, low bound", digits=0, unit=EURO),
    gives("high", "money", "Coût, borne haute", "Cost, high bound", digits=0, unit=EURO),
)
NO_CASE = Text(
    "Aucune affaire : rien à diviser. Tout le coût est sans résultat connu.",
    "No case: nothing to divide by. The whole cost has no known result.",
)
COUNTS = tuple(sorted({round(10 ** (step / 12)) for step in range(37)}))


@experiment(
    id="cost-per-case",
    version=1,
    title=Text("Le prix d'une affaire élucidée", "The price of a solved case"),
    question=Text(
        "Combien coûte chaque affaire que les caméras ont aidé à élucider ?",
        "What does each case cost that the cameras helped to solve?",
    ),
    claim=Text("« Les caméras élucident des affaires. »", "“Cameras solve cases.”"),
    params=PARAMS,
    numbers=NUMBERS,
    presets=(
        Preset(
            label=Text("Prix de 2013 du ministère, 8 650 €", "Ministry's price of 2013, €8,650"),
            values={"capex": 8650},
        ),
        Preset(
            label=Text("Une petite ville : 20 caméras, sans agent", "A small town: 20 cameras"),
            values={"cameras": 20, "agents": 0, "cases": 2},
        ),
    ),
    cases=(
        Case(check="cost.annual", number="annual_cost"),
        Case(check="cost.per_case", number="cost_per_case"),
        Case(check="cost.per_case.low", number="low"),
        Case(check="cost.per_case.high", number="high"),
        Case(check="cost.cook", number="cost_per_case", given=COOK),
    ),
    caveats=("helped-not-solved", "prices-age", "deterrence-not-counted"),
    sources=("cour-des-comptes-2011", "gormand-2021"),
    counter=("ashby-2017.useful", "ministry-2013.price"),
    technologies=("video_surveillance", "video_fixed", "video_centre", "audio_surveillance"),
    method=Text(
        "Annuité = prix / années, ou prix × r / (1-(1+r)^-années) au taux r. Coût par an = "
        "caméras × (annuité + prix × entretien) + agents × coût + autres. Bornes : le même coût "
        "divisé par les bornes exactes de Poisson du nombre d'affaires.",
        "Annuity = price / years, or price × r / (1-(1+r)^-years) at rate r. Cost a year = "
        "cameras × (annuity + price × upkeep) + people × cost + other. Bounds: the same cost "
        "divided by the exact Poisson bounds of the count of cases.",
    ),
    budget_cpu_s=0.01,
)
def cost_per_case(params: Mapping[str, Any], seed: int, inputs: Inputs) -> Outcome:
    """Return what a year costs, and each of its cases."""
    spread = annuity(params["capex"], params["life"], params["discount"])
    parts = {
        "purchase": params["cameras"] * spread,
        "upkeep": params["cameras"] * params["capex"] * params["maintenance"],
        "people": params["agents"] * params["salary"],
        "other": params["other_annual"],
    }
    annual = sum(parts.values())
    cases = params["cases"]
    least, most = poisson(cases)
    each = annual / cases if cases else None
    bounds = (annual / most, annual / least) if cases else (None, None)
    numbers = {"annual_cost": annual, "cost_per_case": each, "low": bounds[0], "high": bounds[1]}
    return Outcome(
        numbers=numbers,
        intervals={"cost_per_case": bounds} if cases else {},
        sentence=_sentence(annual, each, bounds),
        figures=(_parts(parts), _curve(annual, cases, each)),
        reasons={name: NO_CASE for name, value in numbers.items() if value is None},
    )


def _sentence(annual: float, each: float | None, bounds: tuple[Any, Any]) -> Text:
    if each is None:
        return Text(
            "{annual} par an, et aucune affaire aidée : aucun prix ne peut être dit.",
            "{annual} a year, and no case helped: no price can be told.",
        ).fill(annual=euros(annual))
    return Text(
        "Chaque affaire que le dispositif a aidé à élucider a coûté environ {each} ({bounds}), "
        "pour {annual} par an.",
        "Each case that the equipment helped to solve cost about {each} ({bounds}), for {annual} "
        "a year.",
    ).fill(
        each=euros(each),
        bounds=between(euros(bounds[0]), euros(bounds[1])),
        annual=euros(annual, 4),
    )


NAMES = {
    "purchase": Text("Achat, par an de vie", "Purchase, a year of life"),
    "upkeep": Text("Entretien", "Upkeep"),
    "people": Text("Agents", "People"),
    "other": Text("Autres", "Other"),
}


def _parts(parts: Mapping[str, float]) -> Figure:
    largest = max(parts, key=lambda name: parts[name])
    whole_cost = sum(parts.values())
    return Figure(
        id="parts",
        title=Text("Où va l'argent d'une année", "Where a year's money goes"),
        kind="bars",
        x_label=Text("Dépense", "Spending"),
        y_label=Text("€ par an", "€ a year"),
        series=(
            Series(
                label=Text("€ par an", "€ a year"),
                x=[NAMES[name] for name in parts],
                y=list(parts.values()),
                style="bars",
            ),
        ),
        reading=Text(
            "La plus grande part ({share} %) : {name}.", "The largest part ({share}%): {name}."
        ).fill(
            share=amount(100 * parts[largest] / whole_cost if whole_cost else 0),
            name=NAMES[largest],
        ),
    )


def _curve(annual: float, cases: int, each: float | None) -> Figure:
    here = (
        ()
        if each is None
        else (Series(label=Text("Ici", "Here"), x=[cases], y=[each], style="points"),)
    )
    return Figure(
        id="cases",
        title=Text("Le prix selon le nombre d'affaires", "The price by the number of cases"),
        kind="line",
        x_label=Text("Affaires aidées par an", "Cases helped a year"),
        y_label=Text("€ par affaire", "€ per case"),
        series=(
            Series(
                label=Text("Même coût", "Same cost"),
                x=COUNTS,
                y=[annual / count for count in COUNTS],
            ),
            *here,
        ),
        reading=Text(
            "Le même équipement coûte {one} pour une seule affaire par an et {many} pour cent.",
            "The same equipment costs {one} for a single case a year and {many} for a hundred.",
        ).fill(one=euros(annual), many=euros(annual / 100)),
        x_log=True,
        y_log=annual > 0,
    )
