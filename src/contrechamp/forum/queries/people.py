"""The people that posts name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models.functions import Lower
from django.urls import NoReverseMatch, reverse

from contrechamp.forum.domain.markdown import MOST_NAMES, parse

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.forum.models import Post


def people_named(source: str) -> list[User]:
    """Return the open accounts that a text names outside quotes."""
    return accounts_called(parse(source).names)


def accounts_called(names: tuple[str, ...]) -> list[User]:
    """Return the open accounts of some names, however they are written."""
    wanted = {name.casefold() for name in names[:MOST_NAMES]}
    if not wanted:
        return []
    found = get_user_model().objects.annotate(lower_name=Lower("username"))
    return list(found.filter(lower_name__in=wanted, is_active=True, is_machine=False))


def mentioned(post: Post) -> list[User]:
    """Return the accounts that a post names, its author apart."""
    return [user for user in people_named(post.source) if user.pk != post.author_id]


def profile_of(user: User) -> str:
    """Return the address of somebody's public page; empty where there is none."""
    try:
        return reverse("accounts:profile", args=[user.username])
    except NoReverseMatch:
        return ""
