"""What this room has of a person, to export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contrechamp.accounts.models import User

from .accounts import acts_of

HERE = {
    "welcomes": ("note", "uses", "uses_left", "made_at", "ends_at"),
    "memberships": ("group__name", "state", "moderates", "is_shown", "since"),
    "passkeys": ("name", "host", "made_on", "used_on"),
    "blocks": ("blocked__username", "since"),
    "recovery_codes": ("used_at",),
    "invitations": ("made_at", "ends_at", "used_at"),
}
"""What hangs on an account, and the fields of it that say something."""


def own_rows(user: User) -> Iterator[Mapping[str, Any]]:
    """Yield the account itself and what hangs on it; secrets are left out."""
    yield {
        "is": "account",
        "id": user.public_id,
        "name": user.username,
        "role": user.role,
        "moderates": user.moderates,
        "standing": user.standing,
        "opened_on": user.opened_at.date(),
        "last_month_signed_in": f"{user.last_login:%Y-%m}" if user.last_login else None,
        "email": user.email,
        "language": user.language,
        "remember_reading": user.remember_reading,
        "silenced_until": user.silenced_until,
        "silence_ref": user.silence_ref,
    }
    for name, fields in HERE.items():
        for row in getattr(user, name).values(*fields):
            yield {"is": name, **row}
    for act in acts_of(user):
        yield {"is": "act", "at": act.at, "kind": act.kind, "detail": act.detail}
