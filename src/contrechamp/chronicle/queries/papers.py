"""Dated public documents: those that shown facts rest on, and those of a territory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from contrechamp.chronicle.domain import Period
from contrechamp.documents import queries as documents
from contrechamp.foundation.vocabulary import label

from .scope import Scope

MOST_PLACES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document that anybody may read."""

    id: str
    title: str
    type: str
    dated: str
    earliest: date | None
    latest: date | None
    url: str
    at: datetime


def papers(
    scope: Scope,
    cited: Iterable[str],
    period: Period,
    limit: int,
    *,
    published_between: tuple[datetime, datetime | None] | None = None,
) -> list[Paper]:
    """Return documents of a scope, oldest first: all when the scope is everything.

    `published_between`: those that anybody could first read in that time, dated or not.
    """
    rows = documents.public().filter(versions__file__area="OPEN")
    if not scope.is_all:
        wanted = Q(versions__file__in=list(cited))
        for key in scope.places[:MOST_PLACES]:
            wanted |= Q(place_codes__icontains=f'"{key}"')
        rows = rows.filter(wanted)
    if published_between:
        since, until = published_between
        rows = rows.filter(published_at__gte=since)
        rows = rows.filter(published_at__lt=until) if until else rows
    else:
        rows = rows.filter(Q(dated_earliest__isnull=False) | Q(dated_latest__isnull=False))
    if period.last:
        rows = rows.filter(Q(dated_earliest__isnull=True) | Q(dated_earliest__lte=period.last))
    if period.first:
        rows = rows.filter(Q(dated_latest__isnull=True) | Q(dated_latest__gte=period.first))
    columns = ("pk", "title", "doc_type", "dated_text", "dated_earliest", "dated_latest")
    found = rows.order_by("dated_earliest", "pk", "versions__number").values_list(
        *columns, "published_at", "versions__file"
    )
    kept: dict[str, Paper] = {}
    for pk, title, kind, text, earliest, latest, at, sha256 in found[: limit * 3]:
        kept[pk] = Paper(
            id=pk,
            title=title,
            type=label("document_types", kind),
            dated=text,
            earliest=earliest,
            latest=latest,
            url=f"/documents/{sha256}",
            at=at,
        )
    return list(kept.values())[:limit]
