"""Exhibits of an action: chosen, numbered, frozen at filing, bound; never seen from outside."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest

from contrechamp.accounts.models import User
from contrechamp.cases import services
from contrechamp.cases.domain.exhibits import Group, Role
from contrechamp.cases.domain.facts import Kind
from contrechamp.cases.models import Action, Exhibit
from contrechamp.cases.queries.exhibits import numbered_of
from contrechamp.documents.models import HiddenText
from contrechamp.kernel.errors import Refused
from tests import make
from tests.documents import made
from tests.people import Person

from .actions import at, opened, record

pytestmark = pytest.mark.django_db
SAID = {"group": "DECISION", "role": "ATTACKED"}


@pytest.fixture
def lead() -> User:
    return make.user("meneuse")


def document(lead: User, text: str, **fields: Any) -> str:
    """Return the hash of a document whose pages hide nothing."""
    found = made.document(by=lead, content=made.pdf([(text,)]), **fields)
    HiddenText.objects.create(
        file_id=made.key(found), verdict="clean", findings=[], checked_at=made.NOW
    )
    return str(made.key(found))


def add(action: Action, text: str, **fields: object) -> Exhibit:
    return services.add_exhibit(
        action,
        sha256=document(action.author, text),
        told=services.Told(label=text, **fields),  # type: ignore[arg-type]
        actor=action.author,
        now=at("01-21"),
    )


def numbers(action: Action) -> dict[str, int]:
    return {each.label: each.number for each in numbered_of(action)}


def test_a_document_becomes_an_exhibit_and_is_bound(lead: User) -> None:
    action, person = opened(lead, published="2099-01-15", on="2099-01-20"), Person(lead)
    door = f"/actions/{action.pk}/pieces"
    address = f"/documents/{document(lead, 'Arrêté du maire')}"
    person.sends(door, document=address, label="Décision attaquée", **SAID)
    assert "Décision attaquée" in person.opens(door).text
    answer = person.opens(f"/actions/{action.pk}/dossier/depot")
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(answer.content)) as folder:
        assert folder.namelist() == ["00_Inventaire.pdf", "01_Decision_attaquee.pdf"]
    whole = person.opens(f"/actions/{action.pk}/dossier/recueil")
    assert whole.content.startswith(b"%PDF")


def test_what_forbids_a_bundle_is_a_sentence(lead: User) -> None:
    action, person = opened(lead), Person(lead)
    door = f"/actions/{action.pk}/dossier/depot"
    assert "aucune pièce" in person.opens(door).text
    add(action, "Photo")
    assert "doit être la décision attaquée" in person.opens(door).text


def test_an_exhibit_added_before_others_renumbers_them_until_they_are_filed(lead: User) -> None:
    action = opened(lead)
    add(action, "Photo")
    add(action, "Décision", group=Group.DECISION, role=Role.ATTACKED)
    assert numbers(action) == {"Décision": 1, "Photo": 2}
    record(action, Kind.CLAIM_FILED, "03-02", number="2600001")
    add(action, "Preuve du recours", group=Group.DECISION)
    assert numbers(action) == {"Décision": 1, "Photo": 2, "Preuve du recours": 3}


def test_what_is_filed_is_neither_changed_nor_taken_out(lead: User) -> None:
    action = opened(lead)
    row = add(action, "Décision", group=Group.DECISION, role=Role.ATTACKED)
    record(action, Kind.CLAIM_FILED, "03-02", number="2600001")
    with pytest.raises(Refused):
        services.remove_exhibit(row, now=at("03-03"))
    with pytest.raises(Refused):
        services.change_exhibit(row, told=services.Told(label="Autre"))
    page = Person(lead).sends(f"/actions/{action.pk}/pieces/{row.pk}", retirer="1")
    assert "ne change plus" in page.text
    assert numbers(action) == {"Décision": 1}


def test_a_document_of_a_source_is_no_exhibit(lead: User) -> None:
    action = opened(lead)
    key = document(lead, "Note", origin="RECEIVED")
    with pytest.raises(Refused):
        services.add_exhibit(
            action, sha256=key, told=services.Told(label="Note"), actor=lead, now=at("01-21")
        )


def test_what_one_may_not_read_is_no_exhibit(lead: User) -> None:
    page = Person(lead).sends(
        f"/actions/{opened(lead).pk}/pieces", document="0" * 64, label="Rien", **SAID
    )
    assert "pas dans la bibliothèque" in page.text


def test_who_reads_only_adds_nothing(lead: User) -> None:
    action, reader = opened(lead), make.user("lectrice")
    services.seat(action, user=reader, role="READER", now=at("01-21"))
    row = add(action, "Décision", group=Group.DECISION, role=Role.ATTACKED)
    door = f"/actions/{action.pk}/pieces"
    assert "Décision" in Person(reader).opens(door).text
    assert Person(reader).sends(door, document="0" * 64, label="x", **SAID).status == 404
    assert Person(reader).opens(f"{door}/{row.pk}").status == 404
