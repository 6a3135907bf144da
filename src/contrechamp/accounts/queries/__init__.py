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
from .leaving import Column, columns, erasures, exported, find_erasure
from .own import own_rows
from .standing import (
    answers,
    blocked_by,
    blocks_of,
    confirmed_ids,
    find_by_public_id,
    invitation_only_until,
    is_confirmed,
    is_silenced,
    moderators,
    welcomes_of,
)

__all__ = [
    "OPENED_AT",
    "Column",
    "OpenSession",
    "accounts",
    "acts",
    "acts_of",
    "answers",
    "blocked_by",
    "blocks_of",
    "columns",
    "confirmed_ids",
    "erasures",
    "exported",
    "find_account",
    "find_account_by_id",
    "find_any_account",
    "find_by_public_id",
    "find_erasure",
    "find_invitation",
    "find_totp",
    "has_totp",
    "invitation_only_until",
    "is_confirmed",
    "is_silenced",
    "moderators",
    "own_rows",
    "recovery_codes_left",
    "sessions_of",
    "welcomes_of",
]
