"""What the room `dossiers` has of a person, as the person's export calls it."""

from __future__ import annotations

from contrechamp.accounts.domain import named
from contrechamp.kernel.errors import gettext_noop

PERSONAL = named(
    "dossiers",
    {
        "Dossier.published_by": gettext_noop("Dossiers que vous avez publiés"),
    },
)
