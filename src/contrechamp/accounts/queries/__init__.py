"""Accounts, read from other rooms and from this one's pages."""

from __future__ import annotations

from .accounts import (
    OPENED_AT,
    OpenSession,
    accounts,
    acts,
    acts_of,
    find_account,
    find_account_by_id,
    find_any_account,
    find_invitation,
    find_totp,
    has_totp,
    recovery_codes_left,
    sessions_of,
)
from .standing import (
    blocked_by,
    blocks_of,
    confirmed_ids,
    find_by_public_id,
    invitation_only_until,
    is_confirmed,
    is_silenced,
    moderators,
)

__all__ = [
    "OPENED_AT",
    "OpenSession",
    "accounts",
    "acts",
    "acts_of",
    "blocked_by",
    "blocks_of",
    "confirmed_ids",
    "find_account",
    "find_account_by_id",
    "find_any_account",
    "find_by_public_id",
    "find_invitation",
    "find_totp",
    "has_totp",
    "invitation_only_until",
    "is_confirmed",
    "is_silenced",
    "moderators",
    "recovery_codes_left",
    "sessions_of",
]
