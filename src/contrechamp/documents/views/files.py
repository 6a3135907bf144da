"""Documents, collections and quotes as data, tables and feeds: the same as their pages say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_safe

from contrechamp.documents.models import Collection, Version
from contrechamp.documents.queries import cards, lists, shares
from contrechamp.foundation.table import csv_lines
from contrechamp.kernel import syndication

from .access import by_hash

ATOM, JSON_FEED = "application/atom+xml", "application/feed+json"
PER_PAGE, IN_FEED, AT_ONCE = 100, 50, 200
COLUMNS = (
    *("sha256", "title", "type", "type_label", "dated", "author", "language", "origin"),
    *("source_url", "obtained_on", "places", "pages", "bytes", "mime", "published_at", "url"),
)
QUOTES = ("id", "page_from", "page_to", "exact", "used_by", "url")


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _json(value: dict[str, Any]) -> HttpResponse:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return HttpResponse(text + "\n", content_type="application/json; charset=utf-8")


def _csv(
    name: str, heads: Sequence[str], rows: Iterable[Iterable[object]]
) -> StreamingHttpResponse:
    parts = csv_lines(heads, rows)
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _rows(versions: Iterable[Version], site: str) -> Iterable[list[object]]:
    for version in versions:
        said = shares.version_as_data(version, site) | {
            "places": " ".join(version.document.place_codes)
        }
        yield ["" if said[name] is None else said[name] for name in COLUMNS]


def _listed(request: HttpRequest) -> Any:
    return lists.listed(lists.wanted(request.GET, request.user), request.user)


@require_safe
@conditional_page
def documents_json(request: HttpRequest) -> HttpResponse:
    """Give the list as it is narrowed, a hundred at a time."""
    portion = Paginator(_listed(request), PER_PAGE).get_page(request.GET.get("page"))
    versions = cards.newest_versions(list(portion.object_list))
    query = request.GET.copy()
    query["page"] = str(portion.number + 1)
    following = f"{request.path}?{query.urlencode()}" if portion.has_next() else None
    return _json(
        {
            "total": portion.paginator.count,
            "results": shares.versions_as_data(versions, _site(request)),
            "next": following,
        }
    )


@require_safe
def documents_csv(request: HttpRequest) -> HttpResponseBase:
    found, site = _listed(request), _site(request)

    def every() -> Iterable[Version]:
        keys = list(found.values_list("pk", flat=True))
        for first in range(0, len(keys), AT_ONCE):
            part = found.model.objects.in_bulk(keys[first : first + AT_ONCE])
            yield from cards.newest_versions([part[key] for key in keys[first : first + AT_ONCE]])

    return _csv("documents", COLUMNS, _rows(every(), site))


def _feed(
    request: HttpRequest, form: str, title: str, page: str, versions: Iterable[Version]
) -> HttpResponse:
    site = _site(request)
    items = [
        syndication.Item(
            key=f"documents:document:{version.document_id}",
            title=version.document.title,
            url=f"{site}{reverse('documents:document', args=[version.file_id])}",
            summary=", ".join(
                filter(None, [version.document.dated_text, version.document.author_text])
            ),
            published=version.document.published_at,
            updated=version.document.published_at,
        )
        for version in versions
        if version.document.published_at
    ]
    feed = syndication.Feed(
        title=f"{title} — Contrechamp",
        key=page.strip("/"),
        address=f"{site}{request.path}",
        page=f"{site}{page}",
        host=request.get_host(),
        items=items,
    )
    body = syndication.json_feed(feed) if form == JSON_FEED else syndication.atom(feed)
    return HttpResponse(body, content_type=f"{form}; charset=utf-8")


@require_safe
@conditional_page
def documents_feed(request: HttpRequest, form: str) -> HttpResponse:
    versions = cards.newest_versions(list(_listed(request)[:IN_FEED]))
    return _feed(request, form, gettext("Documents"), reverse("documents:documents"), versions)


@require_safe
@conditional_page
def collections_json(request: HttpRequest) -> HttpResponse:
    site = _site(request)
    rows = [
        dict(zip(("slug", "title", "text", "documents", "url"), row, strict=True))
        for row in _collections(request, site)
    ]
    return _json({"total": len(rows), "results": rows})


@require_safe
def collections_csv(request: HttpRequest) -> HttpResponseBase:
    heads = ("slug", "title", "text", "documents", "url")
    return _csv("collections", heads, _collections(request, _site(request)))


def _collections(request: HttpRequest, site: str) -> list[tuple[object, ...]]:
    return [
        (
            *(each.slug, each.title, each.text, vars(each)["documents_count"]),
            f"{site}{reverse('documents:collection', args=[each.slug])}",
        )
        for each in lists.counted_collections(request.user)
    ]


def _collection(request: HttpRequest, slug: str) -> Collection:
    found = cards.collections(request.user).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


@require_safe
@conditional_page
def collection_json(request: HttpRequest, slug: str) -> HttpResponse:
    found = _collection(request, slug)
    site = _site(request)
    entries = cards.collection_items(found, request.user)
    return _json(
        {
            "slug": found.slug,
            "title": found.title,
            "text": found.text,
            "url": f"{site}{reverse('documents:collection', args=[slug])}",
            "documents": [
                shares.version_as_data(version, site) | {"note": item.note}
                for item, version in entries
            ],
        }
    )


@require_safe
def collection_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = _collection(request, slug)
    versions = [version for _, version in cards.collection_items(found, request.user)]
    return _csv(f"collection-{slug}", COLUMNS, _rows(versions, _site(request)))


@require_safe
@conditional_page
def collection_feed(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = _collection(request, slug)
    versions = [version for _, version in cards.collection_items(found, request.user)]
    versions.sort(key=lambda one: (one.document.published_at is not None, one.file_id))
    page = reverse("documents:collection", args=[slug])
    return _feed(request, form, found.title, page, versions[:IN_FEED])


def _quotes(request: HttpRequest, version: Version) -> list[dict[str, Any]]:
    card = cards.document_card(version, request.user, address=request.build_absolute_uri)
    return [
        {
            "id": each.quote.id,
            "page_from": each.quote.page_from,
            "page_to": each.quote.page_to,
            "exact": each.quote.exact,
            "used_by": [use.url for use in each.uses],
            "url": request.build_absolute_uri(each.url),
        }
        for each in card.quotes
    ]


@require_safe
@by_hash
def document_json(request: HttpRequest, version: Version) -> HttpResponse:
    """Give a document and the passages cited from it."""
    said = shares.version_as_data(version, _site(request))
    return _json(said | {"quotes": _quotes(request, version)})


@require_safe
@by_hash
def document_csv(request: HttpRequest, version: Version) -> HttpResponseBase:
    """Give the passages cited from a document, one a line."""
    rows = (
        [" ".join(each[name]) if name == "used_by" else each[name] for name in QUOTES]
        for each in _quotes(request, version)
    )
    return _csv(f"document-{version.file_id[:12]}", QUOTES, rows)


@require_safe
def quote(request: HttpRequest, quote_id: str) -> HttpResponse:
    """Lead to a public quote: its page, with the passage marked."""
    found = shares.find_public_quote(quote_id)
    if found is None:
        raise Http404
    cited, version = found
    page = reverse("documents:page", args=[version.file_id, cited.page_from])
    return HttpResponseRedirect(f"{page}#{cited.id}")


@require_safe
@conditional_page
def quote_json(request: HttpRequest, quote_id: str) -> HttpResponse:
    """Give a public quote with its document."""
    found = shares.find_public_quote(quote_id)
    if found is None:
        raise Http404
    cited, version = found
    return _json(
        {
            "id": cited.id,
            "exact": cited.exact,
            "page_from": cited.page_from,
            "page_to": cited.page_to,
            "url": request.build_absolute_uri(reverse("documents:quote", args=[cited.id])),
            "document": shares.version_as_data(version, _site(request)),
        }
    )
