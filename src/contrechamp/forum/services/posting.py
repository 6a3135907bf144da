"""Starting threads, replying, editing, taking back: what a member does with words.

A post is published at once or waits; either way the form that sent it makes one post, however
often it is sent. Nothing here reads the clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.forum import signals
from contrechamp.forum.domain import limits
from contrechamp.forum.domain.markdown import clean_source, parse
from contrechamp.forum.domain.states import State, check_can_become
from contrechamp.forum.domain.subjects import KeptFile, split
from contrechamp.forum.models import Board, Draft, Post, Revision, Thread, ThreadTag
from contrechamp.forum.queries.access import may_moderate, readable, visible_boards
from contrechamp.forum.queries.posts import find_sent
from contrechamp.forum.queries.subjects import find_subject, kinds
from contrechamp.foundation.signals import public_changed
from contrechamp.kernel.errors import Refused, gettext_noop

from . import gate
from .attaching import attach
from .placing import place, take_away
from .rendering import write_html

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

SUBJECTS_BOARD = "dossiers"
"""Where threads about things stand when nobody chose a board."""


@transaction.atomic
def start_thread(
    *,
    actor: User,
    title: str,
    source: str,
    now: datetime,
    board: Board | None = None,
    subject: str = "",
    tags: Iterable[tuple[str, str]] = (),
    token: str = "",
    files: Iterable[KeptFile] = (),
) -> Post:
    """Open a thread with its first post; return the post, published or waiting."""
    if sent := find_sent(actor, token):
        return sent
    title = " ".join(title.split())
    limits.check_title(title)
    kind, key = split(subject)
    if subject and find_subject(actor, kind, key) is None:
        raise Refused(gettext_noop("Ce dont vous voulez parler n'existe pas, ou plus, ici."))
    found = board or default_board()
    if not visible_boards(actor).filter(pk=found.pk).exists():
        raise Refused(gettext_noop("Ce salon n'existe pas, ou plus, ici."))
    gate.check_board(found, actor=actor)
    files = list(files)
    content = gate.Content(source=source, parsed=parse(source), attachments=len(files))
    gate.check_may_post(actor, content, now=now, starts_thread=True)
    thread = Thread.objects.create(
        board=found, subject_kind=kind, subject_id=key, title=title, author=actor, created_at=now
    )
    _file_under(thread, tags)
    _forget_draft(actor, new_key(found.slug, subject))
    return _send(thread, actor=actor, source=source, now=now, token=token, files=files)


@transaction.atomic
def reply(
    thread: Thread,
    *,
    actor: User,
    source: str,
    now: datetime,
    reply_to: int | None = None,
    token: str = "",
    files: Iterable[KeptFile] = (),
    insists: bool = False,
) -> Post:
    """Answer in a thread; return the post, published or waiting."""
    if sent := find_sent(actor, token):
        return sent
    # Read again: it may have been locked, merged or hidden while somebody wrote.
    thread = Thread.objects.select_related("board").get(pk=thread.pk)
    if not readable([thread], actor):
        raise gate.Closed(
            gettext_noop("Ce fil ne se lit plus ici. Votre texte est gardé dans vos brouillons.")
        )
    gate.check_thread(thread, actor=actor)
    files = list(files)
    content = gate.Content(source=source, parsed=parse(source), attachments=len(files))
    gate.check_may_post(
        actor, content, now=now, starts_thread=False, thread=thread, insists=insists
    )
    if reply_to is not None and not thread.posts.filter(n=reply_to).exists():
        reply_to = None
    _forget_draft(actor, f"thread:{thread.pk}")
    return _send(
        thread, actor=actor, source=source, now=now, reply_to=reply_to, token=token, files=files
    )


def _send(
    thread: Thread,
    *,
    actor: User,
    source: str,
    now: datetime,
    reply_to: int | None = None,
    token: str = "",
    files: Iterable[KeptFile] = (),
) -> Post:
    """Write the post, then publish it or leave it in the queue."""
    why = gate.why_it_waits(actor, now=now)
    post = Post(
        thread=thread,
        author=actor,
        state=State.PENDING,
        source=clean_source(source),
        reply_to=reply_to,
        created_at=now,
        changed_at=now,
        queue_reason=why,
        token=token or None,
    )
    write_html(post, is_inert=bool(why))
    post.save()
    attach(post, files)
    if why:
        signals.post_waits.send(None, post=post)
        return post
    return place(post, now=now)


@transaction.atomic
def publish(post: Post, *, now: datetime) -> Post:
    """Publish a post that waited: its links are links from now on. Again: nothing happens."""
    post = Post.objects.select_related("thread", "author").get(pk=post.pk)
    if post.state == State.PUBLISHED:
        return post
    write_html(post)
    return place(post, now=now)


@transaction.atomic
def edit(
    post: Post,
    *,
    actor: User,
    source: str,
    now: datetime,
    reason: str = "",
    files: Iterable[KeptFile] = (),
    dropped: Iterable[int] = (),
) -> Post:
    """Change what a post says. After five minutes all read what it said before, and why.

    `files` come to those that it has, `dropped` are the positions of those that leave it.
    """
    post = Post.objects.select_for_update().select_related("thread__board").get(pk=post.pk)
    source = clean_source(source)
    if post.author_id != actor.pk or post.state not in {State.PENDING, State.PUBLISHED}:
        raise Refused(gettext_noop("Ce message n'est pas, ou plus, à vous de changer."))
    gate.check_open()
    gate.check_not_silenced(actor, now=now)
    if not gate.can_edit(post, actor=actor, now=now):
        raise gate.Closed(
            gettext_noop("Ce message est trop ancien pour être changé : répondez-y plutôt.")
        )
    gate.check_thread(post.thread, actor=actor)
    parsed = parse(source)
    fresh, gone = list(files), post.attachments.filter(position__in=list(dropped))
    limits.check_content(
        gate.limits_of(actor),
        text=source,
        links=parsed.links,
        mentions=len(parsed.names),
        # Those that came before a limit was lowered may stay.
        attachments=post.attachments.count() - gone.count() + len(fresh) if fresh else 0,
    )
    if source == post.source and not fresh and not gone.exists():
        return post
    if limits.leaves_revision(published_at=post.published_at, now=now):
        Revision.objects.create(
            post=post, source=post.source, reason=reason.strip()[:200], by=actor, at=now
        )
        post.edited_at = now
    post.source, post.changed_at = source, now
    write_html(post, is_inert=post.state == State.PENDING)
    post.save()
    gone.delete()
    attach(post, fresh)
    _forget_draft(actor, f"edit:{post.pk}")
    if post.state == State.PUBLISHED:
        signals.post_changed.send(None, post=post, actor=actor)
        public_changed.send(Post, refs=[post.ref])
    return post


@transaction.atomic
def withdraw(post: Post, *, actor: User, now: datetime) -> Post:
    """Take back one's own post: its place stays, and says that its author took it back."""
    _check_own(post, actor)
    if post.state == State.PENDING:
        return take_away(post, State.DRAFT, "", now=now)
    return take_away(post, State.WITHDRAWN, "", now=now)


