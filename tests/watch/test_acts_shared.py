"""Decisions on video protection in the real bulletins: what was judged by hand, and how sure."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

from contrechamp.watch.domain.finding import Finding
from contrechamp.watch.domain.video_protection import JUDGED, sure
from contrechamp.watch.scanning.run import scan
from tests.shared import shared

JUDGED_LIST = Path(__file__).parent / "judged_acts.csv"
ROWS = tuple(csv.DictReader(JUDGED_LIST.read_text("utf-8").splitlines()))
BUNDLES = {"83-2024-12-20-00006": 164, "83-2024-11-27-00010": 44, "83-2025-01-30-00013": 91}


@cache
def _found(folder: Path) -> dict[tuple[str, int], Finding]:
    found: dict[tuple[str, int], Finding] = {}
    for each in scan([folder], jobs=2).findings:
        if each.technology == "video_protection":
            assert each.act
            assert each.act.number
            assert each.locator.bundle
            found[each.act.number, each.locator.bundle.index] = each
    return found


def test_the_stated_confidence_is_the_rate_of_what_was_judged() -> None:
    right = Counter(row["field"] for row in ROWS if row["right"] == "yes")
    count = Counter(row["field"] for row in ROWS if row["right"] != "missed")
    assert {field: (right[field], count[field]) for field in count} == JUDGED
    assert all(0 < sure(field) < 1 for field in JUDGED)


def test_the_bundles_hide_as_many_decisions_as_they_have_headings() -> None:
    found = _found(shared("raa_var"))
    assert Counter(number for number, _ in found) == BUNDLES


def test_every_value_that_was_judged_is_still_stated() -> None:
    found = _found(shared("raa_var"))
    for row in ROWS:
        finding = found[row["act"], int(row["index"])]
        values = {
            "signed_on": finding.act and finding.act.signed_on,
            "repeals": finding.act and finding.act.repeals,
        }
        field = row["field"]
        if row["right"] != "missed":
            assert values[field] if field in values else getattr(finding, field, None), row


def test_only_public_bodies_are_published_by_name() -> None:
    """All 299 were looked at: 56 are public bodies or services."""
    found = _found(shared("raa_var")).values()
    public = [each for each in found if each.beneficiary and each.beneficiary.publish]
    private = {"shop", "bank", "company", "association", "condominium", "worship", "unknown"}
    assert not [each for each in public if each.beneficiary and each.beneficiary.class_ in private]
    assert all(each.beneficiary and each.beneficiary.public for each in public)
    assert len(public) == 56
