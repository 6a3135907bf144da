"""Moderation: the queue for moderators, the journal for all, flags with or without account."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from contrechamp.accounts.models import User
from contrechamp.forum.forms.composing import seal
from contrechamp.forum.models import Action, Board, Post, Thread
from contrechamp.forum.services import flagging, moderating
from contrechamp.forum.services.placing import place
from tests.access.rows import (
    ADMINISTRATORS,
    DONE,
    EVERYBODY,
    GONE,
    MEMBERS,
    OK,
    REFUSED,
    SIGN_IN,
    Row,
    World,
)


def _given(args: Sequence[object], world: World) -> Sequence[object]:
    return args


NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
HERS = (SIGN_IN, GONE, OK, GONE, GONE)
NOWHERE = (GONE,) * 5
SENT = (SIGN_IN, GONE, GONE, GONE, DONE)


def post(author: User, *, is_published: bool = True) -> Post:
    board, _ = Board.objects.get_or_create(slug="essais", defaults={"title": "Essais"})
    thread = Thread.objects.create(board=board, title="Des caméras à Nice", created_at=NOW)
    made = Post.objects.create(
        thread=thread,
        author=author,
        source="La mairie achète douze caméras.",
        html="<p>La mairie achète douze caméras.</p>",
        created_at=NOW,
        changed_at=NOW,
    )
    return place(made, now=NOW) if is_published else made


def published(world: World) -> Sequence[object]:
    """A post that all read."""
    made = post(world.marianne)
    return [made.thread_id, made.n]


def waiting(world: World) -> Sequence[object]:
    """A post of marianne that waits."""
    return [post(world.marianne, is_published=False).pk]


def removed(world: World) -> Action:
    made = post(world.marianne)
    return moderating.remove(made.pk, reason="SPAM", actor=world.io, now=NOW)


def decision(world: World) -> Sequence[object]:
    """A decision about marianne."""
    return [removed(world).number]


def a_line(world: World) -> Sequence[object]:
    """A journal with a line."""
    removed(world)
    return ()


def notice(world: World) -> Sequence[object]:
    """The code of a notice."""
    from contrechamp.forum.domain.flags import LegalNotice

    said = LegalNotice(
        why="Ce message donne mon adresse et le nom de mes enfants.",
        address="/forum/m/x/1",
        name="Une Personne",
        email="une@personne.fr",
        is_exempt=False,
        good_faith=True,
    )
    return [flagging.give_notice(post(world.marianne), said, now=NOW)[1]]


def imported_post(world: World) -> Sequence[object]:
    """A post of somebody on an old forum."""
    made = post(world.marianne)
    Post.objects.filter(pk=made.pk).update(
        author=None, author_label="ancienne", origin="nodebb:ancien.example", pid="7"
    )
    return [made.thread_id, made.n]


def imported(world: World) -> Sequence[object]:
    """A name that can be claimed."""
    imported_post(world)
    return ()


FLAG = {"category": "SPAM", "mark": seal(timezone.now() - timedelta(hours=1))}
ROWS = [
    Row("forum:moderation", ADMINISTRATORS),
    Row("forum:moderation-appeals", ADMINISTRATORS),
    Row("forum:moderation-accounts", ADMINISTRATORS),
    Row("forum:moderation-emergency", ADMINISTRATORS),
    Row("forum:moderation-post", ADMINISTRATORS, waiting),
    Row("forum:moderation-post", SENT, waiting, method="POST", fields={"do": "approve"}),
    Row("forum:moderation-emergency", SENT, method="POST", fields={"do": "off"}),
    Row(
        "forum:moderation-appeals",
        (SIGN_IN, GONE, GONE, GONE, REFUSED),
        method="POST",
        fields={"appeal": "1", "do": "grant", "answer": "oui"},
    ),
    Row("forum:moderation-accounts", SENT, method="POST", fields={"do": "speak", "key": "1"}),
    Row("forum:journal", EVERYBODY, a_line),
    Row("forum:journal-json", EVERYBODY, a_line),
    Row("forum:journal-csv", EVERYBODY, a_line),
    Row("forum:journal-atom", EVERYBODY, a_line),
    Row("forum:journal-jsonfeed", EVERYBODY, a_line),
    Row("forum:rules", EVERYBODY),
    Row("forum:flag", EVERYBODY, published),
    Row("forum:flag", (REFUSED, DONE, REFUSED, DONE, DONE), published, method="POST", fields=FLAG),
    Row("forum:receipt", EVERYBODY, notice),
    Row("forum:old-names", MEMBERS),
    Row(
        "forum:old-names",
        (SIGN_IN, DONE, DONE, DONE, DONE),
        imported,
        method="POST",
        fields={"do": "claim", "origin": "nodebb:ancien.example", "label": "ancienne"},
    ),
    Row("forum:old-name", EVERYBODY, imported_post, never=["thr-0000000000", 1]),
    Row("forum:flags", MEMBERS),
    Row("forum:decisions", MEMBERS),
    Row("forum:decision", HERS, decision),
    Row(
        "forum:decision",
        (SIGN_IN, GONE, DONE, GONE, GONE),
        decision,
        method="POST",
        fields={"text": "Ce n'en est pas."},
    ),
    *(
        Row(f"forum:{name}", (DONE,) * 5, functools.partial(_given, args), about="not here")
        for name, args in (
            ("nodebb-topic", [7]),
            ("nodebb-topic-slug", [7, "titre/2"]),
            ("nodebb-post", [7]),
            ("nodebb-category", [7]),
            ("nodebb-category-slug", [7, "lyon"]),
            ("discourse-topic", [7]),
            ("discourse-topic-slug", ["titre", 7]),
            ("discourse-topic-post", ["titre", 7, 2]),
            ("discourse-category", ["general", 7]),
        )
    ),
    *(
        Row(
            f"forum:{name}",
            NOWHERE,
            functools.partial(_given, args),
            about="switched off",
            never=never,
        )
        for name, args, never in (
            ("webfinger", [], []),
            ("actor", ["salon-essais"], ["salon-rien"]),
            ("outbox", ["salon-essais"], ["salon-rien"]),
            ("followers", ["salon-essais"], ["salon-rien"]),
            ("note", ["salon-essais", "m-x-1"], ["salon-rien", "m-x-1"]),
        )
    ),
    Row(
        "forum:inbox",
        NOWHERE,
        lambda world: ["salon-essais"],
        method="POST",
        about="switched off",
        never=["salon-rien"],
    ),
]
