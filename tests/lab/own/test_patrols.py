"""Predictions against chance and against a count, and the record that bends."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from contrechamp.lab.own.audit import Options
from contrechamp.lab.own.auditing import audit
from contrechamp.lab.own.chance import clopper_pearson, counted, hits
from contrechamp.lab.own.feedback import replay
from contrechamp.lab.own.patrols import Patrols
from contrechamp.lab.own.refused import LeftOut
from contrechamp.lab.own.sheet import Unreadable


def city(days: int = 120, boxes: int = 40, seed: int = 1) -> NDArray[np.int32]:
    rng = np.random.default_rng(seed)
    return rng.poisson(rng.gamma(0.5, 1.0, boxes), (days, boxes)).astype(np.int32)


def patrols(recorded: NDArray[np.int32], predicted: NDArray[np.bool_]) -> Patrols:
    return Patrols(predicted, recorded, recorded.shape[1], recorded.size, LeftOut(), 0)


def top(recorded: NDArray[np.int32], many: int) -> NDArray[np.bool_]:
    chosen = np.zeros(recorded.shape, dtype=bool)
    chosen[:, np.argsort(-recorded.sum(axis=0))[:many]] = True
    return chosen


def as_csv(recorded: NDArray[np.int32], predicted: NDArray[np.bool_]) -> bytes:
    lines = ["day,box,predicted,recorded"]
    for on, row in enumerate(recorded):
        lines += [
            f"{on},b{box},{int(predicted[on, box])},{many}" for box, many in enumerate(row.tolist())
        ]
    return "\n".join(lines).encode()


def test_random_boxes_do_as_chance_does() -> None:
    recorded = city(400, 50)
    rng = np.random.default_rng(2)
    predicted = rng.random(recorded.shape).argsort(axis=1) < 5
    said = hits(patrols(recorded, predicted))
    assert said.chance == pytest.approx(0.1)
    assert said.pai[1] < 1 < said.pai[2]
    assert said.against is not None
    assert said.against.difference[2] < 0


def test_a_count_is_as_good_as_itself() -> None:
    recorded = city()
    held = np.ones(len(recorded), dtype=bool)
    base = patrols(recorded, top(recorded, 6))
    same = patrols(recorded, counted(base, held, 180))
    said = hits(same)
    assert said.against is not None
    assert list(said.against.difference) == [0, 0, 0]
    assert said.against.same_boxes == 1


def test_a_table_is_read_as_it_was_written() -> None:
    recorded = city(60, 12)
    predicted = top(recorded, 3)
    found = audit(as_csv(recorded, predicted), Options())
    rate = (recorded * predicted).sum() / recorded.sum()
    shown = {row["what"]["fr"]: row["value"]["fr"] for row in found.table("hits").to_json()}
    assert shown["Part des faits trouvés"].startswith(f"{100 * rate:.1f}".replace(".", ","))
    assert shown["Cases prévues par jour"] == "3"
    json.dumps(found.to_json(), allow_nan=False)


def test_a_risk_announced_for_all_keeps_the_highest() -> None:
    recorded = city(60, 12)
    risk = recorded.sum(axis=0) / 7
    lines = ["jour;case;risque;faits"]
    for on, row in enumerate(recorded):
        lines += [
            f"{on + 1:02d};c{box};{str(risk[box]).replace('.', ',')};{many}"
            for box, many in enumerate(row.tolist())
        ]
    columns = {"predicted": "risque"}
    found = audit("\n".join(lines).encode(), Options(columns=columns, boxes_a_day=3))
    same = audit(as_csv(recorded, top(recorded, 3)), Options())
    assert found.settings["boxes_a_day"] == 3
    assert found.sentence == same.sentence


def test_a_map_larger_than_the_file_makes_chance_smaller() -> None:
    recorded = city(60, 12)
    body = as_csv(recorded, top(recorded, 3))
    table = audit(body, Options(map_boxes=120)).table("hits").to_json()
    assert (
        next(row for row in table if "hasard" in row["what"]["fr"])["value"]["fr"]
        == "2,5\N{NO-BREAK SPACE}%"
    )


def test_patrols_that_find_more_bend_the_record() -> None:
    recorded = city(300, 60)
    found = replay(patrols(recorded, top(recorded, 5)), extra=0.5)
    assert found is not None
    assert found.added > 0
    assert found.share_closed > found.share_open
    assert (found.ratio_closed or 0) > (found.ratio_open or 0)
    still = replay(patrols(recorded, top(recorded, 5)), extra=0.0)
    assert still is not None
    assert (still.added, still.share_closed) == (0, still.share_open)


def test_a_short_table_is_told_against_chance_alone() -> None:
    recorded = city(20, 12)
    found = audit(as_csv(recorded, top(recorded, 3)), Options())
    assert "trop court" in found.sentence.fr
    assert [each.id for each in found.tables] == ["hits"]


@given(st.integers(0, 60), st.integers(1, 60))
def test_the_exact_interval_is_that_of_scipy(count: int, of: int) -> None:
    from scipy.stats import binomtest

    count = min(count, of)
    known = binomtest(count, of).proportion_ci(method="exact")
    assert list(clopper_pearson(count, of)) == pytest.approx([known.low, known.high])


@settings(max_examples=25)
@given(st.integers(0, 2**32), st.integers(2, 60), st.integers(2, 15), st.integers(1, 5))
def test_whatever_the_table_shares_are_shares(seed: int, days: int, boxes: int, many: int) -> None:
    recorded = city(days, boxes, seed)
    recorded[0, 0] += 1
    said = hits(patrols(recorded, top(recorded, min(many, boxes))), draws=50)
    low, high = said.exact
    assert 0 <= low <= said.hit_rate[0] <= high <= 1
    assert 0 < said.chance <= 1
    assert said.hits <= said.crimes
    assert said.useful <= said.predictions


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["1,a,0,3", "2,b,0,1"], "Aucune case n'est prévue"),
        (["1,a,1,0", "2,b,0,0"], "Aucun fait n'est enregistré"),
        (["1,a,1,3", "4000,b,0,1"], "4000 jours"),
        (["1,a,1,-3", "2,b,0,0.5"], "ne sont pas comprises"),
        (["hier,a,1,3", "demain,b,0,1"], "Jour|ne sont pas comprises"),
    ],
)
def test_what_cannot_be_told_is_refused(lines: list[str], why: str) -> None:
    body = "\n".join(["day,box,predicted,recorded", *lines]).encode()
    columns = {name: name for name in ("day", "box", "predicted", "recorded")}
    with pytest.raises(Unreadable, match=why):
        audit(body, Options(kind="patrols", columns=columns))


OAKLAND = (
    Path(os.environ.get("CONTRECHAMP_TEST_DATA", "../shared/data")) / "lab/oakland_box_day.csv"
)


@pytest.mark.skipif(not OAKLAND.exists(), reason="needs the Oakland table")
def test_the_simple_count_of_oakland_is_the_published_one() -> None:
    """`oak.histogram.hits`: 718 incidents in 20 boxes a day, on 368 days of 180 days before."""
    from datetime import date

    first, start, end = date(2010, 7, 1), date(2010, 12, 28), date(2011, 12, 30)
    recorded = np.zeros(((end - first).days + 1, 661), dtype=np.int32)
    for line in OAKLAND.read_text().splitlines()[1:]:
        on, box, many = line.split(",")
        at = (date.fromisoformat(on) - first).days
        if 0 <= at < len(recorded):
            recorded[at, int(box) - 1] += int(many)
    predicted = np.zeros(recorded.shape, dtype=bool)
    predicted[(start - first).days :, :20] = True
    held = np.asarray(predicted.any(axis=1), dtype=bool)
    simple = counted(patrols(recorded, predicted), held, 180)
    assert held.sum() == 368
    assert int((recorded[held] * simple).sum()) == 718
