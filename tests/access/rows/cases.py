"""The room `cases` seen by each person: the law is for everybody, of public projects alone."""

from __future__ import annotations

from tests.access.rows import EVERYBODY, GONE, Args, Row, World
from tests.census import facts

NOBODY = (GONE,) * 5
NEVER = ["prj-0000000000"]


def project(world: World) -> Args:
    """Return a public project."""
    entity = facts.entity("Exemple", "project", "trial")
    facts.published(facts.claim(entity, "description", value="Une phrase."))
    return [entity.pk]


def draft(world: World) -> Args:
    """Return a project that nobody has published."""
    entity = facts.entity("Exemple", "project", "trial")
    facts.claim(entity, "description", value="Une phrase.")
    return [entity.pk]


def ground(world: World) -> Args:
    return ["analyse-d-impact"]


ROWS: list[Row] = [
    # The library of arguments.
    *(Row(f"cases:grounds{kind}", EVERYBODY) for kind in ("", "-json", "-csv")),
    Row("cases:grounds", EVERYBODY, about="a search", query="?q=drone&theme=drones"),
    *(Row(f"cases:sources{kind}", EVERYBODY) for kind in ("", "-csv")),
    Row("cases:ground", EVERYBODY, ground),
    Row("cases:ground", NOBODY, lambda w: ["zorglub"], about="none", never=["nulle-part"]),
    *(
        row
        for name in ("cases:project-law", "cases:project-law-json")
        for row in (
            Row(name, EVERYBODY, project, about="public"),
            Row(name, EVERYBODY, project, about="answered", query="?aipd=non&son=oui"),
            Row(name, NOBODY, draft, about="draft", never=NEVER),
        )
    ),
]