@transaction.atomic
def restore(post: Post, *, actor: User, now: datetime) -> Post:
    """Show again one's own post that one took back, while it may still be edited."""
    _check_own(post, actor)
    check_can_become(post.state, State.PUBLISHED)
    gate.check_open()
    gate.check_not_silenced(actor, now=now)
    if post.state != State.WITHDRAWN or not gate.can_edit(post, actor=actor, now=now):
        raise Refused(gettext_noop("Ce message n'est pas, ou plus, à vous de changer."))
    return place(post, now=now)


def default_board() -> Board:
    """Return the board of threads about things."""
    board, _ = Board.objects.get_or_create(
        slug=SUBJECTS_BOARD,
        defaults={
            "title": "Autour des dossiers",
            "title_en": "About the files",
            "text": "Les fils ouverts depuis la page d'un projet, d'un document, d'une demande, "
            "d'un acte ou d'un lieu.",
            "text_en": "Threads opened from the page of a project, document, request, act or "
            "place.",
            "position": 15,
        },
    )
    return board


def new_key(board: str, subject: str) -> str:
    """Return the key of the draft of a new thread."""
    return f"new:{subject}" if subject else f"new:board:{board}"


def _file_under(thread: Thread, tags: Iterable[tuple[str, str]]) -> None:
    """File a thread under what was chosen, and under what its subject is filed under."""
    found = dict.fromkeys(tags)
    offer = kinds().get(thread.subject_kind)
    if offer:
        found.update(dict.fromkeys(("place", key) for key in offer.places(thread.subject_id)))
        found.update(
            dict.fromkeys(("technology", key) for key in offer.technologies(thread.subject_id))
        )
    ThreadTag.objects.bulk_create(
        [ThreadTag(thread=thread, kind=kind, key=key) for kind, key in found],
        ignore_conflicts=True,
    )


def _check_own(post: Post, actor: User) -> None:
    if post.author_id != actor.pk and not may_moderate(actor):
        raise Refused(gettext_noop("Ce message n'est pas, ou plus, à vous de changer."))


def _forget_draft(actor: User, key: str) -> None:
    Draft.objects.filter(user=actor, key=key).delete()
