"""Pages and texts enter the tables: some pages at a time, each once, whatever is cut between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from contrechamp.documents.domain.pdfs import PageText
from contrechamp.documents.models import File, OcrPage, Page, TextLayer
from contrechamp.documents.signals import page_text_ready, pages_queued
from contrechamp.foundation.store import store

ROWS = 200
"""Rows of one statement."""
ENGINES = {"pdf": "pdfium", "office": "pdfium"}


@transaction.atomic
def write_pages(file: File, pages: Sequence[PageText], *, now: datetime, queue: bool) -> int:
    """Write pages that are not there yet, with their texts; return how many were new."""
    there = set(
        Page.objects.filter(
            file=file, number__gte=pages[0].number, number__lte=pages[-1].number
        ).values_list("number", flat=True)
    )
    new = [page for page in pages if page.number not in there]
    if not new:
        return 0
    rows = Page.objects.bulk_create(
        [
            Page(
                file=file,
                number=page.number,
                width_pt=page.width,
                height_pt=page.height,
                rotation=page.rotation,
                has_image=page.has_image,
            )
            for page in new
        ],
        batch_size=ROWS,
    )
    engine = ENGINES.get(file.kind, file.kind)
    TextLayer.objects.bulk_create(
        [
            TextLayer(page=row, kind="FILE", engine=engine, text=page.text, made_at=now)
            for row, page in zip(rows, new, strict=True)
            if page.text.strip()
        ],
        batch_size=ROWS,
    )
    if queue:
        _queue(row for row, page in zip(rows, new, strict=True) if page.needs_recognition)
    page_text_ready.send(File, pages=[(file.pk, page.number) for page in new if page.text.strip()])
    return len(new)


def _queue(pages: Iterable[Page]) -> None:
    rows = [OcrPage(page=page) for page in pages]
    if rows:
        OcrPage.objects.bulk_create(rows, batch_size=ROWS, ignore_conflicts=True)
        pages_queued.send(OcrPage)


@transaction.atomic
def queue_pages(file: File) -> int:
    """Queue the pages of a content that have no text and were never queued; return how many."""
    waiting = list(Page.objects.filter(file=file, has_image=True, ocr=None, layers=None))
    _queue(waiting)
    return len(waiting)


def missing_pages(file: File, size: int) -> list[int]:
    """Return the first numbers of the stretches of `size` pages that are not all there."""
    there = set(Page.objects.filter(file=file).values_list("number", flat=True))
    return [
        first
        for first in range(1, file.pages_count + 1, size)
        if not there.issuperset(range(first, min(first + size, file.pages_count + 1)))
    ]


def forget_unused(keys: Iterable[str]) -> None:
    """Drop from the store what no table knows."""
    wanted = set(keys)
    used = set(File.objects.filter(sha256__in=wanted).values_list("sha256", flat=True))
    used |= set(File.objects.filter(rendition__in=wanted).values_list("rendition", flat=True))
    for key in wanted - used:
        store().forget(key)
