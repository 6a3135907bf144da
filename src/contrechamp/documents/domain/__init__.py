"""Rules of files, pages, texts and quotes. One module per subject."""

from __future__ import annotations

from .offers import OfficeHolders, QuoteAction, QuoteUse, QuoteUses

__all__ = ["OfficeHolders", "QuoteAction", "QuoteUse", "QuoteUses"]
