"""The interface as a whole: its operations, its OpenAPI document, and what a fault becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from contrechamp.api import door
from contrechamp.api.problems import NEEDS_TOKEN, not_found, not_understood, problem
from contrechamp.api.schemas import answers
from contrechamp.api.shown.census import BASE, moment
from contrechamp.census import published
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused, Unavailable, gettext_noop

from . import (
    actions,
    census,
    finding,
    forum,
    laboratory,
    law,
    papers,
    places,
    requests,
    watching,
    writing,
)
from .document import completed
from .routes import router

VERSION = "1.0"
LICENCE = "ODbL-1.0"
ABOUT = gettext_noop(
    "Tout ce que l'observatoire sait et a publié, pour les programmes : lire ne demande ni compte "
    "ni jeton. Écrire demande le jeton d'un membre, et rien de ce qu'un programme écrit n'est "
    "public avant qu'une autre personne l'ait lu."
)

api = NinjaAPI(
    title="Contrechamp",
    version=VERSION,
    description=ABOUT,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


@router.get(
    "/",
    response=answers.Index,
    url_name="index",
    tags=["start"],
    operation_id="getIndex",
    summary=gettext_noop("Où tout se trouve"),
)
def index(request: HttpRequest) -> HttpResponse:
    changed = published.last_change()
    kinds = sorted(published.PATHS)
    counts = published.counted("kind")
    names = ("records", "claims", "relations", "changes", "documents", "acts", "territories")
    return door.answer(
        {
            "name": "Contrechamp",
            "version": VERSION,
            "licence": LICENCE,
            "openapi": f"{BASE}/openapi.json",
            "reference": reverse("api:reference"),
            "lists": {
                **{name: f"{BASE}/{name}" for name in (*names, "vocabulary")},
                "forum": f"{BASE}/forum/threads",
            },
            "counts": {kind: counts.get(kind, 0) for kind in kinds},
            "changed_at": moment(changed) if changed else None,
        },
        changed=changed,
    )


SUBJECTS = (
    *(census, papers, requests, actions, forum, places, law, laboratory, finding, writing),
    watching,
)
"""To import them is to put their operations on the router."""
api.add_router("", router)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    return not_understood(fault.errors)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, fault: Http404) -> HttpResponse:
    return not_found()


@api.exception_handler(Refused)
def _refused(request: HttpRequest, fault: Refused) -> HttpResponse:
    return door.refusal(fault)


@api.exception_handler(Unavailable)
def _unavailable(request: HttpRequest, fault: Unavailable) -> HttpResponse:
    return problem(fault.status, say(fault))


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, fault: RequestDataTooBig) -> HttpResponse:
    return problem(413, gettext("La demande est trop longue : faites-en plusieurs."))


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
    return problem(401, gettext(NEEDS_TOKEN), WWW_Authenticate="Bearer")


@api.exception_handler(HttpError)
def _http(request: HttpRequest, fault: HttpError) -> HttpResponse:
    said = str(fault) if fault.status_code == 403 else gettext("La demande est mal formée.")
    return problem(fault.status_code, said)


def document() -> dict[str, Any]:
    """Return the OpenAPI document in the reader's language."""
    return completed(cast("dict[str, Any]", api.get_openapi_schema(path_prefix=f"{BASE}/")))


def openapi(request: HttpRequest) -> HttpResponse:
    return door.answer(document())


def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer in JSON under this address, whatever is asked."""
    return not_found()


@cache
def _parameters() -> dict[str, dict[str, frozenset[str]]]:
    """Return by the name of an address, and by method, which parameters are read there."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    paths: dict[str, Any] = api.get_openapi_schema(path_prefix=f"{BASE}/")["paths"]
    for pattern in api.urls[0]:
        route = f"{BASE}/" + _plain(str(cast("URLPattern", pattern).pattern))
        methods = paths.get(route, {})
        found[str(cast("URLPattern", pattern).name)] = {
            method.upper(): frozenset(
                one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"
            )
            for method, operation in methods.items()
        }
    return found


def _plain(route: str) -> str:
    return route.replace("<int:", "<").replace("<", "{").replace(">", "}")


def known_parameters(name: str) -> Mapping[str, frozenset[str]]:
    """Return which parameters are read at an address, by method."""
    return _parameters().get(name, {})


def callback_of(name: str) -> Callable[..., HttpResponse]:
    """Return what answers at an address, behind the door, for a second, shorter address."""
    return next(each.callback for each in patterns() if each.name == name)


@cache
def patterns() -> list[URLPattern]:
    """Return the addresses, each behind the door."""
    found = [cast("URLPattern", pattern) for pattern in api.urls[0]]
    for pattern in found:
        if pattern.name != "api-root":
            guard: Callable[..., HttpResponse] = pattern.callback
            pattern.callback = door.guarded(guard, str(pattern.name), known_parameters)
    return [pattern for pattern in found if pattern.name != "api-root"]
