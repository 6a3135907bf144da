"""How to write to a body, and which bodies a sender may be."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from contrechamp.directory.domain.choosing import Choice, Way, preferred
from contrechamp.directory.domain.kinds import AddressKind
from contrechamp.directory.domain.mailboxes import is_signal
from contrechamp.directory.models import Address, Body


def addresses_of(body_pk: str) -> QuerySet[Address]:
    """Return every address of a body, superseded and quarantined ones too, oldest first."""
    return Address.objects.filter(body=body_pk).order_by("pk")


def ways_of(body_pk: str) -> list[Way]:
    """Return every address of a body as the rules see it."""
    return [way_of(row) for row in addresses_of(body_pk)]


def ways_of_many(body_pks: Iterable[str]) -> dict[str, list[Way]]:
    """Return the addresses of many bodies, by body."""
    found: dict[str, list[Way]] = {}
    for row in Address.objects.filter(body__in=list(body_pks)).order_by("pk"):
        found.setdefault(row.body_id, []).append(way_of(row))
    return found


def way_of(row: Address) -> Way:
    """Return one address as the rules see it."""
    return Way(
        pk=row.pk,
        kind=AddressKind(row.kind),
        value=row.value,
        label=row.label,
        is_personal=row.is_personal,
        is_quarantined=row.quarantined_at is not None,
        is_superseded=row.superseded_at is not None,
        seen_on=row.seen_on,
        verified_on=row.verified_on,
        last_success_on=row.last_success_on,
        last_bounce_on=row.last_bounce_on,
    )


def address_for(body_pk: str) -> Choice:
    """Return the address to write to, why, and what to be careful about; never raises.

    For services only: its value may be a mailbox that visitors do not get (`is_personal`).
    """
    return preferred(ways_of(body_pk))


def bodies_of_domain(domain: str) -> list[Body]:
    """Return the bodies that a mail from this domain may speak for.

    None when it is a provider's or when more than three bodies use it: then it is no signal.
    """
    rows = _bodies(Address.objects.filter(domain=domain.strip().lower()))
    return rows if is_signal(domain, len(rows)) else []


def bodies_of_address(address: str) -> list[Body]:
    """Return every body that has this mail address: several when they share a mailbox."""
    return _bodies(Address.objects.filter(value=address.strip().lower()))


def _bodies(rows: QuerySet[Address]) -> list[Body]:
    keys = rows.values("body").distinct()
    return list(Body.objects.filter(pk__in=keys).order_by("folded", "pk")[:200])
