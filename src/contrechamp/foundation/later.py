"""Functions that are looked up when they are called, so that a start reads no more than it needs.

What a room does by itself uses half of its code, and other rooms': a command that only prints its
settings would wait for all of that. `apps.ready` names such functions, and reads none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.utils.module_loading import import_string

_named: list[str] = []


@cache
def later(path: str) -> Callable[..., Any]:
    """Return what calls the function of that dotted path, the same for the same path.

    It is kept, since Django's signals hold their receivers weakly. The call raises ImportError
    when nothing has the name; a test looks all of them up.
    """
    _named.append(path)

    def call(*given: Any, **named: Any) -> Any:
        return import_string(path)(*given, **named)

    call.__name__ = path
    return call


def read_named() -> list[Callable[..., Any]]:
    """Return all functions that were named: a server reads them before the first visitor comes."""
    return [import_string(path) for path in _named]
