"""The room `directory` seen by each person."""

from __future__ import annotations

from collections.abc import Sequence

from contrechamp.directory import services
from contrechamp.directory.domain.kinds import BodyKind, ProposalKind
from contrechamp.directory.models import Address, Body
from tests import make
from tests.access.rows import (
    DONE,
    EDITORS,
    EVERYBODY,
    GONE,
    MEMBERS,
    NO_SUCH_ACT,
    REFUSED,
    SIGN_IN,
    Row,
    World,
)
from tests.observatory import NOW

NEVER = ["bod-0000000000"]
DECIDED = (SIGN_IN, GONE, GONE, DONE, DONE)


def _body(world: World, name: str = "Régie Zorglub") -> Body:
    new = services.NewBody(name=name, kind=BodyKind.TRANSPORT)
    return services.add_body(new, actor=world.amina, now=NOW)


def a_body(world: World) -> Sequence[object]:
    """A body that an editor added."""
    return [_body(world).pk]


def _proposal(world: World, **said: str) -> str:
    kind = ProposalKind(said.pop("kind", "ADDRESS"))
    correction = services.Correction(kind=kind, source="page officielle", **said)  # type: ignore[arg-type]
    who = make.user("autre")
    return services.propose_correction(_body(world), correction, actor=who, now=NOW).pk


def waiting(world: World) -> Sequence[object]:
    """A correction that waits."""
    _proposal(world, value="contact@zorglub.invalid", address_kind="GENERAL")
    return ()


def to_decide(world: World) -> Sequence[object]:
    """A correction to decide."""
    return [_proposal(world, value="contact@zorglub.invalid", address_kind="GENERAL")]


def an_address(world: World) -> Sequence[object]:
    """An address in use."""
    pk = _proposal(world, value="contact@zorglub.invalid", address_kind="GENERAL")
    services.accept(pk, actor=world.amina, now=NOW)
    return [Address.objects.get().pk]


def set_aside(world: World) -> Sequence[object]:
    """An address that is set aside."""
    (pk,) = an_address(world)
    services.quarantine(int(str(pk)), actor=world.amina, reason="revenu", now=NOW)
    return [pk]


def two(world: World) -> Sequence[object]:
    """A body beside another."""
    _body(world, "Autre régie")
    return [_body(world).pk]


CORRECTION = {"kind": "CLOSED", "source": "page officielle"}
ROWS: list[Row] = [
    Row("directory:bodies", EVERYBODY),
    Row(
        "directory:bodies", EVERYBODY, lambda w: a_body(w) and (), about="found", query="?q=zorglub"
    ),
    Row("directory:bodies-csv", EVERYBODY),
    Row("directory:bodies-json", EVERYBODY),
    Row("directory:body", EVERYBODY, a_body),
    Row(
        "directory:body",
        (GONE,) * 5,
        lambda w: NEVER,
        about="never there",
        never=["bod-1111111111"],
    ),
    Row("directory:body-json", EVERYBODY, a_body),
    Row("directory:correct", MEMBERS, a_body),
    Row(
        "directory:correct",
        (SIGN_IN, DONE, DONE, DONE, DONE),
        a_body,
        method="POST",
        fields=CORRECTION,
    ),
    Row("directory:correct", MEMBERS, a_body, about="empty", method="POST"),
    Row("directory:corrections", EDITORS, waiting),
    Row("directory:decide", DECIDED, to_decide, method="POST", fields={"accept": "1"}),
    Row(
        "directory:decide",
        (SIGN_IN, GONE, GONE, REFUSED, REFUSED),
        to_decide,
        about="without a reason",
        method="POST",
    ),
    Row("directory:decide", (NO_SUCH_ACT,) * 5, lambda w: NEVER, about="read"),
    Row("directory:add", EDITORS),
    Row(
        "directory:add",
        DECIDED,
        method="POST",
        fields={"name": "Régie Zorglub", "kind": "transport"},
    ),
    Row("directory:set-aside", DECIDED, an_address, method="POST", fields={"reason": "revenu"}),
    Row("directory:put-back", DECIDED, set_aside, method="POST", fields={"reason": "rappelé"}),
    Row(
        "directory:merge",
        DECIDED,
        two,
        method="POST",
        fields=lambda w: {"into": Body.objects.get(folded="autreregie").pk, "reason": "réunies"},
    ),
]
