"""The outlines that maps are drawn from, read from the files beside the gazetteer."""

from __future__ import annotations

import json
import re
from collections.abc import Container
from importlib.resources import files

from contrechamp.places.domain.map import Point, unpack

Areas = dict[str, list[list[Point]]]
"""By code: the rings of an area, as longitude and latitude."""


def departement_outlines() -> Areas:
    """Return the outlines of the départements, for a map of the country or of a region."""
    return _read("departements")


def commune_outlines(departement: str, only: Container[str] | None = None) -> Areas:
    """Return the outlines of the communes of a département, of all or of these.

    None where none are known.
    """
    if not re.fullmatch(r"[0-9][0-9AB][0-9]?", departement):
        return {}
    return _read(f"communes-{departement}", only)


def _read(name: str, only: Container[str] | None = None) -> Areas:
    file = files("contrechamp.places").joinpath(f"data/outlines/{name}.json")
    if not file.is_file():
        return {}
    content = json.loads(file.read_text("utf-8"))
    step = int(content["step"])
    return {
        code: [unpack(ring, step) for ring in rings]
        for code, rings in content["areas"].items()
        if only is None or code in only
    }
