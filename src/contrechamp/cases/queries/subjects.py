"""Public actions by what they are about: a project, a party, a territory."""

from __future__ import annotations

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from contrechamp.cases.models import Action, Party
from contrechamp.census import published as census
from contrechamp.kernel.numbers import is_siren

from .access import public


def about(key: str) -> QuerySet[Action]:
    """Return the public actions about a territory (`commune:06088`) or a public record."""
    if ":" in key:
        return _of_territory(key)
    record = census.find_records([key]).get(key)
    if record is None:
        return public().none()
    if record.kind != "actor":
        return _holding("projects", f'"{key}"')
    asked = Q(record=key)
    for each in record.identifiers:
        number = each.value.replace(" ", "").upper()
        if is_siren(number[:9]):
            asked |= Q(number__startswith=number[:9])
        elif number:
            asked |= Q(number=number)
    sides = Party.objects.filter(asked, removed_at=None)
    return public().filter(pk__in=sides.values("action"))


def _of_territory(key: str) -> QuerySet[Action]:
    """Return the actions about a territory; of a département also those about its communes."""
    kind, _, code = key.partition(":")
    if kind != "departement":
        return _holding("territories", f'"{key}"')
    # The code of a commune begins with that of its département (code officiel géographique).
    return _holding("territories", f'"{key}"', f'"commune:{code}')


def _holding(field: str, *texts: str) -> QuerySet[Action]:
    """Return the public actions whose list of that name has one of these in it, as stored."""
    asked = Q()
    for text in texts:
        asked |= Q(listed__contains=text)
    return public().annotate(listed=Cast(field, TextField())).filter(asked)
