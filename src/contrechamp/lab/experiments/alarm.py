"""`alarm`: what an alert is worth, from the counts that an authority keeps.

An alert is confirmed, unfounded, or nobody knows. What is unknown is counted both ways, so that
no reading of the same table is hidden behind another. Bounds are those of Clopper and Pearson.
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

NEW_YORK = {"alerts": 940, "confirmed": 122, "unknown": 0, "hours_spent": 426.9}
VIDEO = {"alerts": 1939, "confirmed": 22, "unknown": 0}
SOLVED = {"alerts": 375, "confirmed": 22, "unknown": 0}
PARAMS = (
    whole(
        "alerts",
        50_176,
        (1, MANY),
        ("Alertes", "Alerts"),
        (
            "Combien de fois la machine a sonné, toutes issues confondues.",
            "How many times the machine rang, whatever came of it.",
        ),
    ),
    whole(
        "confirmed",
        4556,
        (0, MANY),
        ("Alertes confirmées", "Confirmed alerts"),
        (
            "Celles où l'on a trouvé ce que la machine annonçait.",
            "Those where what the machine announced was found.",
        ),
    ),
    whole(
        "unknown",
        8346,
        (0, MANY),
        ("Issue inconnue", "Unknown outcome"),
        (
            "Alertes dont personne n'a noté la suite. Elles sont comptées des deux façons.",
            "Alerts of which nobody noted the outcome. They are counted both ways.",
        ),
    ),
    real(
        "minutes_per_alert",
        0.0,
        (0, 100_000),
        ("Minutes par alerte", "Minutes per alert"),
        ("Travail que prend une alerte. 0 : inconnu.", "Work that an alert takes. 0: unknown."),
        unit=("minutes", "minutes"),
    ),
    real(
        "hourly_cost",
        0.0,
        (0, 100_000),
        ("Coût d'une heure", "Cost of an hour"),
        ("Salaire et charges. 0 : inconnu.", "Wage and charges. 0: unknown."),
        unit=("€ par heure", "€ per hour"),
    ),
    real(
        "hours_spent",
        0.0,
        (0, MANY),
        ("Heures passées en vain", "Hours spent in vain"),
        (
            "Heures mesurées, passées sur des alertes non confirmées. 0 : non mesurées.",
            "Measured hours spent on alerts that were not confirmed. 0: not measured.",
        ),
        unit=("heures", "hours"),
    ),
)
HOURS = ("heures", "hours")
NUMBERS = (
    gives("share_all", "share", "Part confirmée, de toutes", "Share confirmed, of all", digits=5),
    gives(
        "share_known",
        "share",
        "Part confirmée, des issues connues",
        "Share confirmed, of known outcomes",
        digits=5,
    ),
    gives(
        "share_upper",
        "share",
        "Part confirmée si l'inconnu était vrai",
        "Share confirmed if the unknown were true",
        digits=5,
    ),
    gives("low", "share", "Part confirmée, borne basse", "Share confirmed, low bound", digits=5),
    gives("high", "share", "Part confirmée, borne haute", "Share confirmed, high bound", digits=5),
    gives("hours_lost", "hours", "Heures perdues", "Hours lost", digits=1, unit=HOURS),
    gives("cost_lost", "money", "Coût de ces heures", "Cost of these hours", digits=0),
    gives(
        "hours_per_alert",
        "hours",
        "Heures par alerte non confirmée",
        "Hours per unconfirmed alert",
        digits=4,
        unit=HOURS,
    ),
)
READINGS = {
    "share_all": Text("De toutes les alertes", "Of all alerts"),
    "share_known": Text("Des issues connues", "Of known outcomes"),
    "share_upper": Text("Si l'inconnu était vrai", "If the unknown were true"),
}


@experiment(
    id="alarm",
    version=1,
    title=Text("Ce que vaut une alerte", "What an alert is worth"),
    question=Text(
        "Sur cent alertes, combien disaient vrai, et que coûtent les autres ?",
        "Of a hundred alerts, how many were right, and what do the others cost?",
    ),
    claim=Text(
        "« Le système détecte les coups de feu et les agressions. »",
        "“The system detects gunshots and assaults.”",
    ),
    params=PARAMS,
    numbers=NUMBERS,
    presets=(
        Preset(label=Text("Chicago, 2020-2021", "Chicago, 2020-2021"), values={}),
        Preset(label=Text("New York, juin 2023", "New York, June 2023"), values=NEW_YORK),
        Preset(
            label=Text("New York, l'inconnu à part", "New York, the unknown apart"),
            values={**NEW_YORK, "unknown": 771},
        ),
    ),
    cases=(
        Case(check="alarm.chicago.all", number="share_all"),
        Case(check="alarm.chicago.known", number="share_known"),
        Case(check="alarm.chicago.upper", number="share_upper"),
        Case(check="alarm.nyc.all", number="share_all", given=NEW_YORK),
        Case(check="alarm.nyc.hours_per_alert", number="hours_per_alert", given=NEW_YORK),
        Case(check="alarm.gormand.all", number="share_all", given=VIDEO),
        Case(check="alarm.gormand.solved", number="share_all", given=SOLVED),
    ),
    caveats=("alert-not-event", "unknown-both-ways", "missed-not-counted"),
    sources=("chicago-oig-2021", "nyc-comptroller-2024", "gormand-2021"),
    counter=("ashby-2017.useful", "chicago-oig-2021.known"),
    technologies=("audio_surveillance", "video_analytics", "video_surveillance"),
    method=Text(
        "n alertes, k confirmées, u d'issue inconnue. De toutes : k/n ; des connues : k/(n-u) ; "
        "au plus : (k+u)/n. Bornes exactes de Clopper et Pearson. Heures perdues : (n-k-u) × "
        "minutes / 60 ; heures par alerte : heures passées / (n-k).",
        "n alerts, k confirmed, u of unknown outcome. Of all: k/n; of the known: k/(n-u); at "
        "most: (k+u)/n. Exact bounds of Clopper and Pearson. Hours lost: (n-k-u) × minutes / 60; "
        "hours per alert: hours spent / (n-k).",
    ),
    budget_cpu_s=0.01,
)
def alarm(params: Mapping[str, Any], seed: int, inputs: Inputs) -> Outcome:
    """Return what the counts say of an alert, read every way that they can be."""
    n, k, u = params["alerts"], params["confirmed"], params["unknown"]
    _check(n, k, u)
    minutes, wage, spent = (params[x] for x in ("minutes_per_alert", "hourly_cost", "hours_spent"))
    bounds = {"share_all": exact(k, n), "share_known": exact(k, n - u)}
    intervals = {name: both for name, both in bounds.items() if both}
    hours = (n - k - u) * minutes / 60 if minutes else None
    numbers = {
        "share_all": k / n,
        "share_known": share(k, n - u),
        "share_upper": (k + u) / n,
        "low": intervals["share_all"][0],
        "high": intervals["share_all"][1],
        "hours_lost": hours,
        "cost_lost": hours * wage if hours is not None and wage else None,
        "hours_per_alert": share(spent, n - k) if spent else None,
    }
    return Outcome(
        numbers=numbers,
        intervals=intervals,
        figures=(_figure(numbers, intervals),),
        sentence=_sentence(n, k, u, intervals["share_all"]),
        reasons={name: why for name, why in REASONS.items() if numbers[name] is None},
    )


REASONS = {
    "share_known": Text("Aucune issue n'est connue.", "No outcome is known."),
    "hours_lost": Text(
        "Les minutes par alerte ne sont pas données.", "Minutes per alert are not given."
    ),
    "cost_lost": Text(
        "Les minutes par alerte ou le coût d'une heure ne sont pas donnés.",
        "Minutes per alert or the cost of an hour are not given.",
    ),
    "hours_per_alert": Text(
        "Les heures ne sont pas mesurées, ou toutes les alertes sont confirmées.",
        "Hours are not measured, or every alert is confirmed.",
    ),
}


def _check(n: int, k: int, u: int) -> None:
    for name, given, most in (("unknown", u, n), ("confirmed", k, n - u)):
        if given > most:
            raise BadParam(name, given, Text(f"{most} au plus", f"at most {most}"))


def _sentence(n: int, k: int, u: int, bounds: Bounds) -> Text:
    french = "Sur {n} alertes, {k} ont été confirmées : {share} ({bounds})."
    english = "Of {n} alerts, {k} were confirmed: {share} ({bounds})."
    if u:
        french += " L'issue de {u} autres est inconnue : la part vraie est de {upper} au plus."
        english += " The outcome of {u} others is unknown: the true share is {upper} at most."
    return Text(french, english).fill(
        n=amount(n),
        k=amount(k),
        u=amount(u),
        share=percent(k / n),
        upper=percent((k + u) / n),
        bounds=between(percent(bounds[0]), percent(bounds[1])),
    )


def _figure(numbers: Mapping[str, Any], intervals: Mapping[str, Bounds]) -> Figure:
    names = [name for name in READINGS if numbers[name] is not None]
    least, most = (percent(pick(numbers[name] for name in names)) for pick in (min, max))
    sides = [intervals.get(name, (numbers[name], numbers[name])) for name in names]
    return Figure(
        id="readings",
        title=Text("Combien d'alertes disaient vrai", "How many alerts were right"),
        kind="ranges",
        x_label=Text("Lecture", "Reading"),
        y_label=Text("Part confirmée", "Share confirmed"),
        series=(
            Series(
                label=Text("Part confirmée", "Share confirmed"),
                x=[READINGS[name] for name in names],
                y=[numbers[name] for name in names],
                low=[low for low, _ in sides],
                high=[high for _, high in sides],
                style="points",
            ),
        ),
        reading=Text(
            "Selon la façon de compter l'inconnu, {least} à {most} des alertes disaient vrai.",
            "By the way the unknown is counted, {least} to {most} of alerts were right.",
        ).fill(least=least, most=most),
        y_low=0,
    )
