"""Tokens, and answers that were kept: reads."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from .domain import digest_of, is_live
from .models import KeptAnswer, Token

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def tokens_of(user: User) -> QuerySet[Token]:
    """Return the tokens of a member, those that still open the door first."""
    return Token.objects.filter(user=user.pk).order_by("revoked_at", "-made_at", "-pk")


def find_token(secret: str, now: datetime) -> Token | None:
    """Return the token that a secret opens, if it does and its owner's account is open."""
    if not secret or len(secret) > 200:
        return None
    token = Token.objects.select_related("user").filter(digest=digest_of(secret)).first()
    if token is None or not token.user.is_active:
        return None
    live = is_live(ends_at=token.ends_at, revoked_at=token.revoked_at, now=now)
    return token if live else None


def find_answer(token: Token, key: str) -> KeptAnswer | None:
    """Return what a write with this key was answered, or None."""
    return KeptAnswer.objects.filter(token=token, key=key).first()
