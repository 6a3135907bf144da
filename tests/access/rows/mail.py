"""The mail: for editors alone, each page of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from contrechamp.mail import queries, services
from contrechamp.mail.models import Outgoing
from tests.access.rows import EDITORS, Row, World
from tests.mail.letters import NOW, THREAD, TOWN, answer
from tests.observatory import NOW as TODAY

ACT = ("sign in", "404", "404", "302", "302")
NONE = ("sign in", "404", "404", "404", "404")


def stranger(world: World) -> Sequence[object]:
    """A message that nobody could file."""
    return [services.take_in(answer(), now=TODAY).incoming.pk]


def unreadable(world: World) -> Sequence[object]:
    return [services.take_in(b"", now=TODAY).incoming.pk]


def filed(world: World) -> Sequence[object]:
    raw = answer(queries.reply_address(THREAD))
    return [services.take_in(raw, now=TODAY).incoming.pk]


def waiting(world: World) -> Sequence[object]:
    """A letter of marianne that has not left."""
    letter = services.queue(
        thread=THREAD, to=TOWN, subject="Demande", text="Bonjour", actor=world.marianne, now=NOW
    )
    return [letter.pk]


def doubtful(world: World) -> Sequence[object]:
    (id,) = waiting(world)
    Outgoing.objects.filter(pk=id).update(state="MAYBE", sending_at=NOW + timedelta(hours=1))
    return [id]


def none(make: Callable[[World], Sequence[object]]) -> Callable[[World], Sequence[object]]:
    """Make the thing, and leave the address without arguments."""
    return lambda world: make(world) and ()


ROWS = [
    Row("mail:tray", EDITORS),
    Row("mail:tray", EDITORS, none(stranger), about="something in it"),
    Row("mail:tray", EDITORS, none(unreadable), about="unreadable", query="?etat=illisibles"),
    Row("mail:tray", EDITORS, none(filed), about="filed", query="?etat=classes"),
    Row("mail:tray", NONE, about="a state that is none", query="?etat=x"),
    Row("mail:message", EDITORS, stranger),
    Row("mail:message", EDITORS, unreadable, about="unreadable"),
    Row("mail:message", EDITORS, filed, about="filed"),
    Row("mail:message", NONE, lambda w: ["msg-0000000000"], about="that never was"),
    Row("mail:raw", EDITORS, stranger),
    Row("mail:raw", NONE, lambda w: ["msg-0000000000"], about="that never was"),
    Row("mail:decide", ACT, stranger, method="POST", fields={"act": "aside"}),
    Row(
        "mail:decide",
        ("sign in", "404", "404", "409", "409"),
        stranger,
        about="to nowhere",
        method="POST",
        fields={"act": "file", "thread": "req-0000000000"},
    ),
    Row("mail:mailbox", EDITORS),
    Row("mail:outbox", EDITORS),
    Row("mail:outbox", EDITORS, none(waiting), about="something waits"),
    Row("mail:outbox", EDITORS, none(doubtful), about="something in doubt"),
    Row("mail:stop", ACT, none(waiting), method="POST"),
    Row("mail:letter", EDITORS, waiting),
    Row("mail:letter", NONE, lambda w: ["out-0000000000"], about="that never was"),
    Row("mail:letter-raw", EDITORS, waiting),
    Row("mail:settle", ACT, waiting, method="POST", fields={"act": "recall"}),
    Row("mail:settle", ACT, doubtful, about="in doubt", method="POST", fields={"act": "left"}),
    Row(
        "mail:settle",
        ("sign in", "404", "404", "409", "409"),
        waiting,
        about="not in doubt",
        method="POST",
        fields={"act": "left"},
    ),
]
