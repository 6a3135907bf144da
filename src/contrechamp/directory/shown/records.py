"""The directory on pages below it, and what of it the site's search finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from django.template.loader import render_to_string
from django.utils.translation import gettext

from contrechamp.census import published as census
from contrechamp.directory import queries
from contrechamp.directory.domain.kinds import BODY_KINDS
from contrechamp.directory.domain.offers import BodyLinked
from contrechamp.directory.models import Body
from contrechamp.foundation.plug import Entry, offered
from contrechamp.places import queries as places

PREFIX = "directory:body:"
PART = 400


def panel(key: str) -> str:
    """Draw, on the page of an actor, the body of the directory with its SIREN; else nothing."""
    record = census.find_record(key)
    sirens = [one.value for one in record.identifiers if one.scheme == "siren"] if record else []
    bodies = queries.of_sirens(sirens) if sirens else []
    if not bodies:
        return ""
    return render_to_string("directory/parts/panel.html", {"bodies": bodies})


def linked() -> Iterator[Body]:
    """Yield the bodies that something public is about: a record of the census, a request.

    The others, tens of thousands of town halls, are found in the directory: in the site's search
    they would drown what the observatory knows.
    """
    actors = census.records("actor")
    sirens = (n.value for one in actors for n in one.identifiers if n.scheme == "siren")
    keys = frozenset(chain.from_iterable(offer.keys() for offer in offered(BodyLinked)))
    seen: set[str] = set()
    for found in chain(_by("siren", list(sirens)), _by("pk", sorted(keys))):
        if found.pk not in seen:
            seen.add(found.pk)
            yield found


def _by(field: str, values: list[str]) -> Iterator[Body]:
    for start in range(0, len(values), PART):
        rows = queries.living().filter(**{f"{field}__in": values[start : start + PART]})
        yield from rows.order_by("pk")


def entries() -> Iterator[Entry]:
    """Yield every body that the site's search finds."""
    for body in linked():
        yield _entry(body)


def some(refs: Sequence[str]) -> Iterator[Entry]:
    """Yield those of the refs that the site's search finds."""
    wanted = {ref.removeprefix(PREFIX) for ref in refs}
    for body in linked():
        if body.pk in wanted:
            yield _entry(body)


def addresses() -> Iterator[str]:
    """Yield the addresses of the pages that a copy of the site has."""
    for body in linked():
        yield body.get_absolute_url()


def _entry(body: Body) -> Entry:
    place = places.find_territory(body.territory) if body.territory else None
    around = (place.key, *places.holders(place)) if place else ()
    return Entry(
        ref=f"{PREFIX}{body.pk}",
        kind="body",
        title=body.name,
        text=gettext(BODY_KINDS[body.kind]),
        url=body.get_absolute_url(),
        also=" ".join(filter(None, (body.siren, body.insee))),
        places=around,
    )
