"""Files, documents, pages and quotes: the only way in. One module per subject."""

from __future__ import annotations

from .quotes import find_quote, get_quote, quote_url, quote_urls, quotes_of, quotes_on

__all__ = ["find_quote", "get_quote", "quote_url", "quote_urls", "quotes_of", "quotes_on"]
