"""Local groups: what their addresses are, and how a territory is named from above."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from contrechamp.kernel.errors import Refused, gettext_noop

TAKEN = {"nouveau"}
"""Words that addresses of the site begin with."""


class NotYours(Refused):
    """Only who looks after a group may do that."""

    status = 403


@dataclass(frozen=True, slots=True, kw_only=True)
class Territories:
    """How a room above names territories: keys are `commune:42218`."""

    find: Callable[[str], Sequence[tuple[str, str]]]
    """Of a typed name the keys and names that it may mean, the likeliest first."""
    show: Callable[[Sequence[str]], Mapping[str, tuple[str, str]]]
    """Of keys the name and the address of each."""


def slug_of(name: str) -> str:
    """Return what a group's address is made of."""
    plain = unicodedata.normalize("NFKD", name).casefold().replace("œ", "oe").replace("æ", "ae")
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60].strip("-")
    if not slug or slug in TAKEN:
        raise Refused(gettext_noop("Ce nom ne fait pas d'adresse : ajoutez-y un mot."))
    return slug
