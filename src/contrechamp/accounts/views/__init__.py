"""The pages of accounts: signing in, one's own account, everybody's for administrators."""

from __future__ import annotations

from .entering import sign_up, welcome
from .inviting import answers, decide_answer, end_welcome, welcomes
from .leaving import archive, data, erase, stay
from .mine import (
    end_session,
    me,
    passphrase,
    recovery_codes,
    totp_off,
    totp_on,
)
from .passkeys import passkeys, remove_passkey, sign_in_by_key
from .people import act, people, person
from .recovering import (
    confirm_mailbox,
    mailbox,
    recover,
    recover_by_mail,
    remove_mailbox,
)
from .signing import invitation, second_step, sign_in, sign_out

__all__ = [
    "act",
    "answers",
    "archive",
    "confirm_mailbox",
    "data",
    "decide_answer",
    "end_session",
    "end_welcome",
    "erase",
    "invitation",
    "mailbox",
    "me",
    "passkeys",
    "passphrase",
    "people",
    "person",
    "recover",
    "recover_by_mail",
    "recovery_codes",
    "remove_mailbox",
    "remove_passkey",
    "second_step",
    "sign_in",
    "sign_in_by_key",
    "sign_out",
    "sign_up",
    "stay",
    "totp_off",
    "totp_on",
    "welcome",
    "welcomes",
]
