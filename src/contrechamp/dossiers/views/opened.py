"""The dossier that stands in an address: for anybody, nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from contrechamp.dossiers import queries, services
from contrechamp.dossiers.domain import Ask, Item, query_of, read_addresses, read_query, with_items
from contrechamp.dossiers.domain.asking import WHOLE
from contrechamp.dossiers.forms import CoverForm, PasteForm
from contrechamp.dossiers.shown import item_of, page_of
from contrechamp.foundation.plug import Entry
from contrechamp.search import queries as search
from contrechamp.search.domain import Query

FOUND = 12
SEARCH, PASTE, ACT = "chercher", "coller", "faire"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A result of a search that can be added."""

    entry: Entry
    url: str
    is_in: bool


@require_safe
def dossier(request: HttpRequest) -> HttpResponse:
    """Show what the address holds; what was pasted, and records, become what they stand for."""
    ask = asked(request)
    if act := request.GET.get(ACT):
        return redirect(_after(ask, act))
    pasted = request.GET.get(PASTE, "").replace("\0", "")[:20_000]
    more, unread = read_addresses(pasted)
    items = services.expand(with_items(ask.items, more))
    if WHOLE in request.GET and not request.GET.get(SEARCH) and not unread:
        return redirect(f"{reverse('dossiers:dossier')}?{query_of(ask.with_items(items))}")
    if more or items != ask.items:
        ask = ask.with_items(items)
        if not unread:
            return redirect(f"{reverse('dossiers:dossier')}?{query_of(ask)}")
    answer = render(request, "dossiers/dossier.html", _page(request, ask) | {"unread": unread})
    if request.GET.get(SEARCH):  # The index may follow a little later.
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _after(ask: Ask, act: str) -> str:
    """Return the address of a dossier after a button was pressed, at the line that it moved."""
    after = ask.acted(act)
    number = act.partition(" ")[2]
    moved = ask.items[int(number) - 1] if after.removed is None and after != ask else None
    anchor = f"#{moved.kind}-{moved.key}" if moved else ""
    return f"{reverse('dossiers:dossier')}?{query_of(after)}{anchor}"


def asked(request: HttpRequest) -> Ask:
    """Return the dossier that the address of a request holds."""
    return read_query(request.META.get("QUERY_STRING", ""))


def site_of(request: HttpRequest) -> str:
    """Return the address of the observatory as this person reaches it."""
    return request.build_absolute_uri("/").rstrip("/")


def _page(request: HttpRequest, ask: Ask) -> dict[str, Any]:
    typed = request.GET.get(SEARCH, "").replace("\0", " ").strip()[:200]
    query = query_of(ask)
    undone = query_of(ask.undone()) if ask.removed else ""
    language = ask.language or (get_language() or "fr")[:2]
    return {
        "ask": ask,
        "page": page_of(ask),
        "query": query,
        "undone": undone,
        "typed": typed,
        "found": found_for(typed, ask) if typed else None,
        "cover": CoverForm(
            initial={
                "titre": ask.title,
                "par": ask.author,
                "intro": ask.introduction,
                "langue": language,
            }
        ),
        "paste": PasteForm(initial={PASTE: request.GET.get(PASTE, "")}),
        "own": queries.own(request.user),
        "address": request.build_absolute_uri(f"{reverse('dossiers:dossier')}?{query}"),
    }


def found_for(typed: str, ask: Ask) -> list[Found]:
    """Return what a search finds that can be added to a dossier."""
    results = search.search(Query(text=typed, limit=FOUND)).results
    found: dict[Item, Found] = {}
    for result in results:
        item = item_of(result.entry)
        if item is not None and item not in found:
            wider = query_of(ask.with_items(with_items(ask.items, [item])))
            url = f"{reverse('dossiers:dossier')}?{wider}"
            found[item] = Found(entry=result.entry, url=url, is_in=item in ask.items)
    return list(found.values())
