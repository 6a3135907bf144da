"""Reads of the map. Of the census only `published`, so only what is public."""

from __future__ import annotations

from .basemap import Basemap, basemap, check_basemap
from .counts import (
    Counted,
    numbers_by_departement,
    numbers_of,
)
from .maps import country_map, departement_map, epci_map, region_map
from .survey import clients_of, projects_of, survey

__all__ = [
    "Basemap",
    "Counted",
    "basemap",
    "check_basemap",
    "clients_of",
    "country_map",
    "departement_map",
    "epci_map",
    "numbers_by_departement",
    "numbers_of",
    "projects_of",
    "region_map",
    "survey",
]
