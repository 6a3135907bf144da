"""Lists without a ceiling: each row once, whatever is written meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from contrechamp.api.domain import BadCursor, read_cursor, write_cursor
from contrechamp.census import services as census
from contrechamp.census.models import PublishedFact
from tests.api.program import Program
from tests.observatory import NOW, Observatory, proof


def publish_one(here: Observatory, number: int, *, minutes: int = 0) -> str:
    by: dict[str, Any] = {"actor": here.author, "now": NOW + timedelta(minutes=minutes)}
    claim = census.add_claim(
        subject=here.project, property="cameras_count", value=number, from_text="2024", **by
    )
    census.add_evidence(claim, **proof(here.sha256, here.quote), **by)
    census.submit([claim.pk], **by)
    report = census.publish([claim.pk], reviewer=here.editor, now=by["now"])
    assert report.refused == []
    return claim.pk


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"about": "project"},
        {"territory": "commune:06088"},
        {"since": "2026-03-01"},
        {"from": "2023-01-01"},
        {"status": "documented"},
        {"property": "cameras_count"},
    ],
    ids=str,
)
def test_every_fact_once_while_facts_are_published(
    here: Observatory, program: Program, query: dict[str, str]
) -> None:
    for number in range(5):
        publish_one(here, number)
    asked = {
        name: here.project.pk if value == "project" else value for name, value in query.items()
    }
    whole = {item["id"] for item in program.reads_all("/claims", {**asked, "limit": 500})}
    told, found, written = program.asks("/claims", {**asked, "limit": 2}), [], 0
    while True:
        found += [item["id"] for item in told.items]
        if not told.data["next"]:
            break
        written += 1
        if written < 6:
            publish_one(here, 100 + written, minutes=written)
        told = program.asks(told.data["next"])

    assert len(found) == len(set(found))
    assert whole <= set(found)


@pytest.mark.parametrize(
    "path",
    ["/records", "/relations", "/changes", "/documents", "/territories?departement=06"],
)
def test_parts_make_the_whole(here: Observatory, program: Program, path: str) -> None:
    joined = "&" if "?" in path else "?"
    whole = program.asks(f"{path}{joined}limit=500").items
    parts = (
        program.reads_all(f"{path}{joined}limit=1")
        if len(whole) < 40
        else program.reads_all(f"{path}{joined}limit=30")
    )

    assert parts == whole
    assert whole


def test_a_mirror_misses_nothing(here: Observatory, program: Program) -> None:
    told = program.asks("/changes", {"limit": 500})
    assert told.data["next"] is None
    assert program.asks(told.data["resume"]).items == []
    fresh = publish_one(here, 7)
    census.withdraw([here.kept.pk], actor=here.editor, now=NOW, reason="erreur", tell=True)

    more = program.asks(told.data["resume"])
    assert {(item["claim"], item["what"]) for item in more.items} >= {
        (fresh, "published"),
        (here.kept.pk, "withdrawn"),
    }
    assert program.asks(more.data["resume"]).items == []


def test_what_was_withdrawn_without_a_word_is_missing_among_the_identifiers(
    here: Observatory, program: Program
) -> None:
    before = program.reads_all("/identifiers/claims", {"limit": 2})
    census.withdraw([here.kept.pk], actor=here.editor, now=NOW, reason="erreur")
    after = program.reads_all("/identifiers/claims", {"limit": 5000})

    assert {item["id"] for item in before} - {item["id"] for item in after} == {here.kept.pk}
    records = program.reads_all("/identifiers/records")
    assert [item["id"] for item in records] == [r["id"] for r in program.reads_all("/records")]
    assert program.asks("/identifiers/zorglub").status == 404


def test_a_mirror_that_begins_with_nothing_can_wait(db: None, program: Program) -> None:
    told = program.asks("/changes")
    assert told.items == []
    assert program.asks(told.data["resume"]).status == 200


def test_a_cursor_of_another_question_is_refused(here: Observatory, program: Program) -> None:
    following = program.asks("/claims", {"limit": 1}).data["next"]
    cursor = following.rpartition("cursor=")[2]

    for query in ({"property": "cameras_count"}, {"since": "2026-03-01"}):
        told = program.asks("/claims", {**query, "cursor": cursor})
        assert told.status == 422
        assert "curseur" in told.data["detail"]
    assert program.asks("/records", {"cursor": cursor}).status == 422
    assert program.asks("/claims", {"cursor": "zorglub"}).status == 422


def test_many_records_of_a_territory_are_read_in_another_way_with_the_same_answer(
    here: Observatory, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = program.asks("/claims", {"territory": "commune:06088"}).items
    monkeypatch.setattr("contrechamp.census.published.paging.MANY", 0)

    assert program.asks("/claims", {"territory": "commune:06088"}).items == few
    assert few
    assert PublishedFact.objects.count() >= len(few)


@given(
    place=st.lists(st.text(), min_size=1, max_size=2), said=st.dictionaries(st.text(), st.text())
)
@tries(suppress_health_check=[HealthCheck.too_slow])
def test_a_cursor_is_read_as_it_was_written(place: list[str], said: dict[str, str]) -> None:
    place = [part.replace("\0", "") for part in place]
    try:
        word = write_cursor(place, said)
    except UnicodeEncodeError:
        return  # No row has half a sign.
    if len(word) <= 600:
        assert read_cursor(word, said) == tuple(place)


@given(word=st.text(min_size=1, max_size=50))
def test_no_word_that_we_did_not_write_is_a_cursor(word: str) -> None:
    with pytest.raises(BadCursor):
        read_cursor(word, {})
