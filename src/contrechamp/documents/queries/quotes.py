"""Quotes: reads. A visitor learns only of those on which something public rests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from contrechamp.documents.models import Quote


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


def quote_rects(quote_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return where many quotes stand, by page, in one read: {id: {"12": [[x0, y0, x1, y1]…]}}."""
    return dict(Quote.objects.filter(id__in=list(quote_ids)).values_list("id", "rects"))
