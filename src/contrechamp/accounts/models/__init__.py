"""The tables of accounts."""

from __future__ import annotations

from .acts import Act
from .entering import Answer, Door, Welcome
from .groups import Group, Meeting, Membership
from .leaving import Erasure
from .locks import Invitation, Passkey, RecoveryCode, Totp, Try
from .notices import AnswerKey, Frequency, Notice, NoticeSettings, Outbox, Subscription
from .users import Block, User, UserManager

__all__ = [
    "Act",
    "Answer",
    "AnswerKey",
    "Block",
    "Door",
    "Erasure",
    "Frequency",
    "Group",
    "Invitation",
    "Meeting",
    "Membership",
    "Notice",
    "NoticeSettings",
    "Outbox",
    "Passkey",
    "RecoveryCode",
    "Subscription",
    "Totp",
    "Try",
    "User",
    "UserManager",
    "Welcome",
]
