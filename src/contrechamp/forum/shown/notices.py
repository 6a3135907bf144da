"""What notices of the forum say to one person, and what one can watch.

Texts come through the rule of `access` alone: what somebody may not read is said nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from contrechamp.accounts.domain.notices import Answerable, Card, NoticeKind, Scope, Watchable
from contrechamp.forum.domain.states import State
from contrechamp.forum.domain.subjects import split
from contrechamp.forum.models import Action, Flag, LabelClaim, Post
from contrechamp.forum.queries import events as events_read
from contrechamp.forum.queries.access import (
    may_moderate,
    readable,
    visible_boards,
    visible_threads,
)
from contrechamp.forum.queries.subjects import cards, kinds
from contrechamp.forum.services import noticing, telling
from contrechamp.forum.services.posting import reply
from contrechamp.kernel.errors import Refused, gettext_noop

from .moderation import reason_label, verb_label
from .posts import event_text, sentence

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

Cards = Mapping[str, Card]


def posts(ids: Sequence[str], user: User, words: str) -> Cards:
    """Return cards of the posts that somebody may read, by `thread/number`."""
    wanted: dict[str, list[int]] = {}
    for id in ids:
        thread, _, number = id.partition("/")
        if number.isdecimal():
            wanted.setdefault(thread, []).append(int(number))
    if not wanted:
        return {}
    condition = Q()
    for thread, numbers in wanted.items():
        condition |= Q(thread=thread, n__in=numbers)
    published = Post.objects.filter(condition, state=State.PUBLISHED)
    rows = list(published.select_related("thread__board", "author"))
    may_read = readable((post.thread for post in rows), user)
    blocked = set(user.blocks.values_list("blocked", flat=True))
    return {
        f"{post.thread_id}/{post.n}": _card(post, words, user)
        for post in rows
        if post.thread_id in may_read and post.author_id not in blocked
    }


def _card(post: Post, words: str, user: User) -> Card:
    thread = post.thread
    is_event = post.kind == Post.Kind.SYSTEM
    said = event_text(post) if is_event else gettext(words).format(name=author_of(post))
    is_open = not (thread.locked or thread.moved_to_id or thread.board.read_only)
    return Card(
        text=said,
        url=post.address,
        group=f"{noticing.THREAD}{thread.pk}",
        title=thread.title,
        group_url=thread.address,
        body="" if is_event else post.source,
        can_reply=is_open or may_moderate(user, thread.board),
    )


def author_of(post: Post) -> str:
    """Return who a post is signed by."""
    return post.author_label if post.author is None else str(post.author)


def mentions(ids: Sequence[str], user: User) -> Cards:
    """Return cards of posts that name somebody."""
    return posts(ids, user, gettext_noop("{name} vous nomme"))


def replies(ids: Sequence[str], user: User) -> Cards:
    """Return cards of posts that answer somebody."""
    return posts(ids, user, gettext_noop("{name} vous répond"))


def new_posts(ids: Sequence[str], user: User) -> Cards:
    """Return cards of posts in what somebody watches."""
    return posts(ids, user, gettext_noop("{name} a écrit"))


def events(ids: Sequence[str], user: User) -> Cards:
    """Return cards of what is new in a dossier of which nobody talks yet."""
    rows = events_read.readable(_numbers(ids), user)
    about = cards((row.subject_kind, row.subject_id) for row in rows)
    return {
        str(row.pk): Card(
            text=sentence(row.kind, row.params),
            url=row.source_url or card.url,
            group=f"forum:subject:{row.subject}",
            title=card.title,
            group_url=card.url,
        )
        for row in rows
        if (card := about.get((row.subject_kind, row.subject_id)))
    }


def approved(ids: Sequence[str], user: User) -> Cards:
    """Return cards of one's own posts that were read and published."""
    found = posts(ids, user, gettext_noop("Votre message a été relu : il est publié"))
    return {
        id: Card(
            text=card.text,
            url=card.url,
            group=card.group,
            title=card.title,
            group_url=card.group_url,
        )
        for id, card in found.items()
    }


def decisions(ids: Sequence[str], user: User) -> Cards:
    """Return cards of decisions that concern somebody. The reason in full is on the site."""
    rows = Action.objects.filter(user=user, number__in=_numbers(ids))
    return {
        str(row.number): Card(
            text=" — ".join(filter(None, [verb_label(row.verb), reason_label(row.reason)])),
            url=reverse("forum:decision", args=[row.number]),
            group="forum:decisions:",
            title=gettext("Décisions sur mes messages"),
            group_url=reverse("forum:decisions"),
            body=row.text,
        )
        for row in rows
    }


def flags(ids: Sequence[str], user: User) -> Cards:
    """Return cards of flags that somebody made and that were answered."""
    rows = Flag.objects.filter(by=user, pk__in=_numbers(ids)).exclude(state=Flag.State.OPEN)
    words = {
        Flag.State.UPHELD: gettext("Votre signalement a conduit à une décision"),
        Flag.State.DISMISSED: gettext("Votre signalement a été lu : le message reste"),
        Flag.State.ABUSIVE: gettext("Votre signalement a été jugé abusif"),
    }
    return {
        str(row.pk): Card(
            text=words[Flag.State(row.state)],
            url=reverse("forum:flags"),
            group="forum:flags:",
            title=gettext("Mes signalements"),
            group_url=reverse("forum:flags"),
        )
        for row in rows
    }


