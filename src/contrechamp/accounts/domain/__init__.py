"""The rules of accounts: roles, passphrases, one-time codes, tries. Pure functions."""

from __future__ import annotations

from .entering import (
    CEILING,
    LONGEST,
    AnswerMissing,
    AskAgain,
    check_answer,
    check_pace,
    is_crowded,
    propose,
)
from .idle import WARNED_BEFORE, idle_until, is_over
from .leaving import (
    DAYS_TO_THINK,
    ERASED_NAME,
    NOT_EXPORTED,
    Leaves,
    PersonalData,
    PersonalRows,
    named,
)
from .names import FOLDED, NameTaken, check_name, check_pseudonym, fold
from .passphrases import Weak, check_passphrase
from .patterns import pattern
from .roles import RANK, Role, is_at_least
from .standing import FOR_GOOD, Standing, check_silence, check_two, confirms, is_silenced
from .totp import PERIOD_S, Totp, code_at, matching_step, new_secret, provisioning_uri
from .tries import (
    CIRCUIT_TRIES,
    FORGOTTEN_AFTER,
    FREE_TRIES,
    TooManyTries,
    Tries,
    check_may_try,
    count_try,
)

__all__ = [
    "CEILING",
    "CIRCUIT_TRIES",
    "DAYS_TO_THINK",
    "ERASED_NAME",
    "FOLDED",
    "FORGOTTEN_AFTER",
    "FOR_GOOD",
    "FREE_TRIES",
    "LONGEST",
    "NOT_EXPORTED",
    "PERIOD_S",
    "RANK",
    "WARNED_BEFORE",
    "AnswerMissing",
    "AskAgain",
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
    "check_answer",
    "check_may_try",
    "check_name",
    "check_pace",
    "check_passphrase",
    "check_pseudonym",
    "check_silence",
    "check_two",
    "code_at",
    "confirms",
    "count_try",
    "fold",
    "idle_until",
    "is_at_least",
    "is_crowded",
    "is_over",
    "is_silenced",
    "matching_step",
    "named",
    "new_secret",
    "pattern",
    "propose",
    "provisioning_uri",
]
