"""What `loop-city` says and draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contrechamp.lab.late import Floats, np
from contrechamp.lab.model import Figure, Series, Text
from contrechamp.lab.words import amount, between, share

from ._city import Ended

METHOD = Text(
    "Chaque jour, k patrouilles sont tirées avec remise, en proportion du registre. Une case "
    "visitée ajoute Poisson((1 − signalé)·λ) une seule fois, quel que soit le nombre de ses "
    "patrouilles ; chaque case ajoute Poisson(signalé·λ) ; puis chaque fait du registre est "
    "oublié avec la probabilité « oubli », sans descendre sous 1. La correction garde un fait "
    "découvert avec la probabilité min π / π, où π = 1 − (1 − p)^k est la probabilité que la "
    "case soit visitée. La ville est un fichier : taux, registre de départ, vingt cases notées "
    "trois fois trop souvent.",
    "Each day k patrols are drawn with replacement, in proportion to the record. A visited box "
    "adds Poisson((1 − reported)·λ) once, however many patrols it got; each box adds "
    "Poisson(reported·λ); then each recorded incident is forgotten with probability "
    "“forgetting”, never below 1. The correction keeps a discovered incident with probability "
    "min π / π, where π = 1 − (1 − p)^k is the probability that the box is visited. The city is a "
    "file: rates, starting record, twenty boxes recorded three times too often.",
)
BANDS = (0.05, 0.95)


def sentence(
    params: Mapping[str, Any],
    numbers: Mapping[str, Any],
    intervals: Mapping[str, tuple[Any, Any]],
) -> Text:
    """Return the result in one sentence, with its interval."""
    low, high = intervals.get("top_share", (None, None))
    return Text(
        "Après {days} jours, cinq cases sur cent portent {top} du registre (moyenne de {runs} "
        "simulations, intervalle à 95 % : {interval}) ; il ne se produit dans les cinq plus "
        "touchées que {true} des faits.",
        "After {days} days five boxes in a hundred hold {top} of the record (mean of {runs} runs, "
        "95% interval: {interval}); only {true} of the incidents happen in the five most "
        "affected.",
    ).fill(
        days=amount(params["days"]),
        top=share(numbers["top_share"]),
        runs=amount(params["runs"]),
        interval=between(low, high),
        true=share(numbers["top_share_true"]),
    )


def series(ended: Ended, recorded: Floats, true: Floats) -> dict[str, dict[str, list[Any]]]:
    """Return the data of the curves."""
    low, high = np.quantile(ended.top, BANDS, axis=1)
    return {
        "top_over_time": {
            "x": ended.days.tolist(),
            "mean": ended.top.mean(axis=1).tolist(),
            "q5": low.tolist(),
            "q95": high.tolist(),
        },
        "boxes": {
            "box": list(range(1, len(true) + 1)),
            "true": true.tolist(),
            "recorded": recorded.mean(axis=0).tolist(),
        },
    }


def figures(
    ended: Ended, recorded: Floats, true: Floats, numbers: Mapping[str, Any]
) -> tuple[Figure, ...]:
    """Return the share of five boxes over time, and all boxes by rank."""
    return _over_time(ended, numbers), _by_rank(recorded, true, numbers)


def _over_time(ended: Ended, numbers: Mapping[str, Any]) -> Figure:
    days, middle = ended.days.tolist(), ended.top.mean(axis=1).tolist()
    low, high = np.quantile(ended.top, BANDS, axis=1)
    return Figure(
        id="top",
        title=Text("Ce que cinq cases portent du registre", "What five boxes hold of the record"),
        kind="line",
        x_label=Text("jour", "day"),
        y_label=Text("part du registre", "share of the record"),
        series=(
            Series(label=Text("90 % des simulations", "90% of the runs"), x=days, y=middle,
                   low=low.tolist(), high=high.tolist(), style="band"),
            Series(label=Text("moyenne", "mean"), x=days, y=middle),
            Series(label=Text("réalité", "reality"), x=[days[0], days[-1]],
                   y=[numbers["top_share_true"]] * 2, style="dashed"),
        ),
        reading=Text(
            "La part de cinq cases passe de {first} à {last} ; elle est en réalité de {true}.",
            "The share of five boxes goes from {first} to {last}; in reality it is {true}.",
        ).fill(
            first=share(middle[0]), last=share(middle[-1]), true=share(numbers["top_share_true"])
        ),
        y_low=0,
        y_high=1,
    )  # fmt: skip


def _by_rank(recorded: Floats, true: Floats, numbers: Mapping[str, Any]) -> Figure:
    ranks = list(range(1, len(true) + 1))
    held = np.sort(recorded, axis=1)[:, ::-1].mean(axis=0)
    return Figure(
        id="ranks",
        title=Text("Les cases, de la plus notée à la moins notée", "Boxes, most recorded first"),
        kind="line",
        x_label=Text("rang de la case", "rank of the box"),
        y_label=Text("part", "share"),
        series=(
            Series(label=Text("au registre", "on record"), x=ranks, y=held.tolist()),
            Series(label=Text("en réalité", "in reality"), x=ranks,
                   y=np.sort(true)[::-1].tolist(), style="dashed"),
        ),
        reading=Text(
            "La case la plus notée porte {first} du registre ; la plus touchée, {true} des faits. "
            "En tout, {misplaced} du registre est au mauvais endroit.",
            "The most recorded box holds {first} of the record; the most affected has {true} of "
            "the incidents. In all, {misplaced} of the record is in the wrong place.",
        ).fill(
            first=share(float(held[0])),
            true=share(float(true.max())),
            misplaced=share(numbers["tv_per_run"]),
        ),
        y_low=0,
    )  # fmt: skip
