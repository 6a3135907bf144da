"""Files, documents, pages and quotes: the only way in. One module per subject."""

from __future__ import annotations

from . import screening
from .documents import (
    collections_of,
    current_layer,
    current_text,
    drawn_from,
    find_document,
    find_page,
    find_public,
    find_visible,
    find_withdrawn,
    is_public,
    pages,
    public,
    public_collections,
    public_titles,
    public_with,
    texts,
    visible_to,
)
from .progress import (
    Progress,
    recognition,
    recognition_failures,
    recognition_of,
    seconds_per_page,
    status,
)
from .quotes import find_quote, get_quote, quote_url, quote_urls, quotes_of, quotes_on

__all__ = [
    "Progress",
    "collections_of",
    "current_layer",
    "current_text",
    "drawn_from",
    "find_document",
    "find_page",
    "find_public",
    "find_quote",
    "find_visible",
    "find_withdrawn",
    "get_quote",
    "is_public",
    "pages",
    "public",
    "public_collections",
    "public_titles",
    "public_with",
    "quote_url",
    "quote_urls",
    "quotes_of",
    "quotes_on",
    "recognition",
    "recognition_failures",
    "recognition_of",
    "screening",
    "seconds_per_page",
    "status",
    "texts",
    "visible_to",
]
