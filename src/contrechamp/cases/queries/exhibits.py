"""The exhibits of an action, for its team alone."""

from __future__ import annotations

from django.db.models import QuerySet

from contrechamp.cases.domain import exhibits as rules
from contrechamp.cases.domain.exhibits import Group, Role
from contrechamp.cases.domain.picking import pages_said
from contrechamp.cases.models import Action, Exhibit


def rows_of(action: Action) -> QuerySet[Exhibit]:
    """Return the exhibits of an action that were not taken out."""
    return action.exhibits.filter(removed_at=None)


def removed_of(action: Action) -> QuerySet[Exhibit]:
    """Return those that were taken out, the latest first: each can be put back."""
    return action.exhibits.exclude(removed_at=None).order_by("-removed_at", "pk")


def numbered_of(action: Action) -> tuple[rules.Exhibit, ...]:
    """Return them with their numbers, in order: those that were filed keep theirs."""
    rows = list(rows_of(action))
    filed = {row.pk: row.number for row in rows if row.number}
    return rules.numbered((as_rules(row) for row in rows), filed=filed)


def as_rules(row: Exhibit) -> rules.Exhibit:
    """Return a row as the rules see it; its source names the pages that matter."""
    return rules.Exhibit(
        key=row.pk,
        label=row.label,
        group=Group(row.group),
        position=row.position,
        role=Role(row.role),
        dated=row.dated,
        author=row.author,
        source=", ".join(each for each in (row.source, pages_said(row.shows)) if each),
        sha256=row.sha256,
        version=row.version,
        pages=row.pages,
    )
