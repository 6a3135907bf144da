"""`hit-rate`: predictions beside chance, and beside a simple count.

A share of crimes hit means nothing without the share of the map that was patrolled: drawing
places by lot hits as much as one covers. PAI, the prediction accuracy index, is their ratio.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contrechamp.lab.declare import MANY, gives, real, whole
from contrechamp.lab.errors import BadParam
from contrechamp.lab.inputs import Inputs
from contrechamp.lab.model import Case, Figure, Outcome, Preset, Series, Text
from contrechamp.lab.registry import experiment
from contrechamp.lab.rounding import between, percent
from contrechamp.lab.tallies import Bounds, exact, share
from contrechamp.lab.words import amount

PLAINFIELD = {"hits": 100, "predictions": 23_631}
MOHLER = {"hits": 47, "crimes": 1000, "rival_rate": 0.021}
HISTOGRAM = 718 / 2323
PARAMS = (
    whole(
        "hits",
        721,
        (0, MANY),
        ("Faits touchés", "Crimes hit"),
        (
            "Faits enregistrés dans un carré prédit, le jour prédit.",
            "Incidents recorded in a predicted box, on the predicted day.",
        ),
    ),
    whole(
        "crimes",
        2323,
        (1, MANY),
        ("Faits en tout", "Crimes in all"),
        ("Tous ceux de la même période.", "All those of the same period."),
    ),
    whole(
        "boxes",
        20,
        (1, MANY),
        ("Carrés prédits par jour", "Boxes predicted a day"),
        ("Ce que les patrouilles visent.", "What patrols aim at."),
    ),
    whole(
        "map_boxes",
        661,
        (1, MANY),
        ("Carrés de la carte", "Boxes of the map"),
        ("Tout le territoire découpé.", "The whole territory, cut up."),
    ),
    whole(
        "predictions",
        0,
        (0, MANY),
        ("Prédictions en tout", "Predictions in all"),
        ("Pour la part utile. 0 : inconnues.", "For the useful share. 0: unknown."),
    ),
    real(
        "rival_rate",
        0.0,
        (0, 1),
        ("Part touchée par une autre méthode", "Share hit by another method"),
        (
            "Un analyste, ou le simple décompte des mois passés. 0 : inconnue.",
            "An analyst, or the plain count of past months. 0: unknown.",
        ),
    ),
)
NUMBERS = (
    gives("hit_rate", "share", "Part des faits touchés", "Share of crimes hit", digits=4),
    gives("low", "share", "Part touchée, borne basse", "Share hit, low bound", digits=4),
    gives("high", "share", "Part touchée, borne haute", "Share hit, high bound", digits=4),
    gives("chance", "share", "Part touchée au hasard", "Share hit by chance", digits=4),
    gives("pai", "ratio", "Fois mieux que le hasard (PAI)", "Times better than chance (PAI)"),
    gives("useful_share", "share", "Prédictions utiles", "Useful predictions", digits=4),
    gives("lift", "ratio", "Fois mieux que l'autre", "Times better than the other"),
)
REASONS = {
    "useful_share": Text(
        "Le nombre de prédictions n'est pas donné.", "The number of predictions is not given."
    ),
    "lift": Text("Aucune autre méthode n'est donnée.", "No other method is given."),
}


@experiment(
    id="hit-rate",
    version=1,
    title=Text("Prédire mieux que compter ?", "Predicting better than counting?"),
    question=Text(
        "Le logiciel fait-il mieux que le hasard, et mieux qu'un simple décompte ?",
        "Does the software do better than chance, and better than a plain count?",
    ),
    claim=Text("« Le logiciel prédit où aura lieu le crime. »", "“It predicts where crime is.”"),
    params=PARAMS,
    numbers=NUMBERS,
    presets=(
        Preset(
            label=Text("Oakland, face au décompte", "Oakland, beside the count"),
            values={"rival_rate": round(HISTOGRAM, 6)},
        ),
        Preset(label=Text("Plainfield, 2018", "Plainfield, 2018"), values=PLAINFIELD),
        Preset(label=Text("Los Angeles, face aux analystes", "Los Angeles"), values=MOHLER),
    ),
    cases=(
        Case(check="hits.oakland.pai", number="pai"),
        Case(check="hits.plainfield.max", number="useful_share", given=PLAINFIELD),
        Case(check="hits.mohler.lift", number="lift", given=MOHLER),
    ),
    caveats=("discovered-crime", "hit-not-prevented", "chance-is-a-low-bar"),
    sources=("lum-isaac-2016", "markup-2023", "mohler-2015"),
    counter=("mohler-2015.lift", "mohler-2015.patrol_effect"),
    technologies=("predictive_policing",),
    method=Text(
        "Part touchée = touchés / en tout, bornes exactes. Hasard = carrés prédits / carrés de la "
        "carte. PAI = part touchée / hasard. Part utile = touchés / prédictions.",
        "Share hit = hit / all, exact bounds. Chance = boxes predicted / boxes of the map. PAI = "
        "share hit / chance. Useful share = hit / predictions.",
    ),
    budget_cpu_s=0.01,
)
def hit_rate(params: Mapping[str, Any], seed: int, inputs: Inputs) -> Outcome:
    """Return the share of crimes hit beside chance and beside a rival."""
    _check(params)
    hits, crimes, rival = params["hits"], params["crimes"], params["rival_rate"]
    rate, chance = hits / crimes, params["boxes"] / params["map_boxes"]
    bounds = exact(hits, crimes) or (0.0, 1.0)
    useful = exact(hits, params["predictions"])
    numbers = {
        "hit_rate": rate,
        "low": bounds[0],
        "high": bounds[1],
        "chance": chance,
        "pai": rate / chance,
        "useful_share": share(hits, params["predictions"]),
        "lift": share(rate, rival),
    }
    return Outcome(
        numbers=numbers,
        intervals={
            "hit_rate": bounds,
            "pai": (bounds[0] / chance, bounds[1] / chance),
            **({"useful_share": useful} if useful else {}),
            **({"lift": (bounds[0] / rival, bounds[1] / rival)} if rival else {}),
        },
        sentence=_sentence(params, numbers, bounds),
        figures=(_figure(rate, chance, rival, bounds),),
        reasons={name: why for name, why in REASONS.items() if numbers[name] is None},
    )


def _check(params: Mapping[str, Any]) -> None:
    limits = {"hits": params["crimes"], "boxes": params["map_boxes"]}
    for name, most in limits.items():
        if params[name] > most:
            raise BadParam(name, params[name], Text(f"{most} au plus", f"at most {most}"))
    if 0 < params["predictions"] < params["hits"]:
        least = params["hits"]
        allowed = Text(f"0, ou {least} au moins", f"0, or at least {least}")
        raise BadParam("predictions", params["predictions"], allowed)


def _sentence(params: Mapping[str, Any], numbers: Mapping[str, Any], bounds: Bounds) -> Text:
    useful = exact(params["hits"], params["predictions"])
    french = (
        "{hits} faits touchés sur {crimes} : {rate} ({bounds}), {pai} fois le hasard ({chance})."
    )
    english = "{hits} crimes hit of {crimes}: {rate} ({bounds}), {pai} times chance ({chance})."
    if numbers["lift"] is not None:
        french += " L'autre méthode touche {rival} : le rapport est de {lift}."
        english += " The other method hits {rival}: the ratio is {lift}."
    if numbers["useful_share"] is not None:  # The crimes of such a count are seldom told.
        french = "Sur {predictions} prédictions, {hits} ont servi : {useful} ({around})."
        english = "Of {predictions} predictions, {hits} were of use: {useful} ({around})."
    return Text(french, english).fill(
        hits=amount(params["hits"]),
        crimes=amount(params["crimes"]),
        rate=percent(numbers["hit_rate"]),
        bounds=between(percent(bounds[0]), percent(bounds[1])),
        pai=amount(numbers["pai"], 1),
        chance=percent(numbers["chance"]),
        rival=percent(params["rival_rate"]),
        lift=amount(numbers["lift"] or 0, 2),
        predictions=amount(params["predictions"]),
        useful=percent(numbers["useful_share"] or 0, 2),
        around=between(*(percent(end, 2) for end in useful)) if useful else "",
    )


def _figure(rate: float, chance: float, rival: float, bounds: Bounds) -> Figure:
    rows: list[tuple[Text, float, Bounds]] = [
        (Text("Le logiciel", "The software"), rate, bounds),
        (Text("Le hasard", "Chance"), chance, (chance, chance)),
    ]
    if rival:
        rows.insert(1, (Text("L'autre méthode", "The other method"), rival, (rival, rival)))
    return Figure(
        id="beside",
        title=Text("Part des faits touchés", "Share of crimes hit"),
        kind="bars",
        x_label=Text("Méthode", "Method"),
        y_label=Text("Part des faits touchés", "Share of crimes hit"),
        series=(
            Series(
                label=Text("Part touchée", "Share hit"),
                x=[name for name, _, _ in rows],
                y=[value for _, value, _ in rows],
                low=[low for _, _, (low, _) in rows],
                high=[high for _, _, (_, high) in rows],
                style="bars",
            ),
        ),
        reading=Text(
            "Le logiciel touche {rate} des faits, le hasard {chance}.",
            "The software hits {rate} of crimes, chance {chance}.",
        ).fill(rate=percent(rate), chance=percent(chance)),
        y_low=0,
    )
