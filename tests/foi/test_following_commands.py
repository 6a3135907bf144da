"""Requests in the terminal, and as threads of the mail."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from contrechamp.cli.commands.foi import command
from contrechamp.foi.models import Request
from contrechamp.foi.queries.threads import find, suggest
from contrechamp.kernel.errors import Refused
from contrechamp.mail.domain.threads import Letter

from .requests import asked, at, body

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contrechamp.cli.commands._foi_requests.ensure_ready", lambda: None)


def _run(*words: str) -> tuple[int, str]:
    ran = CliRunner().invoke(command, words, catch_exceptions=True)
    if isinstance(ran.exception, Refused):
        raise ran.exception
    return ran.exit_code, ran.stdout


def test_requests_are_listed_as_lines() -> None:
    request = asked()
    code, said = _run("list", "--json")
    assert (code, json.loads(said)["id"]) == (0, request.pk)
    assert request.pk in _run("list")[1]
    assert _run("list", "--group", "obtenu", "--json") == (0, "")


def test_one_is_shown_with_its_facts() -> None:
    request = asked()
    code, said = _run("show", request.pk, "--json")
    told = json.loads(said)
    assert code == 0
    assert {"READY", "SENT"} <= {fact["kind"] for fact in told["facts"]}
    assert {item["step"] for item in told["items"]} >= {"cada", "implied_refusal"}
    assert request.title in _run("show", request.pk)[1]


def test_one_that_never_was_is_refused() -> None:
    with pytest.raises(Refused, match="ne s'appelle"):
        _run("show", "req-0000000000")


def test_a_column_that_does_not_follow_is_found_and_mended() -> None:
    request = asked()
    assert _run("check")[0] in {0, 1}
    _run("check", "--mend")
    assert _run("check")[0] == 0
    Request.objects.filter(pk=request.pk).update(state="SATISFIED")
    code, said = _run("check")
    assert code == 1
    assert f"{request.pk}  state: SATISFIED" in said
    assert _run("check", "--mend")[0] == 0
    assert _run("check")[0] == 0


def _letter(address: str, subject: str = "Votre courrier", on: str = "02-01") -> Letter:
    return Letter(
        from_address=address,
        from_domain=address.rpartition("@")[2],
        subject=subject,
        received_at=at(on),
    )


def test_a_thread_is_found_by_its_key() -> None:
    request = asked()
    assert [each.key for each in find([request.pk, "req-0000000000"])] == [request.pk]


@pytest.mark.parametrize(
    ("address", "subject", "why"),
    [
        ("mairie@valbrume.example", "Réponse", "sender"),
        ("agent@valbrume.example", "Réponse", "domain"),
        ("quelquun@ailleurs.example", "Contrat de vidéoprotection", "subject"),
        ("quelquun@ailleurs.example", "Bonjour", "date"),
    ],
)
def test_a_stray_message_is_suggested_never_filed(address: str, subject: str, why: str) -> None:
    request = asked(body=body().pk)
    other = asked(
        request.author, title="Autre objet", body=body("Régie", address="r@regie.example").pk,
        on="01-02", received="01-03",
    )  # fmt: skip
    found = suggest(_letter(address, subject))
    assert (found[0].thread.key, found[0].why) == (request.pk, why)
    assert why == "date" or other.pk not in {each.thread.key for each in found[:1]}


def test_what_came_before_a_request_does_not_answer_it() -> None:
    asked()
    assert suggest(_letter("mairie@valbrume.example", on="01-10")) == []
