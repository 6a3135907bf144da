"""Requests: what is public for everybody, what is one's own, and what editors see to."""

from __future__ import annotations

from collections.abc import Sequence

from contrechamp.foi import services
from contrechamp.foi.models import Reminder, Request
from tests.access.rows import (
    DONE,
    EVERYBODY,
    GONE,
    MEMBERS,
    NO_SUCH_ACT,
    OK,
    SIGN_IN,
    Row,
    World,
)
from tests.foi.requests import asked, at
from tests.observatory import NOW

NEVER = ["req-0000000000"]
OWN = (GONE, GONE, OK, OK, OK)
"""A private request of marianne's: hers and the editors'; to others it does not exist."""


def private(world: World) -> Sequence[object]:
    """A request of marianne's that left, and that nobody has published."""
    return [asked(world.marianne).pk]


def public(world: World) -> Sequence[object]:
    """The same, published."""
    request = asked(world.marianne)
    Request.objects.filter(pk=request.pk).update(is_public=True)
    return [request.pk]


def feed(world: World) -> Sequence[object]:
    """A private calendar: its address alone opens it."""
    return [services.open_feed("PERSON", owner=world.marianne, now=NOW)]


def reminder(world: World) -> Sequence[object]:
    """A reminder of marianne's."""
    row = Reminder.objects.create(
        request=asked(world.marianne), key="x", day=at("03-01").date(), sentence="…"
    )
    return [row.pk]


def question(world: World) -> Sequence[object]:
    """The token of a question that nobody asked."""
    return ["0" * 32]


ROWS = [
    # Reading.
    Row("foi:index", EVERYBODY),
    Row("foi:index", EVERYBODY, lambda w: public(w) and (), about="a request"),
    Row("foi:mine", MEMBERS, lambda w: private(w) and ()),
    Row("foi:request", EVERYBODY, public),
    Row("foi:request", OWN, private, about="private", never=NEVER),
    # Drafting.
    # Following.
    # Publication and numbers.
    # Calendar.
    Row("foi:due", EVERYBODY, lambda w: public(w) and ()),
    Row("foi:due", EVERYBODY, lambda w: private(w) and (), query="?qui=toutes", about="all"),
    Row("foi:public-ics", EVERYBODY, lambda w: public(w) and ()),
    Row("foi:request-ics", EVERYBODY, public),
    Row("foi:request-ics", OWN, private, about="private", never=NEVER),
    Row("foi:feed", EVERYBODY, feed),
    Row("foi:feed", (GONE,) * 5, question, about="no such", never=["1" * 32]),
    Row("foi:reminders", MEMBERS),
    Row("foi:open-feed", MEMBERS, method="POST", fields={"scope": "PERSON"}),
    Row("foi:close-feed", (SIGN_IN, *(DONE,) * 4), method="POST", fields={"scope": "PERSON"}),
    Row("foi:end-reminders", (SIGN_IN, *(DONE,) * 4), method="POST"),
    Row("foi:see", (SIGN_IN, *(DONE,) * 4), reminder, method="POST"),
    Row("foi:confirm-reminders", EVERYBODY, question),
    Row(
        "foi:confirm-reminders",
        (GONE,) * 5,
        question,
        method="POST",
        about="nobody asked",
        never=["1" * 32],
    ),
    Row("foi:see", (NO_SUCH_ACT,) * 5, reminder, about="read"),
    # Evidence.
    Row("foi:evidence", OWN, private, never=NEVER),
    Row("foi:evidence", OWN, public, about="public", never=NEVER),
    Row("foi:public-evidence", EVERYBODY, public),
    Row("foi:public-evidence", (GONE,) * 5, private, about="private", never=NEVER),
]
