"""How a territory holds a record: what the tables of places say beside each row."""

from __future__ import annotations

from enum import IntEnum


class Reach(IntEnum):
    """Why a record is in a territory. What is nearer comes first."""

    OWN = 0
    """It is there: located there, or led from there."""
    HELD = 1
    """It is in a territory that this one holds: counted on its map."""
    SEAT = 2
    """It is of an EPCI whose seat is there: on the page of the département, and in no count of
    it, because an EPCI may lie in several."""
