"""The pages of accounts: signing in, one's own account, everybody's for administrators."""

from __future__ import annotations

from .mine import (
    end_session,
    me,
    passphrase,
    recovery_codes,
    totp_off,
    totp_on,
)
from .people import act, people, person
from .signing import invitation, second_step, sign_in, sign_out

__all__ = [
    "act",
    "end_session",
    "invitation",
    "me",
    "passphrase",
    "people",
    "person",
    "recovery_codes",
    "second_step",
    "sign_in",
    "sign_out",
    "totp_off",
    "totp_on",
]
