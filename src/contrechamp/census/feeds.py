"""Feeds (Atom, JSON Feed) of records, facts and lists: one item for each publication or change."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_safe

from contrechamp.census import published
from contrechamp.census.shown.histories import public_changes, what_label
from contrechamp.kernel import syndication

ATOM, JSON = "application/atom+xml", "application/feed+json"
ITEMS = 50
READ = 400
"""Lines read to find those of one kind."""


def _feed(
    request: HttpRequest, form: str, title: str, page: str, rows: Sequence[published.News]
) -> HttpResponse:
    """Answer with a feed in one of its two forms: the same items in both."""
    site = request.build_absolute_uri("/")[:-1]
    items = []
    for row, shown in zip(rows, public_changes(rows), strict=True):
        said = [gettext("{what} par {who}").format(what=what_label(row.what), who=row.by)]
        if row.reason:
            said.append(row.reason)
        for diff in shown.diffs:
            old = "".join(part.text for part in diff.parts if part.op != "ins")
            new = "".join(part.text for part in diff.parts if part.op != "del")
            said.append(f"{diff.label}{gettext(' : ')}{old or '—'} → {new or '—'}")
        items.append(
            syndication.Item(
                key=f"census/{row.cursor}",
                title=row.title,
                url=f"{site}{shown.url or page}",
                summary=". ".join(said),
                published=row.at,
                updated=row.at,
            )
        )
    feed = syndication.Feed(
        title=f"{title} — Contrechamp",
        key=page,
        address=f"{site}{request.path}",
        page=f"{site}{page}",
        host=request.get_host(),
        items=items,
    )
    if form == JSON:
        return HttpResponse(syndication.json_feed(feed), content_type=f"{JSON}; charset=utf-8")
    return HttpResponse(syndication.atom(feed), content_type=f"{ATOM}; charset=utf-8")


def _record(request: HttpRequest, form: str, entity: str, kind: str) -> HttpResponse:
    found = published.find_record(entity)
    if found is None or found.kind != kind:
        raise Http404
    rows = published.newest(ITEMS, entity=found.id)
    return _feed(request, form, found.name, found.url, rows)


@require_safe
@conditional_page
def record(request: HttpRequest, entity: str, *, kind: str) -> HttpResponse:
    return _record(request, ATOM, entity, kind)


@require_safe
@conditional_page
def record_json(request: HttpRequest, entity: str, *, kind: str) -> HttpResponse:
    return _record(request, JSON, entity, kind)


def _fact(request: HttpRequest, form: str, claim: str) -> HttpResponse:
    found = published.find_fact(claim)
    if found is None:
        raise Http404
    rows = published.changes_of_fact(found.id)[:ITEMS]
    title = f"{found.subject.name} {found.label} {found.value_text}"
    return _feed(request, form, title, found.url, rows)


@require_safe
@conditional_page
def fact(request: HttpRequest, claim: str) -> HttpResponse:
    return _fact(request, ATOM, claim)


@require_safe
@conditional_page
def fact_json(request: HttpRequest, claim: str) -> HttpResponse:
    return _fact(request, JSON, claim)


def _listing(request: HttpRequest, form: str, kind: str) -> HttpResponse:
    titles = {
        "project": gettext("Projets"),
        "actor": gettext("Acteurs"),
        "technology": gettext("Techniques"),
        "contract": gettext("Marchés"),
    }
    names = {
        "project": "projects",
        "actor": "actors",
        "technology": "technologies",
        "contract": "contracts",
    }
    rows = [row for row in published.newest(READ) if row.kind == kind][:ITEMS]
    return _feed(request, form, titles[kind], reverse(f"census:{names[kind]}"), rows)


@require_safe
@conditional_page
def listing(request: HttpRequest, *, kind: str) -> HttpResponse:
    return _listing(request, ATOM, kind)


@require_safe
@conditional_page
def listing_json(request: HttpRequest, *, kind: str) -> HttpResponse:
    return _listing(request, JSON, kind)
