"""Requests: what is public for everybody, what is one's own, and what editors see to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from contrechamp.foi import services
from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.models import Reminder, Reply, Request, Series, ShownMessage
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


def a_fact(world: World) -> Sequence[object]:
    """A note of a private request."""
    request = asked(world.marianne)
    row = services.record(
        request, Kind.NOTE, first=at("02-01").date(), actor=world.marianne, now=NOW
    )
    return [request.pk, row.pk]


def a_removal(world: World) -> Sequence[object]:
    """A note that was taken back."""
    key, fact = a_fact(world)
    row = services.take_back(str(fact), actor=world.marianne, now=NOW, note="erreur")
    return [key, row.pk]


def _reply(request: Request) -> Reply:
    return services.enter_letter(
        request, day=at("02-02").date(), text="Bonjour", actor=request.author, now=NOW
    )


def a_reply(world: World) -> Sequence[object]:
    """A letter to a private request, to be read."""
    request = asked(world.marianne)
    return [request.pk, _reply(request).pk]


def a_reply_to_public(world: World) -> Sequence[object]:
    """A letter to a public request: its raw words stay private."""
    key, number = a_reply(world)
    Request.objects.filter(pk=str(key)).update(is_public=True)
    return [key, number]


def a_part(world: World) -> Sequence[object]:
    """A file that a letter has not."""
    return [*a_reply(world), "1"]


def _shown(world: World, *, is_public: bool) -> Sequence[object]:
    request = asked(world.marianne)
    Request.objects.filter(pk=request.pk).update(is_public=True)
    row = ShownMessage.objects.create(
        request=request, reply=_reply(request), direction="IN", day=at("02-02").date(),
        text="Bonjour", is_public=is_public, made_by=world.marianne, made_at=NOW,
    )  # fmt: skip
    return [request.pk, row.pk]


def a_shown_letter(world: World) -> Sequence[object]:
    """A letter that everybody reads."""
    return _shown(world, is_public=True)


def a_letter_not_shown(world: World) -> Sequence[object]:
    """A letter that is not public yet."""
    return _shown(world, is_public=False)


def a_paper(world: World) -> Sequence[object]:
    """A reminder of marianne's."""
    request = asked(world.marianne)
    return [services.make_paper(request, "follow_up", actor=world.marianne, now=NOW).pk]


def a_series(world: World) -> Sequence[object]:
    """A series of marianne's."""
    return [Series.objects.create(title="Série", author=world.marianne, made_at=NOW).pk]


DAY = {"first": "2026-02-02"}
ACTED = (SIGN_IN, GONE, DONE, DONE, DONE)


def _letter_act(world: World, act: str) -> Sequence[object]:
    return [*letter(world), act]


ROWS = [
    # Reading.
    Row("foi:index", EVERYBODY),
    Row("foi:index", EVERYBODY, lambda w: public(w) and (), about="a request"),
    Row("foi:mine", MEMBERS, lambda w: private(w) and ()),
    Row("foi:request", EVERYBODY, public),
    Row("foi:request", OWN, private, about="private", never=NEVER),
    # Drafting.
    # Following.
    Row("foi:note", (SIGN_IN, GONE, OK, OK, OK), private),
    Row("foi:note", (SIGN_IN, GONE, OK, OK, OK), private, query="?fait=REFUSED", about="a fact"),
    Row("foi:note", (SIGN_IN, GONE, OK, OK, OK), public, about="public"),
    Row("foi:note", ACTED, private, method="POST", query="?fait=NOTE", fields=DAY),
    Row("foi:correct", (SIGN_IN, GONE, OK, OK, OK), a_fact),
    Row("foi:correct", ACTED, a_fact, method="POST", fields=DAY),
    Row("foi:take-back", (SIGN_IN, GONE, OK, OK, OK), a_fact),
    Row("foi:take-back", ACTED, a_fact, method="POST", fields={"why": "erreur"}),
    Row("foi:put-back", ACTED, a_removal, method="POST"),
    Row("foi:put-back", (NO_SUCH_ACT,) * 5, a_removal, about="read"),
    Row("foi:enter-letter", (SIGN_IN, GONE, OK, OK, OK), private),
    Row(
        "foi:enter-letter",
        ACTED,
        private,
        method="POST",
        fields={"day": "2026-02-02", "text": "Bonjour"},
    ),
    Row("foi:attach", (SIGN_IN, GONE, OK, OK, OK), private),
    Row("foi:reply", (SIGN_IN, GONE, OK, OK, OK), a_reply),
    Row("foi:reply", (SIGN_IN, GONE, OK, OK, OK), a_reply_to_public, about="public"),
    Row(
        "foi:reply",
        ACTED,
        a_reply,
        method="POST",
        fields={"kind": "nothing", "first": "2026-02-02"},
    ),
    Row("foi:keep-parts", ACTED, a_reply, method="POST"),
    Row("foi:reply-part", (SIGN_IN, *(GONE,) * 4), a_part),
    Row("foi:suggest", (SIGN_IN, OK, OK, OK, OK), a_shown_letter),
    Row("foi:suggest", (SIGN_IN, *(GONE,) * 4), a_letter_not_shown, about="not public"),
    Row("foi:compose", (SIGN_IN, GONE, OK, OK, OK), lambda w: [*private(w), "relance"]),
    Row("foi:compose", ACTED, lambda w: [*private(w), "relance"], method="POST"),
    Row("foi:paper", (SIGN_IN, GONE, OK, OK, OK), a_paper),
    Row("foi:paper", ACTED, a_paper, method="POST", fields={"act": "send"}),
    Row("foi:paper-file", (SIGN_IN, GONE, OK, OK, OK), lambda w: [*a_paper(w), "pdf"]),
    Row("foi:start-series", (SIGN_IN, GONE, OK, OK, OK), private),
    Row("foi:series", (SIGN_IN, GONE, OK, OK, OK), a_series),
    Row(
        "foi:series",
        (SIGN_IN, GONE, OK, OK, OK),
        a_series,
        method="POST",
        fields={"act": "notices"},
        about="without a pilot",
    ),
    Row("foi:series-annex", (SIGN_IN, GONE, OK, OK, OK), lambda w: [*a_series(w), "csv"]),
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
            partial(_letter_act, act=act),
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
    # Evidence.
    Row("foi:evidence", OWN, private, never=NEVER),
    Row("foi:evidence", OWN, public, about="public", never=NEVER),
    Row("foi:public-evidence", EVERYBODY, public),
    Row("foi:public-evidence", (GONE,) * 5, private, about="private", never=NEVER),
]
