"""Reads of the gazetteer: public reference data, which everybody may see. By subject."""

from __future__ import annotations

from .names import resolve_town, resolve_towns, split_towns
from .outlines import Areas, commune_outlines, departement_outlines
from .territories import (
    Similar,
    ancestors,
    became_part_of,
    communes_of,
    departements,
    departements_of,
    epcis_of,
    everything,
    find_by_code,
    find_by_slug,
    find_territory,
    holders,
    inside,
    regions,
    similar_towns,
    siren_owner,
    territories,
)
from .typed import search_territories

__all__ = [
    "Areas",
    "Similar",
    "ancestors",
    "became_part_of",
    "commune_outlines",
    "communes_of",
    "departement_outlines",
    "departements",
    "departements_of",
    "epcis_of",
    "everything",
    "find_by_code",
    "find_by_slug",
    "find_territory",
    "holders",
    "inside",
    "regions",
    "resolve_town",
    "resolve_towns",
    "search_territories",
    "similar_towns",
    "siren_owner",
    "split_towns",
    "territories",
]
