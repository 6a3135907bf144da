"""What rooms above, files and feeds get of requests: public ones, no example among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db.models import QuerySet

from contrechamp.foi.domain.facts import AID, standing
from contrechamp.foi.domain.states import State
from contrechamp.foi.models import FactRow, Item, Request, ShownMessage

from .access import public
from .facts import fact, status_for_everybody
from .listing import Filter, narrowed, shown_state
from .mailbox import is_read
from .page import PUBLIC_KINDS

AT_ONCE = 400
REF = "foi:request:"
"""What a request is called among rooms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One public request with what everybody may know of it."""

    request: Request
    state: State
    """As it may be shown now: what rests on a silence only while the mailbox is read."""
    items: Sequence[Item]
    facts: Sequence[FactRow]
    """Public and standing, in their order."""
    act_by: date | None
    """The safe day of its next step, legal aid left out."""
    changed_at: datetime
    """When visitors last got something new of it."""

    @property
    def url(self) -> str:
        return f"/demandes/{self.request.pk}"

    @property
    def body_name(self) -> str:
        return self.request.body.name if self.request.body else ""


def rows(wanted: Filter | None = None) -> QuerySet[Request]:
    """Return the public requests that have left, without examples, the latest first."""
    found = public().filter(is_example=False).exclude(sent_on=None)
    return narrowed(found, wanted or Filter()).order_by("-sent_on", "pk")


def newest(wanted: Filter, most: int) -> list[Request]:
    """Return the requests published last."""
    return list(rows(wanted).order_by("-published_at", "pk")[:most])


def page_of(wanted: Filter, after: str, most: int) -> list[Request]:
    """Return the next public requests by identifier."""
    return list(rows(wanted).filter(pk__gt=after).order_by("pk")[:most])


def some(keys: Iterable[str]) -> list[Request]:
    """Return those of the requests that are public now."""
    return list(rows().filter(pk__in=list(keys)))


def find(key: str) -> Request | None:
    """Return a public request, an example too, or None."""
    return public().exclude(sent_on=None).filter(pk=key).first()


def of_project(record: str) -> QuerySet[Request]:
    """Return the public requests about a project of the census."""
    return rows().filter(project=record)


def of_territory(key: str) -> QuerySet[Request]:
    """Return the public requests to the bodies of a territory."""
    kind, _, code = key.partition(":")
    if kind == "departement":
        return rows().filter(body__departement=code)
    return rows().filter(body__territory=key)


def of_siren(siren: str) -> QuerySet[Request]:
    """Return the public requests to the body of a number."""
    return rows().filter(body__siren=siren)


def told(requests: Iterable[Request], *, now: datetime) -> Iterator[Told]:
    """Yield requests with their public facts and items, part by part."""
    waiting = iter(requests)
    is_fresh = is_read(now)
    while part := list(islice(waiting, AT_ONCE)):
        keys = [request.pk for request in part]
        facts, items = public_facts(keys), _items(keys)
        days = _days(part, now)
        for request in part:
            these = facts.get(request.pk, [])
            yield Told(
                request=request,
                state=shown_state(request, is_fresh=is_fresh),
                items=items.get(request.pk, []),
                facts=these,
                act_by=days.get(request.pk, request.act_by),
                changed_at=_changed(request, these),
            )


def public_facts(keys: Sequence[str]) -> Mapping[str, list[FactRow]]:
    """Return the facts of requests that everybody may know, in their order."""
    found: dict[str, list[FactRow]] = {}
    for row in FactRow.objects.filter(request__in=keys).order_by("first", "made_at", "pk"):
        found.setdefault(row.request_id, []).append(row)
    return {key: _standing(each) for key, each in found.items()}


def _days(requests: Sequence[Request], now: datetime) -> dict[str, date | None]:
    """Return the day that visitors read of those whose own was moved by legal aid."""
    at_court = {request.pk: request for request in requests if request.step == "ta"}
    aided = FactRow.objects.filter(request__in=list(at_court), kind__in=AID)
    found: dict[str, date | None] = {}
    for key in set(aided.values_list("request_id", flat=True)):
        item = status_for_everybody(at_court[key], now=now).dates.items.get("ta")
        found[key] = item.act_by_safe if item else None
    return found


def _standing(rows: Sequence[FactRow]) -> list[FactRow]:
    there = {one.id for one in standing(fact(row) for row in rows) if one.kind in PUBLIC_KINDS}
    return [row for row in rows if row.pk in there]


def _items(keys: Sequence[str]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for row in Item.objects.filter(request__in=keys).order_by("position"):
        found.setdefault(row.request_id, []).append(row)
    return found


def _changed(request: Request, facts: Sequence[FactRow]) -> datetime:
    """Return the day of the last public news: a private note changes no feed."""
    shown = request.published_at or request.made_at
    return max([shown, *(row.made_at for row in facts)])


def letters(request: Request) -> QuerySet[ShownMessage]:
    """Return the letters of a request that everybody may read."""
    return request.shown.filter(is_public=True).order_by("day", "pk")
