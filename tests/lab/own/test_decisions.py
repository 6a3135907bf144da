"""Rates by group: the published ones, those of another library, and nobody in them."""

from __future__ import annotations

import json
import os
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contrechamp.lab.intervals import wilson
from contrechamp.lab.model import Text
from contrechamp.lab.own.audit import Audit, Options
from contrechamp.lab.own.auditing import audit
from contrechamp.lab.own.curves import curve, impossible, levels
from contrechamp.lab.own.decisions import Group
from contrechamp.lab.own.rates import area, parts, rates_of, ratios
from contrechamp.lab.own.sheet import Unreadable

SHARED = Path(os.environ.get("CONTRECHAMP_TEST_DATA", "../shared/data"))
COMPAS = SHARED / "compas" / "two_years.csv"
needs_compas = pytest.mark.skipif(not COMPAS.exists(), reason="needs the COMPAS table")
BLACK, WHITE = "African-American", "Caucasian"


def compas(threshold: float = 5, **more: str) -> Audit:
    columns = {"score": "decile_score", "outcome": "two_year_recid", "group": "race"}
    options = Options(columns=columns, threshold=threshold, reference=more.get("reference", ""))
    with COMPAS.open("rb") as body:
        return audit(body, options)


def of(found: Audit, table: str, group: str) -> dict[str, dict[str, float]]:
    rows = found.table(table).to_json()
    return next(row for row in rows if row["group"]["fr"] == group)


@needs_compas
def test_the_published_rates_are_found() -> None:
    found = compas()
    expected = {
        BLACK: {"fpr": 0.44847, "fnr": 0.27985, "ppv": 0.62971},
        WHITE: {"fpr": 0.23454, "fnr": 0.47723, "ppv": 0.59133},
    }
    for group, rates in expected.items():
        row = of(found, "rates", group)
        for name, value in rates.items():
            assert row[name]["value"] == pytest.approx(value, abs=1e-5)
    assert of(found, "rates", BLACK)["fpr"]["low"] == pytest.approx(0.42559, abs=1e-4)
    assert of(found, "rates", WHITE)["fpr"]["high"] == pytest.approx(0.25674, abs=1e-4)


@needs_compas
def test_the_published_ratio_and_areas_are_found() -> None:
    found = compas(reference=WHITE)
    row = next(
        row
        for row in found.table("ratios").to_json()
        if row["group"]["fr"] == BLACK and row["rate"]["fr"].startswith("Désignés à tort")
    )
    assert row["ratio"]["value"] == pytest.approx(1.9121, abs=1e-4)
    assert row["ratio"]["low"] < 1.9121 < row["ratio"]["high"]
    for group, value in (("Tous", 0.70217), (BLACK, 0.69183), (WHITE, 0.69315)):
        assert of(found, "areas", group)["auc"]["value"] == pytest.approx(value, abs=1e-5)


@needs_compas
def test_another_threshold_is_another_machine() -> None:
    row = of(compas(8), "rates", BLACK)
    assert row["fpr"]["value"] == pytest.approx(0.15822, abs=1e-5)
    assert row["fnr"]["value"] == pytest.approx(0.61021, abs=1e-5)


@needs_compas
def test_small_groups_of_the_published_table_are_together_and_hidden() -> None:
    found = compas()
    names = [group.fr for group in found.groups]
    assert names[-1] == "Autres groupes"
    assert not {"Asian", "Native American"} & set(names)
    text = json.dumps(found.to_json(), ensure_ascii=False, allow_nan=False)
    assert "Asian" not in text
    assert of(found, "rates", "Autres groupes")["fpr"] is None
    assert "Tous" not in [row["group"]["fr"] for row in found.table("rates").to_json()]


# Properties

cell = st.integers(0, 400)
tables = st.tuples(cell, cell, cell, cell)


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_interval_of_wilson_is_that_of_scipy(count: int, of: int) -> None:
    from scipy.stats import binomtest

    assume(count <= of)
    known = binomtest(count, of).proportion_ci(method="wilson")
    assert list(wilson(count / of, of)) == pytest.approx([known.low, known.high], abs=1e-9)


