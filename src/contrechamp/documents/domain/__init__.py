"""Rules of files, pages, texts and quotes. One module per subject."""

from __future__ import annotations

from .offers import QuoteAction, QuoteUse, QuoteUses

__all__ = ["QuoteAction", "QuoteUse", "QuoteUses"]
