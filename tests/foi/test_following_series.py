"""A series is made of like requests, told to each body, and accepted member by member."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contrechamp.accounts.models import User
from contrechamp.foi import services
from contrechamp.foi.domain.facts import Kind, Proof
from contrechamp.foi.domain.series_papers import COLUMNS
from contrechamp.foi.domain.states import State
from contrechamp.foi.models import FactRow, Paper, Request, Series
from contrechamp.foi.queries.series import like, standing_of
from contrechamp.kernel.errors import Refused
from contrechamp.kernel.numbers import is_siren
from contrechamp.mail.models import Outgoing
from tests import make

from .requests import WANTED, at, body, record, requester

pytestmark = pytest.mark.django_db
SIRENS = [str(n) for n in range(999000100, 999000200) if is_siren(str(n))][:6]
"""Numbers that check, and that no body has."""


@pytest.fixture(autouse=True)
def _in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at("03-02"))


def _six(author: User | None = None, *, refused: int = 6) -> list[Request]:
    """Return six like requests of one requester to six bodies; the first ones have refused."""
    who = author or make.user("autrice")
    signs, found = requester(who), []
    for number, siren in enumerate(SIRENS):
        town = body(f"Mairie {number}", address=f"mairie{number}@ville{number}.example")
        type(town).objects.filter(pk=town.pk).update(siren=siren)
        request = services.start(
            actor=who, now=at("01-10"), body=town.pk, title="Vidéoprotection", items=[WANTED],
            requester=signs,
        )  # fmt: skip
        services.mark_ready(request, actor=who, now=at("01-10"))
        services.record_sent(
            request, channel="POST", day=at("01-10").date(), received_on=at("01-12").date(),
            proof=Proof.REGISTERED_LETTER, actor=who, now=at("01-12"),
        )  # fmt: skip
        request.refresh_from_db()
        if number < refused:
            record(request, Kind.REFUSED, f"02-{number + 1:02}", values={"remedies": True})
        found.append(request)
    return found


def _made(rows: list[Request]) -> Series:
    return services.start_series(
        rows[0], [row.pk for row in rows], title="", actor=rows[0].author, now=at("03-02")
    )


def _client(request: Request) -> Client:
    client = Client()
    client.force_login(request.author)
    return client


def test_like_requests_are_found() -> None:
    rows = _six()
    assert {row.pk for row in like(rows[0], rows[0].author)} == {row.pk for row in rows}


def test_four_make_no_series() -> None:
    rows = _six()[:4]
    with pytest.raises(Refused, match="au moins 5"):
        _made(rows)


def test_its_safe_day_is_the_earliest_members() -> None:
    rows = _six()
    found = standing_of(_made(rows), now=at("03-02"))
    assert found.covered.act_by_safe == min(row.act_by for row in rows if row.act_by)
    assert found.covered.is_series


def test_who_has_not_refused_is_left_out_with_the_reason() -> None:
    rows = _six(refused=5)
    found = standing_of(_made(rows), now=at("03-02"))
    # The sixth body is silent, and nobody has said yet that nothing came.
    assert [(out.row.member.request, out.code) for out in found.out] == [
        (rows[5].pk, "not_refused")
    ]


def test_one_referral_is_made_told_and_accepted_member_by_member() -> None:
    rows = _six()
    made, client = _made(rows), _client(rows[0])
    url = reverse("foi:series", args=[made.pk])
    client.post(url, {"act": "pilot", "pilot": rows[0].pk})
    client.post(url, {"act": "notices"})
    letters = list(Outgoing.objects.all())
    assert {each.thread for each in letters} == {row.pk for row in rows}
    assert not made.members.exclude(informed_on=None).exists()
    for each in letters[:5]:
        services.on_sent(each, actor=rows[0].author, now=at("03-02"))
    late = letters[5].thread
    client.post(
        url, {"act": "informed", "member": late, "day": "2026-03-01", "proof": "recommandé"}
    )
    assert made.members.filter(informed_on=None).count() == 0
    assert made.members.get(request=letters[0].thread).notice == letters[0].pk
    client.post(url, {"act": "referral"})
    paper = Paper.objects.get(series=made, kind="referral")
    assert f"série de {len(rows)} demandes" in paper.text
    client.post(url, {"act": "filed", "day": "2026-03-02", "proof": "RECEIPT"})
    states = set(Request.objects.values_list("state", flat=True))
    assert states == {State.CADA_FILED}
    kept = [row.pk for row in rows[:5]]
    client.post(
        url, {"act": "receipt", "day": "2026-03-02", "number": "20261234", "accepted": kept}
    )
    for row in rows:
        row.refresh_from_db()
    assert {row.state for row in rows[:5]} == {State.CADA_PENDING}
    assert rows[5].state == State.REFUSED_EXPRESS
    facts = FactRow.objects.filter(kind=Kind.CADA_REGISTERED)
    assert {fact.values["series"] for fact in facts} == {made.pk}
    page = client.get(url).content.decode()
    assert "Absentes du récépissé" in page
    assert "20261234" in page


def test_who_is_not_informed_is_left_out_when_it_is_filed() -> None:
    rows = _six()
    made = _made(rows)
    who = rows[0].author
    services.choose_pilot(made, rows[0].pk, now=at("03-02"))
    for row in rows[:5]:
        services.tell_informed(
            made, row.pk, day=at("03-01").date(), proof="recommandé", actor=who, now=at("03-02")
        )
    services.file_series(
        made, day=at("03-02").date(), proof=Proof.RECEIPT, actor=who, now=at("03-02")
    )
    rows[5].refresh_from_db()
    assert rows[5].state == State.REFUSED_EXPRESS
    assert made.members.get(request=rows[5]).left_out == "not_informed"


def test_the_annex_has_the_columns_of_the_law() -> None:
    rows = _six()
    made, client = _made(rows), _client(rows[0])
    url = reverse("foi:series-annex", args=[made.pk, "csv"])
    lines = list(csv.reader(io.StringIO(client.get(url).content.decode("utf-8-sig"))))
    assert tuple(lines[0]) == COLUMNS
    assert len(lines) == 1 + len(rows)
    for form, start in (("ods", b"PK"), ("pdf", b"%PDF")):
        answer = client.get(reverse("foi:series-annex", args=[made.pk, form]))
        assert answer.content.startswith(start)


def test_the_page_of_a_request_leads_to_its_series() -> None:
    rows = _six()
    client = _client(rows[0])
    page = client.get(reverse("foi:request", args=[rows[0].pk])).content.decode()
    assert "Saisir la CADA pour toute la série" in page
    start = client.get(reverse("foi:start-series", args=[rows[0].pk])).content.decode()
    assert start.count('name="chosen"') == len(rows)
    made = _made(rows)
    page = client.get(reverse("foi:request", args=[rows[0].pk])).content.decode()
    assert reverse("foi:series", args=[made.pk]) in page
