"""Courts, money and facts are corrected, taken back, put back: nothing is overwritten."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contrechamp.cases import services
from contrechamp.cases.domain.facts import Kind, Outcome
from contrechamp.cases.models import Action, Cost, FactRow, Instance
from contrechamp.cases.queries.money import sums_of
from contrechamp.cases.queries.page import page_of
from contrechamp.documents.models import Document
from contrechamp.kernel.errors import Refused
from tests import make
from tests.documents.made import document, pdf
from tests.people import Person

from .actions import at, opened, record

pytestmark = pytest.mark.django_db


def by(action: Action) -> dict[str, Any]:
    return {"actor": action.author, "now": at("01-21")}


def court(action: Action, **fields: Any) -> Instance:
    return services.add_instance(action, court="TA de Toulon", **fields, **by(action))


def spent(action: Action, amount: int = 50) -> Cost:
    day = at("01-21").date()
    return services.add_cost(action, kind="SPENT", amount=Decimal(amount), day=day, **by(action))


def test_a_court_is_corrected_by_a_new_row_that_names_the_old_its_author_and_why() -> None:
    action = opened()
    old = court(action, number="2600001")
    someone, url = Person(action.author), f"/actions/{action.pk}/instance/{old.pk}"
    form = someone.opens(url)
    assert 'value="2600001"' in form.text
    assert someone.sends(url, court="TA de Nice").status == 200, "a reason is needed"
    assert someone.sends(url, court="TA de Nice", reason="mauvais tribunal").status == 302
    new = Instance.objects.get(court="TA de Nice")
    assert (new.replaces, new.reason, new.made_by) == (old, "mauvais tribunal", action.author)
    page = page_of(action, action.author, now=at("01-22"))
    assert [row.court for row in page.instances] == ["TA de Nice"]
    assert someone.opens(url).status == 404, "the old row is no more to be corrected"


@pytest.mark.parametrize("what", ["instance", "argent"])
def test_a_row_is_taken_back_with_a_reason_and_put_back(what: str) -> None:
    action = opened()
    row = court(action) if what == "instance" else spent(action)
    someone = Person(action.author)
    url = f"/actions/{action.pk}/{what}/{row.pk}"
    assert "Dites pourquoi" in someone.sends(url, annuler="1").text
    assert someone.sends(url, annuler="1", pourquoi="deux fois").status == 302
    page = page_of(action, action.author, now=at("01-22"))
    assert not page.instances
    assert not page.costs
    (removal,) = page.removed
    follow = someone.opens(f"/actions/{action.pk}/suivre").text
    assert "deux fois" in follow
    someone.sends(f"/actions/{action.pk}/{what}/{removal.pk}", remettre="1")
    page = page_of(action, action.author, now=at("01-22"))
    assert len(page.instances) + len(page.costs) == 1
    assert not page.removed
    assert type(row).objects.count() == 3


def test_a_row_is_taken_back_once() -> None:
    action = opened()
    row = court(action)
    removal = services.take_back_row(row, reason="erreur", **by(action))
    for wrong in (row, removal):
        with pytest.raises(Refused):
            services.take_back_row(wrong, reason="encore", **by(action))
    services.put_back_row(removal, **by(action))
    for wrong in (row, removal):
        with pytest.raises(Refused):
            services.put_back_row(wrong, **by(action))


def test_money_of_another_action_is_not_there() -> None:
    action, other = opened(), opened(make.user("autre"))
    row = spent(other)
    assert Person(action.author).opens(f"/actions/{action.pk}/argent/{row.pk}").status == 404


def test_the_table_of_money_adds_up_what_stands() -> None:
    action = opened()
    spent(action, 50)
    services.take_back_row(spent(action, 70), reason="erreur", **by(action))
    row = spent(action, 20)
    services.add_cost(
        action,
        kind="SPENT",
        amount=Decimal(30),
        day=row.day,
        replaces=row.pk,
        reason="oubli",
        **by(action),
    )
    page = page_of(action, action.author, now=at("01-22"))
    assert [total for _, total in sums_of(page.costs)] == [Decimal(80)]
    assert "80" in Person(action.author).opens(f"/actions/{action.pk}/couts").text


# Facts.


def test_a_judgment_is_corrected_with_a_reason_and_undone() -> None:
    action = opened()
    record(action, Kind.CLAIM_FILED, "02-10", number="2600001")
    record(action, Kind.JUDGED, "10-05", outcome="LOST")
    row = action.facts.get(kind="JUDGED")
    someone, url = Person(action.author), f"/actions/{action.pk}/fait/{row.pk}/corriger"
    form = someone.opens(url).text
    assert 'name="outcome"' in form
    assert 'name="controller"' not in form
    said = {"kind": "JUDGED", "first": "2026-10-05", "proof": "JUDGMENT", "outcome": "PARTLY"}
    assert someone.sends(url, **said).status == 200
    assert someone.sends(url, **said, reason="lu trop vite").status == 302
    action.refresh_from_db()
    assert action.outcome == "PARTLY"
    new = FactRow.objects.get(corrects=row)
    assert (new.note, new.made_by) == ("lu trop vite", action.author)
    services.take_back(new.pk, note="tout faux", **{**by(action), "now": at("10-06")})
    action.refresh_from_db()
    assert (action.outcome, action.state) == ("", "CLAIM_FILED")


def test_a_fact_is_corrected_once_and_a_correction_says_why() -> None:
    action = opened()
    row = action.facts.get()
    with pytest.raises(Refused, match="pourquoi"):
        services.record(action, Kind(row.kind), first=row.first, corrects=row.pk, **by(action))
    services.take_back(row.pk, note="erreur", **by(action))
    with pytest.raises(Refused, match="déjà corrigée"):
        services.record(
            action,
            Kind(row.kind),
            first=row.first,
            corrects=row.pk,
            note="encore",
            **by(action),
        )


def test_a_claim_taken_back_frees_the_numbers_of_exhibits_and_put_back_freezes_them() -> None:
    from tests.documents.made import key

    action = opened()
    services.add_exhibit(
        action,
        sha256=key(document(by=action.author)),
        told=services.Told(label="Décision attaquée"),
        **by(action),
    )
    record(action, Kind.CLAIM_FILED, "02-10")
    assert action.exhibits.get().number == 1
    row = action.facts.get(kind="CLAIM_FILED")
    later: dict[str, Any] = {"actor": action.author, "now": at("02-11")}
    removal = services.take_back(row.pk, note="pas encore", **later)
    assert action.exhibits.get().number == 0
    services.put_back(removal.pk, **later)
    assert action.exhibits.get().number == 1


# The document that shows a fact.

TOLD = {"kind": "CLAIM_FILED", "first": "2026-02-10", "proof": "RECEIPT", "number": "2600001"}


def test_a_document_is_found_by_its_title_without_losing_what_was_typed() -> None:
    action = opened()
    paper = document(by=action.author, title="Accusé d'enregistrement du tribunal")
    someone, url = Person(action.author), f"/actions/{action.pk}/suivre"
    page = someone.sends(url, **TOLD, **{"document-words": "ENREGISTREMENT accusé"}, chercher="1")
    assert paper.title.replace("'", "&#x27;") in page.text
    assert 'value="2600001"' in page.text
    assert action.facts.count() == 1
    done = someone.sends(url, **TOLD, **{"document-words": "accusé", "document-chosen": paper.pk})
    assert done.status == 302
    assert action.facts.get(kind="CLAIM_FILED").document == paper.pk
    assert "le document" in someone.opens(f"/actions/{action.pk}").text
    nothing = someone.sends(url, **TOLD, **{"document-words": "zorglub"}, chercher="1")
    assert "Aucun titre" in nothing.text


def test_somebody_elses_private_document_is_neither_found_nor_linked() -> None:
    action = opened()
    paper = document(
        by=make.user("autre"),
        title="Zorglub secret",
        access=Document.Access.PRIVATE,
        state=Document.State.DRAFT,
        published_at=None,
    )
    someone, url = Person(action.author), f"/actions/{action.pk}/suivre"
    page = someone.sends(url, **TOLD, **{"document-words": "zorglub"}, chercher="1")
    assert "Zorglub secret" not in page.text
    said = {"document-words": "", "document-chosen": paper.pk}
    someone.sends(url, **TOLD, **said)
    assert not FactRow.objects.filter(document=paper.pk).exists()


def test_a_file_that_is_sent_becomes_a_private_document_of_the_library() -> None:
    action = opened()
    file = SimpleUploadedFile("jugement.pdf", pdf([("Le tribunal annule.",)]))
    someone, url = Person(action.author), f"/actions/{action.pk}/suivre"
    assert someone.sends(url, **TOLD, **{"document-file": file}).status == 302
    paper = Document.objects.get()
    assert action.facts.get(kind="CLAIM_FILED").document == paper.pk
    assert (paper.access, paper.origin) == ("PRIVATE", "IMPORT")
    services.set_public(action, is_public=True, now=at("02-11"))
    assert "le document" not in Person().opens(f"/actions/{action.pk}").text


def test_the_sheet_of_a_hearing_is_its_teams_and_holds_what_is_needed() -> None:
    action = opened()
    court(action, number="2600001", decided_on=at("01-21").date(), result=Outcome.WON)
    record(action, Kind.CLAIM_FILED, "02-10")
    record(action, Kind.HEARING, "02-11", day="2027-04-10")
    services.set_public(action, is_public=True, now=at("02-12"))
    page = Person(action.author).opens(f"/actions/{action.pk}/audience")
    for words in ("samedi 10 avril 2027", "2600001", "Requête déposée", "TA de Toulon"):
        assert words in page.text
    assert Person(make.user("autre")).opens(f"/actions/{action.pk}/audience").status == 404


def test_uploads_leave_nothing_behind(tmp_path: Path, settings: Any) -> None:
    action = opened()
    file = SimpleUploadedFile("rien.exe", b"MZ")
    url = f"/actions/{action.pk}/suivre"
    page = Person(action.author).sends(url, **TOLD, **{"document-file": file})
    folder = settings.CONTRECHAMP.data / "arrivals"
    assert not list(folder.glob("new-*"))
    assert page.status in {200, 302}
