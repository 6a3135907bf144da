"""Access requests that are public, with what happened to them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query

from contrechamp.api import door
from contrechamp.api.domain import read_cursor
from contrechamp.api.problems import not_found
from contrechamp.api.schemas.requests import AccessRequestPage, AccessRequestWhole, RequestsAsk
from contrechamp.api.shown import requests as shown
from contrechamp.foi.queries import published
from contrechamp.foi.queries.listing import Filter
from contrechamp.kernel.errors import gettext_noop

from .routes import router


@router.get(
    "/requests",
    response=AccessRequestPage,
    url_name="requests",
    operation_id="listRequests",
    summary=gettext_noop("Les demandes de documents rendues publiques"),
    tags=["watch"],
)
def requests(request: HttpRequest, ask: Query[RequestsAsk]) -> HttpResponse:
    question = {"list": "requests", **ask.question()}
    after = read_cursor(ask.cursor, question)
    wanted = Filter(
        group=ask.state,
        body=ask.body,
        departement=ask.departement,
        project=ask.project,
        text=ask.q.strip(),
    )
    rows = published.page_of(wanted, after[0] if after else "", ask.limit + 1)
    found = [
        ([one.request.pk], shown.request(one)) for one in published.told(rows, now=timezone.now())
    ]
    return door.paged(request, question, found, limit=ask.limit)


@router.get(
    "/requests/{key}",
    response=AccessRequestWhole,
    url_name="request",
    operation_id="getRequest",
    summary=gettext_noop("Une demande de documents, avec ses lettres publiques"),
    tags=["watch"],
)
def one_request(request: HttpRequest, key: str) -> HttpResponse:
    found = published.some([key])
    if not found:
        return not_found()
    return door.answer(shown.whole(next(published.told(found, now=timezone.now()))))
