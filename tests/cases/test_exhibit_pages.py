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
from contrechamp.cases.models import Action, Bundle, Exhibit
from contrechamp.cases.queries.exhibits import numbered_of
from contrechamp.cases.services.bundles import MOST_KEPT
from contrechamp.cases.signals import bundle_wanted
from contrechamp.documents.models import HiddenText
from contrechamp.foundation.jobs import run_waiting
from contrechamp.foundation.lease import holder
from contrechamp.kernel.errors import Refused
from tests import make
from tests.documents import made
from tests.people import Person

from .actions import at, opened, record

pytestmark = pytest.mark.django_db


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


def decided(action: Action) -> Exhibit:
    """Add the decision that is attacked."""
    return add(action, "Décision", group=Group.DECISION, role=Role.ATTACKED)


def assembled(person: Person, action: Action, **fields: str) -> str:
    """Ask for a bundle, let it be made, and return the address of its page."""
    door = person.sends(f"/actions/{action.pk}/dossier", **fields).location
    services.make_bundle(door.rpartition("/")[2], now=at("01-22"))
    return door


def test_a_document_becomes_an_exhibit_and_is_bound(lead: User) -> None:
    action, person = opened(lead, published="2099-01-15", on="2099-01-20"), Person(lead)
    decided(action)
    door = assembled(person, action)
    assert "est assemblé" in person.opens(door).text
    answer = person.opens(f"{door}/depot")
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(answer.content)) as folder:
        assert folder.namelist() == ["00_Inventaire.pdf", "01_Decision.pdf"]
    assert person.opens(f"{door}/recueil").content.startswith(b"%PDF")
    assert Bundle.objects.get().taken_at


@pytest.mark.django_db(transaction=True)
def test_a_bundle_is_made_by_a_job_that_nobody_waits_for(lead: User) -> None:
    action, person = opened(lead, published="2099-01-15", on="2099-01-20"), Person(lead)
    decided(action)
    door = person.sends(f"/actions/{action.pk}/dossier").location
    waiting = person.opens(door).text
    assert 'http-equiv="refresh"' in waiting
    assert person.opens(f"{door}/depot").status == 404
    run_waiting()
    assert 'http-equiv="refresh"' not in person.opens(door).text
    listed = person.opens(f"/actions/{action.pk}/dossier").text
    assert Bundle.objects.get().manifest_sha256 in listed


def test_what_forbids_a_bundle_is_a_sentence(lead: User) -> None:
    action, person = opened(lead, published="2099-01-15", on="2099-01-20"), Person(lead)
    assert "aucune pièce" in person.opens(f"/actions/{action.pk}/dossier").text
    add(action, "Photo")
    assert "doit être la décision attaquée" in person.opens(f"/actions/{action.pk}/pieces").text
    door = assembled(person, action)
    assert "doit être la décision attaquée" in person.opens(door).text


def test_after_the_last_safe_day_a_reason_is_needed_and_kept(lead: User) -> None:
    action, person = opened(lead, published="2020-01-15", on="2020-01-20"), Person(lead)
    decided(action)
    assert "dites pourquoi" in person.opens(assembled(person, action)).text
    told = person.opens(assembled(person, action, motif="Avis reçu tard.")).text
    assert "Avis reçu tard." in told
    assert "est assemblé" in told


def test_a_bundle_whose_process_is_gone_is_taken_up_by_another(lead: User) -> None:
    action = opened(lead, published="2099-01-15", on="2099-01-20")
    decided(action)
    row = services.want_bundle(action, actor=lead, now=at("01-21"))
    gone = f"{holder().partition(' ')[0]} 999999999 1 -"
    Bundle.objects.filter(pk=row.pk).update(state="RUNNING", held_by=holder())
    asked: list[str] = []

    def hear(sender: object, *, key: str, **_: object) -> None:
        asked.append(key)

    bundle_wanted.connect(hear)
    services.resume_bundles()
    services.make_bundle(row.pk, now=at("01-21"))
    row.refresh_from_db()
    assert (row.state, asked) == ("RUNNING", [])  # Somebody is at it.
    Bundle.objects.filter(pk=row.pk).update(held_by=gone)
    services.resume_bundles()
    assert asked == [row.pk]
    services.make_bundle(row.pk, now=at("01-21"))
    row.refresh_from_db()
    assert row.state == "DONE"
    bundle_wanted.disconnect(hear)


def test_files_of_old_bundles_go_unless_somebody_took_them(lead: User) -> None:
    action = opened(lead, published="2099-01-15", on="2099-01-20")
    decided(action)
    rows = []
    for hour in range(MOST_KEPT + 2):
        row = services.want_bundle(action, actor=lead, now=at("01-21", hour))
        services.make_bundle(row.pk, now=at("01-21", hour))
        rows.append(row)
        if hour == 0:
            services.note_taken(row, now=at("01-21"))
    assert services.folder_of(rows[0]).is_dir()
    assert not services.folder_of(rows[1]).exists()
    assert services.folder_of(rows[2]).is_dir()
    rows[1].refresh_from_db()
    assert (rows[1].state, bool(rows[1].manifest_sha256)) == ("GONE", True)
    assert "effacés" in Person(lead).opens(f"/actions/{action.pk}/dossier/{rows[1].pk}").text


