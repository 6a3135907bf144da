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
    services.publish(request, actor=world.marianne, now=NOW)
    return [request.pk]


MY_OWN = (SIGN_IN, GONE, OK, OK, OK)
MY_DOING = (SIGN_IN, GONE, DONE, DONE, DONE)


def taken_back(world: World) -> Sequence[object]:
    """A request that was published and taken back: that can be undone."""
    request = asked(world.marianne)
    services.publish(request, actor=world.marianne, now=NOW)
    services.withdraw_publication(request, reason="x", actor=world.marianne, now=NOW)
    return [request.pk]


def letter(world: World) -> Sequence[object]:
    """A private letter of a private request, masked."""
    request = asked(world.marianne)
    services.enter_letter(
        request, day=at("01-20").date(), text="Le contrat suit.", actor=world.marianne, now=NOW
    )
    services.prepare_letters(request, actor=world.marianne, now=NOW)
    shown = request.shown.first()
    assert shown
    return [request.pk, shown.pk]


def body(world: World) -> Sequence[object]:
    """The body of a public request."""
    return [Request.objects.get(pk=public(world)[0]).body_id]


def private_body(world: World) -> Sequence[object]:
    """The body of a private request."""
    return [asked(world.marianne).body_id]


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
    *(Row(f"foi:{page}", MY_OWN, private, never=NEVER) for page in ("publish", "letters")),
    Row(
        "foi:publish",
        MY_DOING,
        private,
        method="POST",
        fields={"when": "maintenant"},
        never=NEVER,
    ),
    Row(
        "foi:withdraw-publication",
        MY_DOING,
        public,
        method="POST",
        fields={"reason": "x"},
        never=NEVER,
    ),
    Row("foi:undo-publication", MY_DOING, taken_back, method="POST", never=NEVER),
    Row("foi:prepare-letters", MY_DOING, private, method="POST", never=NEVER),
    Row(
        "foi:hide-words",
        MY_DOING,
        letter,
        method="POST",
        fields={"words": "contrat"},
        never=[*NEVER, 1],
    ),
    *(
        Row(
            "foi:letter-act",
            MY_DOING,
            lambda w, act=act: [*letter(w), act],
            method="POST",
            about=act,
            never=[*NEVER, 1, act],
        )
        for act in ("montrer", "retirer", "recommencer")
    ),
    *(
        Row(f"foi:{page}{kind}", EVERYBODY, lambda w: public(w) and (), about="a request")
        for page in ("index", "numbers", "league")
        for kind in ("", "-json", "-csv")
        if page + kind != "index"
    ),
    *(Row(f"foi:index-{kind}", EVERYBODY) for kind in ("atom", "jsonfeed")),
    *(Row(f"foi:{page}", EVERYBODY, about="nothing") for page in ("numbers", "league")),
    *(
        Row(f"foi:request-{kind}", EVERYBODY, public)
        for kind in ("json", "csv", "atom", "jsonfeed")
    ),
    *(
        Row(f"foi:request-{kind}", (GONE,) * 5, private, about="private", never=NEVER)
        for kind in ("json", "csv", "atom", "jsonfeed")
    ),
    *(Row(f"foi:numbers-body{kind}", EVERYBODY, body) for kind in ("", "-json", "-csv")),
    *(
        Row(
            f"foi:numbers-body{kind}",
            (GONE,) * 5,
            private_body,
            about="nothing public",
            never=["bod-0000000000"],
        )
        for kind in ("", "-json", "-csv")
    ),
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
]
