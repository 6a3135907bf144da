"""The seven experiments that count: references, sentences, and what they refuse."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrechamp.lab import caveats, plots, references, registry, runner, verify
from contrechamp.lab.errors import BadParam, MissingInput
from contrechamp.lab.experiments import _compas
from contrechamp.lab.inputs import Inputs
from contrechamp.lab.model import Experiment, Param, Text

COUNTED = (
    "alarm", "camera-claim", "cost-per-case", "face-crowd", "hit-rate", "impossible", "score-audit",
)  # fmt: skip
EXPERIMENTS = [registry.get(name) for name in COUNTED]
FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "lab"
WITH_DATA = Inputs((FOLDER,))
has_data = pytest.mark.skipif(
    not WITH_DATA.has(_compas.CELLS), reason="the input folder of the lab is not on this machine"
)


def run(name: str, **given_values: Any) -> Any:
    return runner.run(name, given_values)


@pytest.mark.parametrize("name", COUNTED)
def test_every_reference_that_needs_no_file_comes_out(name: str) -> None:
    found = verify.verify(only=name)
    assert not [check for check in found.checks if check.status == "fail"]
    skipped = [check for check in found.checks if check.status == "skip"]
    assert all("compas_" in check.reason for check in skipped)


@has_data
def test_every_reference_of_the_score_comes_out_with_the_data() -> None:
    found = verify.verify(only="score-audit", folder=WITH_DATA)
    assert found.counts == {"pass": 38, "fail": 0, "skip": 0}


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=COUNTED)
def test_each_says_what_it_does_not_prove_and_what_speaks_against_it(
    experiment: Experiment,
) -> None:
    assert all(caveats.get(each).fr for each in experiment.caveats)
    assert all(source in references.table().sources for source in experiment.sources)
    against = [references.get(each) for each in experiment.counter]
    assert any(each is not None and each.is_shown for each in against)
    assert all(each is not None for each in against)


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=COUNTED)
def test_each_preset_runs_and_is_drawn(experiment: Experiment) -> None:
    for preset in experiment.presets:
        result = runner.run(experiment.id, preset.values)
        assert "{" not in result.sentence.fr + result.sentence.en
        json.dumps(result.to_json(), allow_nan=False)
        for figure in result.figures:
            for language in ("fr", "en"):
                assert plots.draw(figure, language=language).startswith("<svg")
                assert plots.table(figure, language=language).rows


def _values(param: Param) -> st.SearchStrategy[Any]:
    low, high = param.low or 0, param.high or 0
    if param.kind == "int":
        return st.integers(int(low), int(min(high, 10**4))) | st.just(int(high))
    if param.kind == "float":
        return st.floats(low, high, allow_subnormal=False)
    if param.kind == "bool":
        return st.just(False)
    return st.sampled_from(param.choices or (str(param.default), "0,0,50,0", "1,1,1,99", "x,y"))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(EXPERIMENTS), st.data())
def test_whatever_is_given_there_is_a_sentence_or_a_refusal(
    experiment: Experiment, data: Any
) -> None:
    values = {each.name: data.draw(_values(each), label=each.name) for each in experiment.params}
    values |= {name: 100 for name in ("runs", "draws") if name in values}
    try:
        result = runner.run(experiment.id, values)
    except (BadParam, MissingInput):
        return
    json.dumps(result.to_json(), allow_nan=False)
    missing = {name for name, value in result.numbers.items() if value is None}
    assert missing <= set(result.reasons)
    for figure in result.figures:
        plots.draw(figure)


# Faces.


def test_a_citizen_reads_how_many_innocents_are_flagged() -> None:
    result = run("face-crowd", crowd=50_000, watchlist=1000, wanted=1, fpir_given=0.001)
    assert result.sentence.fr == (
        "Avec 50\u202f000 passants et une liste de 1\u202f000 personnes, environ 50 innocents sont "
        "signalés (entre 37 et 64, par le seul hasard), soit 56 pour chaque personne recherchée "
        "reconnue."
    )


def test_a_simulated_crowd_agrees_with_the_formula() -> None:
    numbers = run("face-crowd", crowd=1_000_000, simulate=True).numbers
    expected = numbers["false_alerts"]
    assert abs(numbers["simulated_false_alerts"] - expected) < 4 * math.sqrt(expected)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"crowd": 5}, "wanted"),
        ({"trial_false": 1}, "trial_false"),
        ({"simulate": True, "crowd": 2_000_001}, "crowd"),
        ({"fmr": 1.5}, "fmr"),
    ],
)
def test_a_crowd_that_cannot_be_is_refused(values: dict[str, Any], name: str) -> None:
    with pytest.raises(BadParam) as refused:
        run("face-crowd", **values)
    assert refused.value.name == name


def test_no_alert_has_no_share() -> None:
    result = run("face-crowd", fmr=0, wanted=0)
    assert result.numbers["ppv"] is None
    assert result.reasons["ppv"].en == "No alert is expected."


# Alarms, claims, cost, hits.


def test_more_confirmed_than_alerts_is_refused() -> None:
    with pytest.raises(BadParam, match="confirmed"):
        run("alarm", alerts=10, confirmed=8, unknown=3)
    with pytest.raises(BadParam, match="unknown"):
        run("alarm", alerts=10, confirmed=0, unknown=11)


def test_both_readings_of_the_unknown_are_shown() -> None:
    result = run("alarm", alerts=940, confirmed=122, unknown=771)
    assert result.numbers["share_upper"] == pytest.approx(0.95)
    assert "95,0" in result.sentence.fr


def test_hours_lost_are_those_of_unfounded_alerts() -> None:
    values = {"alerts": 100, "confirmed": 10, "unknown": 30, "minutes_per_alert": 30}
    numbers = run("alarm", **values, hourly_cost=40).numbers
    assert numbers["hours_lost"] == 30
    assert numbers["cost_lost"] == 1200


@pytest.mark.parametrize("name", ["treated_before", "treated_after", "control_before"])
def test_a_count_of_nought_is_explained_and_nothing_divided(name: str) -> None:
    result = run("camera-claim", **{name: 0, "runs": 2})
    assert result.numbers["odds_ratio"] is None
    assert "0" in result.reasons["odds_ratio"].fr
    assert result.numbers["selection_change"] is not None


def test_no_case_has_no_price() -> None:
    result = run("cost-per-case", cases=0)
    assert result.numbers["cost_per_case"] is None
    assert result.numbers["high"] is None
    assert result.numbers["annual_cost"] == 1_029_000


def test_more_hits_than_crimes_is_refused() -> None:
    with pytest.raises(BadParam, match="hits"):
        run("hit-rate", hits=11, crimes=10)
    with pytest.raises(BadParam, match="predictions"):
        run("hit-rate", hits=11, crimes=20, predictions=10)


# Scores.


@pytest.mark.parametrize("group", ["Asian", "Native American"])
def test_a_group_too_small_is_refused_by_name(group: str) -> None:
    with pytest.raises(BadParam, match=group):
        run("score-audit", group_a=group)


@pytest.mark.parametrize(
    "table", ["1,2,3", "1,2,3,x", "1,2,3,-4", "10,10,10,19", "1,2,3,٤", ",,,,"]
)
def test_four_counts_of_fifty_people_are_asked_for(table: str) -> None:
    with pytest.raises(BadParam, match="cells_a"):
        run("score-audit", source="cells", cells_a=table)


def test_another_threshold_needs_the_table_by_decile() -> None:
    with pytest.raises(MissingInput, match=r"compas_decile_cells\.csv"):
        run("score-audit", threshold=8)


@has_data
def test_no_cell_of_under_five_people_can_be_found_by_any_threshold() -> None:
    tables = _compas.deciles(WITH_DATA)
    for name, table in tables.items():
        top = _compas.highest(name) - 1
        for counts in (table.negatives, table.positives):
            cells = (*counts[:top], sum(counts[top:]))
            assert min(cells) >= 5
    rest = [tables[name] for name in ("Hispanic", "Other")]
    for one, other in zip(rest[0].negatives, rest[1].negatives, strict=True):
        assert one + other >= 5  # Everyone less the two groups shown up to decile 10.


@has_data
def test_a_high_threshold_of_a_small_group_is_refused() -> None:
    with pytest.raises(BadParam, match="Other"):
        runner.run("score-audit", {"group_a": "Other", "threshold": 9}, folder=WITH_DATA)


@has_data
def test_the_published_counts_are_those_of_the_table() -> None:
    tables = _compas.deciles(WITH_DATA)
    for name, cells in _compas.PUBLISHED.items():
        assert tables[name].at(5) == cells


def test_names_on_an_axis_are_in_the_language_of_the_reader() -> None:
    figure = run("alarm").figures[0]
    assert isinstance(figure.series[0].x[0], Text)
    assert "De toutes les alertes" in plots.draw(figure, language="fr")
    assert "Of all alerts" in plots.draw(figure, language="en")
    assert "Of all alerts" in plots.as_csv(figure, language="en")
    assert "Of all alerts" in json.dumps(plots.vega_lite(figure, language="en"))
