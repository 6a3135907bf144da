"""The review room of the watch: for editors."""

from __future__ import annotations

from datetime import UTC, datetime

from contrechamp.watch import services
from tests.access.rows import EDITORS, GONE, SIGN_IN, Args, Row, World
from tests.watch import invented

NOW = datetime(2025, 3, 10, 9, 0, tzinfo=UTC)


def waiting(world: World) -> Args:
    """Make a finding that waits for review."""
    finding = invented.video()
    services.take_in([finding], now=NOW)
    return (finding["id"],)


def in_the_room(world: World) -> Args:
    """Make one too; the room itself needs no name."""
    waiting(world)
    return ()


ROWS = [
    Row("watch:inbox", EDITORS, in_the_room),
    Row("watch:inbox", EDITORS, in_the_room, about="a document", query=f"?document={invented.SHA}"),
    Row("watch:inbox", EDITORS, about="nonsense", query="?etat=x&document=%00&page=-1&fait=x"),
    Row("watch:lessons", EDITORS, in_the_room),
    Row("watch:found", EDITORS, waiting),
    Row("watch:found", (SIGN_IN, GONE, GONE, GONE, GONE), lambda world: ("wf-0",), about="none"),
]
