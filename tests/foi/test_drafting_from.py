"""Where a draft begins: a project, an act's town, a body; and what an earlier one forbids."""

from __future__ import annotations

import pytest

from contrechamp.directory.models import Body
from contrechamp.foi import services
from contrechamp.foi.models import Request
from contrechamp.foi.queries import secrecy, subjects
from contrechamp.foi.queries.drafting import findings
from contrechamp.foundation.plug import PrivateTexts
from contrechamp.kernel.errors import Refused
from tests.observatory import observatory
from tests.people import Person

from .requests import NOW, asked, at, body, draft

pytestmark = pytest.mark.django_db


def of_nice() -> Body:
    town = body("Ville de Nice", address="mairie@nice.example")
    town.territory, town.departement = "commune:06088", "06"
    town.save()
    return town


def test_a_project_leads_to_its_holders_and_fills_the_wording(
    noor: Person, marianne: Person, amina: Person
) -> None:
    assert marianne.user
    assert amina.user
    here = observatory(author=marianne.user, editor=amina.user)
    town = of_nice()
    page = noor.opens(f"/projet/{here.project.pk}")
    door = f"/demandes/nouvelle?projet={here.project.pk}"
    assert door in page.text
    suggested = noor.opens(door)
    assert here.project.name in suggested.text
    assert f"administration={town.pk}" in suggested.text
    noor.sends(door, administration=town.pk)
    made = Request.objects.get(author=noor.user)
    assert (made.project, made.slots["project"]) == (here.project.pk, here.project.name)
    assert made.body == town
    noor.sends(f"/demandes/{made.pk}/documents", document="impact-assessment", **made.slots)
    assert here.project.name in made.items.get().wording


def test_a_project_that_is_not_public_says_nothing(noor: Person) -> None:
    assert subjects.subject_of("projet", "prj-0000000000") is None
    assert noor.opens("/demandes/nouvelle?projet=prj-0000000000").status == 200


def test_a_commune_leads_to_its_holders(noor: Person) -> None:
    town = of_nice()
    page = noor.opens("/demandes/nouvelle?lieu=commune:06088")
    assert f"administration={town.pk}" in page.text


def test_a_body_that_is_closed_is_not_chosen(noor: Person) -> None:
    town = body()
    Body.objects.update(is_closed=True)
    noor.sends("/demandes/nouvelle", administration=town.pk)
    assert Request.objects.get().body is None


def test_the_same_request_again_shows_the_earlier_one(noor: Person) -> None:
    first = asked(noor.user)
    again = services.start(
        actor=first.author,
        now=at("02-01"),
        body=first.body_id or "",
        title=first.title,
        items=[services.Wanted(wording=first.items.get().wording)],
        requester=first.requester,
    )
    found = findings(again, today=at("02-01").date())
    assert [each.values["request"] for each in found if each.code == "duplicate"] == [first.pk]
    with pytest.raises(Refused, match="La même demande"):
        services.mark_ready(again, actor=again.author, now=at("02-01"))


def test_a_source_dossier_is_compared_and_its_request_is_never_public(
    noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "le chef de service m'a dit que les images servent à noter les agents"
    offer = PrivateTexts(texts=lambda key: [told] if key == "dos-1" else [])
    monkeypatch.setattr(secrecy, "offered", lambda kind: [offer])
    request = draft(noor.user, dossier="dos-1")
    services.write(
        request,
        actor=request.author,
        now=NOW,
        items=[services.Wanted(wording="La note : les images servent à noter les agents, 2024")],
    )
    with pytest.raises(Refused, match="mots de suite"):
        services.mark_ready(request, actor=request.author, now=NOW)
    page = noor.opens(f"/demandes/{request.pk}/relecture")
    assert "elle restera privée" in page.text
    assert "chef de service" not in page.text


def test_a_link_of_the_arguments_ticks_its_document(noor: Person) -> None:
    town = of_nice()
    door = "/demandes/nouvelle?document=impact-assessment"
    assert "document=impact-assessment" in noor.opens(f"{door}&q=Nice").text
    noor.sends(door, administration=town.pk)
    made = Request.objects.get(author=noor.user)
    assert [each.code for each in made.items.all()] == ["impact-assessment"]


def test_a_document_that_no_catalogue_knows_ticks_nothing(noor: Person) -> None:
    noor.sends("/demandes/nouvelle?document=zorglub", administration=of_nice().pk)
    assert not Request.objects.get(author=noor.user).items.exists()
