"""Reads for people with an account: their own alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contrechamp.watch.models import Alert

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def alerts_of(user: User) -> list[Alert]:
    """Return the alerts of somebody, newest first."""
    return list(Alert.objects.filter(account=user).order_by("-made_at", "-pk"))


def alert_of_token(token: str) -> Alert | None:
    """Return the alert that the link of a mail names."""
    return Alert.objects.filter(token=token).first()
