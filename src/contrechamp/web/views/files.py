"""The first page, towns and territories as data, tables and points: the same as the pages say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import conditional_page, require_safe

from contrechamp.census import published
from contrechamp.foundation.table import csv_lines, json_lines
from contrechamp.places import queries as places
from contrechamp.web.queries import news
from contrechamp.web.queries.territory import Dossier, dossier

from .home import NEWS, typed_towns

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

RECORDS = ("kind", "id", "name", "type", "territory", "facts", "changed_at", "url")
PART = 400


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _json(value: dict[str, Any]) -> HttpResponse:
    text = json.dumps(value, ensure_ascii=False, indent=1, default=str)
    return HttpResponse(text + "\n", content_type="application/json; charset=utf-8")


def _csv(
    name: str, heads: Sequence[str], rows: Iterable[Iterable[object]]
) -> StreamingHttpResponse:
    response = StreamingHttpResponse(csv_lines(heads, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the first page from the name that its files have."""
    return redirect("web:home", permanent=True)


@require_safe
@conditional_page
def home_json(request: HttpRequest) -> HttpResponse:
    site = _site(request)
    return _json(
        {
            "figures": [
                {"code": one.code, "value": one.value, "label": one.label, "method": one.method}
                for one in published.figures()
            ],
            "news": [
                {
                    "at": line.at.isoformat(),
                    "title": line.title,
                    "said": line.what,
                    "url": f"{site}{line.url}",
                }
                for line in news.newest(NEWS)
            ],
        }
    )


@require_safe
def home_csv(request: HttpRequest) -> HttpResponseBase:
    rows = ((one.code, one.value, one.label, one.method) for one in published.figures())
    return _csv("contrechamp-chiffres", ("code", "value", "label", "method"), rows)


TOWNS = ("key", "name", "kind", "code", "departement", "population", "url")


def _towns(request: HttpRequest) -> list[tuple[object, ...]]:
    _, found = typed_towns(request)
    return [
        (
            *(one.key, one.name, one.kind, one.code, one.departement, one.population),
            f"{_site(request)}{one.get_absolute_url()}",
        )
        for one in found
    ]


@require_safe
@conditional_page
def towns_json(request: HttpRequest) -> HttpResponse:
    rows = [dict(zip(TOWNS, row, strict=True)) for row in _towns(request)]
    return _json({"results": rows})


@require_safe
def towns_csv(request: HttpRequest) -> HttpResponseBase:
    return _csv("communes", TOWNS, _towns(request))


def _territory(kind: str, slug: str) -> Territory:
    found = places.find_by_slug(kind, slug)
    if found is None or found.slug != slug:
        raise Http404
    return found


@require_safe
@conditional_page
def territory_json(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Give what the page of a territory says: from the same reading."""
    found = _territory(kind, slug)
    said = dossier(found)
    return _json(_territory_as_data(found, _site(request)) | _dossier_as_data(said))


def _territory_as_data(found: Territory, site: str) -> dict[str, Any]:
    return {
        "key": found.key,
        "kind": found.kind,
        "code": found.code,
        "name": found.name,
        "population": found.population,
        "siren": found.siren or None,
        "postal_codes": list(found.postal_codes or ()),
        "lon": found.lon,
        "lat": found.lat,
        "url": f"{site}{found.get_absolute_url()}",
    }


def _ref(one: published.Ref) -> dict[str, Any]:
    return {"id": one.id, "kind": one.kind, "type": one.type, "name": one.name, "url": one.url}


def _fact(one: published.Fact) -> dict[str, Any]:
    return {
        "fact": one.id,
        "subject": one.subject.name,
        "label": one.label,
        "value": one.value_text,
        "when": one.dates_text or None,
        "status": one.status.lower(),
        "url": one.url,
    }


def _dossier_as_data(said: Dossier) -> dict[str, Any]:
    cameras = said.cameras
    return {
        "projects_count": said.project_count,
        "projects": [
            _ref(card.record)
            | {
                "stage": card.stage.value_text if card.stage else None,
                "summary": card.summary.value_text if card.summary else None,
                "technologies": [fact.value_text for fact in card.technologies],
                "cameras": card.cameras.value if card.cameras else None,
            }
            for card in said.projects
        ]
        + [_ref(one) for one in said.others],
        "from_above": [
            {
                "territory": level.territory.key,
                "projects": [_ref(card.record) for card in level.projects]
                + [_ref(one) for one in level.others],
            }
            for level in said.levels
        ],
        "cameras_authorised": cameras.total if cameras else None,
        "cameras_per_thousand": cameras.per_thousand if cameras else None,
        "contracts_count": said.contract_count,
        "contracts": [
            _ref(line.record)
            | {
                "buyers": [fact.subject.name for fact in line.buyers],
                "winners": [fact.value_text for fact in line.winners],
                "amounts": [_fact(fact) | {"amount": fact.amount} for fact in line.amounts],
                "date": line.day.value_text if line.day and line.day.value else None,
            }
            for line in said.contracts
        ],
        "authorities": [_ref(one.ref) for one in said.authorities],
        "roles": [
            {"actor": _ref(one.actor), "project": _ref(one.project), "role": one.words}
            for one in said.roles
        ],
        "acts_count": said.act_count,
        "acts": [_fact(fact) for fact in said.acts],
        "documents": [
            {"title": one.title, "url": one.url, "type": one.type, "dated": one.dated or None}
            for one in said.documents
        ],
        "newest_facts": [_fact(fact) for fact in said.news],
    }


def _records(key: str) -> Iterator[published.Record]:
    """Yield the records of a territory and of what is in it, by identifier."""
    keys = sorted(published.ids_within(key))
    for first in range(0, len(keys), PART):
        found = published.find_records(keys[first : first + PART])
        yield from (found[one] for one in keys[first : first + PART] if one in found)


@require_safe
def territory_csv(request: HttpRequest, kind: str, slug: str) -> HttpResponseBase:
    """Give every public record of a territory, one a line."""
    found, site = _territory(kind, slug), _site(request)
    rows = (
        (
            *(one.kind, one.id, one.name, one.type, one.territory),
            *(one.counts.get("facts", 0), one.at.isoformat(), f"{site}{one.url}"),
        )
        for one in _records(found.key)
    )
    return _csv(found.slug, RECORDS, rows)


@require_safe
def territory_geojson(request: HttpRequest, kind: str, slug: str) -> HttpResponseBase:
    """Give a territory and the records in it, each at the middle of where it is."""
    found, site = _territory(kind, slug), _site(request)

    def features() -> Iterator[dict[str, Any]]:
        yield _feature(found, found.key, _territory_as_data(found, site))
        for record in _records(found.key):
            keys = published.places_of([record.id])[record.id]
            known = places.territories(keys)
            for key in [key for key in keys if key in known] or [""]:
                said = _ref(record.ref) | {"territory": key or None}
                said |= {"facts": record.counts.get("facts", 0), "url": f"{site}{record.url}"}
                yield _feature(known.get(key), f"{record.id}/{key}".rstrip("/"), said)

    lines = json_lines("features", features(), head={"type": "FeatureCollection"})
    response = StreamingHttpResponse(lines, content_type="application/geo+json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.slug}.geojson"'
    return response


def _feature(place: Territory | None, id_: str, said: dict[str, Any]) -> dict[str, Any]:
    has_point = place is not None and place.lon is not None and place.lat is not None
    point = [place.lon, place.lat] if place is not None and has_point else None
    return {
        "type": "Feature",
        "id": id_,
        "geometry": {"type": "Point", "coordinates": point} if point else None,
        "properties": said,
    }
