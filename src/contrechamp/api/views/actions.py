"""Court actions and complaints that are public, with what happened in them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query

from contrechamp.api import door
from contrechamp.api.domain import read_cursor
from contrechamp.api.problems import not_found
from contrechamp.api.schemas.actions import ActionsAsk, CourtAction, CourtActionPage
from contrechamp.api.shown import actions as shown
from contrechamp.cases.queries import published
from contrechamp.cases.queries.listing import Filter
from contrechamp.kernel.errors import gettext_noop

from .routes import router


@router.get(
    "/actions",
    response=CourtActionPage,
    url_name="actions",
    operation_id="listActions",
    summary=gettext_noop("Les actions en justice et plaintes rendues publiques"),
    tags=["watch"],
)
def actions(request: HttpRequest, ask: Query[ActionsAsk]) -> HttpResponse:
    question = {"list": "actions", **ask.question()}
    after = read_cursor(ask.cursor, question)
    wanted = Filter(
        group=ask.state,
        kind=ask.kind,
        technology=ask.technology,
        about=ask.about.strip(),
        text=ask.q.strip(),
    )
    rows = published.page_of(wanted, after[0] if after else "", ask.limit + 1)
    found = [
        ([one.action.pk], shown.action(one)) for one in published.told(rows, now=timezone.now())
    ]
    return door.paged(request, question, found, limit=ask.limit)


@router.get(
    "/actions/{key}",
    response=CourtAction,
    url_name="action",
    operation_id="getAction",
    summary=gettext_noop("Une action en justice ou une plainte"),
    tags=["watch"],
)
def one_action(request: HttpRequest, key: str) -> HttpResponse:
    found = published.some([key])
    if not found:
        return not_found()
    return door.answer(shown.action(next(published.told(found, now=timezone.now()))))
