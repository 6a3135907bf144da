"""The door: caches, limits, languages, and one form for every error."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest
from pytest_django import Settings

from contrechamp.api.domain import Bucket, spend
from tests.api.program import Program, secret_of
from tests.api.test_paging import publish_one
from tests.observatory import Observatory
from tests.people import Person

PACKED = {"accept-encoding": "gzip"}
READS = ("/claims", "/records", "/changes", "/documents", "/acts", "/vocabulary/stages", "/")


@pytest.mark.parametrize("path", READS)
def test_what_has_not_changed_is_not_sent_again(
    here: Observatory, program: Program, path: str
) -> None:
    first = program.asks(path)
    again = program.asks(path, **{"if-none-match": first.headers["ETag"]})

    assert first.status == 200
    assert (again.status, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_what_has_changed_is(here: Observatory, program: Program) -> None:
    first = program.asks("/claims")
    publish_one(here, 12)
    again = program.asks("/claims", **{"if-none-match": first.headers["ETag"]})

    assert again.status == 200
    assert again.headers["ETag"] != first.headers["ETag"]
    assert first.headers["Last-Modified"] == "Mon, 02 Mar 2026 10:30:00 GMT"


def test_since_when_is_enough_to_ask(here: Observatory, program: Program) -> None:
    when = program.asks("/claims").headers["Last-Modified"]
    assert program.asks("/claims", **{"if-modified-since": when}).status == 304
    publish_one(here, 12, minutes=5)
    assert program.asks("/claims", **{"if-modified-since": when}).status == 200


def test_a_long_answer_is_packed(here: Observatory, program: Program) -> None:
    plain = program.asks("/claims")
    packed = program.asks("/claims", None, **PACKED)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] == plain.headers["ETag"]


def test_only_the_head(here: Observatory, program: Program) -> None:
    answer = program.browser.head("/api/v1/claims")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["ETag"] == program.asks("/claims").headers["ETag"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/claims/clm-0000000000", 404),
        ("/zorglub", 404),
        ("/claims?limit=501", 422),
        ("/claims?limit=x", 422),
        ("/claims?since=hier", 422),
        ("/claims?from=2023", 422),
        ("/claims?statut=verified", 422),
        ("/claims?status=verifie", 422),
        ("/graph/paths", 422),
        ("/documents/" + "0" * 64, 404),
    ],
)
def test_errors_have_one_form_and_two_languages(here: Observatory, path: str, status: int) -> None:
    french, english = Program().asks(path), Program(language="en").asks(path)

    for told in (french, english):
        assert told.status == status
        assert told.type == "application/problem+json"
        assert told.data["status"] == status
        assert told.data["detail"]
    assert french.data["detail"] != english.data["detail"]
    assert "{" not in french.data["detail"]


def test_a_slip_in_a_filter_is_named(here: Observatory, program: Program) -> None:
    told = program.asks("/claims?statut=verified")
    assert "statut" in told.data["detail"]
    assert "status" in told.data["detail"]
    told = program.asks("/claims?limit=501")
    (fault,) = told.data["errors"]
    assert fault["where"] == "limit"
    assert fault["why"].endswith("est au plus 500.")


def test_a_method_that_nobody_knows(here: Observatory, program: Program) -> None:
    answer = program.browser.delete("/api/v1/claims")
    assert answer.status_code == 405
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}


def test_what_is_hidden_answers_as_what_never_was(here: Observatory, program: Program) -> None:
    never = program.asks("/records/act-0000000000")
    for path in ("/records/act-1111111111", "/claims/clm-0000000000", "/documents/" + "0" * 64):
        told = program.asks(path)
        assert told.content == never.content
        assert told.headers == never.headers


# Limits


def test_a_token_is_told_what_it_has_left(
    here: Observatory, noor: Person, settings: Settings
) -> None:
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, api_token_rate=10)
    assert noor.user
    program = Program(secret_of(noor.user))
    first = program.asks("/claims")

    assert first.headers["RateLimit-Policy"] == '"token";q=10;w=60'
    assert first.headers["RateLimit"].startswith('"token";r=9;')
    for _ in range(4):
        program.asks("/claims?limit=100")
    refused = program.asks("/claims?limit=100")
    assert refused.status == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert "Attendez" in refused.data["detail"]
    assert Program(secret_of(noor.user)).asks("/claims").status == 200


def test_all_without_a_token_share_and_small_questions_come_last(
    here: Observatory, settings: Settings
) -> None:
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, api_visitor_rate=40)
    greedy, modest = Program(), Program()
    statuses = [greedy.asks("/claims?limit=500").status for _ in range(7)]

    assert statuses == [200] * 5 + [429] * 2
    assert modest.asks(f"/claims/{here.kept.pk}").status == 200
    told = greedy.asks("/claims?limit=500")
    assert told.headers["RateLimit-Policy"] == '"visitors";q=40;w=60'
    assert "RateLimit" not in told.headers


def test_nothing_is_kept_of_who_asks(here: Observatory, settings: Settings) -> None:
    program = Program()
    program.browser.get("/api/v1/claims", REMOTE_ADDR="203.0.113.77")

    files = list((settings.CONTRECHAMP.data / "api").iterdir())
    assert [file.name for file in files] == ["visitors.bucket"]
    assert files[0].stat().st_size == 16


def test_a_bucket_fills_evenly_and_never_beyond_its_size() -> None:
    spent = spend(None, 10, size=60, now=100.0, is_shared=False)
    assert (spent.is_allowed, spent.left) == (True, 50)
    spent = spend(spent.bucket, 60, size=60, now=105.0, is_shared=False)
    assert (spent.is_allowed, spent.left) == (False, 55)
    spent = spend(spent.bucket, 60, size=60, now=105.0 + spent.wait_s, is_shared=False)
    assert spent.is_allowed
    assert spend(Bucket(0, 0), 1, size=60, now=10_000.0, is_shared=False).left == 59
