"""Numbers come of public requests alone; examples are shown and counted nowhere."""

from __future__ import annotations

from datetime import date

import pytest

from contrechamp.foi import services
from contrechamp.foi.domain.counting import from_plain, to_plain
from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.models import Request, Tally
from contrechamp.foi.queries import published, tallies
from contrechamp.foi.shown.offers import FINDABLE, TABLES
from tests import make
from tests.people import Person

from .requests import NOW, asked, at, record

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/demandes",
    "/demandes.csv",
    "/demandes.json",
    "/demandes.atom",
    "/demandes/chiffres.json",
    "/demandes/chiffres.csv",
    "/demandes/classement.csv",
    "/demandes/echeances.ics",
    "/api/v1/requests",
)


def shown(on: str = "02-01") -> Request:
    """Return a public request that was refused in words."""
    request = record(asked(), Kind.REFUSED, on, values={"reasons": ["L311-5-2d"], "remedies": True})
    services.publish(request, actor=request.author, now=at(on))
    request.refresh_from_db()
    return request


def everything(*more: str) -> dict[str, bytes]:
    visitor = Person()
    return {url: visitor.opens(url).content for url in (*ADDRESSES, *more)}


def test_a_public_request_is_counted_with_its_reasons() -> None:
    shown()
    known = tallies.of_all(at("03-01"))

    assert known.figures.requests == 1
    assert known.figures.in_month.hits == 1
    assert dict(known.reasons) == {"L311-5-2d": 1}
    assert from_plain(to_plain(known)) == known


def test_private_requests_change_no_number_and_no_byte() -> None:
    public = shown()
    before = everything(f"/demandes/chiffres/{public.body_id}", f"/annuaire/{public.body_id}")
    other = asked(make.user("autre"), body=public.body_id, title="Zorglub")
    record(other, Kind.REFUSED, "02-02", values={"reasons": ["L311-6-privacy"]})
    services.plan(other, until=date(2126, 1, 1), reason="x", actor=other.author, now=at("02-03"))
    record(public, Kind.NOTE, "02-03", note="Zorglub")
    services.enter_letter(
        public, day=date(2026, 2, 3), text="Zorglub", actor=public.author, now=at("02-03")
    )
    services.prepare_letters(public, actor=public.author, now=at("02-03"))

    after = everything(f"/demandes/chiffres/{public.body_id}", f"/annuaire/{public.body_id}")
    assert after == before


def test_an_unverified_silence_is_left_out_of_the_numbers() -> None:
    request = asked()
    services.publish(request, actor=request.author, now=at("01-20"))
    services.derive(request, now=at("03-01"))
    known = tallies.of_all(at("03-01"))

    assert request.state == "UNVERIFIED"
    assert known.figures.requests == 0
    assert known.left_out == 1


def test_kept_numbers_say_what_those_counted_at_once_say(monkeypatch: pytest.MonkeyPatch) -> None:
    request = shown()
    body = str(request.body_id)
    live, line = tallies.of_body(body, at("03-01")), tallies.find_line(body, at("03-01"))
    monkeypatch.setattr(tallies, "LIVE", 0)

    assert services.is_old(now=at("03-01"))
    assert services.recount(now=at("03-01")) == 1
    assert not services.is_old(now=at("03-01"))
    assert tallies.of_body(body, at("03-01")) == live
    assert tallies.find_line(body, at("03-01")) == line
    assert Person().opens("/demandes/classement").status == 200
    services.withdraw_publication(request, reason="x", actor=request.author, now=at("03-01"))
    services.recount_body(body, now=at("03-01"))
    assert not Tally.objects.filter(pk=body).exists()


def test_examples_are_shown_and_neither_counted_nor_found_nor_exported() -> None:
    before = {url: got for url, got in everything().items() if url in ADDRESSES[1:7]}
    assert services.bring_examples(now=NOW) == 4
    assert services.bring_examples(now=NOW) == 0
    page = Person().opens("/demandes").text

    assert "Exemple : le registre des enregistrements" in page
    assert not list(FINDABLE.entries())
    assert not [row for table in TABLES for row in table.rows()]
    assert not published.rows().exists()
    assert tallies.of_all(NOW).public == 0
    assert {url: got for url, got in everything().items() if url in before} == before
    assert services.remove_examples() == 4
    assert not Request.objects.exists()
