"""Opinions of a search, their counts by outcome, and one opinion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min, QuerySet

from contrechamp.opinions.domain.asking import Asked
from contrechamp.opinions.models import Match, Opinion, Run

from .words import entries_of

HEAVY = ("senses", "themes", "keywords", "row_sha256", "text_sha256")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What opinions are narrowed to; empty fields narrow nothing."""

    words: Asked | None = None
    administration: Asked | None = None
    kind: int = 0
    outcome: str = ""
    year: int = 0
    only_surveillance: bool = False


def filtered(asked: Filter) -> QuerySet[Opinion]:
    """Return the opinions of a filter, the newest session first."""
    rows = Opinion.objects.all()
    if asked.only_surveillance:
        rows = rows.filter(is_surveillance=True)
    if asked.words and asked.words.match:
        rows = rows.filter(entry__in=entries_of(asked.words))
    if asked.administration and asked.administration.match:
        rows = rows.filter(entry__in=entries_of(asked.administration, "body"))
    if asked.kind:
        rows = rows.filter(pk__in=Match.objects.filter(kind=asked.kind).values("opinion"))
    if asked.outcome:
        rows = rows.filter(outcome=asked.outcome)
    if asked.year:
        rows = rows.filter(year=asked.year)
    return rows.order_by("-session_on", "-number")


def counts(rows: QuerySet[Opinion]) -> dict[str, int]:
    """Return how many opinions of a search have each outcome."""
    found = rows.order_by().values_list("outcome").annotate(count=Count("pk"))
    return dict(found)


def kind_counts() -> dict[int, int]:
    """Return how many opinions about surveillance concern each kind of document."""
    rows = Match.objects.filter(opinion__is_surveillance=True)
    return dict(rows.values_list("kind").annotate(count=Count("pk")))


def years() -> tuple[int, int] | None:
    """Return the first and the last year with an opinion, None without any."""
    found = Opinion.objects.aggregate(first=Min("year"), last=Max("year"))
    return (found["first"], found["last"]) if found["first"] else None


def find_opinion(number: str) -> Opinion | None:
    """Return an opinion with its text and the kinds it concerns, or None."""
    rows = Opinion.objects.select_related("wording", "run").prefetch_related("matches", "earlier")
    return rows.filter(pk=number).first()


def some(numbers: Sequence[str]) -> QuerySet[Opinion]:
    """Return the opinions of these numbers that are about surveillance."""
    return Opinion.objects.filter(pk__in=numbers, is_surveillance=True).order_by("pk")


def about_surveillance() -> QuerySet[Opinion]:
    """Return every opinion about surveillance, by number."""
    return Opinion.objects.filter(is_surveillance=True).order_by("pk")


def last_run() -> Run | None:
    """Return the newest import that ended, or None."""
    return Run.objects.filter(ended_at__isnull=False).order_by("-ended_at").first()


def last_session() -> object:
    """Return the day of the newest session that is known, or None."""
    return Opinion.objects.aggregate(last=Max("session_on"))["last"]


def administrations(start: str, limit: int = 20) -> list[str]:
    """Return names of administrations that begin so, the most frequent first."""
    rows = Opinion.objects.filter(administration__istartswith=start).values_list("administration")
    return [name for name, _ in rows.annotate(count=Count("pk")).order_by("-count")[:limit]]
