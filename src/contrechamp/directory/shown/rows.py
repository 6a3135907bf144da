"""Bodies as rows of a table to take away: public columns, no mailbox that may be a person's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db.models import QuerySet

from contrechamp.directory import queries
from contrechamp.directory.domain.choosing import Way, preferred
from contrechamp.directory.domain.showing import public_value
from contrechamp.directory.models import Body

PART = 500
HEAD = (
    *("id", "name", "kind", "siren", "insee", "territory", "departement", "website"),
    *("address_kind", "address", "postal_address", "seen_on", "verified_on"),
    *("has_access_officer", "needs_access_officer", "url"),
)
Cell = str | date | None


def rows_of(bodies: QuerySet[Body], site: str) -> Iterator[dict[str, Cell]]:
    """Yield the bodies of a list as rows, without holding them."""
    source = bodies.iterator(chunk_size=PART)
    while part := list(islice(source, PART)):
        ways = queries.ways_of_many(body.pk for body in part)
        for body in part:
            yield row_of(body, ways.get(body.pk, []), site)


def row_of(body: Body, ways: list[Way], site: str) -> dict[str, Cell]:
    """Return one body as a row: the address is the one to use."""
    best = preferred(ways).address
    post = next((way.value for way in ways if way.kind == "POST" and not way.is_superseded), "")
    return {
        "id": body.pk,
        "name": body.name,
        "kind": body.kind,
        "siren": body.siren,
        "insee": body.insee,
        "territory": body.territory,
        "departement": body.departement,
        "website": body.website,
        "address_kind": str(best.kind) if best else "",
        "address": public_value(best) if best else "",
        "postal_address": post,
        "seen_on": best.seen_on if best else None,
        "verified_on": best.verified_on if best else None,
        "has_access_officer": body.has_access_officer,
        "needs_access_officer": body.needs_access_officer,
        "url": f"{site}{body.get_absolute_url()}",
    }
