"""What several rankings say or need."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from contrechamp.places import queries as places
from contrechamp.ui.templatetags.look import number

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

COMMUNE, DEPARTEMENT = "commune:", "departement:"


def all_communes() -> int:
    return places.communes_of("country:FR").count()


def communes_by_key(keys: Iterable[str]) -> dict[str, Territory]:
    """Return communes by key; an arrondissement counts for its commune."""
    known = places.territories(key for key in keys if key.startswith((COMMUNE, "arrondissement:")))
    parents = places.territories(one.parent for one in known.values() if one.parent)
    return {key: parents.get(one.parent, one) for key, one in known.items()}


def coverage(known: int, every: int) -> str:
    return gettext("{known} communes connues sur {every}").format(
        known=number(known), every=number(every)
    )


def gap() -> str:
    return gettext(
        "Notre recensement a des trous : une commune absente n'est pas une commune sans rien, "
        "c'est une commune dont personne n'a encore lu les actes."
    )
