"""Territories and vocabularies: reference data, which everybody may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query

from contrechamp.api import door
from contrechamp.api.domain import read_cursor
from contrechamp.api.problems import not_found
from contrechamp.api.schemas import answers
from contrechamp.api.schemas.asking import TerritoriesAsk
from contrechamp.api.shown.papers import territory as shown
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.names import fold
from contrechamp.places import queries as places

from .routes import router

VOCABULARIES = (
    *("amount_kinds", "document_types", "entity_types", "legal_bases", "properties"),
    *("purposes", "registers", "relations", "stages", "technologies", "watched"),
)


@router.get(
    "/territories",
    response=answers.TerritoryPage,
    url_name="territories",
    tags=["reference"],
    operation_id="listTerritories",
    summary=gettext_noop("Les communes, intercommunalités, départements et régions"),
)
def territories(request: HttpRequest, ask: Query[TerritoriesAsk]) -> HttpResponse:
    question = {"list": "territories", **ask.question()}
    after = read_cursor(ask.cursor, question)
    names = {"kind": ask.kind or "", "departement": ask.departement, "region": ask.region}
    rows = places.inside("country:FR").filter(**{n: value for n, value in names.items() if value})
    if ask.q:
        folded = fold(ask.q)
        rows = rows.filter(folded__gte=folded, folded__lt=f"{folded}\U0010ffff")
    rows = rows.filter(key__gt=after[0] if after else "").order_by("key")
    found = [([one.key], shown(one)) for one in rows[: ask.limit + 1]]
    return door.paged(request, question, found, limit=ask.limit)


@router.get(
    "/territories/{key}",
    response=answers.Territory,
    url_name="territory",
    tags=["reference"],
    operation_id="getTerritory",
    summary=gettext_noop("Un territoire, par sa clé : commune:06088"),
)
def territory(request: HttpRequest, key: str) -> HttpResponse:
    found = places.find_territory(key)
    return door.answer(shown(found)) if found else not_found()


@router.get(
    "/vocabulary",
    response=answers.Vocabularies,
    url_name="vocabularies",
    tags=["reference"],
    operation_id="listVocabularies",
    summary=gettext_noop("Les vocabulaires : les codes et leurs noms"),
)
def vocabularies(request: HttpRequest) -> HttpResponse:
    items = [
        {"name": name, "terms": len(terms(name)), "href": f"/api/v1/vocabulary/{name}"}
        for name in VOCABULARIES
    ]
    return door.answer({"items": items})


@router.get(
    "/vocabulary/{name}",
    response=answers.Vocabulary,
    url_name="vocabulary",
    tags=["reference"],
    operation_id="getVocabulary",
    summary=gettext_noop("Un vocabulaire, terme par terme, en français et en anglais"),
)
def vocabulary(request: HttpRequest, name: str) -> HttpResponse:
    if name not in VOCABULARIES:
        return not_found()
    found: list[dict[str, Any]] = list(terms(name).values())
    return door.answer({"name": name, "terms": found})
