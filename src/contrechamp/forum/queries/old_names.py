"""Names of imported forums: what stands under one, and what somebody asked about theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from contrechamp.forum.models import Board, LabelClaim, Post

from .access import visible_posts

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

    from .access import Reader

MOST_CLAIMS = 100


def origins() -> list[str]:
    """Return the forums that were imported: `nodebb:host`, in the order of their names."""
    rows = Board.objects.exclude(origin="").values_list("origin", flat=True)
    return sorted({origin.rpartition(":")[0] for origin in rows})


def host_of(origin: str) -> str:
    """Return the address of an imported forum, without what kind of forum it was."""
    return origin.partition(":")[2]


def unclaimed(origin: str, label: str) -> QuerySet[Post]:
    """Return all posts of an old name that nobody has claimed, shown or not."""
    return Post.objects.filter(origin=origin, author_label=label, author=None)


def posts_of_name(origin: str, label: str, reader: Reader) -> QuerySet[Post]:
    """Return the posts under an old name that somebody may read, the newest first."""
    rows = visible_posts(reader).filter(origin=origin, author_label=label, author=None)
    return rows.select_related("thread").order_by("-published_at", "-pk")


def spelt(origin: str, typed: str) -> str:
    """Return a name of an old forum as it is written there, whatever the case that was typed."""
    rows = Post.objects.filter(origin=origin, author_label__iexact=typed.strip(), author=None)
    names = set(rows.values_list("author_label", flat=True)[:MOST_CLAIMS])
    return typed.strip() if typed.strip() in names else min(names, default="")


def claims_of(user: User) -> QuerySet[LabelClaim]:
    """Return what somebody asked, the newest first."""
    return LabelClaim.objects.filter(user=user).order_by("-made_at", "-pk")[:MOST_CLAIMS]


def find_open(user: User, origin: str, label: str) -> LabelClaim | None:
    """Return somebody's own open claim of a name."""
    rows = LabelClaim.objects.filter(user=user, origin=origin, label=label)
    return rows.filter(state=LabelClaim.State.OPEN).first()


def granted(user: User) -> QuerySet[LabelClaim]:
    """Return the names that were given back and can be undone, for who moderates everything."""
    if not user.is_moderator:
        return LabelClaim.objects.none()
    rows = LabelClaim.objects.filter(state=LabelClaim.State.GRANTED, wants_removal=False)
    return rows.select_related("user", "decided_by").order_by("-decided_at", "-pk")
