"""Lists of actions: everybody's, one's own; how those that ended did."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST, require_safe

from contrechamp.cases import services
from contrechamp.cases.domain.kinds import TargetKind
from contrechamp.cases.domain.outcomes import LEAST, Line, by_kind, by_technology, drawn
from contrechamp.cases.models import KINDS, Action, Invitation
from contrechamp.cases.queries import access, listing
from contrechamp.cases.queries.reminding import unseen
from contrechamp.census import published as census
from contrechamp.foundation.access import members_only
from contrechamp.foundation.table import csv_lines
from contrechamp.foundation.vocabulary import label, terms
from contrechamp.places import queries as places

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

PER_PAGE = 40
MOST = 5000
ABOUT = re.compile(r"(prj|act|ctr)-[0-9a-z]{10}|[a-z]{4,14}:[0-9A-Z]{1,9}")
GROUPS = (
    ("", _("toutes")),
    ("avant", _("avant le dépôt")),
    ("cours", _("en cours")),
    ("fini", _("jugées ou closes")),
)
COLUMNS = (
    *("id", "kind", "title", "state", "outcome", "target_kind", "target", "court", "technology"),
    *("published_at", "changed_at", "url"),
)


def read_filter(asked: QueryDict) -> listing.Filter:
    """Return what an address narrows the list to."""
    group, kind = asked.get("etat", ""), asked.get("sorte", "")
    technology, about = asked.get("technique", ""), asked.get("sur", "")
    return listing.Filter(
        group=group if group in listing.GROUPS else "",
        kind=kind if kind in dict(KINDS) else "",
        text=asked.get("q", "").strip()[:120],
        technology=technology if technology in terms("watched") else "",
        about=about if ABOUT.fullmatch(about) else "",
    )


def query_of(wanted: listing.Filter) -> str:
    """Return a filter as it stands in an address."""
    said = {
        "etat": wanted.group,
        "sorte": wanted.kind,
        "technique": wanted.technology,
        "sur": wanted.about,
        "q": wanted.text,
    }
    return urlencode({name: value for name, value in said.items() if value})


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    wanted = read_filter(request.GET)
    page = Paginator(listing.public_list(wanted), PER_PAGE).get_page(request.GET.get("page"))
    here = reverse("cases:index")
    context = {
        "page": page,
        "wanted": wanted,
        "query": query_of(wanted),
        "kinds": KINDS,
        "technologies": [(code, label("watched", code)) for code in terms("watched")],
        "about": _about(wanted.about),
        "encoded": query_of(wanted),
        "groups": [
            (gettext(name), f"{here}?{query}" if query else here, code == wanted.group)
            for code, name in GROUPS
            for query in [query_of(replace(wanted, group=code))]
        ],
    }
    return render(request, "cases/index.html", context)


def _about(key: str) -> tuple[str, str] | None:
    """Return name and address of the public thing that a list was narrowed to."""
    if ":" in key:
        place = places.find_territory(key)
        return (place.name, place.get_absolute_url()) if place else None
    record = census.find_records([key]).get(key) if key else None
    return (record.name, record.url) if record else None


def as_data(action: Action, site: str) -> dict[str, Any]:
    """Return a public action as plain values, by the names of the columns."""
    said = {name: getattr(action, name) for name in COLUMNS if name != "url"}
    if action.target_kind == TargetKind.REQUEST:
        said["target"] = ""  # The request has its own publication.
    for name in ("published_at", "changed_at"):
        said[name] = said[name].isoformat() if said[name] else None
    return said | {"url": f"{site}{reverse('cases:action', args=[action.pk])}"}


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


@require_safe
def index_json(request: HttpRequest) -> HttpResponse:
    rows = listing.public_list(read_filter(request.GET))[:MOST]
    return JsonResponse({"actions": [as_data(row, _site(request)) for row in rows]})


@require_safe
def index_csv(request: HttpRequest) -> HttpResponseBase:
    rows = listing.public_list(read_filter(request.GET))[:MOST]
    found = (tuple(as_data(row, _site(request)).values()) for row in rows)
    return _csv(COLUMNS, found, "actions")


def _csv(columns: Iterable[str], rows: Iterable[tuple[object, ...]], name: str) -> HttpResponseBase:
    answer = StreamingHttpResponse(
        csv_lines(tuple(columns), rows), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


@require_safe
@members_only
def mine(request: HttpRequest) -> HttpResponse:
    user = cast("User", request.user)
    page = Paginator(access.mine(user), PER_PAGE).get_page(request.GET.get("page"))
    invitations = Invitation.objects.filter(owner=user, done_at=None).order_by("-made_at")[:50]
    context = {"page": page, "invitations": invitations, "today": timezone.localdate()}
    context["reminders"] = unseen(user)
    return render(request, "cases/mine.html", context)


@require_POST
@members_only
def put_away(request: HttpRequest, key: str) -> HttpResponse:
    services.put_away(key, owner=cast("User", request.user), now=timezone.now())
    return redirect("cases:mine")


def _worked() -> list[tuple[str, str, tuple[Line, ...]]]:
    ended = listing.ended()
    return [
        ("sorte", _("Par sorte d'action"), by_kind(ended)),
        ("technique", _("Par technique"), by_technology(ended)),
    ]


def _named(sort: str, code: str) -> str:
    return str(dict(KINDS)[code]) if sort == "sorte" else str(label("watched", code))  # type: ignore[index]


@require_safe
def worked(request: HttpRequest) -> HttpResponse:
    tables = [
        (
            gettext(title),
            [(_named(sort, line.code), line) for line in lines],
            [(_named(sort, bar.code), bar) for bar in plot.bars],
            plot,
        )
        for sort, title, lines in _worked()
        for plot in [drawn(lines)]
    ]
    context = {"tables": tables, "counts": listing.counts(), "least": LEAST}
    return render(request, "cases/worked.html", context)


WORKED = (
    *("par", "code", "gagnees", "perdues", "autres", "part_gagnee"),
    *("part_basse", "part_haute"),
)


def _rows() -> Iterable[tuple[object, ...]]:
    for sort, _title, lines in _worked():
        for line in lines:
            share = "" if line.share is None else line.share
            low, high = line.bounds or ("", "")
            yield (sort, line.code, line.won, line.lost, line.other, share, low, high)


@require_safe
def worked_csv(request: HttpRequest) -> HttpResponseBase:
    return _csv(WORKED, _rows(), "ce-qui-marche")


@require_safe
def worked_json(request: HttpRequest) -> HttpResponse:
    rows = [dict(zip(WORKED, row, strict=True)) for row in _rows()]
    return JsonResponse({"least": LEAST, "lines": rows})
