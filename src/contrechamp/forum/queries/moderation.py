"""What waits for moderators, who they are, and what the public may know of their work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, Min, Q, QuerySet

from contrechamp.accounts import queries as accounts
from contrechamp.forum.domain import appeals, delays
from contrechamp.forum.domain.flags import FIRST
from contrechamp.forum.domain.journal import AGAINST, Verb
from contrechamp.forum.domain.ladder import likeness, links_of, score
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import (
    Action,
    Appeal,
    BanProposal,
    Emergency,
    Flag,
    LabelClaim,
    Post,
)

from .access import may_moderate, moderated_groups

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

    from .access import Reader

DECIDED = (Verb.APPROVE, Verb.RETURN, Verb.REMOVE, Verb.KEEP)
"""What ends the waiting of a post, for the measured delay."""
COMPARED = 40
"""Other waiting posts that one is compared with: enough to see a series, cheap."""


def moderates_somewhere(user: Reader) -> bool:
    """Answer whether somebody moderates anything at all: the site, or a local group's board."""
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    return may_moderate(user) or bool(moderated_groups(user))


def moderated_boards(user: User) -> Q:
    """Return what narrows posts to the boards that somebody moderates."""
    return Q() if user.is_moderator else Q(thread__board__group__in=moderated_groups(user))


def moderator_ids() -> set[int]:
    """Return the accounts that moderate everything."""
    return set(accounts.moderators().values_list("pk", flat=True))


def deciders(action: Action) -> set[int]:
    """Return who may decide an appeal: who moderates everything, and not who is concerned."""
    return moderator_ids() - {action.user_id or 0}


@dataclass(slots=True, kw_only=True)
class Waiting:
    """One post of the queue: because it is new, or because somebody flagged it."""

    post: Post
    since: datetime
    flags: Sequence[Flag] = ()
    score: int = 0
    like: int = 0
    """How many other waiting posts say nearly the same."""
    links: Sequence[str] = ()
    assignee: User | None = None
    age: timedelta = field(default_factory=timedelta)

    @property
    def hours(self) -> int:
        """Return for how many whole hours it has been waiting."""
        return delays.whole_hours(self.age)

    @property
    def is_late(self) -> bool:
        """Answer whether it has been waiting longer than the target."""
        return self.age >= delays.TARGET


def waiting_rows(user: User | None = None) -> QuerySet[Post]:
    """Return the posts that wait for a decision, the oldest first."""
    mine = moderated_boards(user) if user else Q()
    # The few that may wait are named first: counting the flags of each post would read all posts.
    few = (
        Post.objects.filter(state=State.PENDING)
        .values("pk")
        .union(Flag.objects.filter(state=Flag.State.OPEN, post__isnull=False).values("post"))
    )
    return (
        Post.objects.filter(mine, pk__in=few)
        .annotate(
            open_flags=Count("flags", filter=Q(flags__state=Flag.State.OPEN), distinct=True),
            flagged_at=Min("flags__made_at", filter=Q(flags__state=Flag.State.OPEN)),
        )
        .filter(
            Q(state=State.PENDING) | Q(open_flags__gt=0, state__in=[State.PUBLISHED, State.HIDDEN])
        )
        .select_related("thread", "thread__board", "author", "assignment__user")
        .prefetch_related("flags", "flags__by")
        .order_by("created_at", "pk")
    )


def queue(user: User, now: datetime) -> list[Waiting]:
    """Return the queue as it is worked on: by day, the oldest day first; in a day, by score.

    The score only orders what came on one day, so that nothing is overtaken for long.
    """
    rows = list(waiting_rows(user))
    texts = [row.source for row in rows[:COMPARED]]
    found = [_waiting(row, texts, now) for row in rows]
    return sorted(found, key=lambda one: (one.since.date(), -one.score, one.since, one.post.pk))


def _waiting(post: Post, texts: Sequence[str], now: datetime) -> Waiting:
    flags = [flag for flag in post.flags.all() if flag.state == Flag.State.OPEN]
    others = [text for text in texts if text is not post.source]
    since = post.created_at if post.state == State.PENDING else min(f.made_at for f in flags)
    assignment = getattr(post, "assignment", None)
    return Waiting(
        post=post,
        since=since,
        flags=flags,
        score=score(
            post.source,
            others=others,
            flags=[flag.category for flag in flags],
            first_flags=FIRST,
        ),
        like=sum(likeness(post.source, other) >= 0.6 for other in others),
        links=links_of(post.source),
        assignee=assignment.user if assignment else None,
        age=max(now - since, timedelta()),
    )


def find_post(key: int, user: User) -> Post | None:
    """Return a post that somebody moderates, whatever its state."""
    rows = Post.objects.filter(moderated_boards(user), pk=key)
    return rows.select_related("thread", "thread__board", "author").first()


def context_of(post: Post) -> list[Post]:
    """Return what was said just before a post, for who reads it: the last two published ones."""
    rows = Post.objects.filter(thread=post.thread_id, state=State.PUBLISHED).exclude(pk=post.pk)
    before = rows.filter(n__lt=post.n) if post.n else rows
    return list(before.select_related("author").order_by("-n")[:2])[::-1]


