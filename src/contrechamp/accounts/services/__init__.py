"""What can be done with accounts. Each verb is one transaction, and leaves an act in the record."""

from __future__ import annotations

from .accounts import (
    change_role,
    close_account,
    invite,
    join,
    open_account,
    reopen_account,
    system_account,
)
from .codes import (
    check_code,
    make_recovery_codes,
    reset_totp,
    turn_totp_off,
    turn_totp_on,
)
from .passphrases import WrongCode, WrongPassphrase, change_passphrase, check_sign_in
from .sessions import end_session, end_sessions

__all__ = [
    "WrongCode",
    "WrongPassphrase",
    "change_passphrase",
    "change_role",
    "check_code",
    "check_sign_in",
    "close_account",
    "end_session",
    "end_sessions",
    "invite",
    "join",
    "make_recovery_codes",
    "open_account",
    "reopen_account",
    "reset_totp",
    "system_account",
    "turn_totp_off",
    "turn_totp_on",
]
