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
from .standing import (
    block,
    confirm_member,
    count_approved,
    end_silence,
    let_moderate,
    silence,
    silence_for_good,
    take_by_invitation_only,
    unblock,
)

__all__ = [
    "WrongCode",
    "WrongPassphrase",
    "block",
    "change_passphrase",
    "change_role",
    "check_code",
    "check_sign_in",
    "close_account",
    "confirm_member",
    "count_approved",
    "end_session",
    "end_sessions",
    "end_silence",
    "invite",
    "join",
    "let_moderate",
    "make_recovery_codes",
    "open_account",
    "reopen_account",
    "reset_totp",
    "silence",
    "silence_for_good",
    "system_account",
    "take_by_invitation_only",
    "turn_totp_off",
    "turn_totp_on",
    "unblock",
]
