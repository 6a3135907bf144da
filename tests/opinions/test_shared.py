"""Six real objects of opinions on cameras, beside the checkout: each is recognised as such."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from contrechamp.opinions.models import Match, Opinion
from tests.opinions import invented
from tests.shared import shared


@pytest.mark.django_db
def test_real_objects_are_about_surveillance_and_have_their_kinds(tmp_path: Path) -> None:
    read = json.loads((shared("cada_avis") / "avis.json").read_text("utf-8"))
    rows = [
        invented.row(
            one["numero"],
            administration=one["administration"] or "",
            session_on=date.fromisoformat(one["seance"]),
            year=int(one["seance"][:4]),
            subject=one["objet_extrait"],
            keywords="",
            text=one.get("motivation_extrait", ""),
        )
        for one in read
    ]
    report = invented.bring(tmp_path, *rows)
    assert (report.read, report.lost, report.surveillance) == (len(rows), 0, len(rows))
    found = {number: set[int]() for number in Opinion.objects.values_list("pk", flat=True)}
    for number, kind in Match.objects.values_list("opinion", "kind"):
        found[number].add(kind)
    assert {1, 4} <= found["20204505"], "impact studies, the CNIL"
    assert {11, 13, 21} & found["20215065"], "diagnosis, subsidy"
    assert 13 in found["20214810"], "call for tenders"
