"""What documents offer to search: public pages with their current text, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from contrechamp.accounts.domain import Role
from contrechamp.documents import plug, services
from contrechamp.documents.models import Page
from tests import make
from tests.documents import made
from tests.documents.made import NOW

pytestmark = pytest.mark.django_db


def test_each_public_page_is_found_once_with_its_current_text() -> None:
    document = made.document(texts=[("Un.",), ("Deux.",)], place_codes=["commune:06088"])
    key = made.key(document)
    made.document(title="Le même ailleurs", texts=[("Un.",), ("Deux.",)])
    made.layer(Page.objects.get(file=key, number=2), "Deux, mieux lu.", kind="OCR")
    entries = list(plug.page_entries())

    assert [(entry.ref, entry.text) for entry in entries] == [
        (f"documents:page:{key}/1", "Un."),
        (f"documents:page:{key}/2", "Deux, mieux lu."),
    ]
    assert entries[1].url == f"/documents/{key}/page/2"
    assert entries[1].title == f"{document.title}, p.\u00a02"
    assert entries[1].places == ("commune:06088",)
    assert (entries[1].page, entries[1].document) == (2, key)


def test_only_what_is_public_is_found() -> None:
    ways: list[dict[str, Any]] = [
        {"state": "DRAFT"},
        {"access": "TEAM"},
        {"state": "WITHDRAWN"},
        {"embargo_until": NOW.replace(year=2999)},
    ]
    for number, hidden in enumerate(ways):
        made.document(content=made.pdf([(f"Page {number}",)]), texts=[("A",)], **hidden)
    assert list(plug.page_entries()) == []
    assert list(plug.document_entries()) == []


def test_a_reference_is_found_as_long_as_it_is_public() -> None:
    document = made.document(texts=[("Un.",), ("Deux.",)])
    key = made.key(document)
    refs = [f"documents:page:{key}/2", f"documents:page:{key}/9", "documents:page:x/y"]
    assert [entry.ref for entry in plug.some_pages(refs)] == [refs[0]]
    (entry,) = plug.some_documents([f"documents:document:{document.pk}"])
    assert entry.url == f"/documents/{key}"

    editor = make.user("amina", Role.EDITOR)
    services.withdraw_document(document, actor=editor, now=NOW, reason="Erreur.")
    assert list(plug.some_pages(refs)) == []
    assert list(plug.some_documents([f"documents:document:{document.pk}"])) == []
