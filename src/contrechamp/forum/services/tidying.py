"""What the forum does each day: it forgets what it need not keep, and says what waits too long."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from contrechamp.accounts import queries as accounts
from contrechamp.forum.domain import delays
from contrechamp.forum.domain.delays import Alarm
from contrechamp.forum.domain.journal import Verb
from contrechamp.forum.domain.ladder import RETENTION, links_of
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Appeal, Draft, Flag, Post, Thread
from contrechamp.forum.queries.moderation import (
    emergency,
    moderator_ids,
    publishes_unread,
    wait,
    waiting_rows,
)

from .acting import write
from .placing import place
from .telling import tell_moderators

UNREAD = "UNREAD"


@transaction.atomic
def forget_old(now: datetime) -> dict[str, int]:
    """Delete what its time is over for; return how many of each.

    Rejected and returned posts after 30 days, drafts after 180, flags and appeals a year after
    they were closed. The line of the journal stays: it holds nothing of them.
    """
    gone = now - RETENTION["rejected"]
    rejected = Post.objects.filter(
        state__in=[State.REJECTED, State.DRAFT], n=None, changed_at__lt=gone
    ).exclude(actions__appeal__state=Appeal.State.OPEN)
    threads = set(rejected.values_list("thread", flat=True))
    counted = {"rejected": rejected.count()}
    rejected.delete()
    Thread.objects.filter(pk__in=threads, posts=None).delete()
    closed = now - RETENTION["closed"]
    counted["drafts"], _ = Draft.objects.filter(saved_at__lt=now - RETENTION["drafts"]).delete()
    counted["flags"], _ = Flag.objects.filter(resolved_at__lt=closed).delete()
    counted["appeals"] = (
        Appeal.objects.filter(decided_at__lt=closed).exclude(text="").update(text="", answer="")
    )
    return counted


def raise_alarm(now: datetime) -> Alarm:
    """Tell moderators at 24 hours and administrators at 48; once for each wait that began."""
    measured = wait(now)
    alarm = measured.alarm
    if alarm is Alarm.NONE or measured.oldest is None:
        return alarm
    since = now - measured.oldest
    key = f"{since:%Y%m%d%H%M}"
    tell_moderators(moderator_ids(), "waits", key, now)
    if alarm is not Alarm.MODERATORS:
        administrators = accounts.moderators().filter(role="ADMINISTRATOR")
        tell_moderators(set(administrators.values_list("pk", flat=True)), "late", key, now)
    return alarm


def publish_unread(now: datetime) -> int:
    """Publish what nobody looked at for 72 hours, where the operator wants it: said to be unread.

    Never what was flagged, holds a link, or comes while everybody waits in an emergency.
    """
    if not publishes_unread() or emergency(now) is not None:
        return 0
    rows = waiting_rows().filter(state=State.PENDING, created_at__lte=now - delays.UNREAD_AFTER)
    done = 0
    for post in rows:
        if not post.flags.exists() and not links_of(post.source):
            with transaction.atomic():
                place(post, now=now)
                Post.objects.filter(pk=post.pk).update(queue_reason=UNREAD)
                write(Verb.UNREAD, by=None, now=now, post=post, user=post.author)
            done += 1
    return done
