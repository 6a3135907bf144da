"""Accounts, read from other rooms."""

from __future__ import annotations

from .models import User


def find_account(name: str) -> User | None:
    """Return the account of that name, or None."""
    return User.objects.filter(username=name, is_active=True).first()
