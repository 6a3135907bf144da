"""What is written of a file that arrives: the document, its origin, its line in the arrival."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext

from contrechamp.documents import workers
from contrechamp.documents.domain.kinds import Content
from contrechamp.documents.domain.reasons import (
    Problem,
)
from contrechamp.documents.models import (
    Batch,
    BatchItem,
    Collection,
    CollectionItem,
    CustodyEvent,
    Document,
    File,
    OcrPage,
    TextLayer,
    Version,
)
from contrechamp.documents.queries import visible_to
from contrechamp.documents.signals import document_replaced
from contrechamp.foundation import lease

from .report import Entry
from .wishes import Wishes

if TYPE_CHECKING:
    pass


@dataclass(slots=True)
class Source:
    """A file that arrived: on the disk, or already in the store as a part of another."""

    shown: str
    path: Path | None = None
    part: workers.Part | None = None
    problem: Problem | None = None
    parent: Document | None = None
    in_archive: bool = False
    depth: int = 0
    number: int = 0
    """Its place among all that arrived."""


class Teller:
    """Writes rows for one arrival."""

    def __init__(self, wanted: Wishes) -> None:
        self.wanted = wanted
        self.batch: Batch | None = None
        self.single = False
        """Whether one file alone was named: then its address is its own."""
        self._collected_before: int | None = None

    def open_file(self, entry: Entry, content: Content, reading: workers.Reading) -> File:
        is_waiting = reading.problem is not None
        file, _ = File.objects.get_or_create(
            sha256=entry.sha256,
            defaults={
                "sha1": entry.sha1 or "",
                "bytes": entry.bytes,
                "mime": content.mime,
                "kind": content.kind,
                "pages_count": reading.pages_count,
                "rendition": reading.rendition,
                "read_by": "" if is_waiting else lease.holder(),
                "read_error": reading.problem.reason.value if reading.problem else "",
                "read_message": say(reading.problem) if reading.problem else "",
            },
        )
        entry.pages = file.pages_count
        return file

    def open_document(
        self, entry: Entry, source: Source, file: File, title: str, dated: str = ""
    ) -> Document:
        """Write the document, where it comes from and what happened to it."""
        wanted = self.wanted
        entry.state = "added"
        sent = date.fromisoformat(dated) if dated else None
        document = Document.objects.create(
            title=(title or title_of(source.shown))[:300],
            doc_type="email" if file.kind == "email" else wanted.doc_type,
            dated_text=dated,
            dated_earliest=sent,
            dated_latest=sent,
            origin=wanted.origin,
            source_url=wanted.source_url,
            obtained_on=wanted.obtained_on,
            place_codes=list(wanted.place_codes),
            parent=source.parent,
            access=wanted.access,
            embargo_until=wanted.embargo_until,
            added_by=wanted.actor,
            added_at=wanted.now,
        )
        Version.objects.create(
            document=document,
            file=file,
            seen_on=timezone.localdate(wanted.now),
            seen_at_url=wanted.source_url,
            received_name=source.shown[-500:],
        )
        self.record(document, file, "received")
        entry.id = document.pk
        self._tell(entry, document)
        self._collect(document, source.number)
        self._replace(entry, document, file)
        return document

    def _replace(self, entry: Entry, document: Document, file: File) -> None:
        """Notice that the address of a document shows another content than before."""
        if not (self.single and self.wanted.source_url):
            return
        before = (
            Version.objects.filter(seen_at_url=self.wanted.source_url)
            .filter(document__in=visible_to(self.wanted.actor))
            .exclude(file=file)
            .order_by("-seen_on", "-document__added_at")
            .first()
        )
        if before:
            entry.replaces = before.file_id
            self.record(before.document, before.file, "replaced", detail=document.pk)
            document_replaced.send(Document, document=document, replaced=before.file_id)

    def record(self, document: Document, file: File, what: str, detail: str = "") -> None:
        """Note what happened. Of a gift, neither the hour nor the name of the hand."""
        at, by = self.wanted.now, self.wanted.actor.get_username()
        if self.wanted.origin == Document.Origin.RECEIVED:
            day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
            at, by = day, self.wanted.actor.role
        CustodyEvent.objects.create(
            document=document, file=file, at=at, what=what, by=by, detail=detail
        )

    def _collect(self, document: Document, number: int) -> None:
        """Put the document into the collection, in the order of arrival, not of reading."""
        if not self.wanted.collection:
            return
        title = self.wanted.collection[:200]
        collection, _ = Collection.objects.get_or_create(
            slug=slugify(title)[:80] or "documents",
            defaults={"title": title, "made_by": self.wanted.actor},
        )
        if self._collected_before is None:
            last = collection.items.aggregate(last=Max("order"))["last"]
            self._collected_before = last or 0
        CollectionItem.objects.get_or_create(
            collection=collection,
            document=document,
            defaults={"order": self._collected_before + number},
        )

    def document_of(self, file: File) -> Document | None:
        """Return the document that this person knows of this content. To others it is new."""
        mine = visible_to(self.wanted.actor).filter(versions__file=file)
        return mine.order_by("added_at", "id").first()

    def refuse(self, entry: Entry, problem: Problem) -> None:
        entry.state, entry.reason, entry.message = "refused", problem.reason.value, say(problem)
        entry.id = None
        told = BatchItem.objects.filter(path=entry.path, state="REFUSED", reason=entry.reason)
        if self.wanted.record_known or not told.exists():
            with transaction.atomic():
                self._tell(entry, None)

    @transaction.atomic
    def tell_known(self, entry: Entry, source: Source, document: Document) -> None:
        """Tell of a content that is there. The same file again leaves no trace at all."""
        entry.state, entry.id = "known", document.pk
        self._collect(document, source.number)
        told = BatchItem.objects.filter(document=document, path=source.shown)
        if told.exists() and not self.wanted.record_known:
            return
        self._tell(entry, document)
        version = document.versions.order_by("number").first()
        if version:
            self.record(document, version.file, "known_again")

    def _tell(self, entry: Entry, document: Document | None) -> None:
        if self.batch is None:
            self.batch = Batch.objects.create(
                at=self.wanted.now, by=self.wanted.actor, origin=self.wanted.origin
            )
        state = {"added": "ADDED", "known": "KNOWN", "refused": "REFUSED"}
        BatchItem.objects.create(
            batch=self.batch,
            path=entry.path,
            state=state[entry.state],
            reason=entry.reason or "",
            message=entry.message or "",
            document=document,
        )


def count_pages(entry: Entry, file: File) -> None:
    """Fill in the counts of a content from the tables."""
    entry.pages = file.pages_count
    entry.pages_text = TextLayer.objects.filter(page__file=file, is_current=True).count()
    waiting = OcrPage.objects.filter(page__file=file).exclude(state=OcrPage.State.DONE)
    entry.pages_ocr = waiting.count()


def say(problem: Problem) -> str:
    return gettext(problem.sentence).format(**problem.values)


def title_of(shown: str) -> str:
    """Return a title from a file's name."""
    name = PurePosixPath(shown.replace("\\", "/")).name
    stem = name.rpartition(".")[0] or name
    return " ".join(stem.replace("_", " ").split()) or gettext("Sans titre")
