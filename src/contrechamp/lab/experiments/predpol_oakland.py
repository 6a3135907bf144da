"""The published prediction algorithm on the recorded drug incidents of Oakland."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contrechamp.lab.inputs import Inputs
from contrechamp.lab.intervals import wilson
from contrechamp.lab.late import Floats, np
from contrechamp.lab.model import Case, Number, Outcome, Param, Preset, Text
from contrechamp.lab.registry import experiment

from . import _oakland, _oakland_shown

BOXES = Text("cases", "boxes")
INCIDENTS = Text("faits enregistrés", "recorded incidents")
RATES = "oakland-published-rates"
PUBLISHED = {"em": "published"}


@experiment(
    id="predpol-oakland",
    version=1,
    title=Text("Oakland : l'algorithme publié", "Oakland: the published algorithm"),
    question=Text(
        "Sur les faits de stupéfiants enregistrés à Oakland, où l'algorithme envoie-t-il les "
        "patrouilles, et fait-il mieux qu'un simple comptage ?",
        "On the drug incidents recorded in Oakland, where does the algorithm send patrols, and "
        "does it do better than a simple count?",
    ),
    claim=Text(
        "« L'intelligence artificielle prédit où auront lieu les prochains délits. »",
        "“Artificial intelligence predicts where the next crimes will happen.”",
    ),
    params=(
        Param(
            name="k", kind="int", default=20, low=1, high=100, unit=BOXES,
            label=Text("Cases patrouillées par jour", "Boxes patrolled a day"),
            help=Text("Celles au taux prédit le plus haut.", "Those with the highest rate."),
        ),
        Param(
            name="em", kind="choice", default="correct",
            choices=("correct", "published", "converged", "histogram"),
            choice_labels={
                "correct": Text("selon les formules", "by the formulas"),
                "published": Text("avec l'erreur du programme publié",
                                  "with the slip of the published program"),
                "converged": Text("mené au bout", "run to its end"),
                "histogram": Text("simple comptage de 180 jours", "simple count of 180 days"),
            },
            label=Text("Calcul", "Calculation"),
            help=Text("Ce qui classe les cases.", "What ranks the boxes."),
        ),
    ),
    numbers=(
        Number(name="days", kind="count", unit=Text("jours", "days"),
               help=Text("jours prédits", "days predicted")),
        Number(name="boxes", kind="count", unit=BOXES,
               help=Text("cases de la grille", "boxes of the grid")),
        Number(name="boxes_with_events", kind="count", unit=BOXES,
               help=Text("cases où quelque chose est enregistré", "boxes with any record")),
        Number(name="events", kind="count", unit=INCIDENTS,
               help=Text("faits enregistrés en dix-huit mois",
                         "incidents recorded in eighteen months")),
        Number(name="recorded", kind="count", unit=INCIDENTS,
               help=Text("faits enregistrés les jours prédits", "recorded on predicted days")),
        Number(name="boxes_ever", kind="count", unit=BOXES,
               help=Text("cases patrouillées au moins un jour", "boxes patrolled at least once")),
        Number(name="boxes_always", kind="count", unit=BOXES,
               help=Text("cases patrouillées tous les jours", "boxes patrolled every day")),
        Number(name="hits", kind="count", unit=INCIDENTS,
               help=Text("faits enregistrés dans une case prédite", "recorded in a predicted box")),
        Number(name="hit_rate", kind="share",
               help=Text("part des faits enregistrés dans une case prédite",
                         "share of recorded incidents in a predicted box")),
        Number(name="histogram_hits", kind="count", unit=INCIDENTS,
               help=Text("faits que trouve le simple comptage", "what the simple count finds")),
        Number(name="top20_patrol_share", kind="share",
               help=Text("part des patrouilles dans les vingt cases les plus patrouillées",
                         "share of patrols in the twenty most patrolled boxes")),
        Number(name="gini_patrol",
               help=Text("indice de Gini des patrouilles (1 : une seule case)",
                         "Gini index of patrols (1: one box only)")),
        Number(name="gini_recorded",
               help=Text("indice de Gini des faits enregistrés", "Gini index of the record")),
        Number(name="pai", kind="ratio",
               help=Text("combien de fois mieux que des cases au hasard",
                         "how many times better than boxes at random")),
        Number(name="theta_max", digits=7,
               help=Text("faits qu'un fait en déclenche d'après le calcul, au plus",
                         "incidents that one triggers by the fit, at most")),
        Number(name="theta_median", digits=7,
               help=Text("faits qu'un fait en déclenche, médiane des jours",
                         "incidents that one triggers, median of the days")),
        Number(name="overlap_published", kind="share",
               help=Text("cases communes avec les prédictions publiées",
                         "boxes in common with the published predictions")),
        Number(name="max_diff_published", digits=17,
               help=Text("plus grand écart avec les taux publiés",
                         "largest gap with the published rates")),
    ),
    presets=(
        Preset(label=Text("Le fichier publié, refait", "The published file, made again"),
               values=PUBLISHED),
        Preset(label=Text("Sans modèle : un simple comptage", "Without a model: a simple count"),
               values={"em": "histogram"}),
        Preset(label=Text("Cinq cases par jour", "Five boxes a day"), values={"k": 5}),
    ),
    cases=(
        *(Case(check=f"oak.{name}", number=name, given=PUBLISHED)
          for name in ("days", "boxes", "events", "boxes_with_events", "recorded")),
        Case(check="oak.published.max_diff", number="max_diff_published", given=PUBLISHED,
             needs=(RATES,)),
        *(Case(check=f"oak.published.{name}", number=name, given=PUBLISHED)
          for name in ("boxes_ever", "boxes_always", "hits", "hit_rate", "top20_patrol_share",
                       "gini_patrol")),
        Case(check="oak.gini_recorded", number="gini_recorded", given=PUBLISHED),
        Case(check="oak.correct.boxes_ever", number="boxes_ever"),
        Case(check="oak.correct.hits", number="hits"),
        Case(check="oak.correct.overlap", number="overlap_published", needs=(RATES,)),
        Case(check="oak.converged.theta_max", number="theta_max", given={"em": "converged"}),
        Case(check="oak.histogram.hits", number="hits", given={"em": "histogram"}),
        Case(check="oak.histogram.boxes_ever", number="boxes_ever", given={"em": "histogram"}),
        Case(check="oak.histogram.overlap", number="overlap_published",
             given={"em": "histogram"}, needs=(RATES,)),
    ),
    inputs=("oakland-box-day",),
    optional_inputs=(RATES, "oakland-boxes"),
    caveats=("measured-on-records", "large-boxes", "no-income-no-skin", "published-slip"),
    sources=("lum-isaac-2016", "pred-pol-replication"),
    counter=("mohler-2015.patrol_effect", "brantingham-2018.arrests"),
    technologies=("predictive_policing",),
    method=_oakland_shown.METHOD,
    budget_cpu_s=1.0,
    cost=lambda params: {"histogram": 0.2, "converged": 2.0}.get(params["em"], 1.0),
)  # fmt: skip
def predpol_oakland(params: Mapping[str, Any], seed: int, inputs: Inputs) -> Outcome:
    """Predict each day from the 180 before it, and count what fell in the chosen boxes."""
    year, reference = _oakland.load(inputs), _oakland.published(inputs)
    rates, thetas = _oakland.predict(year, params["em"])
    chosen = _oakland.top(rates, params["k"])
    days = _oakland.patrols(chosen)
    hits = _oakland.hits_by_day(year, chosen)
    plain = _oakland.hits_by_day(year, _oakland.top(_oakland.histogram(year), params["k"]))
    numbers = dict(_oakland.facts(year))
    rate, chance = int(hits.sum()) / numbers["recorded"], params["k"] / _oakland.BOXES
    numbers |= {
        "boxes_ever": int((days > 0).sum()),
        "boxes_always": int((days == _oakland.DAYS).sum()),
        "hits": int(hits.sum()),
        "hit_rate": rate,
        "histogram_hits": int(plain.sum()),
        "top20_patrol_share": _oakland.top20_share(days),
        "gini_patrol": _oakland.gini(days),
        "pai": rate / chance,
        "theta_max": float(thetas.max()) if len(thetas) else None,
        "theta_median": float(np.median(thetas)) if len(thetas) else None,
        **_against(reference, rates, params),
    }
    low, high = wilson(rate, numbers["recorded"])
    shown = _oakland_shown.Shown(year, days, hits, plain, _oakland.boxes(inputs))
    return Outcome(
        numbers=numbers,
        intervals={"hit_rate": (low, high), "pai": (low / chance, high / chance)},
        series=_oakland_shown.series(shown),
        figures=_oakland_shown.figures(shown, numbers),
        sentence=_oakland_shown.sentence(params, numbers, (low, high)),
        reasons=_oakland_shown.reasons(params, numbers),
    )


def _against(
    reference: Floats | None, rates: Floats, params: Mapping[str, Any]
) -> dict[str, float | None]:
    if reference is None:
        return {"overlap_published": None, "max_diff_published": None}
    one, other = _oakland.top(rates, params["k"]), _oakland.top(reference, params["k"])
    is_model = params["em"] != "histogram"
    return {
        "overlap_published": _oakland.overlap(one, other),
        "max_diff_published": float(np.abs(rates - reference).max()) if is_model else None,
    }
