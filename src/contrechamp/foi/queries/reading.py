"""What the reader of replies proposes for one of them. It changes nothing by itself."""

from __future__ import annotations

from typing import Any

from contrechamp.foi.domain.refusals import Reading, read_reply
from contrechamp.foi.models import Paper, Reply, Request


def reading_of(request: Request, reply: Reply) -> Reading:
    """Return what a reply seems to be, with its words. Our own letters, quoted back, count not."""
    own = Paper.objects.filter(request=request).values_list("text", flat=True)
    return read_reply(reply.text, own_letters=tuple(own))


def propose(request: Request, reply: Reply) -> dict[str, Any]:
    """Return what is proposed as plain values, to be kept beside the reply: what was read then."""
    found = reading_of(request, reply)
    return {
        "kind": found.proposed_kind,
        "codes": list(found.codes),
        "rules": [each.rule for each in found.findings],
        "remedies": found.remedies_stated,
        "number": found.cada.number if found.cada else "",
    }
