"""What an experiment does not prove: texts with an id, shown with each result."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from .model import Text


def get(id: str) -> Text:
    """Return the text of one caveat."""
    return every()[id]


@cache
def every() -> Mapping[str, Text]:
    """Return all caveats by their ids."""
    content = tomllib.loads(files("contrechamp.lab").joinpath("caveats.toml").read_text("utf-8"))
    return {name: Text(held["fr"], held["en"]) for name, held in content.items()}
