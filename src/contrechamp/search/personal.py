"""What the room `search` has of a person, as the person's export calls it."""

from __future__ import annotations

from contrechamp.accounts.domain import named
from contrechamp.kernel.errors import gettext_noop

PERSONAL = named(
    "search",
    {
        "SavedSearch.owner": gettext_noop("Recherches que vous gardez"),
    },
)
