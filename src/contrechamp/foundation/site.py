"""The address of this site, for what is written when nobody asks: mails, calendars."""

from __future__ import annotations

from django.conf import settings


def root() -> str:
    """Return the site's address without a last slash: `https://exemple.fr`."""
    scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
    return f"{scheme}://{settings.CONTRECHAMP.hosts[0]}"
