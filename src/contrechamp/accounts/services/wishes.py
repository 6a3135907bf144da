"""What people want to be told: watching, muting, mails and how they end, the private feed."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.accounts import signals
from contrechamp.accounts.domain.notices import Detail, Frequency, Level, Scope
from contrechamp.accounts.models import Notice, NoticeSettings, Outbox, Subscription
from contrechamp.accounts.queries import notices as queries
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MOST_WATCHED = 2000


@transaction.atomic
def watch(
    user: User,
    scope: Scope,
    key: str,
    level: Level = Level.WATCH,
    *,
    now: datetime,
    frequency: Frequency | None = None,
) -> Subscription:
    """Watch or mute something. The same again changes nothing but what is given.

    Raise `Refused` when there is no such thing that this person may read.
    """
    row = queries.wish_of(user, scope, key)
    if row is None:
        if not queries.is_there(scope, key, user):
            raise Refused(gettext_noop("Il n'y a rien de tel à suivre."))
        if Subscription.objects.filter(user=user).count() >= MOST_WATCHED:
            raise Refused(
                gettext_noop("Vous suivez déjà {most} choses : cessez d'en suivre une."),
                most=MOST_WATCHED,
            )
        row = Subscription(user=user, scope=scope, key=key, since=localdate(now))
    row.level = level
    if frequency is not None:
        row.frequency = frequency
    row.save()
    if level != Level.WATCH:
        signals.watched_no_more.send(None, user=user, scope=scope, key=key)
    return row


def mute(user: User, scope: Scope, key: str, *, now: datetime) -> Subscription:
    """Be told of something no more, whatever wider one watches."""
    return watch(user, scope, key, Level.MUTE, now=now)


@transaction.atomic
def mute_about(user: User, about: str, *, now: datetime) -> None:
    """Be told no more of what notices are about. It need not be there any more."""
    scope, key = queries.scope_of(about)
    if scope is not None and Notice.objects.filter(user=user, about=about).exists():
        Subscription.objects.update_or_create(
            user=user,
            scope=scope,
            key=key,
            defaults={"level": Level.MUTE},
            create_defaults={"level": Level.MUTE, "since": localdate(now)},
        )
        signals.watched_no_more.send(None, user=user, scope=scope, key=key)


@transaction.atomic
def unwatch(user: User, scope: Scope, key: str) -> None:
    """Neither watch nor mute something. It is no error when one did neither."""
    Subscription.objects.filter(user=user, scope=scope, key=key).delete()
    signals.watched_no_more.send(None, user=user, scope=scope, key=key)


def watch_own(user: User, thread: str, *, now: datetime) -> None:
    """Let somebody who writes in a thread watch it, unless they want otherwise.

    A thread that they muted, or watch already, stays as it is.
    """
    if not queries.settings_of(user).watches_own:
        return
    Subscription.objects.bulk_create(
        [
            Subscription(
                user=user, scope=Scope.THREAD, key=thread, level=Level.WATCH, since=localdate(now)
            )
        ],
        ignore_conflicts=True,
    )


def change_frequency(user: User, scope: Scope, key: str, frequency: Frequency | None) -> None:
    """Change how often mail leaves about one thing; None: as about all."""
    Subscription.objects.filter(user=user, scope=scope, key=key).update(frequency=frequency or "")


@transaction.atomic
def change_settings(
    user: User, *, detail: Detail, frequency: Frequency, watches_own: bool
) -> NoticeSettings:
    """Keep what somebody wants of notices. To ask for mail again takes an address up again."""
    row = queries.settings_of(user)
    row.detail, row.frequency, row.watches_own = detail, frequency, watches_own
    row.save()
    if frequency is Frequency.NEVER:
        stop_mail(user)
    return row


@transaction.atomic
def stop_mail(user: User) -> None:
    """Send somebody no mail of notices any more: those that wait do not leave."""
    NoticeSettings.objects.update_or_create(user=user, defaults={"frequency": Frequency.NEVER})
    waiting = [Outbox.State.WAITING, Outbox.State.RETRYING, Outbox.State.FAILED, Outbox.State.MAYBE]
    Outbox.objects.filter(user=user, state__in=waiting).delete()
    Notice.objects.filter(user=user).exclude(mail="").update(mail="")


@transaction.atomic
def stop_mail_about(user: User, about: str, *, now: datetime) -> None:
    """Send somebody no mail about one thing any more; on the site they are still told."""
    scope, key = queries.scope_of(about)
    if scope is None:
        return
    row, _ = Subscription.objects.get_or_create(
        user=user,
        scope=scope,
        key=key,
        defaults={"level": Level.WATCH, "since": localdate(now)},
    )
    row.frequency = Frequency.NEVER
    row.save(update_fields=["frequency"])
    Notice.objects.filter(user=user, about=about).exclude(mail="").update(mail="")


@transaction.atomic
def refuse_address(user: User, why: str, *, now: datetime) -> None:
    """Note that mail to somebody came back: nothing more is sent until they have looked."""
    NoticeSettings.objects.update_or_create(
        user=user, defaults={"refused_on": localdate(now), "refused_why": why[:300]}
    )


def accept_address(user: User) -> None:
    """Take an address up again: its owner has looked, or gave another one."""
    NoticeSettings.objects.filter(user=user).update(refused_on=None, refused_why="")


@transaction.atomic
def open_feed(user: User) -> str:
    """Return the token of a new private feed; it is shown once, and its digest alone is kept.

    The one before opens nothing any more.
    """
    token = secrets.token_hex(16)  # 128 bits: an address that nobody finds by trying.
    NoticeSettings.objects.update_or_create(
        user=user, defaults={"feed_digest": queries.feed_digest(token)}
    )
    return token


def close_feed(user: User) -> None:
    """Close a private feed. One that is closed already is no error."""
    NoticeSettings.objects.filter(user=user).update(feed_digest=None)
