"""Tell kept pages and the rooms above that visitors get something else of an action."""

from __future__ import annotations

from contrechamp.cases.models import Action
from contrechamp.cases.queries.published import REF
from contrechamp.census.services import note_edition
from contrechamp.foundation.signals import public_changed


def announce(action: Action) -> None:
    """Say, inside of the transaction, that what visitors see of a public action changed.

    Also of one that was public until now: whoever listens looks whether it still is.
    """
    ref = f"{REF}{action.pk}"
    note_edition([ref])
    public_changed.send(sender=Action, refs=[ref])
