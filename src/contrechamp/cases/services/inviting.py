"""A refusal that is confirmed: tell whose request it is that the court is open."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from contrechamp.cases.domain.kinds import TargetKind
from contrechamp.cases.models import Action, Invitation

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def invite(request: str, *, owner: User, now: datetime) -> Invitation | None:
    """Invite somebody to open an action on a refused request, once; None where one is open."""
    if Action.objects.filter(target_kind=TargetKind.REQUEST, target=request).exists():
        return None
    row, _ = Invitation.objects.get_or_create(
        request=request, defaults={"owner": owner, "made_at": now}
    )
    return row


def put_away(request: str, *, owner: User, now: datetime) -> None:
    """Put an invitation away: an action was opened, or none is wanted."""
    Invitation.objects.filter(request=request, owner=owner, done_at=None).update(done_at=now)
