"""Mails of notices: each leaves once, says what its reader may read at that moment, and is retried.

A mail is claimed, put into words, and marked as handed over just before a server gets it. A process
that dies before that mark leaves a mail that is sent again; after it nobody can know, and the
operator is shown a mail in doubt: it is not sent again by itself.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import override

from contrechamp.accounts.connectors import post
from contrechamp.accounts.connectors.post import sends_mail
from contrechamp.accounts.domain.notices import (
    REPLY_DAYS,
    AnswerAddress,
    Detail,
    Frequency,
    is_paused,
    try_at,
)
from contrechamp.accounts.models import AnswerKey, Notice, NoticeSettings, Outbox, User
from contrechamp.accounts.queries import notices as queries
from contrechamp.accounts.queries.notices import Group
from contrechamp.accounts.shown.mails import Links, compose
from contrechamp.foundation import lease
from contrechamp.foundation.plug import offered
from contrechamp.foundation.site import root
from contrechamp.kernel.errors import Unavailable, gettext_noop
from contrechamp.kernel.ids import new_id

from .notices import refuse_address

__all__ = [
    "Departed",
    "check_mails",
    "decide",
    "is_due",
    "read_stop_token",
    "send_due",
    "sends_mail",
    "stop_token",
]

Clock = Callable[[], datetime]
State = Outbox.State
CLAIMED = 20
"""Mails that are taken together: what a process that dies leaves to be found again."""
LOST = timedelta(hours=1)
"""After this a process on another machine is taken for dead."""
STOP_SALT = "accounts.stop-mail"


@dataclass(slots=True)
class Departed:
    """What one round did."""

    sent: int = 0
    dropped: int = 0
    """Nothing was left to tell, or nobody to tell it to."""
    later: int = 0
    failed: int = 0
    maybe: int = 0


def send_due(*, clock: Clock = timezone.now) -> Departed:
    """Send the mails whose time has come; return what became of them."""
    told = Departed()
    if not sends_mail():
        return told
    told.maybe = _find_lost(clock())
    with post.opened() as way:
        while rows := _claim(clock()):
            for row in rows:
                _send(row, way, told, clock)
    return told


def is_due(now: datetime) -> bool:
    """Answer whether there is something to send."""
    held = Outbox.objects.filter(state=State.SENDING)
    return sends_mail() and (_due(now).exists() or held.exists())


def _due(now: datetime) -> QuerySet[Outbox]:
    return Outbox.objects.filter(state__in=[State.WAITING, State.RETRYING], not_before__lte=now)


def _find_lost(now: datetime) -> int:
    """Take back what a process held that is not there any more; return how many are in doubt."""
    doubts = 0
    for row in Outbox.objects.filter(state=State.SENDING):
        is_old = row.sending_at is None or now - row.sending_at > LOST
        if not (lease.is_gone(row.held_by) or is_old):
            continue
        state = State.MAYBE if row.handed_at else State.RETRYING
        doubts += row.handed_at is not None
        Outbox.objects.filter(pk=row.pk, state=State.SENDING, held_by=row.held_by).update(
            state=state, held_by=""
        )
    return doubts


@transaction.atomic
def _claim(now: datetime) -> list[Outbox]:
    """Take some mails for this process alone, each with the notices that it tells."""
    due = _due(now).order_by("not_before", "pk").select_for_update(skip_locked=True)
    rows = list(due.select_related("user", "user__notice_settings")[:CLAIMED])
    for row in rows:
        new = Notice.objects.filter(user=row.user_id, mail=row.frequency, outbox=None)
        if row.about:
            new = new.filter(about=row.about)
        new.update(outbox=row)
    Outbox.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.SENDING, held_by=lease.holder(), sending_at=now
    )
    return rows


def _send(row: Outbox, way: post.Post, told: Departed, clock: Clock) -> None:
    wanted = _settings(row.user)
    if not _may_write(row.user, wanted, clock()):
        _drop(row, told)
        return
    with override(row.user.language):
        notices = Notice.objects.filter(outbox=row, is_held=False, read_at=None).order_by("-pk")
        groups = queries.said(list(notices), row.user)
        if not groups:
            _drop(row, told)
            return
        message = _message(row, groups, Detail(wanted.detail), clock())
    outcome = way.hand(message, lambda: _mark_handed(row, clock()))
    _note(row, outcome, told, clock())


def _settings(user: User) -> NoticeSettings:
    return getattr(user, "notice_settings", None) or NoticeSettings(user=user)


def _may_write(user: User, wanted: NoticeSettings, now: datetime) -> bool:
    return (
        user.is_active
        and bool(user.email)
        and wanted.frequency != Frequency.NEVER
        and wanted.refused_on is None
        and not is_paused(user.last_login, now)
    )


@transaction.atomic
def _drop(row: Outbox, told: Departed) -> None:
    Notice.objects.filter(outbox=row).update(mail="")
    row.delete()
    told.dropped += 1


def _mark_handed(row: Outbox, now: datetime) -> None:
    """Write down, for good, that a server is about to have this mail."""
    Outbox.objects.filter(pk=row.pk).update(handed_at=now)


@transaction.atomic
def _note(row: Outbox, outcome: post.Outcome, told: Departed, now: datetime) -> None:
    row.held_by, row.last_error = "", outcome.reply
    row.tries += 1
    if outcome.is_sent:
        row.state, row.sent_at = State.SENT, now
        Notice.objects.filter(outbox=row).update(mail="")
        told.sent += 1
    elif not outcome.is_certain:
        row.state = State.MAYBE
        told.maybe += 1
    elif outcome.is_refused or (at := try_at(row.tries, now)) is None:
        row.state = State.FAILED
        told.failed += 1
    else:
        row.state, row.not_before = State.RETRYING, at
        told.later += 1
    row.handed_at = None if row.state in {State.RETRYING, State.FAILED} else row.handed_at or now
    row.save()
    if outcome.is_refused:
        refuse_address(row.user, outcome.reply, now=now)


def _message(row: Outbox, groups: Sequence[Group], detail: Detail, now: datetime) -> EmailMessage:
    """Return the mail of a row. Its Message-ID is the same whenever it is made."""
    user = row.user
    about = groups[0].about if len(groups) == 1 and detail is not Detail.NOTHING else ""
    can_reply = bool(about) and all(one.card.can_reply for one in groups[0].said)
    address = _answer_address(user, about if can_reply else "", now)
    mail = compose(
        groups, detail, _links(user, about), reply_to=address if can_reply and address else ""
    )
    ours = settings.DEFAULT_FROM_EMAIL
    domain = ours.rpartition("@")[2].strip("> ")
    headers = {
        **mail.headers,
        "From": ours,
        "Date": format_datetime(row.made_at if row.sending_at is None else row.sending_at),
        "Message-ID": f"<avis.{row.pk}.{_mark(f'mail {row.pk}')}@{domain}>",
    }
    if about:  # Programs show mails about one thing together.
        thread = f"<avis.{_mark(f'{user.pk} {about}')}@{domain}>"
        headers |= {"In-Reply-To": thread, "References": thread}
    return EmailMessage(
        subject=mail.subject,
        body=mail.body,
        # The sender on the envelope: what cannot be delivered comes back there.
        from_email=address or ours,
        to=[str(user.email)],
        reply_to=[address] if address else None,
        headers=headers,
    )


def _links(user: User, about: str) -> Links:
    site = root()
    return Links(
        root=site,
        notices=f"{site}{reverse('accounts:notices')}",
        settings=f"{site}{reverse('accounts:notice-settings')}",
        stop=f"{site}{reverse('accounts:stop-mail', args=[stop_token(user, about)])}",
    )


def stop_token(user: User, about: str) -> str:
    """Return what lets the reader of a mail end such mails without signing in."""
    return signing.dumps([user.public_id, about], salt=STOP_SALT)


def read_stop_token(token: str) -> tuple[User, str] | None:
    """Return whose mails a link ends, and what its mail was about; None for a forged one."""
    try:
        public_id, about = signing.loads(token, salt=STOP_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(public_id=public_id, is_active=True).first()
    return (user, str(about)) if user else None


def _answer_address(user: User, about: str, now: datetime) -> str | None:
    """Return where this person answers this; None where no mailbox is read."""
    offer = next(offered(AnswerAddress), None)
    if offer is None:
        return None
    until = localdate(now) + timedelta(days=REPLY_DAYS)
    row, is_new = AnswerKey.objects.get_or_create(
        user=user, about=about, defaults={"key": new_id(offer.prefix), "until": until}
    )
    if not is_new and row.until < until:
        AnswerKey.objects.filter(pk=row.pk).update(until=until)
    return offer.address(row.key)


def _mark(text: str) -> str:
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"notices {text}".encode(), hashlib.sha256).hexdigest()[:20]


def decide(id: int, *, has_left: bool, now: datetime) -> None:
    """Say that a mail in doubt, or one that failed, counts as sent; or send it again."""
    rows = Outbox.objects.filter(pk=id, state__in=[State.MAYBE, State.FAILED])
    if has_left:
        Notice.objects.filter(outbox__in=rows).update(mail="")
        rows.update(state=State.SENT, sent_at=now)
    else:
        rows.update(state=State.RETRYING, not_before=now, tries=0, handed_at=None)


def check_mails() -> str:
    """Say how the mails of notices are, for `contrechamp doctor`; raise when one needs somebody."""
    bad = queries.failed_mails().count()
    if bad:
        raise Unavailable(
            gettext_noop("Des courriels d'avis ne sont pas partis ({count}) : voyez {where}."),
            count=bad,
            where=reverse("accounts:mails"),
        )
    waiting = Outbox.objects.filter(state__in=[State.WAITING, State.RETRYING]).count()
    return f"{waiting} waiting" if sends_mail() else "none is sent"
