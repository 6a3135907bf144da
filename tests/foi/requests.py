"""Requests of invented people to invented bodies, through the house's own verbs."""

from __future__ import annotations

from datetime import UTC, date, datetime

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.directory.models import Address, Body
from contrechamp.foi import services
from contrechamp.foi.domain.facts import Kind, Proof
from contrechamp.foi.models import Request, Requester
from contrechamp.foi.services import Wanted
from contrechamp.kernel.names import fold
from tests import make

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
WANTED = Wanted(
    wording="le contrat de vidéoprotection conclu depuis le 1er janvier 2022 et ses avenants"
)


def at(text: str, hour: int = 10) -> datetime:
    """Return a moment of a day of 2026 written `01-15`, or of another year written whole."""
    day = date.fromisoformat(text if len(text) > 5 else f"2026-{text}")
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def body(name: str = "Mairie de Valbrume", *, address: str = "mairie@valbrume.example") -> Body:
    """Return a body of the directory with one mailbox; none without an address."""
    row = Body.objects.create(
        name=name, folded=fold(name), kind="commune", made_at=NOW, changed_at=NOW
    )
    if address:
        Address.objects.create(
            body=row,
            kind="GENERAL",
            value=address,
            domain=address.rpartition("@")[2],
            made_at=NOW,
        )
    return row


def requester(owner: User) -> Requester:
    """Return an association that signs."""
    return Requester.objects.create(
        kind="ASSOCIATION",
        label="Les Yeux ouverts",
        identity={
            "name": "Les Yeux ouverts",
            "address": "1 place du Marché\n99000 Valbrume",
            "email": "contact@yeux-ouverts.example",
            "number": "W991234567",
            "representative": "Camille Exemple",
            "capacity": "présidente",
        },
        owner=owner,
        made_at=NOW,
    )


def draft(author: User | None = None, **fields: object) -> Request:
    """Return a draft with one item."""
    who = author or make.user("autrice")
    return services.start(
        actor=who,
        now=NOW,
        body=str(fields.pop("body", "") or body().pk),
        title=str(fields.pop("title", "Le contrat de vidéoprotection")),
        items=[WANTED],
        requester=requester(who),
        **fields,  # type: ignore[arg-type]
    )


def asked(
    author: User | None = None, *, on: str = "01-15", received: str = "01-15", **fields: object
) -> Request:
    """Return a request that left by registered letter and was received on a day."""
    request = draft(author, **fields)
    who = request.author
    services.mark_ready(request, actor=who, now=at(on))
    services.record_sent(
        request,
        channel="POST",
        day=at(on).date(),
        received_on=at(received).date(),
        proof=Proof.REGISTERED_LETTER,
        actor=who,
        now=at(received),
    )
    request.refresh_from_db()
    return request


def record(request: Request, kind: Kind, on: str, **fields: object) -> Request:
    """Record a fact on its own day."""
    services.record(
        request,
        kind,
        first=at(on).date(),
        actor=request.author,
        now=at(on),
        **fields,  # type: ignore[arg-type]
    )
    request.refresh_from_db()
    return request


def editor() -> User:
    """Return an editor."""
    return make.user("relectrice", Role.EDITOR)