def wait(now: datetime) -> delays.Wait:
    """Measure the queue of everybody, from the tables, at this moment."""
    rows = waiting_rows().values("state", "created_at", "flagged_at")  # type: ignore[misc]
    since: list[datetime] = [
        row["created_at"]
        if row["state"] == State.PENDING or row["flagged_at"] is None
        else row["flagged_at"]
        for row in rows
    ]
    since += Appeal.objects.filter(state=Appeal.State.OPEN).values_list("made_at", flat=True)
    return delays.measure(since, decided_between(now - delays.MEASURED, now), now)


def decided_between(first: datetime, last: datetime) -> list[tuple[datetime, datetime]]:
    """Return when posts came and when they were decided, for decisions between two moments."""
    acts = Action.objects.filter(
        verb__in=DECIDED, at__gt=first, at__lte=last, post__isnull=False
    ).values_list("post__created_at", "at", "verb", "post__flags__made_at", "pk")
    found: dict[int, tuple[datetime, datetime]] = {}
    for created, at, verb, by_flag, key in acts:
        flagged: datetime | None = by_flag  # A left join: none was flagged.
        is_of_flag = flagged is not None and flagged <= at and verb in (Verb.KEEP, Verb.REMOVE)
        came = flagged if is_of_flag and flagged is not None else created
        known = found.get(key)
        found[key] = (min(came, known[0]) if known and flagged is not None else came, at)
    return list(found.values())


def emergency(now: datetime) -> Emergency | None:
    """Return the emergency that holds now, if there is one: shown to everybody."""
    return Emergency.objects.filter(until__gt=now, ended_at=None).order_by("-since").first()


def everybody_waits(now: datetime) -> bool:
    """Answer whether the posts of confirmed members wait too."""
    found = emergency(now)
    return found is not None and found.everybody_waits


def publishes_unread() -> bool:
    """Answer whether what nobody looked at for 72 hours is published, said to be unread."""
    return bool(settings.CONTRECHAMP.forum_publish_unread)


def open_appeals(user: User) -> QuerySet[Appeal]:
    """Return the appeals that wait, the oldest first; only who moderates everything decides."""
    rows = Appeal.objects.filter(state=Appeal.State.OPEN) if user.is_moderator else None
    if rows is None:
        return Appeal.objects.none()
    return rows.select_related(
        "action", "action__post", "action__post__thread", "action__by", "by", "action__user"
    ).order_by("made_at")


def open_bans(user: User) -> QuerySet[BanProposal]:
    """Return the accounts that one moderator wants to close for good."""
    rows = BanProposal.objects.filter(decided_at=None) if user.is_moderator else None
    if rows is None:
        return BanProposal.objects.none()
    return rows.select_related("user", "by").order_by("made_at")


def open_claims(user: User) -> QuerySet[LabelClaim]:
    """Return who says that a name of an imported forum was theirs, with a proof."""
    if not user.is_moderator:
        return LabelClaim.objects.none()
    rows = LabelClaim.objects.filter(state=LabelClaim.State.OPEN).exclude(proof="")
    return rows.select_related("user").order_by("made_at")


def decisions_about(user: User) -> QuerySet[Action]:
    """Return what was decided against somebody, the newest first: their own pages show it."""
    rows = Action.objects.filter(user=user, verb__in=AGAINST)
    return rows.select_related("post", "post__thread", "appeal").order_by("-number")


def find_decision(number: int, user: User) -> Action | None:
    """Return one decision about somebody, for that person alone."""
    return decisions_about(user).filter(number=number).first()


def is_alone(action: Action) -> bool:
    """Answer whether nobody but who acted could decide an appeal."""
    return appeals.is_alone(acted=action.by_id or 0, moderators=deciders(action))


def history_of(user: User) -> dict[str, int]:
    """Return what a moderator is told of an author: how many posts, how many decisions."""
    posts = Post.objects.filter(author=user)
    acts = Action.objects.filter(user=user, undone_at=None)
    return {
        "published": posts.filter(state=State.PUBLISHED).count(),
        "removed": acts.filter(verb=Verb.REMOVE).count(),
        "returned": acts.filter(verb=Verb.RETURN).count(),
        "silences": acts.filter(verb=Verb.SILENCE).count(),
    }


def flags_of_account(user: User) -> QuerySet[Flag]:
    """Return the flags that somebody made, the newest first."""
    return Flag.objects.filter(by=user).select_related("post", "post__thread").order_by("-made_at")


def find_notice(digest: str) -> Flag | None:
    """Return the notice of somebody without account, by the digest of its code."""
    rows = Flag.objects.filter(receipt=digest) if digest else Flag.objects.none()
    return rows.select_related("post", "post__thread").first()


def silenced(user: User, now: datetime) -> QuerySet[User]:
    """Return the accounts that may not write now, for who moderates everything."""
    rows = get_user_model().objects.filter(silenced_until__gt=now, is_active=True)
    return rows.order_by("username") if user.is_moderator else rows.none()


def find_silenced(key: int, user: User, now: datetime) -> User | None:
    """Return one account that may not write now."""
    return silenced(user, now).filter(pk=key).first()


def waiting_since(before: datetime) -> datetime | None:
    """Return since when the oldest new post waits, if that is longer ago than a moment."""
    rows = Post.objects.filter(state=State.PENDING, created_at__lte=before).order_by("created_at")
    return rows.values_list("created_at", flat=True).first()
