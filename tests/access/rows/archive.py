"""Copies of outside pages: for members, of claims that they may read."""

from __future__ import annotations

from typing import Any

from contrechamp.archive import services
from contrechamp.archive.models import Copy
from contrechamp.census import services as census
from tests.access.rows import GONE, MEMBERS, OK, SIGN_IN, Args, Row, World
from tests.documents import made


def cited(world: World) -> Args:
    by: dict[str, Any] = {"actor": world.marianne, "now": made.NOW}
    record = census.add_entity(kind="actor", type="company", name="Zorglub", **by)
    claim = census.add_claim(subject=record, property="summary", value="Dit.", **by)
    census.add_evidence(claim, kind="url", url="https://example.org/", **by)
    services.note_sources(now=made.NOW)
    return [Copy.objects.get().pk]


def beside(world: World) -> Args:
    cited(world)
    return ()


ROWS = [
    Row("archive:sources", MEMBERS, beside),
    Row("archive:source", (SIGN_IN, GONE, OK, OK, OK), cited, about="of a draft"),
    Row("archive:source", (SIGN_IN, GONE, GONE, GONE, GONE), lambda w: ["rien"], about="none"),
]
