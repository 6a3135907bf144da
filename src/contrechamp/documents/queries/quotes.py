"""Quotes: reads. A visitor learns only of those on which something public rests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from contrechamp.documents.models import Quote

from .documents import public_contents, public_titles


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage as others show it."""

    words: str
    """Empty: a zone of the picture."""
    title: str
    """Of its document."""
    page: int
    url: str


def get_quote(quote_id: str) -> Quote:
    """Return the quote, or raise `Quote.DoesNotExist`."""
    return Quote.objects.select_related("layer").get(id=quote_id)


def find_quote(quote_id: str) -> Quote | None:
    """Return the quote, or None."""
    return Quote.objects.select_related("layer").filter(id=quote_id).first()


def quotes_of(sha256: str, public_only: bool = True) -> QuerySet[Quote]:
    """Return the quotes made from a content, in the order of its pages."""
    quotes = Quote.objects.filter(file=sha256).order_by("page_from", "made_at", "id")
    return quotes.filter(is_public=True) if public_only else quotes


def quotes_on(sha256: str, page: int, *, public_only: bool = True) -> QuerySet[Quote]:
    """Return the quotes that begin, go on or end on a page."""
    return quotes_of(sha256, public_only).filter(page_from__lte=page, page_to__gte=page)


def quote_url(quote_id: str) -> str:
    """Return the address that opens the quote's page with the passage marked, or an empty text."""
    return quote_urls([quote_id]).get(quote_id, "")


def quote_urls(quote_ids: Iterable[str]) -> dict[str, str]:
    """Return the addresses of many quotes, in one read."""
    rows = Quote.objects.filter(id__in=list(quote_ids)).values_list("id", "file", "page_from")
    return {
        quote_id: f"{reverse('documents:page', args=[sha256, page])}#{quote_id}"
        for quote_id, sha256, page in rows
    }


def open_quotes() -> QuerySet[Quote]:
    """Return the passages of contents that anybody may read, whether something rests on them."""
    return Quote.objects.filter(file__in=public_contents().values("file"))


def passages(quote_ids: Iterable[str]) -> dict[str, Passage]:
    """Return words, title, page and address of those passages that anybody may read."""
    quotes = list(open_quotes().filter(id__in=list(quote_ids)))
    titles = public_titles([quote.file_id for quote in quotes])
    return {
        quote.id: Passage(
            words=" ".join(quote.exact.split()),
            title=titles[quote.file_id],
            page=quote.page_from,
            url=_seen_at(quote),
        )
        for quote in quotes
        if quote.file_id in titles
    }


def _seen_at(quote: Quote) -> str:
    """Return the address that shows a passage to all: marked by itself, or as a zone."""
    page = reverse("documents:page", args=[quote.file_id, quote.page_from])
    rects = (quote.rects or {}).get(str(quote.page_from), [])
    if quote.is_public:
        return f"{page}#{quote.id}"
    if not rects:
        return page
    lows = [min(rect[side] for rect in rects) for side in (0, 1)]
    highs = [max(rect[side] for rect in rects) for side in (2, 3)]
    zone = ",".join(f"{each:.4f}" for each in (*lows, *highs))
    return f"{page}?zone={zone}#quote"


def quotes_in(contents: Iterable[str]) -> list[str]:
    """Return the identifiers of all passages of some contents, whoever may read these."""
    rows = Quote.objects.filter(file__in=list(contents)).order_by("id")
    return list(rows.values_list("id", flat=True))


def quote_rects(quote_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return where many quotes stand, by page, in one read: {id: {"12": [[x0, y0, x1, y1]…]}}."""
    return dict(Quote.objects.filter(id__in=list(quote_ids)).values_list("id", "rects"))
