"""After a letter came back: the page says what to do, the address is mended, it is sent again."""

from __future__ import annotations

import pytest

from contrechamp.foi import services
from contrechamp.foi.models import Request
from contrechamp.mail.models import Outgoing
from tests.people import Person

from .requests import NOW, at, draft

pytestmark = pytest.mark.django_db


def came_back(person: Person) -> Request:
    """A request that left by e-mail and came back for good."""
    request = draft(person.user)
    services.mark_ready(request, actor=request.author, now=NOW)
    letter = services.send(request, actor=request.author, now=NOW)
    Outgoing.objects.filter(pk=letter.pk).update(
        state="SENT", sent_at=NOW, paris_day=NOW.date(), is_live=True
    )
    letter.refresh_from_db()
    services.on_sent(letter, actor=request.author, now=NOW)
    Outgoing.objects.filter(pk=letter.pk).update(state="BOUNCED")
    services.on_bounced(letter, "", hard=True, actor=request.author, now=at("01-16"))
    request.refresh_from_db()
    return request


def test_the_page_says_that_no_period_runs_and_leads_to_the_directory(noor: Person) -> None:
    request = came_back(noor)
    assert request.state == "UNDELIVERED"
    page = noor.opens(f"/demandes/{request.pk}/envoi")
    assert "le délai ne court pas" in page.text
    assert f"/annuaire/{request.body_id}" in page.text


def test_with_a_mended_address_it_is_sent_again(noor: Person) -> None:
    request = came_back(noor)
    url = f"/demandes/{request.pk}/envoi"
    refused = noor.sends(url, act="mail")
    assert refused.status == 409
    assert request.body
    request.body.addresses.create(
        kind="SERVICE", value="archives@valbrume.example", domain="valbrume.example", made_at=NOW
    )
    noor.sends(url, act="mail")
    letter = Outgoing.objects.get(thread=request.pk, state="QUEUED")
    assert letter.to_address == "archives@valbrume.example"


def test_it_can_go_by_post_instead(noor: Person) -> None:
    request = came_back(noor)
    answer = noor.sends(
        f"/demandes/{request.pk}/envoi",
        act="sent",
        way="HAND:STAMP",
        day="2026-01-20",
    )
    assert answer.status == 302
    request.refresh_from_db()
    assert (request.state, request.channel) != ("UNDELIVERED", "EMAIL")
    assert request.sent_on
    assert request.sent_on.isoformat() == "2026-01-20"
