"""The rules of accounts: roles, passphrases, one-time codes, tries. Pure functions."""

from __future__ import annotations

from .names import check_name
from .passphrases import Weak, check_passphrase
from .roles import RANK, Role, is_at_least
from .totp import PERIOD_S, Totp, code_at, matching_step, new_secret, provisioning_uri
from .tries import FREE_TRIES, TooManyTries, Tries, check_may_try, count_try

__all__ = [
    "FREE_TRIES",
    "PERIOD_S",
    "RANK",
    "Role",
    "TooManyTries",
    "Totp",
    "Tries",
    "Weak",
    "check_may_try",
    "check_name",
    "check_passphrase",
    "code_at",
    "count_try",
    "is_at_least",
    "matching_step",
    "new_secret",
    "provisioning_uri",
]
