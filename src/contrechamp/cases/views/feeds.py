"""Public actions to follow without an account."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.cases.queries import published
from contrechamp.cases.queries.published import REF, Told
from contrechamp.cases.shown.data import summary
from contrechamp.kernel import syndication

from .lists import query_of, read_filter

IN_FEED = 30
ATOM, JSON = "application/atom+xml", "application/feed+json"


@require_safe
def index_atom(request: HttpRequest) -> HttpResponseBase:
    return _feed(request, ATOM)


@require_safe
def index_jsonfeed(request: HttpRequest) -> HttpResponseBase:
    return _feed(request, JSON)


def _feed(request: HttpRequest, form: str) -> HttpResponseBase:
    wanted = read_filter(request.GET)
    found = published.newest(wanted, IN_FEED)
    site, query = f"{request.scheme}://{request.get_host()}", query_of(wanted)
    asked = f"?{query}" if query else ""
    feed = syndication.Feed(
        title=gettext("Actions en justice et plaintes — Contrechamp"),
        key=f"{request.path.lstrip('/')}{asked}",
        address=f"{site}{request.path}{asked}",
        page=f"{site}{reverse('cases:index')}{asked}",
        host=request.get_host(),
        items=[_item(one, site) for one in published.told(found, now=timezone.now())],
    )
    body = syndication.atom(feed) if form == ATOM else syndication.json_feed(feed)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type=f"{form}; charset=utf-8")
    answer["ETag"] = etag
    return get_conditional_response(request, etag, None, answer) or answer


def _item(one: Told, site: str) -> syndication.Item:
    action = one.action
    return syndication.Item(
        key=f"{REF}{action.pk}",
        title=action.title,
        url=f"{site}{one.url}",
        summary=summary(one),
        published=action.published_at or action.made_at,
        updated=one.changed_at,
    )
