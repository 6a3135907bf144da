"""To whom a draft goes, and how: the body, and the channel that the directory advises."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from contrechamp.directory import queries as directory
from contrechamp.directory.domain.kinds import AddressKind
from contrechamp.foi.models import Request

from .drafting import write

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def channel_for(body: str) -> str:
    """Return the channel that the preferred address of a body calls for."""
    way = directory.address_for(body).address
    if way is None or way.kind == AddressKind.POST:
        return Request.Channel.POST
    if way.kind in {AddressKind.ONLINE_SERVICE, AddressKind.FORM}:
        return Request.Channel.ONLINE_SERVICE
    return Request.Channel.EMAIL


def address_to(request: Request, body: str, *, actor: User, now: datetime) -> Request:
    """Choose the body of a draft; how it is written to follows from the directory."""
    return write(request, actor=actor, now=now, body_id=body, channel=channel_for(body))
