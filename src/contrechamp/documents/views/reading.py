"""What anybody reads of a document: its card, its pages, its text, its file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.documents import queries, services
from contrechamp.documents.domain.layout import Rect, check_rect
from contrechamp.documents.domain.naming import download_name
from contrechamp.documents.models import OcrPage, Page, Version
from contrechamp.documents.queries import cards, reading
from contrechamp.foundation import vocabulary
from contrechamp.foundation.store import store
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Unavailable, gettext_noop

from .access import by_hash, is_visitor
from .citing import choice

NEWS = {
    "described": gettext_noop("La description est enregistrée."),
    "submitted": gettext_noop("Le document attend la relecture d'une seconde personne."),
    "published": gettext_noop("Le document est public."),
    "returned": gettext_noop("Le document est rendu à la personne qui l'a ajouté."),
    "withdrawn": gettext_noop("Le document est retiré : son adresse dit pourquoi."),
}
KEEP_S = 600
"""How long a browser may keep a picture: not longer, since a document can be withdrawn."""


@require_safe
@by_hash
def document(request: HttpRequest, version: Version) -> HttpResponse:
    """Show what is known of a document."""
    card = cards.document_card(version, request.user, address=request.build_absolute_uri)
    done = "" if is_visitor(request) else NEWS.get(request.GET.get("fait", ""), "")
    return render(
        request,
        "documents/document.html",
        {
            "card": card,
            "version": version,
            "document": version.document,
            "done": gettext(done) if done else "",
            "file_name": _name(version),
            "log": queries.redaction_log(version.file_id),
            "decisions": None
            if is_visitor(request)
            else queries.screening.summary(version.document),
        },
    )


@require_safe
@by_hash
def page(request: HttpRequest, version: Version, number: int) -> HttpResponse:
    """Show a page: picture and text side by side, quotes and words found marked."""
    found = _page(version, number)
    query = request.GET.get("q", "").strip()[:300]
    read = reading.read_page(
        found, public_only=is_visitor(request), query=query, zone=_zone(request)
    )
    view = cards.page_card(version, read, request.user, address=request.build_absolute_uri)
    chosen = None
    if "citer" in request.GET and not is_visitor(request):
        chosen = choice(version, read.page, read.text, request.GET)
    made = request.GET.get("citation", "")
    return render(
        request,
        "documents/page.html",
        {
            "card": view,
            "read": read,
            "version": version,
            "query": query,
            "choice": chosen,
            "why_waiting": _why_waiting(request, read),
            "made": next((each for each in view.quotes if each.quote.id == made), None),
        },
    )


@require_safe
def go(request: HttpRequest, key: str) -> HttpResponse:
    """Lead the form "page …" to its page."""
    number = request.GET.get("n", "")
    if not number.isdecimal() or not 0 < int(number[:7]) < 1_000_000:
        return redirect("documents:document", key=key)
    address = reverse("documents:page", kwargs={"key": key, "number": int(number[:7])})
    return redirect(address)


@require_safe
@by_hash
def picture(request: HttpRequest, version: Version, number: int) -> HttpResponse:
    """Draw a page."""
    found = _page(version, number)
    width = request.GET.get("w", str(reading.WIDTHS[0]))
    if not found.has_image or width not in {str(each) for each in reading.WIDTHS}:
        raise Http404
    body = reading.picture_of(found, int(width))
    response = HttpResponse(body, content_type="image/webp")
    response["Cache-Control"] = f"private, max-age={KEEP_S}"
    return response


@require_safe
@by_hash
def page_text(request: HttpRequest, version: Version, number: int) -> HttpResponse:
    """Give the text of a page as it is."""
    text = queries.current_text(version.file_id, _page(version, number).number)
    return HttpResponse(text or "", content_type="text/plain; charset=utf-8")


@require_safe
@by_hash
def page_json(request: HttpRequest, version: Version, number: int) -> HttpResponse:
    """Give a page to programs: text, words with their boxes, layers, quotes."""
    read = reading.read_page(_page(version, number), public_only=is_visitor(request))
    return JsonResponse(cards.page_record(version, read), json_dumps_params={"ensure_ascii": False})


@require_safe
@by_hash
def whole_text(request: HttpRequest, version: Version) -> HttpResponse:
    """Show the text of all pages, twenty at a time."""
    number, wanted = request.GET.get("p", "")[:7], request.GET.get("page")
    if number.isdecimal() and wanted is None:
        wanted = str(reading.portion_of(version.file_id, int(number)))
    portion = reading.text_pages(version.file_id).get_page(wanted)
    return render(request, "documents/text.html", {"version": version, "portion": portion})


@require_safe
@by_hash
def search(request: HttpRequest, version: Version) -> HttpResponse:
    """List the pages on which words stand."""
    query = request.GET.get("q", "").strip()[:300]
    found = reading.matching_pages(version.file_id, query)
    portion = Paginator(found, reading.PER_PAGE).get_page(request.GET.get("page"))
    hits = reading.hits_on(version.file_id, list(portion.object_list), query)
    return render(
        request,
        "documents/search.html",
        {"version": version, "query": query, "portion": portion, "hits": hits},
    )


@require_safe
@by_hash
def download(request: HttpRequest, version: Version) -> FileResponse | HttpResponse:
    """Give the file as it is, to be kept and never opened inside the site."""
    try:
        content = store().open(version.file_id)
    except KeyError:
        raise Http404 from None
    response = FileResponse(
        content, as_attachment=True, filename=_name(version), content_type=version.file.mime
    )
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response


def _why_waiting(request: HttpRequest, read: reading.Reading) -> str:
    """Say to members what a page waits for, when it waits in vain."""
    if is_visitor(request) or not read.ocr or read.ocr.state != OcrPage.State.QUEUED:
        return ""
    try:
        services.check_model()
    except Unavailable as why:
        return say(why)
    return read.ocr.error


def _name(version: Version) -> str:
    about = version.document
    return download_name(
        dated=about.dated_text if about.dated_text[:4].isdecimal() else "",
        doc_type=vocabulary.label("document_types", about.doc_type),
        title=about.title,
        sha256=version.file_id,
        mime=version.file.mime,
    )


def _page(version: Version, number: int) -> Page:
    found = queries.find_page(version.file_id, number)
    if found is None:
        raise Http404
    return found


def _zone(request: HttpRequest) -> Rect | None:
    """Read `?zone=x0,y0,x1,y1`; what is none is passed over."""
    try:
        return check_rect([float(part) for part in request.GET.get("zone", "").split(",")])
    except ValueError:
        return None


__all__ = [
    "document",
    "download",
    "go",
    "page",
    "page_json",
    "page_text",
    "picture",
    "search",
    "whole_text",
]
