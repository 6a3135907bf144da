"""Telling people what is new, and what they want to be told.

To tell writes a notice and, for who wants mail, notes that one is to leave: in the transaction of
what happened, so that neither is without the other. Sending is `mailing`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Count, F, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate, localtime

from contrechamp.accounts.domain.notices import (
    KEPT,
    KEPT_READ,
    KEPT_SENT,
    Detail,
    Frequency,
    is_paused,
    mail_at,
)
from contrechamp.accounts.models import (
    AnswerKey,
    Block,
    Notice,
    Outbox,
    User,
)

from .wishes import (
    accept_address,
    change_frequency,
    change_settings,
    close_feed,
    mute,
    mute_about,
    open_feed,
    refuse_address,
    stop_mail,
    stop_mail_about,
    unwatch,
    watch,
    watch_own,
)

if TYPE_CHECKING:
    from contrechamp.accounts.queries.notices import Wanting

__all__ = [
    "accept_address",
    "change_frequency",
    "change_settings",
    "close_feed",
    "forget",
    "hold",
    "let_orphans_wait",
    "mark_read",
    "mark_read_about",
    "mute",
    "mute_about",
    "open_feed",
    "recount",
    "refuse_address",
    "rename",
    "stop_mail",
    "stop_mail_about",
    "tell",
    "tidy",
    "unwatch",
    "watch",
    "watch_own",
]

BLANK = ("tries", "last_error", "held_by")
"""Columns of a mail that waits that have nothing in them yet."""
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
        _insert(
            Notice,
            (
                "user_id",
                "kind",
                "object_kind",
                "object_id",
                "about",
                "created_at",
                "is_held",
                "mail",
            ),
            [
                (one.user, kind, object_kind, object_id, about, now, False, _kept(one.mail))
                for one in reached
            ],
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
    _insert(
        Outbox,
        ("user_id", "frequency", "about", "state", "made_at", "not_before", *BLANK),
        [
            (user, str(mail), about, str(Outbox.State.WAITING), now, at[mail], 0, "", "")
            for user, mail, about in sorted(mails)
        ],
    )


def _kept(mail: Frequency) -> str:
    return "" if mail is Frequency.NEVER else str(mail)


def _insert(model: type[Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, those that are there already apart: five hundred in some milliseconds.

    `bulk_create` makes an object and asks each field for every value: half a post's time.
    """
    if not rows:
        return
    quoted = ", ".join(connection.ops.quote_name(name) for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    table = connection.ops.quote_name(model._meta.db_table)
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({quoted}) VALUES ({marks}) ON CONFLICT DO NOTHING",  # noqa: S608
            [
                tuple(adapt(value) if isinstance(value, datetime) else value for value in row)
                for row in rows
            ],
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
def tidy(now: datetime) -> None:
    """Delete what is kept no longer: notices read long ago, mails that left, old addresses."""
    Notice.objects.filter(read_at__lt=now - KEPT_READ).delete()
    old = Notice.objects.filter(created_at__lt=now - KEPT)
    users = list(old.values_list("user", flat=True).distinct())
    old.delete()
    recount(users)
    Outbox.objects.filter(state=Outbox.State.SENT, sent_at__lt=now - KEPT_SENT).delete()
    AnswerKey.objects.filter(until__lt=localdate(now)).delete()