@given(tables)
def test_nothing_said_of_a_group_gives_back_a_cell_under_five(cells: tuple[int, ...]) -> None:
    said = rates_of(Text("A", "A"), cells)  # type: ignore[arg-type]
    for rate in said.rates.values():
        if rate.is_said:
            assert rate.count is not None
            assert rate.of is not None
            assert min(rate.count, rate.of - rate.count) >= 5
            assert (rate.low or 0) <= (rate.value or 0) <= (rate.high or 0)
    if min(cells) < 5:
        assert {name for name, rate in said.rates.items() if rate.is_said} <= {"prevalence"}


@given(tables)
def test_rates_hold_together(cells: tuple[int, ...]) -> None:
    tn, fp, _, tp = cells
    assume(min(cells) >= 1)
    got = {name: count / of for name, (count, of) in parts(cells).items()}  # type: ignore[arg-type]
    share = got["prevalence"]
    forced = share / (1 - share) * (1 - got["ppv"]) / got["ppv"] * (1 - got["fnr"])
    assert got["fpr"] == pytest.approx(forced)
    total = sum(cells)
    assert got["accuracy"] == pytest.approx((tn + tp) / total)
    assert got["selection"] == pytest.approx((fp + tp) / total)


people = st.lists(
    st.tuples(st.integers(0, 30), st.booleans(), st.sampled_from("ABC")), min_size=200, max_size=500
)


def as_csv(rows: list[tuple[int, bool, str]]) -> bytes:
    lines = ["score,outcome,group", *(f"{score},{int(yes)},{group}" for score, yes, group in rows)]
    return "\n".join(lines).encode()


@given(people, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, random) -> None:  # type: ignore[no-untyped-def]
    try:
        once = audit(as_csv(rows), Options(threshold=12)).to_json()
    except Unreadable:
        assume(False)
    random.shuffle(rows)
    assert audit(as_csv(rows), Options(threshold=12)).to_json() == once


@given(people)
def test_a_low_score_that_is_a_risk_is_the_same_table_turned_round(
    rows: list[tuple[int, bool, str]],
) -> None:
    try:
        high = audit(as_csv(rows), Options(threshold=12)).to_json()
    except Unreadable:
        assume(False)
    turned = [(-score, yes, group) for score, yes, group in rows]
    low = audit(as_csv(turned), Options(threshold=-12, is_low_risk=True)).to_json()
    assert low["tables"]["rates"] == high["tables"]["rates"]
    assert low["tables"]["areas"] == high["tables"]["areas"]


@given(st.integers(0, 2**32), st.integers(60, 3000), st.integers(2, 400))
def test_two_steps_of_a_curve_never_differ_by_fewer_than_five(
    seed: int, many: int, distinct: int
) -> None:
    rng = np.random.default_rng(seed)
    scores = np.sort(rng.choice(10_000, size=min(distinct, many), replace=False)).astype(float)
    share = rng.dirichlet(np.ones(len(scores)))
    group = Group(
        Text("A", "A"), scores, rng.multinomial(many, share), rng.multinomial(many, share[::-1])
    )
    chosen = float(rng.choice(scores))
    steps = curve(group, levels(group).tolist(), chosen).steps
    counts = [group.cells(step.threshold) for step in steps]
    assert all(min(cells) >= 5 for cells in counts)
    for (tn, _, fn, _), (tn_next, _, fn_next, _) in pairwise(counts):
        apart = (tn_next - tn, fn_next - fn)
        assert apart == (0, 0) or min(apart) >= 5


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=30, max_size=200))
def test_the_area_is_that_of_all_pairs(rows: list[tuple[int, bool]]) -> None:
    yes = [score for score, happened in rows if happened]
    no = [score for score, happened in rows if not happened]
    assume(min(len(yes), len(no)) >= 5)
    pairs = [(a > b) + (a == b) / 2 for a in yes for b in no]
    scores = np.arange(10.0)
    group = Group(
        Text("A", "A"), scores, np.bincount(no, minlength=10), np.bincount(yes, minlength=10)
    )
    assert area(group).value == pytest.approx(sum(pairs) / len(pairs))


