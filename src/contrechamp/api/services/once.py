"""A write that is sent twice under one `Idempotency-Key` is done once."""

from __future__ import annotations

from datetime import datetime, timedelta

from contrechamp.api.models import KeptAnswer, Token
from contrechamp.api.queries import find_answer
from contrechamp.kernel.errors import Refused, gettext_noop

KEPT_FOR = timedelta(days=7)


class ReusedKey(Refused):
    """The key was used for another write."""

    status = 422


def known_answer(token: Token, key: str, asked: str) -> KeptAnswer | None:
    """Return what this write was answered before, or None; raise `ReusedKey`."""
    known = find_answer(token, key)
    if known is not None and known.asked != asked:
        raise ReusedKey(
            gettext_noop(
                "La clé d'idempotence « {key} » a déjà servi à une autre demande. "
                "Choisissez-en une par demande."
            ),
            key=key[:60],
        )
    return known


def keep_answer(
    token: Token, key: str, asked: str, *, status: int, body: str, location: str, now: datetime
) -> None:
    """Keep what a write was answered, for a week. To be called in the write's transaction."""
    KeptAnswer.objects.filter(token=token, made_at__lt=now - KEPT_FOR).delete()
    KeptAnswer.objects.create(
        token=token, key=key, asked=asked, status=status, body=body, location=location, made_at=now
    )
