from __future__ import annotations

from django.utils import timezone

from contrechamp.accounts.models import Outbox
from contrechamp.accounts.services import mailing, notices
from tests.access.rows import (
    ADMINISTRATORS,
    DONE,
    EVERYBODY,
    GONE,
    MEMBERS,
    SIGN_IN,
    Args,
    Row,
    World,
)

ACT = (SIGN_IN, DONE, DONE, DONE, DONE)


def feed(world: World) -> Args:
    return (notices.open_feed(world.marianne),)


def stop(world: World) -> Args:
    return (mailing.stop_token(world.marianne, "forum:thread:ab12"),)


def mail(world: World) -> Args:
    now = timezone.now()
    row = Outbox.objects.create(
        user=world.marianne, frequency="day", state="FAILED", made_at=now, not_before=now
    )
    return (row.pk,)


ROWS = [
    Row("accounts:notices", MEMBERS),
    Row("accounts:notices", MEMBERS, query="?lus", about="read"),
    Row("accounts:mark-read", ACT, method="POST", fields={"quoi": "tout"}),
    Row("accounts:notice-settings", MEMBERS),
    Row(
        "accounts:notice-settings",
        ACT,
        method="POST",
        fields={"frequency": "day", "detail": "title"},
    ),
    Row("accounts:notice-feed", MEMBERS, method="POST"),
    Row("accounts:notices-atom", EVERYBODY, feed),
    Row("accounts:notices-atom", (GONE,) * 5, lambda world: ["x"], about="unknown", never=["y"]),
    Row("accounts:notices-jsonfeed", EVERYBODY, feed),
    Row(
        "accounts:notices-jsonfeed",
        (GONE,) * 5,
        lambda world: ["x"],
        about="unknown",
        never=["y"],
    ),
    Row("accounts:try-address-again", ACT, method="POST"),
    Row("accounts:stop-mail", EVERYBODY, stop),
    Row("accounts:stop-mail", EVERYBODY, stop, method="POST"),
    Row("accounts:stop-mail", EVERYBODY, lambda world: ["forged"], about="forged"),
    Row("accounts:watching", MEMBERS),
    Row("accounts:watch", ACT, method="POST", fields={"scope": "mention", "level": "mute"}),
    Row("accounts:mails", ADMINISTRATORS),
    Row("accounts:decide-mail", (SIGN_IN, GONE, GONE, GONE, DONE), mail, "POST"),
]
