from __future__ import annotations

from django.utils import timezone

from contrechamp.accounts import queries, services
from tests.access.rows import (
    ADMINISTRATORS,
    DONE,
    EVERYBODY,
    GONE,
    MEMBERS,
    NO_SUCH_ACT,
    OK,
    REFUSED,
    SIGN_IN,
    Args,
    Row,
    World,
)

NOT_ADMINISTRATORS = (SIGN_IN, GONE, GONE, GONE)


def marianne(world: World) -> Args:
    return (world.marianne.username,)


def io(world: World) -> Args:
    return (world.io.username,)


def machine(world: World) -> Args:
    return (services.system_account("starter").username,)


def invitation(world: World) -> Args:
    return (services.invite(world.marianne, actor=world.io, now=timezone.now()),)


def welcome(world: World) -> Args:
    return (services.make_welcome(world.marianne, uses=9, days=1, now=timezone.now()),)


def welcome_number(world: World) -> Args:
    welcome(world)
    return (world.marianne.welcomes.get().pk,)


def public_id(world: World) -> Args:
    return (world.noor.public_id,)


def group(world: World) -> Args:
    made = services.make_group(
        actor=world.marianne, now=timezone.now(), name="Fontaines", text="", entry="OPEN"
    )
    return (made.slug,)


def meeting(world: World) -> Args:
    (slug,) = group(world)
    found = queries.find_group(str(slug))
    assert found
    now = timezone.now()
    made = services.set_meeting(
        found, None, actor=world.marianne, now=now, title="Balade", starts_at=now
    )
    return (slug, made.public_id)


MODERATORS = ADMINISTRATORS
OWN = (SIGN_IN, DONE, DONE, DONE, DONE)
AFTER = (SIGN_IN, GONE, OK, GONE, OK)
"""Who looks after the group: its founder, and who administers."""
NEVER = ["jamais"]

ROWS = [
    Row("accounts:sign-up", (OK, DONE, DONE, DONE, DONE)),
    Row("accounts:welcome", EVERYBODY, welcome),
    Row("accounts:welcome", (GONE,) * 5, lambda world: ["x"], about="unknown", never=["y"]),
    Row("accounts:recover", EVERYBODY),
    Row("accounts:recover-by-mail", EVERYBODY),
    Row("accounts:mailbox", MEMBERS),
    Row("accounts:remove-mailbox", (SIGN_IN, DONE, DONE, DONE, DONE), method="POST"),
    Row("accounts:confirm-mailbox", (GONE,) * 5, lambda world: ["x"], never=["y"]),
    Row("accounts:welcomes", MEMBERS),
    Row("accounts:end-welcome", (SIGN_IN, DONE, DONE, DONE, DONE), welcome_number, method="POST"),
    Row("accounts:answers", MODERATORS),
    Row(
        "accounts:decide-answer",
        (*NOT_ADMINISTRATORS, DONE),
        public_id,
        "POST",
        fields={"act": "accept"},
    ),
    Row("accounts:sign-in", (OK, DONE, DONE, DONE, DONE)),
    Row("accounts:second-step", (SIGN_IN,) * 5),
    Row("accounts:sign-out", (DONE,) * 5, method="POST"),
    Row("accounts:sign-out", (NO_SUCH_ACT,) * 5),
    Row("accounts:invitation", EVERYBODY, invitation),
    Row("accounts:invitation", (GONE,) * 5, lambda world: ["x"], about="unknown", never=["y"]),
    Row("accounts:me", MEMBERS),
    Row("accounts:sign-in-by-key", ("403",) * 5, method="POST"),
    Row("accounts:passkeys", MEMBERS),
    Row("accounts:remove-passkey", OWN, lambda world: [1], "POST"),
    Row("accounts:data", MEMBERS),
    Row("accounts:archive", MEMBERS),
    Row("accounts:erase", MEMBERS),
    Row("accounts:stay", OWN, method="POST"),
    Row("accounts:reading", OWN, method="POST"),
    Row("accounts:blocks", MEMBERS),
    Row("accounts:profile", EVERYBODY, marianne),
    Row("accounts:profile", (GONE,) * 5, machine, about="machine", never=NEVER),
    Row("accounts:block", (SIGN_IN, DONE, REFUSED, DONE, DONE), marianne, "POST"),
    Row("accounts:groups", EVERYBODY),
    Row("accounts:new-group", MEMBERS),
    Row("accounts:group", EVERYBODY, group),
    Row("accounts:group-ics", EVERYBODY, group),
    Row("accounts:group-atom", EVERYBODY, group),
    Row("accounts:change-group", AFTER, group),
    Row("accounts:group-members", AFTER, group),
    Row("accounts:group-act", OWN, group, "POST", fields={"act": "show"}),
    Row("accounts:new-meeting", AFTER, group),
    Row("accounts:change-meeting", AFTER, meeting),
    Row("accounts:passphrase", MEMBERS),
    Row("accounts:totp-on", MEMBERS),
    Row("accounts:totp-off", (SIGN_IN, DONE, DONE, DONE, DONE)),
    Row("accounts:recovery-codes", MEMBERS),
    Row("accounts:end-session", (SIGN_IN, DONE, DONE, DONE, DONE), method="POST"),
    Row("accounts:people", ADMINISTRATORS),
    Row("accounts:person", ADMINISTRATORS, marianne),
    Row("accounts:person", (SIGN_IN, GONE, GONE, GONE, GONE), machine, about="machine"),
    Row("accounts:act", (*NOT_ADMINISTRATORS, DONE), marianne, "POST", fields={"act": "close"}),
    Row(
        "accounts:act",
        (*NOT_ADMINISTRATORS, REFUSED),
        io,
        "POST",
        about="last administrator",
        fields={"act": "role", "role": "MEMBER"},
    ),
]
