"""What the room `watch` has of a person, as the person's export calls it."""

from __future__ import annotations

from contrechamp.accounts.domain import named
from contrechamp.kernel.errors import gettext_noop

PERSONAL = named(
    "watch",
    {
        "Alert.account": gettext_noop("Vos alertes"),
        "Found.accepted_by": gettext_noop("Actes que vous avez retenus"),
        "Found.published_by": gettext_noop("Actes que vous avez publiés"),
        "Source.made_by": gettext_noop("Sources de veille que vous avez ajoutées"),
        "Verdict.by": gettext_noop("Vos décisions sur des actes trouvés"),
    },
)
