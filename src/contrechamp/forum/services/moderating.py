"""What a moderator decides of a post: one decision is one transaction.

State of the post, line of the journal, word to the author and answers to who flagged it are written
together or not at all (`forum.md` §8).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.accounts import services as accounts
from contrechamp.forum.domain import ladder
from contrechamp.forum.domain.journal import Verb
from contrechamp.forum.domain.reasons import Reason, check_reason
from contrechamp.forum.domain.states import State, WrongState
from contrechamp.forum.models import Action, Assignment, Draft, Post, QueueNote
from contrechamp.forum.queries.moderation import moderator_ids
from contrechamp.kernel.errors import Refused, gettext_noop

from .acting import check_moderates, write
from .attaching import give_back
from .flagging import settle_flags
from .placing import place, take_away
from .posting import publish
from .telling import tell_author

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

NOTE_MOST = 2000


@transaction.atomic
def approve(post_id: int, *, actor: User, now: datetime) -> Action:
    """Publish what waits. Two approved posts make a confirmed member."""
    post = publish(_taken(post_id, actor, State.PENDING), now=now)
    action = write(Verb.APPROVE, by=actor, now=now, post=post, user=post.author)
    settle_flags(post, upheld=False, actor=actor, now=now)
    _forget_assignment(post)
    if post.author is not None:
        accounts.count_approved(post.author, approved=_approved(post.author), now=now)
    return action


@transaction.atomic
def return_for_change(
    post_id: int, *, reason: str, text: str = "", actor: User, now: datetime
) -> Action:
    """Give what waits back to its author: the text is among the drafts, with what to change."""
    found = check_reason(reason, text)
    post = _taken(post_id, actor, State.PENDING)
    take_away(post, State.DRAFT, found, now=now)
    _keep_as_draft(post, now)
    return _decided(Verb.RETURN, post, found, text, actor, now)


@transaction.atomic
def remove(post_id: int, *, reason: str, text: str = "", actor: User, now: datetime) -> Action:
    """Remove a post, or refuse one that waits. Its place, if it has one, says why."""
    found = check_reason(reason, text)
    post = _taken(post_id, actor, State.PENDING, State.PUBLISHED, State.HIDDEN)
    then = State.REJECTED if post.state == State.PENDING else State.REMOVED
    take_away(post, then, found, now=now)
    return _decided(Verb.REMOVE, post, found, text, actor, now)


@transaction.atomic
def keep(post_id: int, *, actor: User, now: datetime, abusive: bool = False) -> Action:
    """Say of a flagged post that it may stay: who flagged it is told, a hidden one is shown again.

    `abusive`: the flags were made to silence somebody; that is a reason against who made them.
    """
    post = _taken(post_id, actor, State.PUBLISHED, State.HIDDEN)
    if post.state == State.HIDDEN:
        place(post, now=now)
    reason = Reason.FLAG_ABUSE if abusive else ""
    action = write(Verb.KEEP, by=actor, now=now, post=post, user=post.author, reason=reason)
    settle_flags(post, upheld=False, actor=actor, now=now, abusive=abusive)
    _forget_assignment(post)
    return action


@transaction.atomic
def restore(post_id: int, *, actor: User, now: datetime) -> Action:
    """Take a removal back without an appeal: the post is at its place again."""
    post = _taken(post_id, actor, State.REMOVED, State.REJECTED)
    removal = post.actions.filter(verb=Verb.REMOVE, undone_at=None).order_by("-number").first()
    place(post, now=now)
    if removal:
        removal.undone_by, removal.undone_at = actor, now
        removal.save(update_fields=["undone_by", "undone_at"])
    action = write(Verb.RESTORE, by=actor, now=now, post=post, user=post.author)
    tell_author(action, now)
    return action


@transaction.atomic
def silence(
    user: User,
    *,
    hours: int,
    reason: str,
    text: str = "",
    actor: User,
    now: datetime,
    post: Post | None = None,
) -> Action:
    """Let somebody only read, export and leave, for an hour to thirty days."""
    check_moderates(actor, None)
    found = check_reason(reason, text)
    until = now + ladder.check_silence(timedelta(hours=hours))
    action = write(
        Verb.SILENCE, by=actor, now=now, post=post, user=user, reason=found, text=text, until=until
    )
    accounts.silence(user, until=until, ref=str(action.number), actor=actor, now=now)
    tell_author(action, now)
    return action


@transaction.atomic
def end_silence(user: User, *, actor: User, now: datetime) -> Action:
    """Let somebody speak again before the time is over."""
    check_moderates(actor, None)
    last = Action.objects.filter(user=user, verb=Verb.SILENCE, undone_at=None).last()
    if last:
        last.undone_by, last.undone_at = actor, now
        last.save(update_fields=["undone_by", "undone_at"])
    accounts.end_silence(user, actor=actor, now=now)
    action = write(Verb.UNSILENCE, by=actor, now=now, user=user)
    tell_author(action, now)
    return action


@transaction.atomic
def take(post_id: int, *, actor: User, now: datetime) -> Assignment:
    """Take a post of the queue: others see that somebody reads it."""
    post = _post(post_id, actor)
    found, _ = Assignment.objects.update_or_create(post=post, defaults={"user": actor, "at": now})
    post.flags.filter(state="OPEN").update(assignee=actor)
    return found


@transaction.atomic
def leave(post_id: int, *, actor: User) -> None:
    """Give a post back to the queue."""
    post = _post(post_id, actor)
    Assignment.objects.filter(post=post, user=actor).delete()
    post.flags.filter(state="OPEN", assignee=actor).update(assignee=None)


@transaction.atomic
def note(post_id: int, text: str, *, actor: User, now: datetime) -> QueueNote:
    """Tell the other moderators something about a post."""
    if not text.strip():
        raise Refused(gettext_noop("Écrivez quelque chose."))
    return QueueNote.objects.create(
        post=_post(post_id, actor), by=actor, text=text.strip()[:NOTE_MOST], at=now
    )


def _decided(
    verb: Verb, post: Post, reason: Reason, text: str, actor: User, now: datetime
) -> Action:
    action = write(verb, by=actor, now=now, post=post, user=post.author, reason=reason, text=text)
    settle_flags(post, upheld=True, actor=actor, now=now)
    _forget_assignment(post)
    tell_author(action, now)
    return action


def _post(post_id: int, actor: User) -> Post:
    rows = Post.objects.select_for_update(of=("self",))
    post = rows.select_related("thread", "thread__board", "author").filter(pk=post_id).first()
    if post is None:
        raise WrongState(gettext_noop("Ce message n'existe plus."))
    check_moderates(actor, post.thread.board)
    return post


def _taken(post_id: int, actor: User, *states: State) -> Post:
    post = _post(post_id, actor)
    if post.state not in states:
        raise WrongState(
            gettext_noop(
                "Quelqu'un a décidé entre-temps de ce message : rien n'est changé. "
                "Rechargez la page pour voir où il en est."
            )
        )
    if post.author_id == actor.pk and moderator_ids() - {actor.pk}:
        raise Refused(gettext_noop("C'est votre message : quelqu'un d'autre en décide."))
    return post


def _forget_assignment(post: Post) -> None:
    Assignment.objects.filter(post=post).delete()


def _approved(user: User) -> int:
    return (
        Action.objects.filter(user=user, verb=Verb.APPROVE, undone_at=None, post__isnull=False)
        .values("post")
        .distinct()
        .count()
    )


def _keep_as_draft(post: Post, now: datetime) -> None:
    """Put a text back among its author's drafts, after what is being written there already."""
    if post.author is None:
        return
    thread = post.thread
    is_first = not thread.last_n
    place_key = thread.subject or f"board:{thread.board.slug}"
    key = f"new:{place_key}" if is_first else f"thread:{thread.pk}"
    draft, _ = Draft.objects.get_or_create(
        user=post.author, key=key[:160], defaults={"saved_at": now}
    )
    draft.source = f"{post.source}\n\n{draft.source}".strip()[:20_000]
    draft.title = draft.title or (thread.title if is_first else "")
    draft.reply_to = draft.reply_to or post.reply_to
    draft.saved_at = now
    draft.save()
    give_back(post, draft)
