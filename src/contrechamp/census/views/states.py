"""Records and facts as they were published at a moment: addresses that citations lead to."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_safe

from contrechamp.census import published
from contrechamp.census.shown.public import fact_of, titles_of

from . import data
from .records import record_or_answer

PER_PAGE = 100


def _state(kind: str, entity: str, moment: str, suffix: str = "") -> published.State | HttpResponse:
    """Return a record as it was; the way to it since a merge; or answer that there is none."""
    found = record_or_answer(kind, entity, f"/historique/{moment}{suffix}")
    if isinstance(found, HttpResponse):
        return found
    before = published.read_moment(moment)
    state = published.state_of(found.id, before) if before else None
    if state is None:
        raise Http404
    return state


@require_safe
def record(request: HttpRequest, entity: str, moment: str, *, kind: str) -> HttpResponse:
    """Show a record as it was after its last change before a moment."""
    state = _state(kind, entity, moment)
    if isinstance(state, HttpResponse):
        return state
    exact = published.moment_of(state.record.at)
    if exact != moment:  # One address for each state.
        return HttpResponsePermanentRedirect(f"{state.record.url}/historique/{exact}")
    portion = Paginator(state.facts, PER_PAGE).get_page(request.GET.get("page"))
    context = {"state": state, "record": state.record, "portion": portion, "rows": _rows(portion)}
    return render(request, "census/state.html", context)


def _rows(facts: Any) -> list[dict[str, Any]]:
    listed: list[published.StateFact] = list(facts)
    titles = titles_of([each.fact for each in listed])
    return [
        {"fact": fact_of(each.fact, titles), "sources": each.sources, "is_same": each.is_same}
        for each in listed
    ]


@require_safe
@conditional_page
def record_json(request: HttpRequest, entity: str, moment: str, *, kind: str) -> HttpResponse:
    state = _state(kind, entity, moment, ".json")
    if isinstance(state, HttpResponse):
        return state
    said = data.record_head(state.record)
    return data.answer(said | {"facts": [_as_data(each) for each in state.facts]})


def _as_data(each: published.StateFact) -> dict[str, Any]:
    said = data.fact_as_data(each.fact) | {"sources": each.sources}
    if not each.is_same:
        del said["evidence"]
    return said


def _fact(claim: str, moment: str) -> tuple[published.StateFact, int, bool]:
    before = published.read_moment(moment)
    found = published.fact_state_of(claim, before) if before else None
    if found is None:
        raise Http404
    return found


@require_safe
def fact(request: HttpRequest, claim: str, moment: str) -> HttpResponse:
    """Show a fact as it was."""
    state, version, is_latest = _fact(claim, moment)
    exact = published.moment_of(state.fact.at)
    if exact != moment:
        return HttpResponsePermanentRedirect(f"{state.fact.url}/historique/{exact}")
    context = {
        "state": {"is_latest": is_latest},
        "record": {
            "name": fact_of(state.fact, {}).sentence,
            "url": state.fact.url,
            "at": state.fact.at,
            "version": version,
            "type_label": gettext("Un fait"),
        },
        "rows": _rows([state]),
    }
    return render(request, "census/state.html", context)


@require_safe
@conditional_page
def fact_json(request: HttpRequest, claim: str, moment: str) -> HttpResponse:
    state, version, _ = _fact(claim, moment)
    return data.answer(_as_data(state) | {"version": version})
