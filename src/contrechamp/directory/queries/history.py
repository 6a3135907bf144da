"""Corrections, merges and imports: what was done to the directory."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from contrechamp.directory.models import Address, Body, Change, ImportRun, Proposal
from contrechamp.places import queries as places


def open_proposals() -> QuerySet[Proposal]:
    """Return the corrections that wait for an editor, oldest first."""
    rows = Proposal.objects.filter(state=Proposal.State.OPEN).select_related("body", "address")
    return rows.select_related("proposed_by").order_by("proposed_at", "pk")


def decided_proposals(body_pk: str) -> QuerySet[Proposal]:
    """Return the decided corrections of a body, newest first: public, without who proposed."""
    rows = Proposal.objects.filter(body=body_pk).exclude(state=Proposal.State.OPEN)
    return rows.order_by("-decided_at", "-pk")


def proposal(pk: str) -> Proposal | None:
    """Return one correction, or None."""
    return Proposal.objects.select_related("body").filter(pk=pk).first()


def changes_of(body_pk: str) -> QuerySet[Change]:
    """Return what was done to a body, newest first: public, without who did it."""
    return Change.objects.filter(body=body_pk).order_by("-at", "-pk")


def quarantined() -> QuerySet[Address]:
    """Return the addresses that are set aside and wait for a look, newest first."""
    rows = Address.objects.exclude(quarantined_at=None).filter(superseded_at=None)
    return rows.select_related("body").order_by("-quarantined_at", "-pk")


def imports() -> QuerySet[ImportRun]:
    """Return the imports, newest first."""
    return ImportRun.objects.order_by("-started_at", "-pk")


def merge_suggestions(limit: int = 100) -> list[tuple[Body, Body]]:
    """Return pairs of communes' bodies of which the first became part of the second.

    By the gazetteer's official codes; an editor decides.
    """
    rows = Body.objects.filter(kind="commune", merged_into=None, is_closed=False)
    every = places.everything().filter(key=OuterRef("territory"))
    old = rows.exclude(territory="").filter(~Exists(every)).order_by("folded", "pk")[:limit]
    towns = places.territories(body.territory for body in old)
    heads = {town.successor for town in towns.values() if town.successor}
    into = {body.identity: body for body in rows.filter(identity__in=heads)}
    pairs = []
    for body in old:
        town = towns.get(body.territory)
        if town and (head := into.get(town.successor)) and head.pk != body.pk:
            pairs.append((body, head))
    return pairs
