"""The pages of accounts: signing in, one's own account, everybody's for administrators."""

from __future__ import annotations

from .mails import decide_mail, mails
from .mine import (
    end_session,
    me,
    passphrase,
    recovery_codes,
    totp_off,
    totp_on,
)
from .notices import (
    mark_read,
    notice_feed,
    notice_settings,
    notices,
    notices_atom,
    notices_jsonfeed,
    stop_mail,
    try_address_again,
    watch,
    watching,
)
from .people import act, people, person
from .signing import invitation, second_step, sign_in, sign_out

__all__ = [
    "act",
    "decide_mail",
    "end_session",
    "invitation",
    "mails",
    "mark_read",
    "me",
    "notice_feed",
    "notice_settings",
    "notices",
    "notices_atom",
    "notices_jsonfeed",
    "passphrase",
    "people",
    "person",
    "recovery_codes",
    "second_step",
    "sign_in",
    "sign_out",
    "stop_mail",
    "totp_off",
    "totp_on",
    "try_address_again",
    "watch",
    "watching",
]
