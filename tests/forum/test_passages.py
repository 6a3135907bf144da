"""A thread about a passage of a document: opened from its page, read as long as this is."""

from __future__ import annotations

import pytest

from contrechamp.accounts.domain import Role
from contrechamp.documents import services as documents
from contrechamp.documents.models import Document, Quote
from contrechamp.forum.findable import all_posts
from contrechamp.forum.models import Thread
from contrechamp.forum.queries.subjects import kinds
from tests.documents import made
from tests.forum import talking
from tests.people import Person

pytestmark = pytest.mark.django_db
WORDS = "Le montant est de 120 000 euros hors taxes."


def cited(**fields: object) -> tuple[Document, Quote]:
    """A document and a sentence of it, chosen by a member; nothing public rests on it."""
    document = made.document(**fields)  # type: ignore[arg-type]
    author = document.added_by
    key = made.key(document)
    return document, documents.cite(key, page=1, exact=WORDS, actor=author, now=made.NOW)


def about(quote: Quote) -> Thread:
    return talking.thread(
        title="Ce prix est-il celui du marché ?",
        text="Il dépasse de loin celui du vote.",
        subject=f"passage:{quote.pk}",
    )


def test_a_member_chooses_a_sentence_and_talks_about_it_without_scripts() -> None:
    document, _ = cited()
    lea = Person(talking.member())
    talking.board()
    page = f"/documents/{made.key(document)}/page/1"
    chosen = lea.opens(f"{page}?citer&de=3&a=3")
    assert "Discuter ce passage" in chosen.text
    text = "\n".join(made.LINES)
    start = text.index(WORDS)
    gone = lea.sends(
        f"/documents/{made.key(document)}/citer",
        page=1,
        page_to=1,
        start=start,
        end=start + len(WORDS),
        action="forum:about",
    )
    quote = Quote.objects.get()
    assert gone.location == f"/forum/a-propos?sujet=passage:{quote.pk}"
    there = lea.follows(gone).text
    assert WORDS in there
    form = lea.opens(f"/forum/nouveau?sujet=passage:{quote.pk}")
    assert (form.status, WORDS in form.text) == (200, True)


def test_the_thread_shows_the_passage_and_the_page_leads_to_the_thread() -> None:
    document, quote = cited()
    thread = about(quote)
    page = f"/documents/{made.key(document)}/page/1"
    text = Person().opens(thread.address).text
    assert WORDS in text
    assert f"{page}?zone=" in text
    for address in (page, f"/documents/{made.key(document)}"):
        assert thread.address in Person().opens(address).text


def test_a_visitor_is_led_to_sign_in_to_choose_a_passage() -> None:
    document, _ = cited()
    page = Person().opens(f"/documents/{made.key(document)}/page/1").text
    assert "page/1%3Fciter" in page.replace("%2F", "/")


def test_of_a_passage_that_facts_rest_on_visitors_see_its_mark_and_the_way_to_talk() -> None:
    document, quote = cited()
    documents.show_quotes([quote.pk])
    thread = about(quote)
    page = f"/documents/{made.key(document)}/page/1"
    assert f"{page}#{quote.pk}" in Person().opens(thread.address).text
    assert f"sujet=passage:{quote.pk}" in Person().opens(page).text


def test_talk_about_a_passage_leaves_with_its_document() -> None:
    document, quote = cited()
    thread = about(quote)
    post = f"/forum/m/{thread.pk}/1"
    assert len(list(all_posts())) == 1
    editor = talking.member("edith", role=Role.EDITOR)
    documents.withdraw_document(document, actor=editor, now=made.NOW, reason="Une erreur.")
    seen = ""
    for address in (thread.address, post, f"/forum/a-propos?sujet=passage:{quote.pk}"):
        answer = Person().opens(address)
        assert answer.status == 404
        seen += answer.text
    for address in ("/forum", "/forum.atom", "/forum/general", "/forum/general.jsonfeed"):
        seen += Person().opens(address).text
    assert "Ce prix" not in seen
    assert WORDS not in seen
    assert list(all_posts()) == []


def test_a_passage_of_what_is_not_public_is_no_subject() -> None:
    _, quote = cited(state=Document.State.DRAFT)
    talking.board()
    lea = Person(talking.member())
    assert lea.opens(f"/forum/nouveau?sujet=passage:{quote.pk}").status == 404
    page = lea.opens(f"/documents/{quote.file_id}/page/1").text
    assert "Discuter ce passage" not in page


def test_refs_of_a_document_name_its_passages() -> None:
    document, quote = cited()
    named = kinds()["passage"].named
    assert list(named([f"documents:document:{document.pk}"])) == [quote.pk]
    assert list(named([f"documents:page:{quote.file_id}/1"])) == [quote.pk]
    assert list(named(["census:entity:prj-1"])) == []
