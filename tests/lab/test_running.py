"""Parameters, results and certificates: what every experiment promises."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.lab import certificate, params, registry, runner
from contrechamp.lab.errors import BadParam, UnknownExperiment
from contrechamp.lab.model import Experiment

SMALL = {"runs": "50", "days": "40"}
HOSTILE = [
    ("wd", "1.5"), ("wd", "-0.1"), ("wd", "nan"), ("wd", "inf"), ("wd", "1e999"), ("wd", ""),
    ("wd", "0,5"), ("wd", "0x1"), ("wd", "1_0"), ("wd", "٣"), ("wd", "1" * 10_000), ("wd", None),
    ("wd", True), ("wd", float("nan")), ("wd", [1]), ("runs", "1.5"), ("runs", "0"),
    ("runs", "9" * 400), ("runs", 2.5), ("runs", False), ("runs", "1e3"), ("poisson", "true"),
    ("poisson", 1), ("correction", "All"), ("correction", "x" * 10_000), ("correction", 3),
    ("nothing", "1"), ("", "1"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), HOSTILE)
def test_what_cannot_be_is_refused_and_says_what_is_allowed(name: str, value: object) -> None:
    with pytest.raises(BadParam) as refused:
        runner.run("loop-urn", {**SMALL, name: value})
    assert refused.value.name == name
    assert refused.value.allowed.en
    assert len(str(refused.value)) < 400
    assert refused.value.exit_code == 2


def test_a_product_out_of_bounds_is_refused() -> None:
    with pytest.raises(BadParam, match="runs × days"):
        runner.run("loop-urn", {"runs": 200_000, "days": 36_500})
    with pytest.raises(BadParam, match="5000000"):
        runner.run("loop-urn", {"runs": 20_000, "days": 3_650}, on_web=True)


def test_pages_have_bounds_of_their_own() -> None:
    with pytest.raises(BadParam, match="20000"):
        runner.run("loop-urn", {"runs": 20_001, "days": 1}, on_web=True)


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_a_seed_has_bounds(seed: int) -> None:
    with pytest.raises(BadParam, match="seed"):
        runner.run("loop-urn", SMALL, seed=seed)


def test_an_unknown_experiment_names_those_there_are() -> None:
    with pytest.raises(UnknownExperiment, match="loop-urn"):
        runner.run("loop-" + "x" * 10_000)


def test_the_same_run_has_the_same_certificate_and_another_seed_another() -> None:
    first, again = (runner.run("loop-urn", SMALL).certificate for _ in range(2))
    other = runner.run("loop-urn", SMALL, seed=1).certificate
    assert first == again
    assert first["sha256"] != other["sha256"]
    assert "seed" in certificate.differences(first, other)
    assert "numbers.share_mean" in certificate.differences(first, other)


def test_the_hash_can_be_made_again_from_the_json() -> None:
    made = json.loads(json.dumps(runner.run("loop-urn", SMALL).certificate))
    said = made.pop("sha256")
    text = json.dumps(made, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == said


def test_json_holds_nothing_that_json_has_not() -> None:
    result = runner.run("loop-urn", {"runs": 1, "days": 1})
    text = json.dumps(result.to_json(), allow_nan=False)
    assert json.loads(text)["numbers"]["share_sd"] is None


def test_a_number_that_draws_do_not_change_is_checked_at_any_size_and_seed() -> None:
    ids = [check.id for check in runner.run("loop-urn", {**SMALL, "days": "1000"}, seed=8).checks]
    assert ids == ["urn.truth.top2", "urn.root.wd1.0"]


@given(st.sampled_from(registry.experiments()), st.data())
def test_a_value_written_is_read_as_the_same(experiment: Experiment, data: Any) -> None:
    for param in experiment.params:
        if param.kind == "float":
            value = data.draw(st.floats(param.low or 0, param.high or 1, allow_subnormal=False))
        elif param.kind == "int":
            value = data.draw(st.integers(int(param.low or 0), int(param.high or 1)))
        else:
            continue
        assert params.value(param, params.written(value)) == value


def test_one_state_has_one_address() -> None:
    experiment = registry.get("loop-urn")
    for text in ("0.50", ".5", "5e-1", "+0.5"):
        values = params.read(experiment, {"days": "0900", "wd": text, "runs": "1000"})
        assert params.changed(experiment, values) == {"wd": "0.5", "days": "900"}


def test_the_lab_needs_no_django() -> None:
    code = (
        "import sys; from contrechamp.lab import registry, runner, verify;"
        "registry.experiments(); sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
