"""Who may do what: four roles, each holding the rights of those before it."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an account may do. A visitor has none and needs none to read or to propose."""

    MEMBER = "MEMBER"
    """Adds documents, writes drafts, proposes."""
    EDITOR = "EDITOR"
    """Reviews and publishes what somebody else wrote; merges."""
    ADMINISTRATOR = "ADMINISTRATOR"
    """Opens and closes accounts; all that an editor may."""


RANK = {Role.MEMBER: 1, Role.EDITOR: 2, Role.ADMINISTRATOR: 3}


def is_at_least(role: str, wanted: Role) -> bool:
    """Answer whether a role holds the rights of another."""
    return RANK[Role(role)] >= RANK[wanted]