def old_names(ids: Sequence[str], user: User) -> Cards:
    """Return cards of what was answered to who asked for an old name. The name is on the site."""
    rows = LabelClaim.objects.filter(user=user, pk__in=_numbers(ids)).exclude(state="OPEN")
    given = gettext("Vos messages d'un ancien forum sont à votre nom")
    gone = gettext("Vos messages d'un ancien forum sont effacés")
    refused = gettext("Votre demande d'un nom d'un ancien forum est refusée")
    return {
        str(row.pk): Card(
            text=refused if row.state == "REFUSED" else gone if row.wants_removal else given,
            url=reverse("forum:old-names"),
            group="forum:names:",
            title=gettext("Mes noms d'un ancien forum"),
            group_url=reverse("forum:old-names"),
        )
        for row in rows
    }


def queue(ids: Sequence[str], user: User) -> Cards:
    """Return cards that say that something waits, to moderators alone."""
    if not may_moderate(user):
        return {}
    waits = gettext("Un message attend d'être relu depuis plus de 24 heures")
    late = gettext("Un message attend d'être relu depuis plus de 48 heures")
    return {
        id: Card(
            text=late if id.startswith("late:") else waits,
            url=reverse("forum:moderation"),
            group="forum:queue:",
            title=gettext("Modération"),
            group_url=reverse("forum:moderation"),
        )
        for id in ids
    }


def _numbers(ids: Iterable[str]) -> list[int]:
    return [int(id) for id in ids if id.isdecimal()]


Titles = Mapping[str, tuple[str, str]]


def threads(keys: Sequence[str], user: User) -> Titles:
    """Return title and address of the threads that somebody may read."""
    rows = visible_threads(user).filter(pk__in=list(keys))
    return {row.pk: (row.title, row.address) for row in rows}


def boards(keys: Sequence[str], user: User) -> Titles:
    """Return title and address of the boards that somebody may read."""
    rows = visible_boards(user).filter(slug__in=list(keys))
    return {row.slug: (row.name, reverse("forum:board", args=[row.slug])) for row in rows}


def subjects(keys: Sequence[str], user: User) -> Titles:
    """Return title and address of the things that somebody may see, by `kind:id`."""
    pairs = [pair for pair in map(split, keys) if pair[0] and _may_see(pair, user)]
    return {f"{kind}:{key}": (card.title, card.url) for (kind, key), card in cards(pairs).items()}


def places(keys: Sequence[str], user: User) -> Titles:
    """Return name and address of territories, by their keys."""
    return _public("place", keys)


def technologies(keys: Sequence[str], user: User) -> Titles:
    """Return name and address of technologies."""
    return _public("technology", keys)


def _public(kind: str, keys: Sequence[str]) -> Titles:
    found = cards((kind, key) for key in keys)
    return {key: (card.title, card.url) for (_, key), card in found.items()}


def _may_see(pair: tuple[str, str], user: User) -> bool:
    offer = kinds().get(pair[0])
    if offer is None:
        return False
    rows = offer.visible(user)
    return rows is None or rows.filter(**{offer.key: pair[1]}).exists()


def answer(user: Any, key: str, text: str, now: datetime) -> str:
    """Post what somebody answered by mail, as the form of the site would; return its address."""
    thread = visible_threads(user).filter(pk=key).first()
    if thread is None:
        raise Refused(gettext_noop("Cette discussion ne se lit plus ici."))
    post = reply(thread, actor=user, source=text, now=now)
    return post.address if post.n else thread.address


NOTICES = (
    NoticeKind(kind=noticing.MENTION, label=gettext_noop("On vous nomme"), render=mentions),
    NoticeKind(kind=noticing.REPLY, label=gettext_noop("On vous répond"), render=replies),
    NoticeKind(
        kind=noticing.POST,
        label=gettext_noop("Du nouveau dans ce que vous suivez"),
        render=new_posts,
    ),
    NoticeKind(
        kind=noticing.EVENT,
        label=gettext_noop("Du nouveau dans un dossier que vous suivez"),
        render=events,
    ),
    NoticeKind(
        kind=noticing.APPROVED,
        label=gettext_noop("Votre message est publié"),
        render=approved,
        is_always=True,
    ),
    NoticeKind(
        kind=telling.DECISION,
        label=gettext_noop("Une décision sur vos messages"),
        render=decisions,
        is_always=True,
    ),
    NoticeKind(
        kind=telling.FLAG,
        label=gettext_noop("Une réponse à votre signalement"),
        render=flags,
        is_always=True,
    ),
    NoticeKind(
        kind=telling.NAME,
        label=gettext_noop("Une réponse sur votre nom d'un ancien forum"),
        render=old_names,
        is_always=True,
    ),
    NoticeKind(
        kind=telling.QUEUE,
        label=gettext_noop("Un message attend la modération"),
        render=queue,
        is_always=True,
    ),
    Watchable(scope=Scope.THREAD, label=gettext_noop("Discussion"), titles=threads),
    Watchable(scope=Scope.BOARD, label=gettext_noop("Salon"), titles=boards),
    Watchable(scope=Scope.SUBJECT, label=gettext_noop("Dossier"), titles=subjects),
    Watchable(scope=Scope.PLACE, label=gettext_noop("Territoire"), titles=places),
    Watchable(scope=Scope.TECHNOLOGY, label=gettext_noop("Technologie"), titles=technologies),
    Answerable(prefix=noticing.THREAD, answer=answer),
)
