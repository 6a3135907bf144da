"""Telling people what is new, and what they want to be told.

To tell writes a notice and, for who wants mail, notes that one is to leave: in the transaction of
what happened, so that neither is without the other. Sending is `mailing`.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate, localtime

from contrechamp.accounts.domain.notices import (
    KEPT,
    KEPT_READ,
    KEPT_SENT,
    Detail,
    Frequency,
    Level,
    Scope,
    is_paused,
    mail_at,
)
from contrechamp.accounts.models import (
    AnswerKey,
    Block,
    Notice,
    NoticeSettings,
    Outbox,
    Subscription,
    User,
)
from contrechamp.accounts.queries import notices as queries
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.queries.notices import Wanting

MOST_WATCHED = 2000
AT_ONCE = 1000
"""Accounts in one question to the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reached:
    """An account that is told, and how its mail leaves; NEVER: it gets none."""

    user: int
    mail: Frequency
    is_bundled: bool
    """One mail about all that is new: it says no titles, so that more would say no more."""


@transaction.atomic
def tell(
    users: Collection[int] | Wanting,
    kind: str,
    object_kind: str,
    object_id: str,
    *,
    about: str,
    now: datetime,
    actor: User | None = None,
) -> int:
    """Tell people of something once; return how many are told now.

    `users` are keys of accounts, or each with how often it wants mail about this (`watchers`,
    `unmuted`). `about` is what it belongs to (`forum:thread:ab12`). Nobody is told of what they
    did themselves (`actor`), nor of what somebody whom they block did.
    """
    wanted: Mapping[int, Frequency | None] = (
        users if isinstance(users, Mapping) else dict.fromkeys(users)
    )
    told = 0
    for part in _parts(sorted(wanted)):
        left_out = _left_out(part, object_kind, object_id, actor)
        reached = list(_reach({user: wanted[user] for user in part if user not in left_out}, now))
        Notice.objects.bulk_create(
            [
                Notice(
                    user_id=one.user,
                    kind=kind,
                    object_kind=object_kind,
                    object_id=object_id,
                    about=about,
                    created_at=now,
                    mail="" if one.mail is Frequency.NEVER else one.mail,
                )
                for one in reached
            ],
            ignore_conflicts=True,
        )
        _let_mails_wait(
            {
                (one.user, one.mail, "" if one.is_bundled else about)
                for one in reached
                if one.mail is not Frequency.NEVER
            },
            now,
        )
        ids = [one.user for one in reached]
        User.objects.filter(pk__in=ids).update(unread_notices=F("unread_notices") + 1)
        told += len(ids)
    return told


def _parts(ids: list[int]) -> Iterator[list[int]]:
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))


def _left_out(users: list[int], object_kind: str, object_id: str, actor: User | None) -> set[int]:
    """Return who was told of it already, who did it, and who does not want to hear from them."""
    rows = Notice.objects.filter(object_kind=object_kind, object_id=object_id, user__in=users)
    found = set(rows.values_list("user", flat=True))
    if actor is not None:
        blocks = Block.objects.filter(blocked=actor, user__in=users)
        found |= {actor.pk, *blocks.values_list("user", flat=True)}
    return found


def _reach(wanted: Mapping[int, Frequency | None], now: datetime) -> Iterator[_Reached]:
    """Yield those of these accounts that can be told, each with the way of its mail."""
    rows = User.objects.filter(
        pk__in=list(wanted), is_active=True, is_machine=False, erased_at__isnull=True
    ).values_list(
        "pk",
        "email",
        "last_login",
        "notice_settings__frequency",
        "notice_settings__detail",
        "notice_settings__refused_on",
    )
    for user, email, seen_at, frequency, detail, refused_on in rows:
        mail = wanted[user] or Frequency(frequency or Frequency.DAY)
        # Who wants no mail at all gets none about one thing either.
        is_none = frequency == Frequency.NEVER or refused_on or not email or is_paused(seen_at, now)
        mail = Frequency.NEVER if is_none else mail
        is_bundled = mail is not Frequency.NOW or (detail or Detail.NOTHING) == Detail.NOTHING
        yield _Reached(user=user, mail=mail, is_bundled=is_bundled)


