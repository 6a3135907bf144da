"""What rooms above may put on the page of a body (`foundation.plug`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPanel:
    """A part of the page of a body that a room above draws: public things only."""

    draw: Callable[[str], str]
    """Of a body's key (`bod-…`), the part as safe HTML; empty where there is none."""
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyAction:
    """Something that one can do with a body: "ask it for documents"."""

    label: str
    address: Callable[[str], str]
    """Of a body's key, where it is done; empty where it cannot be."""
    is_main: bool = False
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLinked:
    """Which bodies something above is about: those are found by the site's search."""

    keys: Callable[[], frozenset[str]]
    """Keys of bodies with something public about them."""
