"""The rules of accounts: roles, passphrases, one-time codes, tries. Pure functions."""

from __future__ import annotations

from .leaving import Leaves, PersonalData, PersonalRows
from .names import FOLDED, NameTaken, check_name, check_pseudonym, fold
from .passphrases import Weak, check_passphrase
from .roles import RANK, Role, is_at_least
from .standing import FOR_GOOD, Standing, check_silence, check_two, confirms, is_silenced
from .totp import PERIOD_S, Totp, code_at, matching_step, new_secret, provisioning_uri
from .tries import FREE_TRIES, TooManyTries, Tries, check_may_try, count_try

__all__ = [
    "FOLDED",
    "FOR_GOOD",
    "FREE_TRIES",
    "PERIOD_S",
    "RANK",
    "Leaves",
    "NameTaken",
    "PersonalData",
    "PersonalRows",
    "Role",
    "Standing",
    "TooManyTries",
    "Totp",
    "Tries",
    "Weak",
    "check_may_try",
    "check_name",
    "check_passphrase",
    "check_pseudonym",
    "check_silence",
    "check_two",
    "code_at",
    "confirms",
    "count_try",
    "fold",
    "is_at_least",
    "is_silenced",
    "matching_step",
    "new_secret",
    "provisioning_uri",
]
