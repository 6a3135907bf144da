"""What this room has of a person beside the rows that name an account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from contrechamp.foi.models import Requester

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def requesters_of(user: User) -> Iterator[Mapping[str, Any]]:
    """Yield the identities under which somebody asks."""
    for one in Requester.objects.filter(owner=user).order_by("made_at"):
        yield {
            "id": one.pk,
            "kind": one.kind,
            "label": one.label,
            "identity": one.identity,
            "is_shared": one.is_shared,
            "made_at": one.made_at,
            "closed_at": one.closed_at,
        }
