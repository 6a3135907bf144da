"""An invented body for the examples of rooms above; its address leads nowhere (RFC 2606)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from contrechamp.directory.domain.identity import said_of
from contrechamp.directory.domain.kinds import AddressKind, BodyKind
from contrechamp.directory.models import Address, Body
from contrechamp.kernel.names import fold

IDENTITY = "example:"


@transaction.atomic
def ensure_example_body(*, name: str, address: str, now: datetime) -> Body:
    """Return the invented town hall of that name, made if it is not there.

    `address` must end in `.invalid`: raise `ValueError` for one that somebody could read.
    """
    domain = address.rpartition("@")[2]
    if not domain.endswith(".invalid"):
        raise ValueError("an invented body has an address that leads nowhere")
    body, is_new = Body.objects.get_or_create(
        identity=f"{IDENTITY}{fold(name)}",
        defaults={
            "name": name,
            "folded": fold(name),
            "said": said_of(name),
            "kind": BodyKind.COMMUNE,
            "made_at": now,
            "changed_at": now,
        },
    )
    if is_new:
        Address.objects.create(
            body=body,
            kind=AddressKind.GENERAL,
            value=address,
            domain=domain,
            seen_on=now.date(),
            made_at=now,
        )
    return body


def remove_example_body(*, name: str) -> None:
    """Take an invented body away again, unless somebody has asked it for something."""
    try:
        with transaction.atomic():
            Body.objects.filter(identity=f"{IDENTITY}{fold(name)}").delete()
    except ProtectedError:
        return
