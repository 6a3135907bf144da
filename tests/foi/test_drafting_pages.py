"""The drafting journey as a member walks it: steps, review, sending, without scripts."""

from __future__ import annotations

import re

import pytest

from contrechamp.directory.models import BodyName
from contrechamp.foi import services
from contrechamp.foi.domain.facts import Proof
from contrechamp.foi.models import Item, Request, Requester
from contrechamp.mail.models import Outgoing
from tests.people import Person

from .requests import body, requester

pytestmark = pytest.mark.django_db


def draft_of(person: Person) -> Request:
    return Request.objects.get(author=person.user)


def begun(person: Person) -> Request:
    """A draft to the town hall with two documents, nobody's signature yet."""
    answer = person.sends("/demandes/nouvelle", administration=body().pk)
    draft = draft_of(person)
    assert answer.location == f"/demandes/{draft.pk}/documents"
    person.sends(
        answer.location,
        document=["impact-assessment", "camera-list"],
        project="Vidéo urbaine",
        supplier="",
        since="2022-01-01",
        own="",
        then="next",
    )
    draft.refresh_from_db()
    return draft


def signed(person: Person) -> Request:
    draft = begun(person)
    assert person.user
    row = requester(person.user)
    person.sends(f"/demandes/{draft.pk}/signataire", requester=row.pk)
    draft.refresh_from_db()
    return draft


def test_a_visitor_is_asked_to_sign_in(visitor: Person) -> None:
    assert visitor.opens("/demandes/nouvelle").asks_to_sign_in


def test_a_body_is_found_by_its_name_and_shows_how_it_is_written_to(noor: Person) -> None:
    town = body()
    BodyName.objects.create(body=town, name=town.name, folded="valbrume")
    found = noor.opens("/demandes/nouvelle?q=mairie+de+valbrume")
    assert f"administration={town.pk}" in found.text
    chosen = noor.opens(f"/demandes/nouvelle?administration={town.pk}")
    assert "mairie@valbrume.example" in chosen.text
    assert "Cette adresse ne mène nulle part" in chosen.text


def test_a_mailbox_that_may_be_somebodys_is_not_shown(noor: Person) -> None:
    town = body()
    town.addresses.update(is_personal=True)
    assert (
        "mairie@valbrume.example"
        not in noor.opens(f"/demandes/nouvelle?administration={town.pk}").text
    )


def test_ticked_documents_are_worded_with_what_was_typed(noor: Person) -> None:
    draft = begun(noor)
    first = draft.items.get(code="impact-assessment")
    assert "Vidéo urbaine" in first.wording
    assert "1er janvier 2022" in first.wording.replace("\u00a0", " ")
    page = noor.opens(f"/demandes/{draft.pk}/documents")
    assert re.search(r'value="impact-assessment"[^>]*checked', page.text)


def test_a_reworded_document_stays_when_the_period_changes(noor: Person) -> None:
    draft = begun(noor)
    rows = list(draft.items.order_by("position"))
    noor.sends(
        f"/demandes/{draft.pk}/formulation",
        title="La vidéo",
        code=[row.code for row in rows],
        **{"wording-0": "L'analyse d'impact de la vidéo, en 2023.", "wording-1": rows[1].wording},
        act="save",
    )
    noor.sends(
        f"/demandes/{draft.pk}/documents",
        document=[row.code for row in rows],
        since="2020-01-01",
        then="next",
    )
    wordings = [row.wording for row in draft.items.order_by("position")]
    assert wordings[0] == "L'analyse d'impact de la vidéo, en 2023."
    assert "2020" in wordings[1]


def test_documents_are_moved_and_dropped(noor: Person) -> None:
    draft = begun(noor)
    rows = list(draft.items.order_by("position"))
    typed = {f"wording-{at}": row.wording for at, row in enumerate(rows)}
    codes = [row.code for row in rows]
    url = f"/demandes/{draft.pk}/formulation"
    noor.sends(url, title="x", code=codes, act="down-0", **typed)
    assert [row.code for row in draft.items.order_by("position")] == codes[::-1]
    noor.sends(url, title="x", code=codes, act="save", drop="1", **typed)
    assert [row.code for row in draft.items.order_by("position")] == codes[:1]


def test_an_identity_added_on_the_way_signs_the_draft(noor: Person) -> None:
    draft = begun(noor)
    answer = noor.sends(
        f"/demandes/signataires/nouveau?demande={draft.pk}",
        kind="ASSOCIATION",
        name="Les Yeux ouverts",
        number="W991234567",
        representative="Camille Exemple",
        address="1 place du Marché\n99000 Valbrume",
        email="contact@yeux-ouverts.example",
    )
    assert answer.location == f"/demandes/{draft.pk}/relecture"
    draft.refresh_from_db()
    assert draft.requester
    assert draft.requester.label == "Les Yeux ouverts"


def test_an_identity_that_is_not_whole_is_told_at_its_field(noor: Person) -> None:
    answer = noor.sends(
        "/demandes/signataires/nouveau",
        kind="ASSOCIATION",
        name="Les Yeux ouverts",
        address="1 place du Marché",
        email="contact@yeux-ouverts.example",
    )
    assert "Indiquez le numéro RNA" in answer.text
    assert 'value="Les Yeux ouverts"' in answer.text
    assert not Requester.objects.exists()


