"""Reads of the map. Of the census only `published`, so only what is public."""

from __future__ import annotations

from .basemap import Basemap, basemap, check_basemap
from .counts import Choice, Choices, Counts, choices, counts
from .maps import country_map, departement_map, epci_map, region_map
from .survey import clients_of, projects_of, stamp, survey

__all__ = [
    "Basemap",
    "Choice",
    "Choices",
    "Counts",
    "basemap",
    "check_basemap",
    "choices",
    "clients_of",
    "country_map",
    "counts",
    "departement_map",
    "epci_map",
    "projects_of",
    "region_map",
    "stamp",
    "survey",
]
