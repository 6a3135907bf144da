"""A document comes from the desk into the house, and nobody can tell."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.core import serializers

from airlock import promotion
from contrechamp.accounts.models import User
from contrechamp.desk.services.bringing import bring
from contrechamp.documents import services as documents
from contrechamp.documents.models import BatchItem, CustodyEvent, Document
from contrechamp.kernel.errors import Refused
from tests.people import Person

NOW = datetime(2026, 11, 29, 14, 33, 21, tzinfo=UTC)


def bundle(
    folder: Path, text: str = "Note de service sur les caméras.\n", readers: int = 2
) -> Path:
    copy = folder / "copy.txt"
    copy.write_text("Note de service sur les caméras.\n")
    said = promotion.Promotion(
        file=promotion.describe(copy),
        title="Note de service sur les caméras",
        doc_type="letter",
        dated="mars 2026",
        authority="217600000",
        language="fr",
        subjects=("video",),
        obtained=2026,
        scrub=promotion.Scrub("retyped", "1", "text"),
        checks=promotion.CHECKS,
        readers=readers,
    )
    out = folder / "bundle.zip"
    promotion.write(said, copy, out)
    return out


@pytest.fixture
def user(amina: Person) -> User:
    assert amina.user
    return amina.user


def test_a_bundle_becomes_a_private_draft(tmp_path: Path, user: User) -> None:
    said, report = bring(bundle(tmp_path), actor=user, now=NOW)
    document = Document.objects.get()

    assert report.documents[0].state == "added"
    assert document.title == said.title == "Note de service sur les caméras"
    assert (document.state, document.access, document.origin) == ("DRAFT", "PRIVATE", "RECEIVED")
    assert document.dated_text == "mars 2026"
    assert str(document.obtained_on) == "2026-11-29"  # A new date, not one of the source's.


def test_it_looks_like_any_document_that_somebody_gave(tmp_path: Path, user: User) -> None:
    bring(bundle(tmp_path), actor=user, now=NOW)
    file = tmp_path / "autre-note.txt"
    file.write_text("Autre note, donnée au guichet de l'association.\n")
    documents.add_paths(
        [file],
        actor=user,
        now=NOW,
        names={file: file.name},
        access="PRIVATE",
        doc_type="letter",
        obtained_on=NOW.date(),
    )
    given = Document.objects.exclude(title__contains="service").get()
    said = {"title": "Autre note", "author_text": "217600001", "dated_text": "2026"}
    documents.describe_document(
        given, expected_version=given.version, actor=user, now=NOW, language="fr", **said
    )
    brought = Document.objects.exclude(pk=given.pk).get()

    assert traces(brought) == traces(given)
    assert brought.versions.get().received_name == "note-de-service-sur-les-cameras.txt"


def traces(document: Document) -> dict[str, object]:
    """Return all that the house wrote of a document, but for what is the document's own."""
    document.refresh_from_db()
    own = {"id", "title", "author_text", "dated_text", "dated_earliest", "dated_latest"}
    fields = {field.attname for field in Document._meta.concrete_fields} - own
    lines = CustodyEvent.objects.filter(document=document).order_by("pk")
    return {
        **{name: getattr(document, name) for name in fields},
        "custody": [(line.what, line.by, line.at, line.detail) for line in lines],
        "versions": [(each.seen_on, each.seen_at_url) for each in document.versions.all()],
        "batches": [
            (each.batch.at, each.batch.by_id, each.batch.origin, each.state, each.message)
            for each in BatchItem.objects.filter(document=document)
        ],
    }


def test_nothing_of_the_source_is_in_the_house(tmp_path: Path, user: User) -> None:
    path = tmp_path / "f3a9c2-du-guichet-nord.zip"
    bundle(tmp_path).rename(path)
    bring(path, actor=user, now=NOW)
    everything = "".join(
        serializers.serialize("json", model._default_manager.all())
        for model in apps.get_models()
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.app_label not in {"auth", "contenttypes", "places"}  # Names of tables.
    )

    for mark in ("guichet-nord", "f3a9c2", "promotion/1", "bundle", "desk."):
        at = everything.find(mark)
        assert at < 0, everything[max(at - 200, 0) : at + 200]


def test_one_reader_alone_brings_nothing(tmp_path: Path, user: User) -> None:
    with pytest.raises(Refused, match="deuxième"):
        bring(bundle(tmp_path, readers=1), actor=user, now=NOW)
    assert not Document.objects.exists()


@pytest.mark.parametrize("cut", [1, 40, 400])
def test_a_damaged_bundle_brings_nothing(tmp_path: Path, user: User, cut: int) -> None:
    path = bundle(tmp_path)
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(Refused):
        bring(path, actor=user, now=NOW)
    assert not Document.objects.exists()


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path, user: User) -> None:
    with pytest.raises(Refused, match="ne s'ouvre pas"):
        bring(tmp_path / "no.zip", actor=user, now=NOW)


def test_bringing_it_again_changes_nothing(tmp_path: Path, user: User) -> None:
    path = bundle(tmp_path)
    bring(path, actor=user, now=NOW)
    _said, report = bring(path, actor=user, now=NOW)

    assert report.documents[0].state == "known"
    assert Document.objects.count() == 1
