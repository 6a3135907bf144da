"""What the room `api` has of a person, as the person's export calls it."""

from __future__ import annotations

from contrechamp.accounts.domain import named
from contrechamp.kernel.errors import gettext_noop

PERSONAL = named(
    "api",
    {
        "Token.user": gettext_noop("Jetons de vos programmes"),
    },
)
