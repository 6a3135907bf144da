"""What the room `documents` has of a person, as the person's export calls it."""

from __future__ import annotations

from contrechamp.accounts.domain import named
from contrechamp.kernel.errors import gettext_noop

PERSONAL = named(
    "documents",
    {
        "Batch.by": gettext_noop("Lots de fichiers que vous avez versés"),
        "Collection.made_by": gettext_noop("Collections que vous avez faites"),
        "Document.added_by": gettext_noop("Documents que vous avez versés"),
        "Document.published_by": gettext_noop("Documents que vous avez publiés"),
        "HiddenText.decided_by": gettext_noop("Textes cachés dont vous avez décidé"),
        "Quote.made_by": gettext_noop("Passages que vous avez cités"),
        "Redaction.confirmed_by": gettext_noop("Caviardages que vous avez relus"),
        "Redaction.made_by": gettext_noop("Caviardages que vous avez faits"),
        "ScreeningFinding.decided_by": gettext_noop("Données personnelles dont vous avez décidé"),
        "ScreeningFinding.found_by": gettext_noop("Données personnelles que vous avez repérées"),
    },
)
