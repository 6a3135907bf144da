"""Quotes of a content that is sealed stand on its public copy from then on."""

from __future__ import annotations

from django.db import transaction

from contrechamp.documents.domain.layout import Rect
from contrechamp.documents.domain.redaction.finding import find, parts
from contrechamp.documents.domain.redaction.growth import touches
from contrechamp.documents.domain.redaction.plan import Plan
from contrechamp.documents.models import Quote, Redaction
from contrechamp.documents.signals import quote_unanchored

from .quotes import anchor_again

HIDDEN = "█████"


def move_quotes(gone: list[str], redaction: Redaction, plan: Plan) -> dict[str, str]:
    """Let quotes stand on the copy; mask what is hidden. Return the words of each.

    The rooms above are told of each quote in a box (`quote_unanchored`).
    """
    drawn = redaction.boxes.exclude(source="term")
    boxes = [(box.page, Rect(*box.rect)) for box in drawn]
    moved: dict[str, str] = {}
    pages: set[int] = set()
    for quote in Quote.objects.filter(file__in=gone):
        was = quote.exact
        quote.file_id, quote.layer = str(redaction.copy_id), None
        for name in ("exact", "prefix", "suffix"):
            setattr(quote, name, _masked(getattr(quote, name), plan))
        if quote.exact == was and _is_below(quote, boxes):
            quote.exact = HIDDEN  # Drawn boxes hide words that no list names.
        is_hidden = quote.exact != was
        quote.anchored = quote.anchored and not is_hidden
        quote.prefix, quote.suffix = quote.prefix[:64], quote.suffix[:64]
        quote.save()
        moved[quote.pk] = quote.exact
        pages.add(quote.page_from)
        if is_hidden:
            quote_unanchored.send(sender=Quote, quote_id=quote.pk)
    _anchor_after(str(redaction.copy_id), sorted(pages))
    return moved


def _anchor_after(key: str, pages: list[int]) -> None:
    def again() -> None:
        for page in pages:
            anchor_again(key, page)

    transaction.on_commit(again)


def _masked(text: str, plan: Plan) -> str:
    spans = [span for term in plan.terms for span in (*find(text, term), *parts(text, term))]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + HIDDEN + text[end:]
    return text


def _is_below(quote: Quote, boxes: list[tuple[int, Rect]]) -> bool:
    """Answer whether a box touches what a quote marks."""
    marked = [(int(page), Rect(*rect)) for page, rows in quote.rects.items() for rect in rows]
    return any(page == at and touches(rect, box) for page, rect in marked for at, box in boxes)
