"""Campaigns: made by editors, joined by members, counted from what is public alone."""

from __future__ import annotations

import pytest

from contrechamp.foi import services
from contrechamp.foi.domain.facts import Proof
from contrechamp.foi.models import Campaign, Request
from contrechamp.foi.queries import campaigns
from contrechamp.foi.services import Plan, Wanted
from contrechamp.kernel.errors import Refused
from tests import make
from tests.people import Person

from .requests import NOW, at, body, editor, requester

pytestmark = pytest.mark.django_db
ITEM = Wanted(wording="le contrat de vidéoprotection conclu depuis le 1er janvier 2022")


def opened(**fields: object) -> Campaign:
    given: dict[str, object] = {
        "title": "L'œil des communes",
        "subject": "Contrat de vidéoprotection",
        "items": [ITEM],
        "is_public": True,
        "since": "2022-01-01",
        **fields,
    }
    return services.make_campaign(Plan(**given), actor=editor(), now=NOW)  # type: ignore[arg-type]


def test_only_editors_make_campaigns() -> None:
    with pytest.raises(Refused, match="relecteurs"):
        services.make_campaign(
            Plan(title="x", subject="x", items=[ITEM]), actor=make.user("membre"), now=NOW
        )


def test_its_address_is_made_of_its_title_and_never_twice() -> None:
    first = opened()
    second = services.make_campaign(
        Plan(title="L'œil des communes", subject="x", items=[ITEM]), actor=first.owner, now=NOW
    )
    assert (first.slug, second.slug) == ("l-oeil-des-communes", "l-oeil-des-communes-2")
    changed = services.change_campaign(
        first, Plan(title="Autre", subject="x", items=[ITEM]), actor=first.owner
    )
    assert changed.slug == first.slug


def test_without_a_document_there_is_none() -> None:
    with pytest.raises(Refused, match="au moins un document"):
        opened(items=[])


def test_joining_makes_a_draft_with_its_text_once() -> None:
    campaign, town, who = opened(), body(), make.user("membre")
    first = services.join_campaign(campaign, actor=who, now=NOW, body=town.pk)
    again = services.join_campaign(campaign, actor=who, now=NOW, body=town.pk)
    assert first.pk == again.pk
    assert (first.title, first.body_id, first.author) == (campaign.subject, town.pk, who)
    assert [item.wording for item in first.items.all()] == [ITEM.wording]


def test_a_closed_campaign_is_joined_no_more_until_it_opens_again() -> None:
    campaign = opened()
    services.close_campaign(campaign, actor=campaign.owner, now=NOW)
    with pytest.raises(Refused, match="close"):
        services.join_campaign(campaign, actor=make.user("membre"), now=NOW)
    services.open_campaign(campaign, actor=campaign.owner)
    services.join_campaign(campaign, actor=make.user("autre"), now=NOW)


def asked_for(campaign: Campaign, *, is_public: bool) -> Request:
    who = make.user("publique" if is_public else "secrète")
    town = body("Mairie publique" if is_public else "Mairie secrète", address="a@a.example")
    request = services.join_campaign(campaign, actor=who, now=NOW, body=town.pk)
    services.write(request, actor=who, now=NOW, requester=requester(who))
    services.mark_ready(request, actor=who, now=NOW)
    services.record_sent(
        request,
        channel="POST",
        day=NOW.date(),
        received_on=NOW.date(),
        proof=Proof.REGISTERED_LETTER,
        actor=who,
        now=NOW,
    )
    Request.objects.filter(pk=request.pk).update(is_public=is_public)
    return request


def test_private_requests_are_in_no_count_and_in_no_row(visitor: Person) -> None:
    campaign = opened()
    asked_for(campaign, is_public=True)
    before = visitor.opens(f"/demandes/campagnes/{campaign.slug}")
    table = visitor.opens(f"/demandes/campagnes/{campaign.slug}.csv")
    asked_for(campaign, is_public=False)
    after = visitor.opens(f"/demandes/campagnes/{campaign.slug}")
    assert "Mairie publique" in after.text
    assert after.content == before.content
    assert visitor.opens(f"/demandes/campagnes/{campaign.slug}.csv").content == table.content
    page = campaigns.page_of(campaign, now=at("01-16"))
    assert (page.progress.asked, page.progress.bodies) == (1, 1)


def test_nobodys_name_is_on_its_page(visitor: Person) -> None:
    campaign = opened()
    asked_for(campaign, is_public=True)
    page = visitor.opens(f"/demandes/campagnes/{campaign.slug}")
    for name in ("publique</a>", "relectrice", "Camille Exemple", "yeux-ouverts"):
        assert name not in page.text.replace("Mairie publique</a>", "")


def test_a_campaign_in_preparation_is_not_there_for_others(visitor: Person, noor: Person) -> None:
    campaign = opened(is_public=False)
    for person in (visitor, noor):
        assert person.opens(f"/demandes/campagnes/{campaign.slug}").status == 404
        assert campaign.title not in person.opens("/demandes/campagnes").text


def test_an_editor_makes_one_from_a_form(amina: Person, noor: Person) -> None:
    town = body()
    fields = {
        "title": "Combien coûte la vidéo",
        "about": "On veut savoir.",
        "subject": "Coût de la vidéoprotection",
        "document": ["cost-of-ownership"],
        "own": "Le budget annexe de la police municipale depuis 2022",
        "since": "2022-01-01",
        "pasted": f"{town.pk}\nZorglub",
        "is_public": "on",
    }
    doubt = amina.sends("/demandes/campagnes/nouvelle", **fields, act="save")
    assert "Zorglub" in doubt.text
    assert not Campaign.objects.exists()
    done = amina.sends("/demandes/campagnes/nouvelle", **fields, act="anyway")
    assert done.location == "/demandes/campagnes/combien-coute-la-video"
    campaign = Campaign.objects.get()
    assert campaign.bodies == [town.pk]
    assert "Le budget annexe" in campaign.items[-1]["wording"]
    assert campaign.items[0]["code"] == "cost-of-ownership"
    edit = amina.opens(f"{done.location}/modifier")
    assert "Le budget annexe" in edit.text
    assert f"{town.name} ; {town.pk}" in edit.text
    joined = noor.sends(f"{done.location}/rejoindre", administration=town.pk)
    assert joined.location.endswith("/relecture")
    assert "Coût de la vidéoprotection" in noor.follows(joined).text
