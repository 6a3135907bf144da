"""What `loop-urn` says and draws: its sentence, its figures, its formulas in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contrechamp.lab.late import Floats, Whole, np
from contrechamp.lab.model import Figure, Series, Text
from contrechamp.lab.words import amount, between, share

METHOD = Text(
    "Chaque jour, la patrouille va en A avec la probabilité x_A / (x_A + x_B), où x compte les "
    "faits du registre. Le secteur visité ajoute Poisson(wd·λ) faits découverts, les deux "
    "ajoutent Poisson((1 − wd)·λ) faits signalés ; puis chaque fait du registre est oublié avec "
    "la probabilité « oubli », sans descendre sous 1. Sans correction, la part de A tend vers la "
    "racine stable de (c + d − a − b)x² + (a − 2c − d)x + c = 0, avec a = λ_A, b = wr·λ_B, "
    "c = wr·λ_A, d = λ_B, wr = 1 − wd. La correction garde un ajout avec la probabilité "
    "min(p_A, p_B) / p du secteur visité.",
    "Each day the patrol goes to A with probability x_A / (x_A + x_B), where x counts the "
    "recorded incidents. The visited district adds Poisson(wd·λ) discovered incidents, both add "
    "Poisson((1 − wd)·λ) reported ones; then each recorded incident is forgotten with "
    "probability “forgetting”, never below 1. Without correction the share of A tends to the "
    "stable root of (c + d − a − b)x² + (a − 2c − d)x + c = 0, with a = λ_A, b = wr·λ_B, "
    "c = wr·λ_A, d = λ_B, wr = 1 − wd. The correction keeps an addition with probability "
    "min(p_A, p_B) / p of the visited district.",
)
BANDS = (0.05, 0.25, 0.5, 0.75, 0.95)
SAME = 0.005
"""A bias under half a point is called none."""


def over_time(days: Whole, shares: Floats) -> dict[str, list[float]]:
    """Return the mean and the quantiles of the share on each kept day."""
    quantiles = np.quantile(shares, BANDS, axis=1)
    named = {f"q{round(100 * q)}": row.tolist() for q, row in zip(BANDS, quantiles, strict=True)}
    return {"x": days.tolist(), "mean": shares.mean(axis=1).tolist(), **named}


def sentence(
    params: Mapping[str, Any],
    numbers: Mapping[str, Any],
    intervals: Mapping[str, tuple[Any, Any]],
) -> Text:
    """Return the result in one sentence, with its interval and what chance may do."""
    low, high = intervals.get("share_mean", (None, None))
    said = Text(
        "Après {days} jours, le registre place {mean} des faits dans le secteur A (moyenne de "
        "{runs} simulations, intervalle à 95 % : {interval}), alors qu'il s'en produit {truth} : ",
        "After {days} days the record puts {mean} of the incidents in district A (mean of {runs} "
        "runs, 95% interval: {interval}), while {truth} happen there: ",
    ).fill(
        days=amount(params["days"]),
        runs=amount(params["runs"]),
        mean=share(numbers["share_mean"]),
        interval=between(low, high),
        truth=share(numbers["truth"]),
    )
    bias = numbers["bias"]
    if abs(bias) < SAME:
        verdict = Text("en moyenne, il ne se trompe pas.", "on average, it is not wrong.")
    else:
        verdict = Text("il se trompe de {gap} points.", "it is wrong by {gap} points.").fill(
            gap=amount(abs(100 * bias), 1)
        )
    return Text(said.fr + verdict.fr, said.en + verdict.en)


def reasons(params: Mapping[str, Any], numbers: Mapping[str, Any]) -> dict[str, Text]:
    """Return why numbers are null."""
    why = {}
    if numbers["root"] is None:
        why["root"] = Text(
            "à taux égaux et sans signalement, rien n'attire la part : le hasard du début décide",
            "at equal rates and without reports nothing draws the share: the first days decide",
        )
    if numbers["ks_p"] is None:
        why["ks_p"] = Text(
            "la loi bêta n'est attendue qu'à taux égaux, sans signalement, hasard, oubli ni "
            "correction",
            "the Beta law is expected only at equal rates, without reports, chance, forgetting "
            "or correction",
        )
    for day in (100, 250, 500):
        if numbers[f"share_t{day}"] is None:
            why[f"share_t{day}"] = Text("la simulation est plus courte", "the run is shorter")
    if numbers["share_sd"] is None:
        why["share_sd"] = Text("une seule simulation", "one run only")
    return why


def time_figure(data: Mapping[str, Sequence[float]], numbers: Mapping[str, Any]) -> Figure:
    """Return the share of A over time: bands of runs, mean, truth and limit."""
    days = data["x"]
    lines = [
        Series(
            label=Text("90 % des simulations", "90% of the runs"), x=days, y=data["q50"],
            low=data["q5"], high=data["q95"], style="band",
        ),
        Series(
            label=Text("la moitié des simulations", "half of the runs"), x=days, y=data["q50"],
            low=data["q25"], high=data["q75"], style="band",
        ),
        Series(label=Text("moyenne du registre", "mean of the record"), x=days, y=data["mean"]),
        Series(
            label=Text("réalité", "reality"), x=[days[0], days[-1]],
            y=[numbers["truth"]] * 2, style="dashed",
        ),
    ]  # fmt: skip
    if numbers["root"] is not None:
        limit = Series(
            label=Text("limite calculée", "limit by formula"), x=[days[0], days[-1]],
            y=[numbers["root"]] * 2, style="dotted",
        )  # fmt: skip
        lines.append(limit)
    reading = Text(
        "Le registre part de {first} et arrive à {last} en moyenne ; la réalité est à {truth}. "
        "Neuf simulations sur dix finissent entre {low} et {high}.",
        "The record starts at {first} and ends at {last} on average; reality is at {truth}. Nine "
        "runs in ten end between {low} and {high}.",
    ).fill(
        first=share(data["mean"][0]),
        last=share(data["mean"][-1]),
        truth=share(numbers["truth"]),
        low=share(data["q5"][-1]),
        high=share(data["q95"][-1]),
    )
    return Figure(
        id="share",
        title=Text("Part du secteur A au registre", "Share of district A on record"),
        kind="line",
        x_label=Text("jour", "day"),
        y_label=Text("part du secteur A", "share of district A"),
        series=tuple(lines),
        reading=reading,
        y_low=0,
        y_high=1,
    )


def wd_figure(
    grid: Floats,
    roots: Sequence[float | None],
    truth: float,
    tried: Sequence[float],
    shares: Floats,
) -> Figure:
    """Return the limit against the share that only patrols discover, with simulated means."""
    half = roots[len(grid) // 2]
    means = shares.mean(axis=1)
    errors = 1.96 * shares.std(axis=1, ddof=1) / shares.shape[1] ** 0.5
    is_wrong = half is not None and abs(half - truth) >= SAME
    reading = (
        Text(
            "Même quand les habitants signalent la moitié des faits, la carte reste fausse : "
            "{half} au lieu de {truth}.",
            "Even when residents report half of all incidents, the map stays wrong: {half} "
            "instead of {truth}.",
        )
        if is_wrong
        else Text(
            "Quand les habitants signalent la moitié des faits, le registre tend vers {half} ; la "
            "réalité est à {truth}.",
            "When residents report half of all incidents, the record tends to {half}; reality is "
            "at {truth}.",
        )
    ).fill(half=share(half), truth=share(truth))
    x = grid.tolist()
    return Figure(
        id="reports",
        title=Text("Ce que changent les signalements", "What reports change"),
        kind="line",
        x_label=Text("part que seule la patrouille découvre", "share that only patrols discover"),
        y_label=Text("part du secteur A", "share of district A"),
        series=(
            Series(label=Text("limite calculée", "limit by formula"), x=x, y=list(roots)),
            Series(
                label=Text("simulations", "simulations"), x=list(tried), y=means.tolist(),
                low=(means - errors).tolist(), high=(means + errors).tolist(), style="points",
            ),
            Series(label=Text("réalité", "reality"), x=[x[0], x[-1]], y=[truth] * 2,
                   style="dashed"),
        ),
        reading=reading,
        y_low=0,
        y_high=1,
    )  # fmt: skip
