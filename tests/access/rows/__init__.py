"""Who gets what: one row per URL, kind of object and method.

Each room has its own module beside this one (`rows/census.py`), holding `ROWS`, a list:

    ROWS = [
        Row("census:project", (OK, OK, OK, OK, OK), published_project, about="public"),
        Row("census:project", (GONE, GONE, OK, OK, OK), draft_of_marianne, about="draft",
            never=["prj-0000000000"]),
        Row("census:add", (SIGN_IN, DONE, DONE, DONE, DONE), method="POST", fields={"name": "A"}),
    ]

The cells are what `visitor`, `noor` (member), `marianne` (member, author of the thing), `amina`
(editor) and `io` (administrator) get: a status as text, or SIGN_IN when they are asked to sign in.
A factory takes the `World` (the people), makes the thing through the house's verbs, and returns
the arguments of its address. It runs once for a row; what each person's request changed is
undone before the next asks. A row that answers 404 to a visitor also gives `never`, the arguments
of the same address for a thing that never was: both answers must be equal byte for byte. A URL of
the site without a row fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contrechamp.accounts.models import User

OK, SIGN_IN, GONE, DONE, NO_SUCH_ACT, REFUSED = "200", "sign in", "404", "302", "405", "409"
EVERYBODY = (OK,) * 5
MEMBERS = (SIGN_IN, OK, OK, OK, OK)
EDITORS = (SIGN_IN, GONE, GONE, OK, OK)
ADMINISTRATORS = (SIGN_IN, GONE, GONE, GONE, OK)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The people who exist before a thing is made."""

    noor: User
    marianne: User
    amina: User
    io: User


Args = Sequence[object]
Factory = Callable[[World], Args]


def nothing(world: World) -> Args:
    """Make nothing: the address has no arguments."""
    return ()


@dataclass(frozen=True, slots=True)
class Row:
    """What each person gets at one address."""

    name: str
    cells: tuple[str, str, str, str, str]
    thing: Factory = nothing
    method: str = "GET"
    about: str = ""
    never: Args | None = None
    query: str = ""
    """Added to the address: `?q=Nice`."""
    fields: Mapping[str, Any] | Callable[[World], Mapping[str, Any]] = field(default_factory=dict)
    """What a POST sends; a function of the world when it needs what the factory made."""

    def __str__(self) -> str:
        return " ".join(filter(None, [self.method, self.name, self.about]))