def test_an_impossible_wish_is_said_with_the_numbers_of_the_table() -> None:
    one, two = (990, 805, 532, 1369), (1139, 349, 461, 505)
    together = tuple(a + b for a, b in zip(one, two, strict=True))
    found = impossible([(Text("a", "a"), one), (Text("b", "b"), two)], together)  # type: ignore[arg-type]
    assert found is not None
    high, low = (wish.fpr or 0 for wish in found.wishes)
    assert high > low
    assert impossible([(Text("a", "a"), one)], one) is None


def test_ratios_drawn_again_are_the_same() -> None:
    groups = [(Text("a", "a"), (990, 805, 532, 1369)), (Text("b", "b"), (1139, 349, 461, 505))]
    assert ratios(groups, 1, seed=3) == ratios(groups, 1, seed=3)
    assert ratios(groups, 1, seed=3) != ratios(groups, 1, seed=4)


def test_one_group_alone_has_rates_and_no_comparison() -> None:
    body = as_csv([(n % 10, n % 3 == 0, "A") for n in range(300)])
    found = audit(body, Options(columns={"group": "group"}, threshold=5))
    assert [each.id for each in found.tables] == ["rates", "areas", "calibration", "thresholds"]
    assert "à tort" in found.sentence.fr


def test_without_an_outcome_nothing_is_said() -> None:
    body = as_csv([(n % 10, False, "AB"[n % 2]) for n in range(300)])
    with pytest.raises(Unreadable, match="partout le même"):
        audit(body, Options(columns={"outcome": "outcome"}))


def test_fewer_than_fifty_are_nobody() -> None:
    body = as_csv([(n % 10, n % 3 == 0, "AB"[n % 2]) for n in range(40)])
    with pytest.raises(Unreadable, match="Moins de 50"):
        audit(body, Options())


def test_small_groups_that_are_few_together_are_left_out_of_the_whole() -> None:
    rows = [(n % 10, n % 3 == 0, "A" if n >= 20 else "B") for n in range(300)]
    found = audit(as_csv(rows), Options(threshold=5))
    assert [group.fr for group in found.groups] == ["A"]
    assert [row["people"] for row in found.table("rates").to_json()] == [280, 280]


def test_a_word_that_means_yes_can_be_said() -> None:
    lines = ["note;suite;quartier"]
    lines += [
        f"{n % 9};{'confirmé' if n % 3 == 0 else 'classé'};{'ZUS' if n % 2 else 'hors'}"
        for n in range(400)
    ]
    body = "\n".join(lines).encode("cp1252")
    columns = {"outcome": "suite"}
    with pytest.raises(Unreadable, match="quelle valeur veut dire oui"):
        audit(body, Options(columns=columns))
    found = audit(body, Options(columns=columns, positive="confirmé", threshold=4))
    assert of(found, "rates", "ZUS")["prevalence"]["value"] == pytest.approx(1 / 3, abs=0.01)


def test_a_yes_or_no_of_the_machine_is_a_score() -> None:
    lines = ["decision,outcome,group"]
    lines += [f"{'oui' if n % 4 else 'non'},{n % 3 % 2},{'AB'[n % 2]}" for n in range(400)]
    found = audit("\n".join(lines).encode(), Options())
    assert found.settings["threshold"] == 1
    assert "thresholds" not in [figure.id for figure in found.figures]


def test_rates_are_those_of_fairlearn() -> None:
    metrics = pytest.importorskip("fairlearn.metrics")
    rng = np.random.default_rng(5)
    group = rng.choice(["A", "B", "C"], 3000)
    score = rng.integers(1, 11, 3000)
    yes = rng.random(3000) < score / 14
    frame = metrics.MetricFrame(
        metrics={
            "fpr": metrics.false_positive_rate,
            "fnr": metrics.false_negative_rate,
            "selection": metrics.selection_rate,
        },
        y_true=yes.astype(int),
        y_pred=(score >= 6).astype(int),
        sensitive_features=group,
    )
    body = as_csv(list(zip(score.tolist(), yes.tolist(), group.tolist(), strict=True)))
    found = audit(body, Options(threshold=6))
    for name in "ABC":
        row = of(found, "rates", name)
        for metric in ("fpr", "fnr", "selection"):
            assert row[metric]["value"] == pytest.approx(frame.by_group[metric][name])
