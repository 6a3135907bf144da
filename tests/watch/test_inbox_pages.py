"""The review room as an editor uses it, without scripts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from contrechamp.watch import services
from contrechamp.watch.models import Found, PublicAct
from tests import make
from tests.people import Person
from tests.watch import invented

NOW = datetime(2025, 3, 10, 9, 0, tzinfo=UTC)
ROOM = "/veille/a-relire"
pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(gazetteer: None) -> list[str]:
    findings = [invented.video(1), invented.shop(2), invented.flight(3), invented.contract(4)]
    services.take_in(findings, now=NOW)
    return [finding["id"] for finding in findings]


def test_findings_are_listed_by_document(amina: Person, waiting: list[str]) -> None:
    text = amina.opens(ROOM).text
    assert "Recueil n° 12 du 3 mars 2025" in text
    assert "3 découvertes" in text
    assert "marches.json" in text


def test_each_value_stands_beside_its_words(amina: Person, waiting: list[str]) -> None:
    text = amina.opens(f"{ROOM}?document={invented.SHA}").text
    assert "<mark>composé de 3 caméras intérieures et de 1 caméra extérieure</mark>" in text
    assert "4 caméras (3 à l" in text
    assert "jamais publié" in text


def test_accepting_publishing_and_undoing_by_buttons(
    amina: Person, io: Person, waiting: list[str]
) -> None:
    answer = amina.sends(ROOM, accept=waiting[0], etat="WAITING", document=invented.SHA)
    assert answer.status == 302
    after = amina.opens(answer.location).text
    assert "1 découverte décidée." in after
    assert 'name="undo"' in after
    refused = amina.sends(ROOM, publish=waiting[0], etat="ACCEPTED", document=invented.SHA)
    assert "une autre personne doit la publier" in refused.text
    assert io.sends(ROOM, publish=waiting[0], etat="ACCEPTED").status == 302
    assert PublicAct.objects.filter(pk=waiting[0]).exists()


def test_undo_puts_all_of_one_act_back(amina: Person, waiting: list[str]) -> None:
    answer = amina.sends(ROOM, **{"accept-sure": invented.SHA}, etat="WAITING")
    assert Found.objects.filter(state="ACCEPTED").count() == 3
    act = answer.location.partition("acte=")[2]
    amina.sends(ROOM, undo=act)
    assert Found.objects.filter(state="WAITING").count() == 4


def test_a_rejection_keeps_its_reason(amina: Person, waiting: list[str]) -> None:
    fields = {f"reason-{waiting[1]}": "private", f"note-{waiting[1]}": ""}
    amina.sends(ROOM, reject=waiting[1], **fields)
    found = Found.objects.get(pk=waiting[1])
    assert found.state == "REJECTED"
    assert found.verdicts.get().reason == "private"
    other = {f"reason-{waiting[0]}": "other", f"note-{waiting[0]}": ""}
    assert "Dites pourquoi" in amina.sends(ROOM, reject=waiting[0], **other).text


def test_ticked_lines_are_decided_together(amina: Person, waiting: list[str]) -> None:
    assert "Cochez d'abord" in amina.sends(ROOM, many="accept").text.replace("&#x27;", "'")
    amina.sends(ROOM, many="reject", ids=waiting, reason="duplicate")
    assert Found.objects.filter(state="REJECTED").count() == 4


def test_merging_into_a_record_that_is_suggested(
    amina: Person, io: Person, waiting: list[str]
) -> None:
    amina.sends(ROOM, accept=waiting[3])
    io.sends(ROOM, publish=waiting[3])
    contract = Found.objects.get(pk=waiting[3]).project
    again = invented.contract(7)
    services.take_in([again], now=NOW)
    assert contract in amina.opens(f"{ROOM}?document={'cd' * 32}").text
    amina.sends(ROOM, **{"merge-into": f"{again['id']} {contract}"})
    assert Found.objects.get(pk=again["id"]).project == contract
    wrong = amina.sends(ROOM, **{"merge-into": f"{waiting[0]} {contract}"})
    assert "pas de la bonne sorte" in wrong.text


def test_correcting_what_the_machine_read(amina: Person, waiting: list[str]) -> None:
    page = f"{ROOM}/{waiting[0]}"
    sent = {
        "technology": "video_protection",
        "decision": "renewal",
        "insee": "83137 83047",
        "cameras": "5",
        "retention_days": "30",
        "publish": "on",
    }
    assert amina.sends(page, **sent).status == 302
    edited = Found.objects.get(pk=waiting[0]).edited
    assert edited["decisions"] == ["renewal"]
    assert [place["insee"] for place in edited["places"]] == ["83137", "83047"]
    assert edited["cameras"]["total"] == 5
    assert "corrigé" in amina.opens(page).text
    assert "aucune commune" in amina.sends(page, **{**sent, "insee": "99999"}).text


def test_only_editors_know_of_the_room(visitor: Person, noor: Person, waiting: list[str]) -> None:
    assert visitor.opens(ROOM).asks_to_sign_in
    assert noor.opens(ROOM).status == 404
    assert noor.opens(f"{ROOM}/{waiting[0]}").status == 404


def test_an_empty_room_says_how_it_fills(amina: Person) -> None:
    make.user("x")
    assert "Rien à cet état" in amina.opens(ROOM).text


def test_rejections_mark_what_looks_like_them(amina: Person, gazetteer: None) -> None:
    good = [invented.video(n) for n in range(1, 13)]
    bad = [
        invented.contract(100 + n, contract=invented.deal("Inspection vidéo des réseaux d'eau"))
        for n in range(6)
    ]
    services.take_in([*good, *bad], now=NOW)
    assert "Trop peu de décisions" in amina.opens("/veille/lecons").text
    amina.sends(ROOM, many="accept", ids=[each["id"] for each in good])
    amina.sends(ROOM, many="reject", ids=[each["id"] for each in bad], reason="not_a_decision")
    page = amina.opens("/veille/lecons").text
    assert "<code>inspection</code>" in page
    alike = invented.contract(200, contract=invented.deal("Inspection vidéo du réseau pluvial"))
    services.take_in([alike], now=NOW)
    assert "Ressemble à ce qui a été écarté" in amina.opens(f"{ROOM}?document={'cd' * 32}").text
