"""The public history of a record or a fact as data: the same lines as its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe

from contrechamp.census import published

from . import data
from .facts import fact_or_404
from .records import PER_PAGE, record_or_answer


def _lines(rows: Sequence[published.News]) -> list[dict[str, Any]]:
    return [
        {
            "at": row.at.isoformat(),
            "what": row.what,
            "by": row.by,
            "reason": row.reason,
            "title": row.title,
            "record": row.entity,
            "fact": row.claim or None,
            "before": row.before,
            "after": row.after,
        }
        for row in rows
    ]


@require_safe
@conditional_page
def record(request: HttpRequest, entity: str, *, kind: str) -> HttpResponse:
    """Give a page of the history, and the address of the next."""
    found = record_or_answer(kind, entity, "/historique.json")
    if isinstance(found, HttpResponse):
        return found
    rows = published.newest(PER_PAGE + 1, request.GET.get("avant") or None, entity=found.id)
    more = rows[PER_PAGE - 1].cursor if len(rows) > PER_PAGE else None
    shown = rows[:PER_PAGE]
    said = {"record": data.ref_as_data(found.ref), "changes": _lines(shown), "before": more}
    return data.answer(said)


@require_safe
@conditional_page
def fact(request: HttpRequest, claim: str) -> HttpResponse:
    found = fact_or_404(claim)
    rows = published.changes_of_fact(found.id)
    return data.answer({"fact": found.id, "url": found.url, "changes": _lines(rows)})
