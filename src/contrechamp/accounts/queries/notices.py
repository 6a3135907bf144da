"""Notices, read: who watches what, what somebody is told, and in which words."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from contrechamp.accounts.domain.notices import (
    Card,
    Frequency,
    Level,
    NoticeKind,
    Scope,
    Watchable,
    Wish,
    verdict,
)
from contrechamp.accounts.models import Notice, NoticeSettings, Outbox, Subscription, User
from contrechamp.foundation.plug import offered

if TYPE_CHECKING:
    from collections.abc import Mapping

Scopes = Iterable[tuple[Scope, str]]
Wanting = dict[int, Frequency | None]
"""Keys of accounts, each with how often it wants mail about this; None: as of all mails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One notice in words."""

    id: int
    created_at: datetime
    is_read: bool
    is_always: bool
    card: Card


@dataclass(slots=True, kw_only=True)
class Group:
    """What is new about one thing, the newest first."""

    about: str
    title: str
    url: str
    said: list[Said] = field(default_factory=list)

    @property
    def ids(self) -> list[int]:
        """Return the notices' own keys, for a form."""
        return [one.id for one in self.said]

    @property
    def can_mute(self) -> bool:
        """Answer whether one can be told of it no more: not where it concerns one's own rights."""
        return scope_of(self.about)[0] is not None and any(not one.is_always for one in self.said)

    @property
    def has_unread(self) -> bool:
        return any(not one.is_read for one in self.said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Something that somebody watches or mutes, as a page shows it."""

    row: Subscription
    title: str
    url: str


def scope_of(about: str) -> tuple[Scope | None, str]:
    """Return what one watches to be told about `forum:thread:ab12`; None where there is none."""
    _, scope, key = (*about.split(":", 2), "", "")[:3]
    return (Scope(scope), key) if key and scope in set(Scope) else (None, "")


def settings_of(user: User) -> NoticeSettings:
    """Return what somebody wants of notices; the defaults where they never said."""
    return NoticeSettings.objects.filter(user=user).first() or NoticeSettings(user=user)


def watchers(scopes: Scopes) -> Wanting:
    """Return who watches something that is in these scopes, by what decides for each person."""
    return {
        user: wish.frequency
        for user, wishes in _wishes(scopes).items()
        if (wish := verdict(wishes)) and wish.level is Level.WATCH
    }


def unmuted(users: Collection[int], thread: str) -> Wanting:
    """Return who of these is to be told of being named or answered in a thread."""
    scopes = [(Scope.THREAD, thread), (Scope.MENTION, "")]
    found = _wishes(scopes, users)
    wanted = {user: verdict(found.get(user, ())) for user in users}
    return {
        user: wish.frequency if wish else None
        for user, wish in wanted.items()
        if wish is None or wish.level is Level.WATCH
    }


def muting(scopes: Scopes, users: Collection[int]) -> set[int]:
    """Return which of these accounts mute something that is in these scopes."""
    return {
        user
        for user, wishes in _wishes(scopes, users).items()
        if (wish := verdict(wishes)) and wish.level is Level.MUTE
    }


def wish_of(user: User, scope: Scope, key: str) -> Subscription | None:
    """Return what somebody wants of exactly this; None when they never said."""
    return Subscription.objects.filter(user=user, scope=scope, key=key).first()


def watches(user: User, scope: Scope, key: str) -> bool:
    """Answer whether somebody watches one thing: not whether a wider wish covers it."""
    wish = wish_of(user, scope, key)
    return wish is not None and wish.level == Level.WATCH


def watched_keys(user: User, scope: Scope) -> list[str]:
    """Return the keys of all of one scope that somebody watches."""
    rows = Subscription.objects.filter(user=user, scope=scope, level=Level.WATCH)
    return list(rows.values_list("key", flat=True))


def subscriptions_of(user: User) -> list[Watched]:
    """Return what somebody watches and mutes, each with its title.

    What they may not read any more has the title of nothing: they can still stop it.
    """
    rows = list(Subscription.objects.filter(user=user).order_by("scope", "-since", "pk"))
    titles = {
        (offer.scope, key): told
        for offer in offered(Watchable)
        for key, told in offer.titles(
            [row.key for row in rows if row.scope == offer.scope], user
        ).items()
    }
    return [
        Watched(row=row, title=title, url=url)
        for row in rows
        for title, url in [titles.get((Scope(row.scope), row.key), ("", ""))]
    ]


def is_there(scope: Scope, key: str, user: User) -> bool:
    """Answer whether there is such a thing to watch that somebody may read."""
    if scope is Scope.MENTION:
        return key == ""
    return any(
        key in offer.titles([key], user) for offer in offered(Watchable) if offer.scope == scope
    )


def notices_of(user: User, *, is_read: bool, before: int | None = None) -> QuerySet[Notice]:
    """Return somebody's notices that are to be read, or that they have read; the newest first."""
    rows = Notice.objects.filter(user=user, is_held=False, read_at__isnull=not is_read)
    return (rows.filter(pk__lt=before) if before else rows).order_by("-pk")


def newest(user: User, most: int) -> list[Group]:
    """Return what somebody was told last, read or not, as they may read it now."""
    rows = Notice.objects.filter(user=user, is_held=False).order_by("-pk")
    return said(list(rows[:most]), user)


def unread_count(user: User) -> int:
    """Return how many notices somebody has not read."""
    return Notice.objects.filter(user=user, is_held=False, read_at=None).count()


def said(notices: Sequence[Notice], user: User) -> list[Group]:
    """Put notices into words for one person, by what they are about.

    What this person may not read now is not among them.
    """
    kinds = {offer.kind: offer for offer in offered(NoticeKind)}
    cards = _cards(notices, user, kinds)
    groups: dict[str, Group] = {}
    for row in notices:
        card = cards.get((row.kind, row.object_id))
        if card is None:
            continue
        group = groups.setdefault(
            card.group, Group(about=card.group, title=card.title, url=card.group_url)
        )
        group.said.append(
            Said(
                id=row.pk,
                created_at=row.created_at,
                is_read=row.read_at is not None,
                is_always=kinds[row.kind].is_always,
                card=card,
            )
        )
    return list(groups.values())


def _cards(
    notices: Sequence[Notice], user: User, kinds: Mapping[str, NoticeKind]
) -> dict[tuple[str, str], Card]:
    """Ask each room once for all that it told."""
    asked: dict[str, list[str]] = {}
    for row in notices:
        if row.kind in kinds:
            asked.setdefault(row.kind, []).append(row.object_id)
    return {
        (kind, id): card
        for kind, ids in asked.items()
        for id, card in kinds[kind].render(list(dict.fromkeys(ids)), user).items()
    }


def find_feed_owner(token: str) -> User | None:
    """Return whose private feed an address opens."""
    rows = User.objects.filter(notice_settings__feed_digest=feed_digest(token), is_active=True)
    return rows.first()


def feed_digest(token: str) -> str:
    """Return what is kept of the address of a private feed."""
    return hashlib.sha256(token.encode()).hexdigest()


def failed_mails() -> QuerySet[Outbox]:
    """Return the mails that the operator has to look at, the oldest first."""
    rows = Outbox.objects.filter(state__in=[Outbox.State.FAILED, Outbox.State.MAYBE])
    return rows.select_related("user").order_by("made_at", "pk")


def mail_counts() -> list[tuple[str, int]]:
    """Return how many mails of notices are in each state, by its name."""
    rows = Outbox.objects.order_by().values_list("state").annotate(count=Count("pk"))
    counts = dict(rows)
    return [(str(label), counts.get(state, 0)) for state, label in Outbox.State.choices]


def _wishes(scopes: Scopes, users: Collection[int] | None = None) -> dict[int, list[Wish]]:
    wanted = Q(pk__in=[])
    for scope, key in scopes:
        wanted |= Q(scope=scope, key=key)
    rows = Subscription.objects.filter(wanted)
    if users is not None:
        rows = rows.filter(user__in=users)
    found: dict[int, list[Wish]] = {}
    columns = ("user", "scope", "level", "frequency")
    for user, named, level, frequency in rows.values_list(*columns):
        wish = Wish(
            scope=Scope(named),
            level=Level(level),
            frequency=Frequency(frequency) if frequency else None,
        )
        found.setdefault(user, []).append(wish)
    return found
