"""The searches that somebody keeps: a list, a page for each, and what can be done with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from contrechamp.foundation.access import members_only
from contrechamp.search import services
from contrechamp.search.domain import Query
from contrechamp.search.forms import NameForm, SaveForm, canonical, is_asked, read_query
from contrechamp.search.models import SavedSearch
from contrechamp.search.queries import find_removed, find_saved, news_of, saved_of

from .finding import results_of

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

NEWS = {
    "enregistree": gettext_noop("La recherche est enregistrée."),
    "renommee": gettext_noop("La recherche a un nouveau nom."),
    "vue": gettext_noop("Ce qui est paru jusqu'ici est marqué comme vu."),
    "reprise": gettext_noop("La recherche est de retour."),
}


@require_safe
@members_only
def saved(request: HttpRequest) -> HttpResponse:
    mine = list(saved_of(_me(request)))
    counts = news_of([(_query(each), each.seen_at) for each in mine])
    removed = find_removed(request.GET.get("supprimee", ""), _me(request))
    return render(
        request,
        "search/saved.html",
        {"rows": list(zip(mine, counts, strict=True)), "removed": removed, "done": _done(request)},
    )


@require_safe
@members_only
def saved_search(request: HttpRequest, key: str) -> HttpResponse:
    mine = _mine(request, key)
    results = results_of(replace(_query(mine), sort="new"))
    fresh = [
        result for result in results.results if result.entry.at and result.entry.at > mine.seen_at
    ]
    context = {
        "search": mine,
        "results": results,
        "fresh": fresh,
        "older": [result for result in results.results if result not in fresh],
        "form": NameForm(initial={"name": mine.name}),
        "done": _done(request),
    }
    return render(request, "search/saved_search.html", context)


@require_POST
@members_only
def save(request: HttpRequest) -> HttpResponse:
    form = SaveForm(request.POST)
    asked = QueryDict(request.POST.get("query", ""))
    if not form.is_valid() or not is_asked(read_query(asked)):
        return redirect(f"{reverse('search:search')}?{asked.urlencode()}")
    made = services.save_search(
        owner=_me(request),
        name=form.cleaned_data["name"],
        query=canonical(asked),
        now=timezone.now(),
    )
    return redirect(f"{made.get_absolute_url()}?fait=enregistree")


@require_POST
@members_only
def rename(request: HttpRequest, key: str) -> HttpResponse:
    mine = _mine(request, key)
    services.rename_search(mine, name=request.POST.get("name", "").replace("\0", ""))
    return redirect(f"{mine.get_absolute_url()}?fait=renommee")


@require_POST
@members_only
def seen(request: HttpRequest, key: str) -> HttpResponse:
    mine = _mine(request, key)
    services.mark_seen(mine, now=timezone.now())
    return redirect(f"{mine.get_absolute_url()}?fait=vue")


@require_POST
@members_only
def remove(request: HttpRequest, key: str) -> HttpResponse:
    mine = _mine(request, key)
    services.remove_search(mine, now=timezone.now())
    return redirect(f"{reverse('search:saved')}?supprimee={mine.pk}")


@require_POST
@members_only
def restore(request: HttpRequest, key: str) -> HttpResponse:
    removed = find_removed(key, _me(request))
    if removed is None:
        raise Http404
    back = services.restore_search(removed)
    return redirect(f"{back.get_absolute_url()}?fait=reprise")


def _me(request: HttpRequest) -> User:
    """Return who is signed in; `members_only` has seen to it that somebody is."""
    return cast("User", request.user)


def _mine(request: HttpRequest, key: str) -> SavedSearch:
    """Return a search of this person. Those of others do not exist."""
    found = find_saved(key, _me(request))
    if found is None:
        raise Http404
    return found


def _query(search: SavedSearch) -> Query:
    return read_query(QueryDict(search.query))


def _done(request: HttpRequest) -> str:
    done = NEWS.get(request.GET.get("fait", ""), "")
    return gettext(done) if done else ""