def _let_mails_wait(mails: set[tuple[int, Frequency, str]], now: datetime) -> None:
    """Note that these mails are to leave; one that waits already tells this too."""
    at = {each: mail_at(each, localtime(now)) for each in {mail for _, mail, _ in mails}}
    Outbox.objects.bulk_create(
        [
            Outbox(user_id=user, frequency=mail, about=about, made_at=now, not_before=at[mail])
            for user, mail, about in sorted(mails)
        ],
        ignore_conflicts=True,
    )


def let_orphans_wait(now: datetime) -> int:
    """Let mails wait for notices whose mail left at the very moment they were made.

    Return how many. On PostgreSQL two transactions can miss each other; this looks again.
    """
    rows = Notice.objects.filter(outbox=None).exclude(mail="")
    waiting = Outbox.objects.filter(state=Outbox.State.WAITING)
    known = set(waiting.values_list("user", "frequency", "about"))
    missing = {
        (user, Frequency(mail), "" if (user, mail, "") in known else about)
        for user, mail, about in rows.values_list("user", "mail", "about").distinct()
        if not {(user, mail, ""), (user, mail, about)} & known
    }
    missing = {
        (user, mail, about if mail is Frequency.NOW else "") for user, mail, about in missing
    }
    _let_mails_wait(missing, now)
    return len(missing)


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
    return row


def mute(user: User, scope: Scope, key: str, *, now: datetime) -> Subscription:
    """Be told of something no more, whatever wider one watches."""
    return watch(user, scope, key, Level.MUTE, now=now)


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


def unwatch(user: User, scope: Scope, key: str) -> None:
    """Neither watch nor mute something. It is no error when one did neither."""
    Subscription.objects.filter(user=user, scope=scope, key=key).delete()


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
def mark_read(user: User, *, now: datetime, ids: Collection[int] | None = None) -> None:
    """Mark notices as read: those of these keys, or all. What is read is not mailed any more."""
    rows = Notice.objects.filter(user=user, read_at=None)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    rows.filter(outbox=None).update(read_at=now, mail="")
    rows.update(read_at=now)
    recount([user.pk])


@transaction.atomic
def mark_read_about(user: User, about: str, *, now: datetime) -> None:
    """Mark all notices about one thing as read."""
    rows = Notice.objects.filter(user=user, about=about, read_at=None)
    mark_read(user, now=now, ids=list(rows.values_list("pk", flat=True)))


@transaction.atomic
def hold(object_kind: str, object_ids: Iterable[str], *, is_held: bool = True) -> None:
    """Neither show nor count notices of what is hidden now; `is_held=False`: as before again."""
    rows = Notice.objects.filter(
        object_kind=object_kind, object_id__in=list(object_ids), is_held=not is_held
    )
    users = list(rows.values_list("user", flat=True).distinct())
    rows.update(is_held=is_held)
    recount(users)


@transaction.atomic
def forget(object_kind: str, object_ids: Iterable[str]) -> None:
    """Delete the notices of what was erased."""
    rows = Notice.objects.filter(object_kind=object_kind, object_id__in=list(object_ids))
    users = list(rows.values_list("user", flat=True).distinct())
    rows.delete()
    recount(users)


@transaction.atomic
def rename(object_kind: str, old_id: str, new_id: str, *, about: str) -> None:
    """Let notices follow a thing that has another name now, and belongs to something else."""
    rows = Notice.objects.filter(object_kind=object_kind, object_id=old_id)
    known = Notice.objects.filter(object_kind=object_kind, object_id=new_id).values("user")
    rows.filter(user__in=known).delete()
    rows.update(object_id=new_id, about=about)


def recount(users: Collection[int]) -> None:
    """Count again how many notices people have not read."""
    unread = (
        Notice.objects.filter(user=OuterRef("pk"), read_at=None, is_held=False)
        .order_by()
        .values("user")
        .annotate(count=Count("pk"))
        .values("count")
    )
    for part in _parts(sorted(users)):
        User.objects.filter(pk__in=part).update(unread_notices=Coalesce(Subquery(unread), 0))


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


@transaction.atomic
def tidy(now: datetime) -> None:
    """Delete what is kept no longer: notices read long ago, mails that left, old addresses."""
    Notice.objects.filter(read_at__lt=now - KEPT_READ).delete()
    old = Notice.objects.filter(created_at__lt=now - KEPT)
    users = list(old.values_list("user", flat=True).distinct())
    old.delete()
    recount(users)
    Outbox.objects.filter(state=Outbox.State.SENT, sent_at__lt=now - KEPT_SENT).delete()
    AnswerKey.objects.filter(until__lt=localdate(now)).delete()
