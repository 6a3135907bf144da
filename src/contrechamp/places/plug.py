"""What places offer to rooms below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contrechamp.accounts.domain.groups import Territories

from . import queries


def _find(text: str) -> Sequence[tuple[str, str]]:
    return [(found.key, found.name) for found in queries.search_territories(text, 5)]


def _show(keys: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    found = queries.territories(keys)
    return {key: (one.name, one.get_absolute_url()) for key, one in found.items()}


PLUG = (Territories(find=_find, show=_show),)
