"""Which state of the public site is shown."""

from __future__ import annotations

from contrechamp.web.models import Edition


def edition() -> str:
    """Return the word of the public site as it is now."""
    return Edition.objects.values_list("word", flat=True).first() or ""
