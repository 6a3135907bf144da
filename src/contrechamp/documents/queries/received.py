"""What documents say that somebody gave us: for the rule that no letter of ours repeats it.

Never shown to anybody: whoever asks gets texts without the documents that they are from.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Max, QuerySet

from contrechamp.documents.models import Document, File, TextLayer


def _layers() -> QuerySet[TextLayer]:
    held = File.objects.filter(versions__document__origin=Document.Origin.RECEIVED)
    return TextLayer.objects.filter(page__file__in=held)


def received_editions() -> dict[str, str]:
    """Return, by the hash of each content that was received, a mark that changes with its text."""
    rows = (
        _layers().values_list("page__file").annotate(last=Max("pk"), count=Count("pk")).order_by()
    )
    return {sha256: f"{count}:{last}" for sha256, last, count in rows}


def received_texts(sha256: str) -> Iterator[str]:
    """Yield what one content says: its current text whole, then each page's older readings.

    A sentence goes on from one page to the next: the current text is one.
    """
    rows = _layers().filter(page__file=sha256).order_by("page__number", "pk")
    current: list[str] = []
    for text, is_current in rows.values_list("text", "is_current"):
        if is_current:
            current.append(text)
        else:
            yield text
    yield "\n".join(current)
