"""In which order exhibits stand before they are filed: moved by one, or set by their dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from contrechamp.kernel.errors import Refused
from contrechamp.kernel.uncertain import parse

from .exhibits import Exhibit, Group, Role

UP, DOWN = "monter", "descendre"
_FIRST = {Role.ATTACKED: 0, Role.REQUEST: 1, Role.OTHER: 2}


def moved(open_ones: Sequence[Exhibit], key: str, way: str) -> dict[str, int]:
    """Return the positions by key once an exhibit has changed places with its neighbour.

    `open_ones`: those not filed, in the order of their numbers. An exhibit stays under its
    heading: at the end of it nothing changes. An unknown key changes nothing either.
    """
    row = next((each for each in open_ones if each.key == key), None)
    if row is None:
        return {}
    peers = [each.key for each in open_ones if each.group is row.group]
    at = peers.index(key)
    other = at - 1 if way == UP else at + 1
    if 0 <= other < len(peers):
        peers[at], peers[other] = peers[other], peers[at]
    return {each: place for place, each in enumerate(peers)}


def by_date(open_ones: Sequence[Exhibit]) -> dict[str, int]:
    """Return the positions by key, the oldest first under each heading.

    What is attacked stays first; what has no date that can be read stays last, in its order.
    """
    found: dict[str, int] = {}
    for group in Group:
        peers = [each for each in open_ones if each.group is group]
        peers.sort(key=lambda each: (_FIRST[each.role], day_of(each.dated) or date.max))
        found |= {each.key: place for place, each in enumerate(peers)}
    return found


def day_of(dated: str) -> date | None:
    """Return the first day that the date of an exhibit may mean, None when it says none."""
    try:
        when = parse(dated.replace("\u00a0", " ").replace("1er", "1"))
    except Refused:
        return None
    return when.earliest or when.latest
