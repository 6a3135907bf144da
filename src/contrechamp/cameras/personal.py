"""What the room `cameras` has of a person, as the person's export calls it."""

from __future__ import annotations

from contrechamp.accounts.domain import named
from contrechamp.kernel.errors import gettext_noop

PERSONAL = named(
    "cameras",
    {
        "Camera.decided_by": gettext_noop("Caméras dont vous avez décidé"),
        "Camera.proposed_by": gettext_noop("Caméras que vous avez signalées"),
        "Dataset.imported_by": gettext_noop("Relevés de caméras que vous avez importés"),
    },
)
