"""Tell the rooms above and the kept pages that visitors see something else of a request."""

from __future__ import annotations

from django.db import transaction

from contrechamp.foi import signals
from contrechamp.foi.models import Request
from contrechamp.foi.queries.published import REF
from contrechamp.foundation.signals import public_changed


def tell(request: Request) -> None:
    """Say, inside of the transaction, that what visitors see of a request changed."""
    public_changed.send(sender=Request, refs=[f"{REF}{request.pk}"])
    transaction.on_commit(lambda: signals.public_changed.send(None, request=request))