def test_the_review_leads_to_the_field_to_mend(noor: Person) -> None:
    draft = begun(noor)
    page = noor.opens(f"/demandes/{draft.pk}/relecture")
    assert "À corriger avant l'envoi" in page.text or "À corriger avant l&#x27;envoi" in page.text
    assert f'href="/demandes/{draft.pk}/signataire"' in page.text
    assert 'value="ready" disabled' in page.text


def test_the_letter_is_shown_as_it_will_be(noor: Person) -> None:
    draft = signed(noor)
    page = noor.opens(f"/demandes/{draft.pk}/relecture")
    for words in ("L. 311-1", "L. 311-7", "L. 114-2", "Les Yeux ouverts", draft.pk):
        assert words in page.text
    assert noor.opens(f"/demandes/{draft.pk}/lettre.pdf").content.startswith(b"%PDF-")
    assert noor.opens(f"/demandes/{draft.pk}/lettre.odt").content.startswith(b"PK")
    assert "PROJET" in noor.opens(f"/demandes/{draft.pk}/lettre.txt").text


def test_a_text_that_loses_a_legal_part_is_refused_and_kept_in_the_page(noor: Person) -> None:
    draft = signed(noor)
    url = f"/demandes/{draft.pk}/texte"
    answer = noor.sends(url, text="Bonjour, voici L. 311-1.\n\n[documents demandés]\n\nL. 114-2.")
    assert answer.status == 409
    assert "L. 311-7" in answer.text
    assert "Bonjour, voici L. 311-1." in answer.text
    draft.refresh_from_db()
    assert draft.text == ""


def test_a_text_by_hand_is_the_letter_that_leaves(noor: Person) -> None:
    draft = signed(noor)
    typed = (
        "Selon L. 311-1, veuillez trouver :\n\n[documents demandés]\n\nL. 311-7, L. 114-2. Merci."
    )
    noor.sends(f"/demandes/{draft.pk}/texte", text=typed)
    letter = noor.opens(f"/demandes/{draft.pk}/lettre.txt").text
    assert "veuillez trouver" in letter
    assert "1. L'analyse d'impact" in letter.replace("’", "'")
    noor.sends(f"/demandes/{draft.pk}/relecture", act="composed")
    draft.refresh_from_db()
    assert draft.text == ""


def test_a_request_is_sent_and_recalled(noor: Person) -> None:
    draft = signed(noor)
    ready = noor.sends(f"/demandes/{draft.pk}/relecture", act="ready")
    assert ready.location == f"/demandes/{draft.pk}/envoi"
    page = noor.follows(ready)
    assert "mairie@valbrume.example" in page.text
    noor.sends(ready.location, act="mail")
    letter = Outgoing.objects.get(thread=draft.pk)
    assert letter.state == "QUEUED"
    waiting = noor.opens(ready.location)
    assert "Il reste 35 minutes" in waiting.text
    noor.sends(ready.location, act="recall")
    letter.refresh_from_db()
    assert letter.state == "RECALLED"
    noor.sends(ready.location, act="mail")
    assert Outgoing.objects.filter(thread=draft.pk, state="QUEUED").count() == 1


def test_a_letter_by_post_is_told_with_its_day(noor: Person) -> None:
    draft = signed(noor)
    noor.sends(f"/demandes/{draft.pk}/relecture", act="channel", channel="POST")
    noor.sends(f"/demandes/{draft.pk}/relecture", act="ready")
    url = f"/demandes/{draft.pk}/envoi"
    bad = noor.sends(
        url, act="sent", way="POST:REGISTERED_LETTER", day="2026-01-05", received_on="2026-01-03"
    )
    assert "avant" in bad.text
    before = draft.state
    good = noor.sends(
        url, act="sent", way="POST:REGISTERED_LETTER", day="2026-11-25", received_on="2026-11-26"
    )
    assert good.status == 302
    draft.refresh_from_db()
    assert draft.state not in {before, "READY"}
    assert noor.opens(url).location == f"/demandes/{draft.pk}"


def test_nothing_typed_is_lost_between_steps(noor: Person) -> None:
    draft = signed(noor)
    for step in ("administration", "documents", "formulation", "signataire", "relecture", "envoi"):
        assert noor.opens(f"/demandes/{draft.pk}/{step}").status == 200
    assert Item.objects.filter(request=draft).count() == 2


def test_somebody_elses_draft_does_not_exist(noor: Person, marianne: Person) -> None:
    draft = signed(noor)
    for step in ("documents", "relecture", "envoi", "lettre.pdf"):
        assert marianne.opens(f"/demandes/{draft.pk}/{step}").status == 404


def test_what_left_is_not_written_anew(noor: Person) -> None:
    draft = signed(noor)
    assert noor.user
    services.mark_ready(draft, actor=noor.user, now=draft.made_at)
    services.record_sent(
        draft,
        channel="POST",
        day=draft.made_at.date(),
        proof=Proof.POST,
        actor=noor.user,
        now=draft.made_at,
    )
    assert noor.opens(f"/demandes/{draft.pk}/documents").location == f"/demandes/{draft.pk}"


def test_a_draft_can_be_thrown_away(noor: Person) -> None:
    draft = signed(noor)
    noor.sends(f"/demandes/{draft.pk}/jeter")
    assert not Request.objects.exists()
