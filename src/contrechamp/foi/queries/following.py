"""What those who see to a request can record of it now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.domain.possible import STAGES, possible
from contrechamp.foi.models import FactRow, Request

from .access import editable_by
from .facts import facts_of
from .listing import GROUPS

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def find_editable(key: str, user: User) -> Request:
    """Return a request that somebody sees to; raise `Http404` for any other."""
    found = editable_by(user).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def every(group: str = "") -> QuerySet[Request]:
    """Return all requests, or those of a group of the list, the soonest day to act by first.

    For commands alone: who runs them holds the database.
    """
    rows = Request.objects.select_related("body").order_by("act_by", "pk")
    return rows.filter(state__in=GROUPS[group]) if group else rows


def find_fact(request: Request, key: str) -> FactRow:
    """Return a fact of a request; raise `Http404` when it is none of its own."""
    found = request.facts.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def offered(request: Request, *, now: datetime) -> list[tuple[str, list[Kind]]]:
    """Return the kinds that can be recorded now, by whose act they are; empty stages left out."""
    kinds = possible(facts_of(request), today=localdate(now))
    found = [(stage, [kind for kind in each if kind in kinds]) for stage, each in STAGES]
    return [(stage, each) for stage, each in found if each]
