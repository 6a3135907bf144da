"""Contracts of the real registers: the list judged by hand, the snapshots, the notices."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import ijson
import pytest

from contrechamp.watch.domain.contracts.identity import mark_duplicates
from contrechamp.watch.domain.contracts.signs import LOW
from contrechamp.watch.domain.finding import Finding, Problem
from contrechamp.watch.domain.snapshots import compare, state_of
from contrechamp.watch.scanning import contracts
from contrechamp.watch.scanning.decp import json_rows
from tests.shared import shared

JUDGED = Path(__file__).parent / "judged_contracts.csv"
LEAST = 0.97


def _findings(path: Path, source: str = "decp") -> list[Finding]:
    return [each for each in contracts.scan(path, path.name, source) if isinstance(each, Finding)]


def test_the_list_judged_by_hand_is_met() -> None:
    """File and position, not the text; `low` are alarms and access, which count neither way."""
    folder = shared("decp")
    judged: dict[str, dict[int, str]] = defaultdict(dict)
    for each in csv.DictReader(JUDGED.read_text("utf-8").splitlines()):
        judged[each["file"]][int(each["record"])] = each["label"]
    counts: Counter[str] = Counter()
    for name, labels in judged.items():
        found = {
            record: finding.technology
            for finding in _findings(folder / name)
            for record in finding.locator.records or ()
        }
        clear = {record for record, technology in found.items() if technology not in LOW}
        wanted = {record for record, label in labels.items() if label == "yes"}
        lows = {record for record, label in labels.items() if label == "low"}
        counts["hit"] += len(clear & wanted)
        counts["missed"] += len(wanted - clear)
        counts["false"] += len(clear - wanted - lows)
    assert counts["hit"] / (counts["hit"] + counts["missed"]) >= LEAST
    assert counts["hit"] / (counts["hit"] + counts["false"]) >= LEAST


def test_the_four_snapshots_bring_what_they_bring() -> None:
    state: dict[str, str] = {}
    counts = []
    for path in sorted(shared("decp/pes_snapshots").iterdir()):
        after = state_of(row for _, row in json_rows(path))
        difference = compare(state, after)
        counts.append((len(difference.new), len(difference.changed), len(difference.gone)))
        assert compare(after, state_of(row for _, row in json_rows(path))).is_empty
        state = after
    assert counts == [(110, 0, 0), (28, 0, 0), (412, 1, 0), (591, 2, 1)]


def test_lesquin_is_on_two_platforms_with_two_amounts() -> None:
    folder = shared("decp")
    found = _findings(folder / "e-marchespublics.json")
    found += _findings(folder / "pes_snapshots/pes_2019-04-05.json")
    twins = [
        each
        for each in mark_duplicates(found)
        if each.contract and each.places and each.places[0].insee == "59343"
    ]
    assert sorted(str(each.contract.amount) for each in twins if each.contract) == [
        "327276.63",
        "368986.00",
    ]
    assert sum(each.duplicate_of is not None for each in twins) == 1


@pytest.mark.parametrize("set_", ["boamp", "eforms", "decp_schema/exemples"])
def test_notices_and_examples_without_surveillance_give_nothing(set_: str) -> None:
    for path in sorted(shared(set_).rglob("*.*")):
        source = contracts.recognises(path)
        if source is None:
            assert path.suffix == ".md", path
            continue
        lines = list(contracts.scan(path, path.name, source))
        assert not any(isinstance(each, Finding) for each in lines), path
        assert any(isinstance(each, Problem) for each in lines) == path.name.startswith("INVALID_")


def test_the_streaming_reader_is_the_compiled_one() -> None:
    """The one in plain Python is twenty times slower: a wheel without it is to be noticed."""
    assert ijson.backend in {"yajl2_c"}
