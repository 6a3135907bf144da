"""What the room `mail` has of a person, as the person's export calls it."""

from __future__ import annotations

from contrechamp.accounts.domain import named
from contrechamp.kernel.errors import gettext_noop

PERSONAL = named(
    "mail",
    {
        "Filing.decided_by": gettext_noop("Courriers que vous avez classés"),
        "Filing.undone_by": gettext_noop("Classements de courrier que vous avez défaits"),
        "Incoming.decided_by": gettext_noop("Courriers reçus dont vous avez décidé"),
        "Outgoing.made_by": gettext_noop("Courriers que vous avez envoyés"),
    },
)
