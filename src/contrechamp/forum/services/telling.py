"""Telling people what was decided about what they wrote or reported."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from contrechamp.forum.models import Action, Flag

KIND = "forum-decision"


def tell_author(action: Action, now: datetime) -> None:
    """Tell whom an act concerns: what, why, which rule, who decides an appeal, until when."""


def tell_flagger(flag: Flag, now: datetime) -> None:
    """Tell who flagged a post what came of it."""


def tell_moderators(users: Collection[int], kind: str, key: str, now: datetime) -> None:
    """Tell moderators that something waits."""
