"""Write down what was done to an account."""

from __future__ import annotations

from datetime import datetime

from contrechamp.accounts.models import Act, User


def record(
    kind: Act.Kind, user: User, *, actor: User | None, now: datetime, detail: str = ""
) -> None:
    """Add one act to the record. Nobody in `actor` is whoever holds the machine."""
    Act.objects.create(kind=kind, user=user, actor=actor, at=now, detail=detail)