def test_the_same_case_bound_twice_gives_the_same_bytes(lead: User) -> None:
    action, person = opened(lead, published="2099-01-15", on="2099-01-20"), Person(lead)
    decided(action)
    one, two = (assembled(person, action) for _ in range(2))
    assert one != two
    assert person.opens(f"{one}/tout").content == person.opens(f"{two}/tout").content
    marks = set(Bundle.objects.values_list("manifest_sha256", "fingerprint"))
    assert len(marks) == 1


def test_an_exhibit_added_before_others_renumbers_them_until_they_are_filed(lead: User) -> None:
    action = opened(lead)
    add(action, "Photo")
    decided(action)
    assert numbers(action) == {"Décision": 1, "Photo": 2}
    record(action, Kind.CLAIM_FILED, "03-02", number="2600001")
    add(action, "Preuve du recours", group=Group.DECISION)
    assert numbers(action) == {"Décision": 1, "Photo": 2, "Preuve du recours": 3}


def test_what_is_filed_is_neither_changed_nor_moved_nor_taken_out(lead: User) -> None:
    action = opened(lead)
    row = decided(action)
    record(action, Kind.CLAIM_FILED, "03-02", number="2600001")
    with pytest.raises(Refused):
        services.remove_exhibit(row, now=at("03-03"))
    with pytest.raises(Refused):
        services.change_exhibit(row, told=services.Told(label="Autre"), now=at("03-03"))
    with pytest.raises(Refused):
        services.move_exhibit(row, way="monter", now=at("03-03"))
    page = Person(lead).sends(f"/actions/{action.pk}/pieces/{row.pk}", retirer="1")
    assert "ne change plus" in page.text
    assert numbers(action) == {"Décision": 1}


def filing_taken_back(action: Action) -> None:
    fact = action.facts.get(kind=Kind.CLAIM_FILED, corrects=None)
    services.take_back(fact.pk, actor=action.author, now=at("03-04"), note="pas encore déposée")


def test_a_filing_entered_by_mistake_gives_the_numbers_back(lead: User) -> None:
    action = opened(lead)
    row = decided(action)
    record(action, Kind.CLAIM_FILED, "03-02", number="2600001")
    filing_taken_back(action)
    services.remove_exhibit(row, now=at("03-05"))
    assert numbers(action) == {}


def test_numbers_that_left_with_a_download_stay_whatever_is_taken_back(lead: User) -> None:
    action, person = opened(lead, published="2099-01-15", on="2099-01-20"), Person(lead)
    row = decided(action)
    assert person.opens(f"{assembled(person, action)}/depot").status == 200
    record(action, Kind.CLAIM_FILED, "2099-02-02", number="2600001")
    fact = action.facts.get(kind=Kind.CLAIM_FILED)
    services.take_back(fact.pk, actor=lead, now=at("2099-02-03"), note="une autre requête")
    with pytest.raises(Refused):
        services.remove_exhibit(row, now=at("2099-02-04"))


def test_exhibits_are_moved_by_one_and_set_by_date(lead: User) -> None:
    action, person = opened(lead), Person(lead)
    decided(action)
    late, early = add(action, "Contrat", dated="1er mars 2025"), add(action, "Étude", dated="2019")
    add(action, "Sans date")
    door = f"/actions/{action.pk}/pieces/ordre"
    person.sends(door, piece=early.pk, sens="monter")
    assert list(numbers(action)) == ["Décision", "Étude", "Contrat", "Sans date"]
    person.sends(door, piece=late.pk, sens="descendre")
    assert list(numbers(action)) == ["Décision", "Étude", "Sans date", "Contrat"]
    person.sends(door, date="1")
    assert list(numbers(action)) == ["Décision", "Étude", "Contrat", "Sans date"]


def test_what_was_taken_out_is_put_back_under_its_key(lead: User) -> None:
    action, person = opened(lead), Person(lead)
    row = add(action, "Photo")
    person.sends(f"/actions/{action.pk}/pieces/{row.pk}", retirer="1")
    assert numbers(action) == {}
    assert "Remettre" in person.opens(f"/actions/{action.pk}/pieces").text
    person.sends(f"/actions/{action.pk}/pieces/{row.pk}/remettre")
    assert [each.key for each in numbered_of(action)] == [row.pk]


def test_who_reads_only_adds_nothing(lead: User) -> None:
    action, reader = opened(lead), make.user("lectrice")
    services.seat(action, user=reader, role="READER", now=at("01-21"))
    row = decided(action)
    door = f"/actions/{action.pk}/pieces"
    assert "Décision" in Person(reader).opens(door).text
    assert Person(reader).opens(f"{door}/choisir").status == 404
    assert Person(reader).opens(f"{door}/{row.pk}").status == 404
    assert Person(reader).sends(f"{door}/ordre", date="1").status == 404
