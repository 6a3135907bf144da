"""How the pages of a content are opened: by its hash, by those who may read it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from contrechamp.documents import queries
from contrechamp.documents.models import Document, Version

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

View = Callable[..., HttpResponseBase]


def by_hash(view: View) -> Callable[..., HttpResponse]:
    """Give a view the version that a hash names, or answer as if there were none.

    What was public and is no longer answers 410 and says why. The beginning of a hash leads to
    the whole of it.
    """

    @wraps(view)
    def opened(request: HttpRequest, key: str, **kwargs: object) -> HttpResponseBase:
        version = find_version(request, key)
        if version is None:
            return _gone(request, key)
        if key != version.file_id:
            return _whole(request, version, **kwargs)
        return view(request, version, **kwargs)

    return cast("Callable[..., HttpResponse]", opened)


def _gone(request: HttpRequest, key: str) -> HttpResponse:
    """Say of what was public since when and why it is no more, or that there is nothing."""
    if replaced := queries.find_replaced(key):
        return render(request, "documents/replaced.html", {"redaction": replaced}, status=410)
    withdrawn = queries.find_withdrawn(key)
    if withdrawn is None:
        raise Http404
    return render(request, "documents/withdrawn.html", {"document": withdrawn.document}, status=410)


def find_version(request: HttpRequest, key: str) -> Version | None:
    """Return the version that the person may read, a public one first."""
    return queries.find_public(key) or queries.find_visible(key, request.user)


def find_document(request: HttpRequest, document_id: str) -> Document:
    """Return the document that the person may read, or answer that there is none."""
    document = queries.find_document(document_id, request.user)
    if document is None:
        raise Http404
    return document


def member(request: HttpRequest) -> User:
    """Return who is signed in; the view is for members."""
    if not request.user.is_authenticated:
        raise Http404
    return request.user


def is_visitor(request: HttpRequest) -> bool:
    """Answer whether nobody has signed in."""
    return not request.user.is_authenticated


def _whole(request: HttpRequest, version: Version, **kwargs: object) -> HttpResponse:
    match = request.resolver_match
    if match is None:
        raise Http404
    address = reverse(match.view_name, kwargs={"key": version.file_id, **kwargs})
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query else address)
