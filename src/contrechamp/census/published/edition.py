"""Which state of the public site is shown."""

from __future__ import annotations

from contrechamp.census.models import Edition


def edition() -> str:
    """Return the word of the public site as it is now; empty before the first change."""
    return Edition.objects.values_list("word", flat=True).first() or ""


def facts_edition() -> str:
    """Return the word of the public records and facts as they are now; empty before the first."""
    return Edition.objects.values_list("facts", flat=True).first() or ""
