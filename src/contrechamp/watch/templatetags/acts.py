"""Words of lists of acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def get(values: Mapping[str, Any] | str, key: str) -> Any:
    """Return what a table has for a key, nothing where there is no table."""
    return values.get(key) if isinstance(values, Mapping) else None
