"""Whether somebody may post here now: the limits of accounts, closed boards, locked threads.

Each refusal is a sentence; the page that shows it shows the text again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from contrechamp.forum.domain import ladder, limits
from contrechamp.forum.domain.markdown import Parsed
from contrechamp.forum.models import Board, Emergency, Post, Thread
from contrechamp.forum.queries.access import may_moderate
from contrechamp.forum.queries.posts import in_a_row
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


class Closed(Refused):
    """Nobody may post here, or not this person."""


class AskedToEdit(Refused):
    """Enough posts in a row: one is asked to edit the last, or to say that this one is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a post holds, as limits count it."""

    source: str
    parsed: Parsed
    attachments: int = 0


def is_read_only() -> bool:
    """Answer whether the operator has closed the forum for posting."""
    return bool(settings.CONTRECHAMP.forum_read_only)


def check_open() -> None:
    """Raise `Closed` while the whole forum can only be read."""
    if is_read_only():
        raise Closed(
            gettext_noop(
                "Le forum est en lecture seule en ce moment : tout se lit, rien ne s'écrit. "
                "Votre texte est gardé dans vos brouillons."
            )
        )


def check_not_silenced(actor: User, *, now: datetime) -> None:
    """Raise `Closed` while somebody may only read, export and leave."""
    until = getattr(actor, "silenced_until", None)
    if until is not None and now < until:
        raise Closed(
            gettext_noop(
                "Votre compte ne peut pas écrire jusqu'au {until}. La raison et le recours sont "
                "dans vos avis. Votre texte est gardé dans vos brouillons."
            ),
            until=until,
        )


def check_board(board: Board, *, actor: User) -> None:
    """Raise `Closed` where only moderators write."""
    if board.read_only and not may_moderate(actor):
        raise Closed(gettext_noop("Dans ce salon, seule la modération écrit."))


def check_thread(thread: Thread, *, actor: User) -> None:
    """Raise `Closed` where a thread is locked or went elsewhere."""
    if thread.moved_to_id:
        raise Closed(gettext_noop("Ce fil a été réuni à un autre : répondez là-bas."))
    if thread.locked and not may_moderate(actor):
        raise Closed(
            gettext_noop(
                "Ce fil est fermé : il se lit, on n'y répond plus. "
                "Votre texte est gardé dans vos brouillons."
            )
        )
    check_board(thread.board, actor=actor)


def check_may_post(
    actor: User,
    content: Content,
    *,
    now: datetime,
    starts_thread: bool,
    thread: Thread | None = None,
    insists: bool = False,
) -> None:
    """Raise `Refused` unless somebody may send this now. `insists`: one more post in a row."""
    check_open()
    check_not_silenced(actor, now=now)
    mine = limits_of(actor)
    limits.check_content(
        mine,
        text=content.source,
        links=content.parsed.links,
        mentions=len(content.parsed.names),
        attachments=content.attachments,
    )
    recent = recent_of(actor, now)
    limits.check_pace(mine, recent, now=now, starts_thread=starts_thread)
    if thread and not insists and limits.asks_to_edit(in_a_row(thread, actor)):
        raise AskedToEdit(
            gettext_noop(
                "Vos trois derniers messages se suivent déjà ici. Complétez plutôt le dernier, "
                "ou envoyez à nouveau si celui-ci doit être à part."
            )
        )


def limits_of(actor: User) -> limits.Limits:
    """Return the limits of an account."""
    return limits.limits_of(is_confirmed=actor.is_confirmed or may_moderate(actor))


def recent_of(actor: User, now: datetime) -> limits.Recent:
    """Return what an account did lately."""
    hour = list(
        Post.objects.filter(author=actor, created_at__gt=now - limits.HOUR)
        .order_by("created_at")
        .values_list("created_at", flat=True)
    )
    threads = Thread.objects.filter(author=actor, created_at__gt=now - limits.DAY).count()
    return limits.Recent(
        posts_in_hour=len(hour),
        threads_in_day=threads,
        last_post_at=hour[-1] if hour else None,
        oldest_in_hour_at=hour[0] if hour else None,
    )


def why_it_waits(actor: User, *, now: datetime) -> str:
    """Return why a post goes to the queue first; empty: it is published at once."""
    moderates = may_moderate(actor)
    everybody = Emergency.objects.filter(
        since__lte=now, until__gt=now, ended_at=None, everybody_waits=True
    ).exists()
    confirmed = actor.is_confirmed
    if not ladder.waits(is_confirmed=confirmed, everybody_waits=everybody, is_moderator=moderates):
        return ""
    return "first_posts" if not confirmed else "everybody"


def can_edit(post: Post, *, actor: User, now: datetime) -> bool:
    """Answer whether the author may still edit a post."""
    return limits.can_edit(limits_of(actor), created=post.created_at, now=now)


GRACE: timedelta = limits.GRACE
