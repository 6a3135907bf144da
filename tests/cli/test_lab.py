"""The lab by the command line: its shapes, its exit codes, what it says and where."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from contrechamp.cli.commands import _lab_sweep
from contrechamp.cli.commands.lab import command
from contrechamp.lab import references, registry
from tests.cli.test_commands import contrechamp
from tests.shared import shared

SMALL = ("--set", "runs=30", "--set", "days=40")


@pytest.fixture(autouse=True)
def _away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English, and find no input but where a test puts one."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("CONTRECHAMP_DATA", str(tmp_path / "site"))
    monkeypatch.delenv("CONTRECHAMP_LAB_DATA", raising=False)


def lab(*words: object) -> Result:
    done = CliRunner().invoke(command, [str(word) for word in words])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def as_json(*words: object, code: int = 0) -> dict[str, Any]:
    done = lab(*words, "--json")
    assert done.exit_code == code, done.stderr
    found: dict[str, Any] = json.loads(done.stdout, parse_constant=pytest.fail)
    return found


def test_the_list_names_every_experiment_with_all_that_it_takes_and_gives() -> None:
    found = as_json("list")
    assert found["schema"] == "contrechamp.lab.list/1"
    assert [each["id"] for each in found["experiments"]] == [
        "alarm", "camera-claim", "cost-per-case", "face-crowd", "hit-rate", "impossible",
        "loop-city", "loop-urn", "predpol-loop", "predpol-oakland", "score-audit",
    ]  # fmt: skip
    for each in found["experiments"]:
        assert {"id", "version", "title", "question", "params", "numbers", "inputs"} <= set(each)
        assert set(each["title"]) == {"fr", "en"}
        assert all({"name", "unit", "help"} <= set(number) for number in each["numbers"])
    urn = next(each for each in found["experiments"] if each["id"] == "loop-urn")
    assert [param["name"] for param in urn["params"]] == [
        "lambda_a", "lambda_b", "prior_a", "prior_b", "wd", "days", "runs", "decay", "poisson",
        "correction",
    ]  # fmt: skip


def test_a_run_prints_one_object_as_the_contract_says() -> None:
    found = as_json("run", "loop-urn", "--set", "wd=0.7", "--set", "runs=20")
    assert list(found)[:5] == ["schema", "experiment", "version", "params", "seed"]
    assert found["schema"] == "contrechamp.lab.result/1"
    assert found["params"]["wd"] == 0.7
    assert found["numbers"]["root"] == pytest.approx(0.638738, abs=1e-6)
    assert found["checks"] == [
        {"id": "urn.root.wd0.7", "expected": 0.638738, "got": found["numbers"]["root"],
         "op": "close", "tol": 5e-05, "status": "pass"}
    ]  # fmt: skip
    certificate = found["certificate"]
    said = certificate.pop("sha256")
    text = json.dumps(certificate, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == said
    assert set(certificate["libraries"]) == {"python", "numpy", "scipy", "contrechamp"}


def test_two_runs_have_one_certificate_and_another_seed_another() -> None:
    first, again, other = (
        as_json("run", "loop-urn", *SMALL, "--seed", seed)["certificate"]["sha256"]
        for seed in (4, 4, 5)
    )
    assert first == again != other


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "loop-urn", "--set", "nothing=1"), "lambda_a"),
        (("run", "loop-urn", "--set", "wd=2"), "from 0 to 1"),
        (("run", "loop-urn", "--set", "wd=nan"), "from 0 to 1"),
        (("run", "loop-urn", "--set", "correction=some"), "none, all, discovered"),
        (("run", "loop-urn", "--set", "poisson=1"), "yes, no"),
        (("run", "loop-urn", "--set", "wd"), "name=value"),
        (("run", "loop-urn", "--set", "wd=.1", "--set", "wd=.2"), "one value"),
        (("run", "loop-urn", "--seed", "-1"), "seed"),
        (("run", "nothing"), "loop-urn"),
        (("verify", "--only", "nothing"), "loop-urn"),
        (("sweep", "loop-urn", "--seeds", "9-1"), "A-B"),
        (("sweep", "loop-urn", "--over", "wd"), "name=value"),
        (("sweep", "loop-urn", "--over", "wd=0,2"), "from 0 to 1"),
        (("sweep", "loop-urn", "--seeds", "0-999999999"), "100000"),
    ],
)
def test_bad_use_ends_with_two_and_names_what_is_allowed(words: tuple[str, ...], said: str) -> None:
    done = lab(*words, "--json")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert said in done.stderr


def test_a_run_without_its_input_ends_with_three_and_says_where_to_put_it(tmp_path: Path) -> None:
    done = lab("run", "predpol-oakland", "--data", tmp_path, "--json")
    assert (done.exit_code, done.stdout) == (3, "")
    for word in ("oakland_box_day.csv", "arun-ramamurthy/pred-pol", str(tmp_path)):
        assert word in done.stderr


def test_another_file_ends_with_three_and_shows_both_checksums(tmp_path: Path) -> None:
    (tmp_path / "oakland_box_day.csv").write_text("date,box,incidents\n")
    done = lab("run", "predpol-loop", "--data", tmp_path)
    assert done.exit_code == 3
    assert hashlib.sha256(b"date,box,incidents\n").hexdigest() in done.stderr
    assert "a23ea20da012d293" in done.stderr


def test_inputs_are_told_with_their_checksums(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "oakland_boxes.csv").write_text("other")
    monkeypatch.setenv("CONTRECHAMP_LAB_DATA", str(tmp_path))
    found = as_json("inputs")
    assert found["schema"] == "contrechamp.lab.inputs/1"
    assert found["folders"][:2] == [str(tmp_path), str(tmp_path / "site" / "lab")]
    assert {each["id"]: each["present"] for each in found["inputs"]}["city-100"] is True
    assert all(each["origin"]["fr"] for each in found["inputs"])
    assert lab("inputs").exit_code == 0


def test_verify_without_data_skips_and_says_which_file(tmp_path: Path) -> None:
    found = as_json("verify", "--only", "predpol-oakland", "--data", tmp_path)
    assert (found["ok"], found["counts"]) == (True, {"pass": 0, "fail": 0, "skip": 20})
    assert all("oakland_box_day.csv" in check["reason"] for check in found["checks"])
    assert all(check["got"] is None for check in found["checks"])
    strict = lab("verify", "--only", "predpol-oakland", "--data", tmp_path, "--strict")
    assert strict.exit_code == 1


def test_verify_prints_checks_as_the_contract_says() -> None:
    found = as_json("verify", "--only", "impossible", "--strict")
    assert list(found) == ["schema", "ok", "counts", "cpu_s", "checks", "certificate"]
    assert list(found["checks"][0]) == [
        "id", "experiment", "number", "expected", "got", "op", "tol", "status", "kind", "source",
        "reason",
    ]  # fmt: skip
    certificate = found["certificate"]
    assert (certificate["experiment"], certificate["params"]) == ("verify", {})
    assert set(certificate["numbers"]) == {check["id"] for check in found["checks"]}


def test_a_value_that_was_changed_makes_verify_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    held = references.of_check("impossible.equal.a")
    text = files("contrechamp.lab").joinpath("references.toml").read_text("utf-8")
    assert str(held.value) in text
    altered = references.load(text.replace(str(held.value), str(held.value + 0.1)))  # type: ignore[operator]
    monkeypatch.setattr(references, "table", lambda: altered)
    found = as_json("verify", "--only", "impossible", code=1)
    assert (found["ok"], found["counts"]["fail"]) == (False, 1)


def test_files_are_written_and_are_the_same_again(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert lab("run", "loop-urn", *SMALL, "--out", tmp_path / name).exit_code == 0
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == [
        "certificate.json", "reports.csv", "reports.svg", "result.json", "share.csv", "share.svg",
    ]  # fmt: skip
    for name in names:
        if name != "result.json":  # It holds how long it took.
            one, two = ((tmp_path / folder / name).read_bytes() for folder in ("one", "two"))
            assert one == two
    certificate = json.loads((tmp_path / "one" / "certificate.json").read_text("utf-8"))
    assert certificate["sha256"][:12] in (tmp_path / "one" / "share.svg").read_text("utf-8")
    rows = list(csv.reader((tmp_path / "one" / "share.csv").read_text("utf-8").splitlines()))
    assert len({len(row) for row in rows}) == 1


def test_a_person_reads_the_sentence_and_what_is_not_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "What this does not prove" in lab("run", "loop-urn", *SMALL).stdout
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert "Ce que cela ne prouve pas" in lab("run", "loop-urn", *SMALL).stdout
    assert "Deux secteurs" not in lab("list").stdout  # Names and questions are listed, not titles.
    assert "« 3 » reçu" in lab("run", "loop-urn", "--set", "wd=3").stderr


def test_many_seeds_are_summed_up_and_each_keeps_its_certificate() -> None:
    words = ("sweep", "loop-urn", *SMALL, "--seeds", "0-2", "--over", "wd=0.5,1")
    found = as_json(*words)
    assert found["schema"] == "contrechamp.lab.sweep/1"
    assert [point["value"] for point in found["points"]] == [0.5, 1.0]
    alone = as_json("run", "loop-urn", *SMALL, "--set", "wd=0.5", "--seed", "1")
    assert found["points"][0]["runs"][1] == {
        "seed": 1, "certificate": alone["certificate"]["sha256"],
    }  # fmt: skip
    kept = found["points"][0]["numbers"]["share_mean"]
    assert kept["interval"][0] < kept["mean"] < kept["interval"][1]
    assert found["failures"] == []


@pytest.mark.filterwarnings("default")  # Dask's own warnings are Dask's affair.
def test_seeds_swept_on_a_cluster_have_the_certificates_of_one_machine(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    distributed = pytest.importorskip("distributed")
    words = ("sweep", "loop-urn", *SMALL, "--seeds", "0-3")
    here = as_json(*words)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as cluster:
        settings.CONTRECHAMP = replace(settings.CONTRECHAMP, cluster=cluster.scheduler_address)
        there = as_json(*words)
    assert there["points"] == here["points"]
    assert there["failures"] == []


def test_a_summary_of_few_values_says_what_it_can() -> None:
    assert _lab_sweep.summary([]) == {"count": 0, "mean": None, "sd": None, "interval": None}
    assert _lab_sweep.summary([2.0])["mean"] == 2
    low, high = _lab_sweep.summary([1.0, 2.0, 3.0])["interval"]
    assert (low, high) == pytest.approx((2 - 2.484, 2 + 2.484), abs=0.001)


def test_all_runs_where_no_site_is_configured(tmp_path: Path) -> None:
    done = contrechamp(
        tmp_path / "none", "lab", "run", "impossible", "--json", CONTRECHAMP_NOTHING="1"
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["experiment"] == "impossible"
    assert "CONTRECHAMP_NOTHING" in done.stderr
    assert not (tmp_path / "none").exists()


def test_all_checks_pass_with_the_data_and_none_is_missing() -> None:
    found = as_json("verify", "--strict", "--data", shared("lab"))
    assert found["counts"] == {"pass": 121, "fail": 0, "skip": 0}
    cases = {case.check for each in registry.experiments() for case in each.cases}
    assert {check["id"] for check in found["checks"]} == cases == set(references.table().checks)
