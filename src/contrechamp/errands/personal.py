"""What the room `errands` has of a person, as the person's export calls it."""

from __future__ import annotations

from contrechamp.accounts.domain import named
from contrechamp.kernel.errors import gettext_noop

PERSONAL = named(
    "errands",
    {
        "Errand.settled_by": gettext_noop("Tâches que vous avez closes"),
        "Turn.account": gettext_noop("Tâches que vous avez prises"),
    },
)
