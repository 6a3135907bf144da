"""Errands: the door for everybody, the tasks for members, what came of them for editors."""

from __future__ import annotations

from collections.abc import Sequence

from contrechamp.errands import services
from tests import make
from tests.access.rows import DONE, EDITORS, EVERYBODY, MEMBERS, REFUSED, SIGN_IN, Row, World
from tests.access.rows.watch import act
from tests.observatory import NOW

NO_SUCH = (SIGN_IN, REFUSED, REFUSED, REFUSED, REFUSED)


def nothing_left(world: World) -> Sequence[object]:
    """An act to check, for whoever asks."""
    act(world)
    return ()


def of_somebody(world: World) -> Sequence[object]:
    """A turn of somebody else."""
    act(world)
    turn = services.hand(actor=make.user("autre"), now=NOW, kind="check_act")
    assert turn
    return [turn.pk]


def of_marianne(world: World) -> Sequence[object]:
    """A turn that marianne has answered."""
    act(world)
    turn = services.hand(actor=world.marianne, now=NOW, kind="check_act")
    assert turn
    services.answer(turn.pk, "right", actor=world.marianne, now=NOW)
    return [turn.pk]


def agreed(world: World) -> Sequence[object]:
    """An errand that two people have done."""
    act(world)
    errand = 0
    for name in ("une", "deux"):
        who = make.user(name)
        turn = services.hand(actor=who, now=NOW, kind="check_act")
        assert turn
        errand = services.answer(turn.pk, "wrong", actor=who, now=NOW).pk
    return [errand]


ROWS = [
    Row("errands:door", EVERYBODY),
    Row("errands:door", EVERYBODY, nothing_left, about="something to do"),
    Row("errands:task", MEMBERS, nothing_left),
    Row(
        "errands:task",
        (SIGN_IN, REFUSED, REFUSED, REFUSED, REFUSED),
        nothing_left,
        about="of nobody",
        method="POST",
        fields={"turn": "0", "choice": "right"},
    ),
    Row("errands:undo", NO_SUCH, of_somebody, about="of another", method="POST"),
    Row(
        "errands:undo",
        (SIGN_IN, REFUSED, DONE, REFUSED, REFUSED),
        of_marianne,
        about="one's own",
        method="POST",
    ),
    Row("errands:results", EDITORS),
    Row("errands:results", EDITORS, lambda w: agreed(w) and (), about="something found"),
    Row("errands:close", (SIGN_IN, "404", "404", DONE, DONE), agreed, method="POST"),
]
