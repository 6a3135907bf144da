"""Copies of outside pages: reads. What they say is for members; visitors learn day and hash."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet

from contrechamp.archive.models import Copy
from contrechamp.census import queries as census

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from contrechamp.accounts.models import User

    Reader = User | AnonymousUser


def find_kept(evidence: str) -> Copy | None:
    """Return what was kept of a source, None while there is nothing to say of it."""
    return Copy.objects.filter(pk=evidence).exclude(copied_at=None, dead_since=None).first()


def due(now: datetime) -> QuerySet[Copy]:
    """Return what is to be looked at: what was never copied first."""
    rows = Copy.objects.filter(next_at__lte=now)
    return rows.order_by(F("checked_at").asc(nulls_first=True), "next_at", "pk")


def visible_to(user: Reader, *, dead_only: bool = False) -> QuerySet[Copy]:
    """Return the copies of sources of claims that a member may read."""
    claims = census.claims_visible_to(user).values("pk")
    rows = Copy.objects.filter(claim__in=claims)
    rows = rows.exclude(dead_since=None) if dead_only else rows
    return rows.order_by(F("dead_since").desc(nulls_last=True), F("copied_at").desc(), "pk")


def find_visible(evidence: str, user: Reader) -> Copy | None:
    """Return the copy of a source if the member may read its claim, or None."""
    return visible_to(user).filter(pk=evidence).first()
