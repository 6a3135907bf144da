"""The tables of accounts."""

from __future__ import annotations

from .acts import Act
from .entering import Answer, Door, Welcome
from .groups import Group, Meeting, Membership
from .leaving import Erasure
from .locks import Invitation, Passkey, RecoveryCode, Totp, Try
from .users import Block, User, UserManager

__all__ = [
    "Act",
    "Answer",
    "Block",
    "Door",
    "Erasure",
    "Group",
    "Invitation",
    "Meeting",
    "Membership",
    "Passkey",
    "RecoveryCode",
    "Totp",
    "Try",
    "User",
    "UserManager",
    "Welcome",
]
