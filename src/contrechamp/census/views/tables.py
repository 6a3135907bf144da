"""Records and facts as tables for a spreadsheet, and as points for a map."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from contrechamp.census import listed, published
from contrechamp.foundation.table import csv_lines, json_lines
from contrechamp.places import queries as places

from .facts import fact_or_404
from .lists import KINDS, wanted_of
from .records import record_or_answer

COLUMNS = (
    *("id", "subject", "subject_name", "property", "label", "target", "target_name", "value"),
    *("value_text", "from", "to", "amount", "currency", "amount_kind", "tax", "status"),
    *("sources", "quote", "source_url", "published_at", "changed_at", "url"),
)
AT_ONCE = 500


def fact_row(fact: published.Fact, site: str) -> tuple[object, ...]:
    """Return a fact as the cells of `COLUMNS`, as `data.fact_as_data` says it."""
    proof = fact.proof
    address = (f"{site}{proof.url}" if proof.url.startswith("/") else proof.url) if proof else ""
    target = fact.target
    return (
        *(fact.id, fact.subject.id, fact.subject.name, fact.property, fact.label),
        *((target.id, target.name) if target else ("", "")),
        "" if fact.value is None else _cell(fact.value),
        *(fact.value_text, fact.from_text, fact.to_text),
        *("" if fact.amount is None else str(fact.amount), fact.currency, fact.amount_kind),
        *(fact.tax, fact.status.lower(), len(fact.evidence)),
        *(proof.quote_text if proof else "", address),
        *(fact.first_at.isoformat(), fact.at.isoformat(), f"{site}{fact.url}"),
    )


def _cell(value: Any) -> object:
    return value if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)


def _csv(name: str, facts: Iterable[published.Fact], request: HttpRequest) -> HttpResponseBase:
    site = f"{request.scheme}://{request.get_host()}"
    parts = csv_lines(COLUMNS, (fact_row(fact, site) for fact in facts))
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@require_safe
def record_csv(request: HttpRequest, entity: str, *, kind: str) -> HttpResponseBase:
    """Give all that is said of a record and leads to it, a fact a line."""
    found = record_or_answer(kind, entity, ".csv")
    if isinstance(found, HttpResponse):
        return found
    said = [*published.facts_of(found.id), *published.facts_about(found.id)]
    return _csv(found.id, said, request)


@require_safe
def fact_csv(request: HttpRequest, claim: str) -> HttpResponseBase:
    found = fact_or_404(claim)
    return _csv(found.id, [found], request)


@require_safe
def record_geojson(request: HttpRequest, entity: str, *, kind: str) -> HttpResponseBase:
    """Give the places of a record, as points."""
    found = record_or_answer(kind, entity, ".geojson")
    if isinstance(found, HttpResponse):
        return found
    return geojson_answer(found.id, features([found], request))


@require_safe
def list_geojson(request: HttpRequest, *, kind: str) -> HttpResponseBase:
    """Give the places of the records of a list, as points."""
    if kind not in KINDS:
        raise Http404
    wanted, _where = wanted_of(request, KINDS[kind])
    return geojson_answer(KINDS[kind].name, features(listed.all_of(wanted), request))


def features(records: Iterable[published.Record], request: HttpRequest) -> Iterator[dict[str, Any]]:
    """Yield a feature for each record and territory it is in: the middle of the territory.

    A record of no known place has no geometry, so that none is lost.
    """
    batch: list[published.Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == AT_ONCE:
            yield from _features(batch, request)
            batch = []
    yield from _features(batch, request)


def _features(
    records: Sequence[published.Record], request: HttpRequest
) -> Iterator[dict[str, Any]]:
    of = published.places_of([record.id for record in records])
    known = places.territories({key for keys in of.values() for key in keys})
    for record in records:
        keys = [key for key in of[record.id] if key in known] or [""]
        for key in keys:
            place = known.get(key)
            has_point = place is not None and place.lon is not None and place.lat is not None
            yield {
                "type": "Feature",
                "id": f"{record.id}/{key}" if key else record.id,
                "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]}
                if place is not None and has_point
                else None,
                "properties": {
                    "id": record.id,
                    "kind": record.kind,
                    "type": record.type,
                    "name": record.name,
                    "url": request.build_absolute_uri(record.url),
                    "facts": record.counts.get("facts", 0),
                    "territory": key or None,
                    "territory_name": place.name if place else None,
                },
            }


def geojson_answer(name: str, found: Iterable[dict[str, Any]]) -> StreamingHttpResponse:
    """Stream features as a collection (RFC 7946)."""
    lines = json_lines("features", found, head={"type": "FeatureCollection"})
    response = StreamingHttpResponse(lines, content_type="application/geo+json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.geojson"'
    return response
