"""The pages of accounts: signing in, one's own account, everybody's for administrators."""

from __future__ import annotations

from .entering import sign_up, welcome
from .groups import (
    change_group,
    change_meeting,
    group,
    group_act,
    group_atom,
    group_ics,
    group_members,
    groups,
    new_group,
)
from .inviting import answers, decide_answer, end_welcome, welcomes
from .leaving import archive, data, erase, stay
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
from .passkeys import passkeys, remove_passkey, sign_in_by_key
from .people import act, people, person
from .profiles import block, blocks, profile, reading
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
    "block",
    "blocks",
    "change_group",
    "change_meeting",
    "confirm_mailbox",
    "data",
    "decide_answer",
    "decide_mail",
    "end_session",
    "end_welcome",
    "erase",
    "group",
    "group_act",
    "group_atom",
    "group_ics",
    "group_members",
    "groups",
    "invitation",
    "mailbox",
    "mails",
    "mark_read",
    "me",
    "new_group",
    "notice_feed",
    "notice_settings",
    "notices",
    "notices_atom",
    "notices_jsonfeed",
    "passkeys",
    "passphrase",
    "people",
    "person",
    "profile",
    "reading",
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
    "stop_mail",
    "totp_off",
    "totp_on",
    "try_address_again",
    "watch",
    "watching",
    "welcome",
    "welcomes",
]
