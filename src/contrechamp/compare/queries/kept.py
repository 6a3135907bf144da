"""Under which name and edition something dear is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import connection
from django.utils.translation import get_language

from contrechamp.census import published
from contrechamp.foundation.kept import Kept

Made = TypeVar("Made")
_KEPT: Kept[object] = Kept(most=256)


def keep(name: str, make: Callable[[], Made]) -> Made:
    """Return what was made for this edition and language, or make it."""
    key = f"{connection.settings_dict['NAME']} {get_language()} {name}"
    return _KEPT.get(key, published.edition(), make)  # type: ignore[return-value]
