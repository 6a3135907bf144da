"""Start Django for a command, once; commands of pure rules answer without it, at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache


@cache
def start_django() -> None:
    """Read the settings, start the rooms, speak the terminal's language. Raises Misconfigured."""
    import django
    from django.apps import apps
    from django.utils.translation import activate

    if apps.ready:
        return  # Whoever started it chose its settings and its language.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contrechamp.project.settings")
    django.setup()
    activate(language(os.environ))


def language(environ: Mapping[str, str]) -> str:
    """Return the language of the terminal, of the two that we speak."""
    named = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG", "")
    return "fr" if named.startswith("fr") else "en"
