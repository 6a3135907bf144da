"""From an address to what it is about: the scope with its filters."""

from __future__ import annotations

from contrechamp.census import published

from .forms import Ask
from .queries import Scope, Unknown, find_scope


def select(ask: Ask) -> Scope | Unknown:
    """Return the scope of an address, narrowed by place and technology."""
    scope = find_scope(ask.of or ask.place)
    if isinstance(scope, Unknown):
        return scope
    if ask.place and ask.of:
        place = find_scope(ask.place)
        if isinstance(place, Unknown):
            return place
        if place.ids is not None:
            scope = scope.among(place.ids)
    if ask.technology:
        if published.find_record(ask.technology) is None:
            return Unknown(ask.technology)
        scope = scope.among({ask.technology, *published.subjects_using(ask.technology)})
    return scope
