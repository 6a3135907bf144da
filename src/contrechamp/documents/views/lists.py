"""Lists: all documents, collections, one collection."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.documents import services
from contrechamp.documents.forms import CollectionForm, type_choices
from contrechamp.documents.models import Collection, Document
from contrechamp.documents.queries import cards, lists
from contrechamp.foundation.access import editors_only, members_only

from .access import find_document, is_visitor, member

PER_PAGE = 30


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """List the documents that the person may read, narrowed by what is asked."""
    wanted = lists.wanted(request.GET, request.user)
    found = lists.listed(wanted, request.user)
    portion = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "documents/documents.html",
        {
            "portion": portion,
            "versions": cards.newest_versions(list(portion.object_list)),
            "wanted": wanted,
            "data_query": _query(wanted),
            "types": type_choices(),
            "origins": Document.Origin.choices,
            "states": () if is_visitor(request) else Document.State.choices,
            "years": SimpleLazyObject(lambda: lists.years(request.user)),
            "collections": cards.collections(request.user).order_by("title"),
        },
    )


def _query(asked: lists.Wanted) -> str:
    """Return what the list is narrowed to, as an address has it."""
    named = {
        "q": asked.words,
        "type": asked.doc_type,
        "origine": asked.origin,
        "annee": asked.year,
        "etat": asked.state,
        "collection": asked.collection,
    }
    query = urlencode({name: value for name, value in named.items() if value})
    return f"?{query}" if query else ""


@require_http_methods(["GET", "HEAD", "POST"])
def collections(request: HttpRequest) -> HttpResponse:
    """List the collections; members make new ones."""
    form = CollectionForm(request.POST or None)
    if request.method == "POST" and not is_visitor(request) and form.is_valid():
        made = services.make_collection(
            title=form.cleaned_data["title"], text=form.cleaned_data["text"], actor=member(request)
        )
        return redirect("documents:collection", slug=made.slug)
    found = lists.counted_collections(request.user)
    return render(request, "documents/collections.html", {"found": found, "form": form})


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a collection: its text, and its documents in order."""
    found = _collection(request, slug)
    form = CollectionForm(initial={"title": found.title, "text": found.text})
    return render(
        request,
        "documents/collection.html",
        {
            "collection": found,
            "entries": cards.collection_items(found, request.user),
            "form": form,
        },
    )


@require_POST
@members_only
def change_collection(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a collection's text, add a document to it, or take one out."""
    found = _collection(request, slug)
    document_id = request.POST.get("document", "")
    if document_id:
        document = find_document(request, document_id)
        if "out" in request.POST:
            services.take_out(found, document)
        else:
            services.collect(found, [document])
        return redirect("documents:collection", slug=slug)
    form = CollectionForm(request.POST)
    if form.is_valid():
        services.describe_collection(found, **form.cleaned_data)
    return redirect("documents:collection", slug=slug)


@require_POST
@editors_only
def show_collection(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a collection public, or hide it."""
    found = _collection(request, slug)
    services.show_collection(found, actor=member(request), is_public="hide" not in request.POST)
    return redirect(reverse("documents:collection", args=[slug]))


def _collection(request: HttpRequest, slug: str) -> Collection:
    found = cards.collections(request.user).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found
