"""What somebody may mean who typed something into the box "Votre commune ?"."""

from __future__ import annotations

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from rapidfuzz.distance import OSA

from contrechamp.places.domain import Typed, read_typed
from contrechamp.places.models import PostalCode, Territory

from .territories import find_by_code, territories

Kind = Territory.Kind
TYPO_ALLOWED = {4: 1, 8: 2}
"""From so many letters on, so many may differ when nothing else was found."""


def search_territories(text: str, limit: int = 20, *, near: bool = True) -> list[Territory]:
    """Return what somebody may mean who typed this, the likeliest first.

    A postal code, an INSEE code, a name or its beginning, with or without accents and hyphens,
    the département after it or not; if nothing has that name, the names one or two letters away
    (not while somebody types: `near` says so).
    """
    typed = read_typed(text)
    found: list[Territory] = []
    if typed.code:
        found = _by_code(typed)
    if not found and typed.folded:
        found = _by_name(typed, limit, near=near)
    if not found and typed.departement:  # "Bourg 01" where the number was part of the name.
        found = _by_name(read_typed(text.replace(typed.departement, "")), limit, near=near)
    return found[:limit]


def _by_code(typed: Typed) -> list[Territory]:
    posted = PostalCode.objects.filter(code=typed.code).values("territory")
    by_post = Territory.objects.filter(key__in=posted)
    by_insee = Territory.objects.filter(
        Q(code=typed.code, kind__in=(Kind.COMMUNE, Kind.ARRONDISSEMENT))
    )
    found = list((by_post | by_insee).order_by(F("population").desc(nulls_last=True), "key"))
    if not found and (successor := find_by_code(Kind.COMMUNE, typed.code)):
        found = [successor]
    if typed.folded:
        named = [one for one in found if one.folded.startswith(typed.folded)]
        found = named or found
    return found


def _by_name(typed: Typed, limit: int, *, near: bool) -> list[Territory]:
    rank = Case(
        When(folded=typed.folded, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = Territory.objects.exclude(kind=Kind.COUNTRY)
    if typed.departement:
        rows = rows.filter(departement=typed.departement)
    # A range uses the index on the folded name; LIKE on SQLite would read the whole table.
    starting = rows.filter(folded__gte=typed.folded, folded__lt=typed.folded + "\U0010ffff")
    order = (F("successor").asc(), F("population").desc(nulls_last=True), "key")
    found: list[Territory] = list(starting.annotate(rank=rank).order_by("rank", *order)[:limit])
    if found or not near or len(typed.folded) < min(TYPO_ALLOWED):
        return found
    return _by_near_name(typed.folded, rows, limit)


def _by_near_name(folded: str, rows: QuerySet[Territory], limit: int) -> list[Territory]:
    """Find names a letter or two away that begin with the same letter."""
    most = max(allowed for length, allowed in TYPO_ALLOWED.items() if len(folded) >= length)
    names = rows.filter(successor="", folded__gte=folded[0], folded__lt=folded[0] + "\U0010ffff")
    near = []
    for key, name, population in names.values_list("key", "folded", "population"):
        if abs(len(name) - len(folded)) <= most:
            distance = OSA.distance(folded, name, score_cutoff=most)
            if distance <= most:
                near.append((distance, -(population or 0), key))
    best = [key for _, _, key in sorted(near)[:limit]]
    by_key = territories(best)
    return [by_key[key] for key in best]
