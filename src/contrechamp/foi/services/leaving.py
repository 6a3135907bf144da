"""What becomes of identities of requests when their person leaves."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from contrechamp.foi.models import Request, Requester

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def forget_requesters(user: User, with_texts: bool, now: datetime) -> None:
    """Delete the identities that no request bears; close and empty the others.

    A letter that was sent keeps the name that it was signed with: it is an act towards an
    authority, and its private file shows who asked. A shared identity is the association's.
    """
    own = Requester.objects.filter(owner=user, is_shared=False)
    used = Request.objects.filter(requester=OuterRef("pk"))
    own.exclude(Exists(used)).delete()
    own.update(identity={}, label="—", closed_at=now)
