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
from .entering import (
    accept_answer,
    asks_for_answer,
    decline_answer,
    propose_passphrase,
    sign_up,
)
from .exporting import archive, gather
from .leaving import ask_erasure, cancel_erasure, erase_account, erase_again, erase_due
from .mailbox import (
    ask_mailbox,
    confirm_mailbox,
    read_mailbox_link,
    remove_mailbox,
    send_recovery,
    sends_mail,
)
from .passkeys import Asked, add_passkey, ask_new, ask_proof, check_proof, remove_passkey
from .passphrases import (
    WrongCode,
    WrongPassphrase,
    change_passphrase,
    check_own_passphrase,
    check_sign_in,
)
from .recovering import recover
from .sessions import end_session, end_sessions, note_month
from .standing import (
    block,
    confirm_member,
    count_approved,
    end_silence,
    let_moderate,
    silence,
    take_by_invitation_only,
    unblock,
)
from .tries import forget_old_tries
from .welcomes import WelcomeGone, end_welcome, find_welcome, make_welcome, use_welcome

__all__ = [
    "Asked",
    "WelcomeGone",
    "WrongCode",
    "WrongPassphrase",
    "accept_answer",
    "add_passkey",
    "archive",
    "ask_erasure",
    "ask_mailbox",
    "ask_new",
    "ask_proof",
    "asks_for_answer",
    "block",
    "cancel_erasure",
    "change_passphrase",
    "change_role",
    "check_code",
    "check_own_passphrase",
    "check_proof",
    "check_sign_in",
    "close_account",
    "confirm_mailbox",
    "confirm_member",
    "count_approved",
    "decline_answer",
    "end_session",
    "end_sessions",
    "end_silence",
    "end_welcome",
    "erase_account",
    "erase_again",
    "erase_due",
    "find_welcome",
    "forget_old_tries",
    "gather",
    "invite",
    "join",
    "let_moderate",
    "make_recovery_codes",
    "make_welcome",
    "note_month",
    "open_account",
    "propose_passphrase",
    "read_mailbox_link",
    "recover",
    "remove_mailbox",
    "remove_passkey",
    "reopen_account",
    "reset_totp",
    "send_recovery",
    "sends_mail",
    "sign_up",
    "silence",
    "system_account",
    "take_by_invitation_only",
    "turn_totp_off",
    "turn_totp_on",
    "unblock",
    "use_welcome",
]
