"""A post as a page shows it: its text only where it may be read, otherwise why not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_noop

from contrechamp.forum.domain.events import EventKind
from contrechamp.forum.domain.proposing import Proposing
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Event, Post, PostAttachment, Thread
from contrechamp.forum.queries.people import profile_of
from contrechamp.forum.queries.proposing import facts_of
from contrechamp.foundation.plug import offered

from .moderation import reason_label

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

EMPTY_WORDS = {
    State.HIDDEN: gettext_noop("Message masqué, en attente d'une décision de la modération."),
    State.REMOVED: gettext_noop("Message retiré par la modération."),
    State.WITHDRAWN: gettext_noop("Message retiré par son auteur."),
    State.ERASED: gettext_noop("Message effacé avec le compte de son auteur."),
    State.MOVED: gettext_noop("Message déplacé dans un autre fil."),
}
TAKEN_BACK = gettext_noop("L'observatoire a retiré ce qu'il disait ici : ce n'est plus public.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One post on a page."""

    post: Post
    n: int
    author: str
    author_url: str
    html: SafeString
    at: datetime | None
    empty: str = ""
    """Why nothing can be read here."""
    why: str = ""
    moved_url: str = ""
    is_own: bool = False
    is_system: bool = False
    is_folded: bool = False
    can_edit: bool = False
    attachments: tuple[PostAttachment, ...] = ()
    answers: int | None = None
    source_url: str = ""
    facts: tuple[str, ...] = ()
    """Public facts of the census that were made of it."""
    propose_url: str = ""
    """Where the reader may propose one."""

    @property
    def address(self) -> str:
        return self.post.address


def shown_posts(
    posts: Iterable[Post], reader: User | None, *, blocked: Collection[int] = ()
) -> list[Shown]:
    """Return posts ready for a page."""
    rows = list(posts)
    facts = facts_of(rows)
    return [
        replace(shown_post(post, reader, blocked=blocked), facts=tuple(facts.get(post.pk, ())))
        if post.state == State.PUBLISHED
        else shown_post(post, reader, blocked=blocked)
        for post in rows
    ]


def with_proposing(shown: Iterable[Shown], thread: Thread, reader: User | None) -> list[Shown]:
    """Give the posts of a thread the way to propose a fact: to members who are confirmed."""
    offer = next(offered(Proposing), None)
    if offer is None or reader is None or not reader.is_confirmed:
        return list(shown)
    return [
        one
        if one.empty or one.is_system
        else replace(
            one,
            propose_url=offer.address(
                f"{thread.pk}/{one.n}", thread.subject_kind, thread.subject_id
            ),
        )
        for one in shown
    ]


def shown_post(post: Post, reader: User | None, *, blocked: Collection[int] = ()) -> Shown:
    """Return one post ready for a page. Nothing of a text that may not be read is in it."""
    can_be_read = post.state == State.PUBLISHED
    is_own = reader is not None and post.author_id is not None and post.author_id == reader.pk
    name, url = author_of(post)
    is_system = post.kind == Post.Kind.SYSTEM
    taken_back = is_system and post.state == State.WITHDRAWN
    empty = TAKEN_BACK if taken_back else EMPTY_WORDS.get(State(post.state), "")
    moved = post.moved_to if post.state == State.MOVED else None
    return Shown(
        post=post,
        n=post.n or 0,
        author=name,
        author_url=url,
        html=html_of(post) if can_be_read else SafeString(""),
        at=post.published_at,
        empty=gettext(empty) if empty else "",
        why=reason_label(post.why) if post.state == State.REMOVED else "",
        moved_url=moved.address if moved else "",
        is_own=is_own,
        is_system=is_system,
        is_folded=post.author_id in blocked if post.author_id else False,
        can_edit=is_own and can_be_read,
        attachments=attachments_of(post) if can_be_read else (),
        answers=post.reply_to,
        source_url=post.source_url if can_be_read else "",
    )


def html_of(post: Post) -> SafeString:
    """Return the HTML of a readable post: of a system post its sentence, in today's language."""
    if post.kind == Post.Kind.SYSTEM:
        return mark_safe(_escape(event_text(post)))  # noqa: S308  escaped here
    return mark_safe(post.html)  # noqa: S308  sanitised when it was kept


def author_of(post: Post) -> tuple[str, str]:
    """Return what the author is called, and the address of their page if there is one."""
    name = name_of(post)
    if post.kind == Post.Kind.SYSTEM:
        return name, ""
    if post.author is None:
        return name, _old_name(post)
    return name, "" if post.author.erased_at else profile_of(post.author)


def name_of(post: Post) -> str:
    """Return what the author is called."""
    if post.kind == Post.Kind.SYSTEM:
        return gettext("L'observatoire")
    user = post.author
    if user is None:
        return post.author_label or gettext("compte supprimé")
    return gettext("compte supprimé") if user.erased_at else user.username


def _old_name(post: Post) -> str:
    """Return the address of what stands under the name of an imported forum."""
    if not (post.origin and post.author_label and post.n):
        return ""
    return reverse("forum:old-name", args=[post.thread_id, post.n])


def event_text(post: Post) -> str:
    """Return the sentence of a system post."""
    return sentence(post.event_kind, post.event_params)


def sentence(kind: str, params: Mapping[str, Any]) -> str:
    """Return the sentence of an event, from its parameters, in today's language."""
    for offer in offered(EventKind):
        if offer.kind == kind:
            return offer.text(params)
    return gettext("Du nouveau dans ce dossier.")


def told_before(events: Iterable[Event]) -> list[tuple[date, str, str]]:
    """Return day, sentence and source of events that are no posts, for the head of a thread."""
    return [(one.day, sentence(one.kind, one.params), one.source_url) for one in events]


def _escape(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def attachments_of(post: Post) -> tuple[PostAttachment, ...]:
    """Return the files of a post in their order."""
    return tuple(sorted(post.attachments.all(), key=lambda one: one.position))
