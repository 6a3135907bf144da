"""Atom feeds of records, facts and lists: one item for each publication or change."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext
from django.views.decorators.http import conditional_page, require_safe

from contrechamp.census import published
from contrechamp.census.shown.histories import public_changes, what_label

ITEMS = 50
READ = 400
"""Lines read to find those of one kind."""


def _feed(
    request: HttpRequest,
    title: str,
    page: str,
    rows: Sequence[published.News],
    since: object = None,
) -> HttpResponse:
    host = request.get_host().partition(":")[0]
    feed = Atom1Feed(
        title=f"{title} — Contrechamp",
        link=request.build_absolute_uri(page),
        description="",
        language=get_language(),
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=f"tag:{host},2026:{page}",
    )
    for row, shown in zip(rows, public_changes(rows), strict=True):
        said = [gettext("{what} par {who}").format(what=what_label(row.what), who=row.by)]
        if row.reason:
            said.append(row.reason)
        for diff in shown.diffs:
            old = "".join(part.text for part in diff.parts if part.op != "ins")
            new = "".join(part.text for part in diff.parts if part.op != "del")
            said.append(f"{diff.label}{gettext(' : ')}{old or '—'} → {new or '—'}")
        feed.add_item(
            title=row.title,
            link=request.build_absolute_uri(shown.url or page),
            description=". ".join(said),
            unique_id=f"tag:{host},2026:census/{row.cursor}",
            updateddate=row.at,
            pubdate=row.at,
            author_name=row.by,
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


@require_safe
@conditional_page
def record(request: HttpRequest, entity: str, *, kind: str) -> HttpResponse:
    found = published.find_record(entity)
    if found is None or found.kind != kind:
        raise Http404
    rows = published.newest(ITEMS, entity=found.id)
    return _feed(request, found.name, found.url, rows)


@require_safe
@conditional_page
def fact(request: HttpRequest, claim: str) -> HttpResponse:
    found = published.find_fact(claim)
    if found is None:
        raise Http404
    rows = published.changes_of_fact(found.id)[:ITEMS]
    title = f"{found.subject.name} {found.label} {found.value_text}"
    return _feed(request, title, found.url, rows)


@require_safe
@conditional_page
def listing(request: HttpRequest, *, kind: str) -> HttpResponse:
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
    return _feed(request, titles[kind], reverse(f"census:{names[kind]}"), rows)
