"""Two truths: an editor makes the copy, another confirms; visitors never learn of the original."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import Settings

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.documents import plug, queries, services
from contrechamp.documents.domain.layout import Rect
from contrechamp.documents.domain.redaction.plan import Box, Keep, Plan, Term
from contrechamp.documents.models import Document, File, Quote, Redaction, Version
from contrechamp.documents.signals import quote_unanchored
from contrechamp.foundation.store import sealed, store
from contrechamp.kernel.errors import Refused
from tests import make
from tests.documents import made
from tests.people import Person

pytestmark = pytest.mark.django_db
SECRET = "Kerguénec"
TEXTS = (
    ("Le maire signe le marché", f"avec Monsieur {SECRET}, gérant"),
    ("La page suivante ne cache rien", "et se lit comme avant"),
)
PLAN = Plan(terms=(Term(SECRET, "private_person"),))
LATER = made.NOW + timedelta(days=2)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has stores of its own, and what waits for the commit is done at once."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, **_: act())
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, data=tmp_path / "data")


@pytest.fixture
def document() -> Document:
    return made.document(texts=TEXTS)


@pytest.fixture
def ed(db: None) -> User:
    return make.user("ed", Role.EDITOR)


@pytest.fixture
def editor(amina: Person) -> User:
    return User.objects.get(username="amina")


def copied(document: Document, by: User, plan: Plan = PLAN) -> Redaction:
    redaction = services.propose_copy(document, plan, actor=by, now=made.NOW)
    copy = services.make_public_copy(redaction, actor=by, now=made.NOW)
    assert copy.passed, [check for check in copy.checks if not check.passed]
    redaction.refresh_from_db()
    return redaction


def published(document: Document, by: User, reviewer: User, plan: Plan = PLAN) -> Redaction:
    return services.confirm_copy(copied(document, by, plan), reviewer=reviewer, now=LATER)


def answers(person: Person, key: str) -> dict[str, int]:
    urls = ("", "/page/1", "/page/1.webp", "/page/1.txt", "/page/1.json", "/texte", "/telecharger")
    return {url: person.opens(f"/documents/{key}{url}").status for url in urls}


def test_a_confirmed_copy_takes_the_place_of_the_original(
    document: Document, editor: User, ed: User, visitor: Person
) -> None:
    original = made.key(document)
    assert set(answers(visitor, original).values()) == {200}

    redaction = published(document, editor, ed)
    copy = str(redaction.copy_id)

    assert set(answers(visitor, original).values()) == {404}
    assert set(answers(visitor, copy).values()) == {200}
    assert "Kergu" not in visitor.opens(f"/documents/{copy}/page/1.json").text
    assert "La page suivante" in visitor.opens(f"/documents/{copy}/texte").text
    assert Version.objects.get(file=copy).role == Version.Role.PUBLIC_COPY
    assert not store().exists(original)
    with sealed().path(original) as path:
        assert (oct(path.stat().st_mode)[-3:], path.parts[-4]) == ("400", "sealed")
    assert services.verify().is_sound


def test_the_page_of_a_copy_says_where_and_why_and_commits_to_the_original(
    document: Document, editor: User, ed: User, visitor: Person
) -> None:
    redaction = published(document, editor, ed)

    page = visitor.opens(f"/documents/{redaction.copy_id}").text

    assert redaction.commitment in page
    assert "personne privée" in page
    assert "Kergu" not in page
    assert redaction.original_id[:12] not in page
    opened = hmac.new(
        bytes.fromhex(redaction.nonce), bytes.fromhex(redaction.original_id), "sha256"
    )
    assert opened.hexdigest() == redaction.commitment


def test_no_list_index_or_feed_tells_of_the_original(
    document: Document, editor: User, ed: User, visitor: Person
) -> None:
    redaction = published(document, editor, ed)
    told = [str(redaction.original_id)[:12], "Kergu", "kergu"]

    for url in ("/documents/", "/documents/?q=gérant", f"/documents/{redaction.copy_id}/texte"):
        answer = visitor.opens(url)
        assert answer.status == 200
        assert not any(words in answer.text for words in told)
    entries = [*plug.page_entries(), *plug.document_entries()]
    assert str(redaction.copy_id) in str(entries)
    assert not any(words in str(entries) for words in told)


def test_nobody_confirms_their_own_copy(document: Document, editor: User, ed: User) -> None:
    redaction = copied(document, editor)

    with pytest.raises(Refused, match="seconde personne"):
        services.confirm_copy(redaction, reviewer=editor, now=LATER)
    with pytest.raises(Refused):
        services.confirm_copy(redaction, reviewer=make.user("noor"), now=LATER)
    assert Version.objects.filter(document=document).count() == 1
    assert services.confirm_copy(redaction, reviewer=ed, now=LATER).state == "PUBLIC"


def test_a_copy_that_waits_is_invisible(document: Document, editor: User, visitor: Person) -> None:
    redaction = copied(document, editor)

    assert set(answers(visitor, str(redaction.copy_id)).values()) == {404}
    assert set(answers(visitor, made.key(document)).values()) == {200}


def test_no_word_of_the_plan_is_in_a_table(document: Document, editor: User) -> None:
    redaction = copied(document, editor)

    rows = [*Redaction.objects.values(), *redaction.boxes.values()]
    assert "Kergu" not in str(rows)
    assert services.plan_of(redaction).terms == PLAN.terms
    assert redaction.plan_key in sealed().every()
    assert len(list(settings.CONTRECHAMP.data.glob("arrivals/new-*"))) == 0


def test_a_new_copy_replaces_the_old_one_whose_address_says_so(
    document: Document, editor: User, ed: User, visitor: Person
) -> None:
    old = published(document, editor, ed)
    more = Plan(terms=(*PLAN.terms, Term("gérant", "other")))
    new = published(document, editor, ed, more)

    gone = visitor.opens(f"/documents/{old.copy_id}")
    assert gone.status == 410
    assert "4 mars 2026" in gone.text
    assert visitor.opens(f"/documents/{new.copy_id}").status == 200
    assert visitor.opens(f"/documents/{new.original_id}").status == 404
    assert new.original_id == old.original_id
    assert services.verify().is_sound


def test_quotes_move_to_the_copy_and_those_in_a_box_are_told(
    document: Document, editor: User, ed: User
) -> None:
    key = made.key(document)
    by = document.added_by
    safe = services.cite(key, page=1, exact="Le maire signe", actor=by, now=made.NOW)
    told = services.cite(key, page=1, exact=f"Monsieur {SECRET}", actor=by, now=made.NOW)
    lost: list[Any] = []

    def listen(quote_id: str, **_: Any) -> None:
        lost.append(quote_id)

    quote_unanchored.connect(listen)
    try:
        redaction = published(document, editor, ed)
    finally:
        quote_unanchored.disconnect(listen)

    kept, hidden = Quote.objects.get(pk=safe.pk), Quote.objects.get(pk=told.pk)
    assert kept.file_id == hidden.file_id == redaction.copy_id
    assert (kept.exact, kept.anchored) == ("Le maire signe", True)
    assert "Kergu" not in hidden.exact + hidden.prefix + hidden.suffix + kept.suffix
    assert set(lost) == {told.pk}


def test_what_is_unticked_stays(document: Document, editor: User) -> None:
    redaction = services.propose_copy(document, PLAN, actor=editor, now=made.NOW)
    services.keep_some(redaction, [Keep(1, Rect(0, 0, 1, 1))], actor=editor)
    redaction.refresh_from_db()

    found = services.look_at(redaction).found
    assert (found.found_count, found.covered_count) == (1, 0)


def test_a_copy_with_a_leak_beside_it_is_not_made(document: Document, editor: User) -> None:
    Document.objects.filter(pk=document.pk).update(title=f"Lettre de {SECRET}")
    document.refresh_from_db()
    redaction = services.propose_copy(document, PLAN, actor=editor, now=made.NOW)

    copy = services.make_public_copy(redaction, actor=editor, now=made.NOW)

    assert not copy.passed
    redaction.refresh_from_db()
    assert (redaction.state, redaction.copy) == ("PROPOSED", None)
    assert [check["name"] for check in redaction.checks if not check["passed"]] == ["beside"]
    assert File.objects.count() == 1


def test_the_same_sentence_elsewhere_waits_for_a_decision(document: Document, editor: User) -> None:
    made.document(
        texts=[("Compte rendu.", "Le maire signe le marché", f"avec Monsieur {SECRET}, gérant")],
        title="Compte rendu",
    )
    redaction = services.propose_copy(document, PLAN, actor=editor, now=made.NOW)

    first = services.make_public_copy(redaction, actor=editor, now=made.NOW)
    second = services.make_public_copy(redaction, actor=editor, now=made.NOW, is_decided=True)

    assert [check.name for check in first.checks if not check.passed] == ["elsewhere"]
    assert second.passed


def test_what_is_given_up_leaves_nothing(document: Document, editor: User) -> None:
    redaction = copied(document, editor)
    copy = str(redaction.copy_id)

    services.drop_copy(redaction, actor=editor, now=made.NOW)

    assert not store().exists(copy)
    assert not File.objects.filter(pk=copy).exists()
    assert list(sealed().every()) == []
    assert services.verify().is_sound


def test_the_same_original_under_another_name_shows_the_copy_too(
    document: Document, editor: User, ed: User
) -> None:
    other = made.document(texts=TEXTS, title="La même")

    redaction = published(document, editor, ed)

    assert other.versions.filter(file=redaction.copy_id).exists()
    assert queries.find_public(str(redaction.original_id)) is None


def test_a_sealed_original_that_arrives_again_stays_sealed(
    document: Document, editor: User, ed: User, tmp_path: Path
) -> None:
    redaction = published(document, editor, ed)
    path = tmp_path / "encore.pdf"
    with sealed().path(str(redaction.original_id)) as kept:
        path.write_bytes(kept.read_bytes())

    report = services.add_paths((path,), actor=editor, now=LATER, ocr="never")

    assert report.known == 1
    assert not store().exists(str(redaction.original_id))


def test_an_editor_works_without_scripts(
    document: Document, amina: Person, ed: User, visitor: Person
) -> None:
    start = f"/documents/fiche/{document.pk}/masquer"
    assert "Faire une copie publique" in amina.opens(start).text
    asked = amina.sends(
        start,
        **{
            "terms": SECRET, "reason": "private_person",
            "page-0": "1", "left-0": "10", "top-0": "70,5", "right-0": "30", "bottom-0": "75",
            "reason-0": "signature",
        },
    )  # fmt: skip
    there = asked.location
    preview = amina.opens(there).text
    assert f"<mark>{SECRET}</mark>" in preview
    assert amina.sends(there, make="1", hide="0", shown="1").status == 302
    page = amina.opens(there).text
    assert "rien lu" in page
    assert amina.opens(f"{there}/1.webp?de=original").status == 200
    assert amina.opens(f"{there}/1.webp").status == 200
    assert amina.sends(there, confirm="1").status == 409

    done = Person(ed).sends(there, confirm="1")

    assert done.status == 302
    assert visitor.opens(done.location).status == 200
    assert Redaction.objects.get().boxes.filter(reason="signature", source="box").exists()


@pytest.mark.parametrize(
    "fields", [{}, {"terms": "x"}, {"page-0": "9", "left-0": "a"}, {"terms": "!!"}]
)
def test_what_is_missing_is_said(document: Document, amina: Person, fields: dict[str, str]) -> None:
    answer = amina.sends(
        f"/documents/fiche/{document.pk}/masquer", **({"reason": "private_person"} | fields)
    )

    assert answer.status == 400
    assert Redaction.objects.count() == 0


def test_a_box_drawn_on_a_quote_masks_it(document: Document, editor: User, ed: User) -> None:
    quote = services.cite(
        made.key(document), page=1, exact="Le maire", actor=document.added_by, now=made.NOW
    )
    plan = Plan(boxes=(Box(1, Rect(0.1, 0.1, 0.5, 0.3), "signature"),))

    published(document, editor, ed, plan)

    assert "maire" not in Quote.objects.get(pk=quote.pk).exact


def test_what_screening_marked_is_hidden_in_the_copy_and_then_it_is_published(
    editor: User, ed: User, visitor: Person
) -> None:
    named = ("Monsieur Jules INVENTEUR a écrit à la mairie.", "Téléphone : 06 12 34 56 78.")
    document = made.document(texts=[named], state="DRAFT", access="TEAM", published_at=None)
    services.screen_document(document, now=made.NOW)
    rows = queries.screening.findings(document).values_list("pk", flat=True)
    services.decide(document, rows, decision="REDACT", actor=ed, now=made.NOW)

    redaction = services.propose_copy(
        document, Plan(), actor=editor, now=made.NOW, is_screened=True
    )
    copy = services.make_public_copy(redaction, actor=editor, now=made.NOW)
    assert copy.passed
    assert {box.source for box in redaction.boxes.all()} == {"screening"}
    redaction.refresh_from_db()
    services.confirm_copy(redaction, reviewer=ed, now=LATER)
    services.screen_document(document, now=LATER)
    left = queries.screening.findings(document).filter(file=redaction.copy_id)
    services.decide(
        document, left.values_list("pk", flat=True), decision="NOT_PERSONAL", actor=ed, now=LATER
    )
    document.refresh_from_db()

    assert services.publish_document(document, reviewer=ed, now=LATER).state == "PUBLISHED"

    text = visitor.opens(f"/documents/{redaction.copy_id}/texte").text
    assert "mairie" in text
    assert "INVENTEUR" not in text
    assert "56 78" not in text


def test_the_words_of_a_text_are_hidden_where_there_is_no_picture(editor: User, ed: User) -> None:
    content = "Monsieur Jules INVENTEUR a écrit à la mairie.".encode()
    document = made.document(
        content=content,
        kind="text",
        mime="text/plain",
        has_image=False,
        texts=[("Monsieur Jules INVENTEUR a écrit à la mairie.",)],
        state="DRAFT",
        access="TEAM",
        published_at=None,
    )
    services.screen_document(document, now=made.NOW)
    rows = queries.screening.findings(document).values_list("pk", flat=True)
    services.decide(document, rows, decision="REDACT", actor=ed, now=made.NOW)

    redaction = services.propose_copy(
        document, Plan(), actor=editor, now=made.NOW, is_screened=True
    )

    assert [term.text for term in services.plan_of(redaction).terms] == ["Jules INVENTEUR"]
