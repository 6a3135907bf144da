"""What the reader of replies proposes for one of them. It changes nothing by itself."""

from __future__ import annotations

from typing import Any

from contrechamp.foi.models import Reply, Request


def propose(request: Request, reply: Reply) -> dict[str, Any]:
    """Return what a reply seems to be, with the words that say so, as plain values."""
    return {}
