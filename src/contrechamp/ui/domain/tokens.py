"""The tokens of a style sheet, and which of them must be told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from .palette import KINDS

Theme: TypeAlias = Mapping[str, str]

GROUNDS = ("paper", "raised", "sunk")
STATES = ("alleged", "documented", "verified", "contradicted")
SCALES = {"step": 6, "diverge": 7}

_LIGHT = re.compile(r":root\s*\{([^}]*)\}")
_DARK = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{\s*:root\s*\{([^}]*)\}")
_TOKEN = re.compile(r"--([\w-]+):([^;}]+)")
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)


def read(sheet: str) -> dict[str, Theme]:
    """Return the tokens of both themes; what dark does not name is as in light."""
    text = _REMARK.sub("", sheet)
    light, dark = _LIGHT.search(text), _DARK.search(text)
    if not light or not dark:
        return {}
    values = _declared(light.group(1))
    return {"light": values, "dark": {**values, **_declared(dark.group(1))}}


def _declared(block: str) -> dict[str, str]:
    return {name: value.strip() for name, value in _TOKEN.findall(block)}


def words() -> list[tuple[str, str]]:
    """Return every pair of text and ground that a page may show."""
    plain = ("ink", "soft", "link", "link-strong", *STATES)
    pairs = [(text, ground) for text in plain for ground in GROUNDS]
    for state in STATES:
        pairs += [(text, f"{state}-bg") for text in (state, "ink", "link", "soft")]
    pairs += [("on-action", "action"), ("on-action", "link-strong"), ("on-mark", "mark")]
    pairs += [("ink", "no-data"), ("ink", "skeleton")]
    for scale, steps in SCALES.items():
        pairs += [(f"on-{scale}-{number}", f"{scale}-{number}") for number in range(1, steps + 1)]
    return pairs


def marks() -> list[tuple[str, str]]:
    """Return every pair of a line or mark, and the ground that it must stand out from."""
    drawn = ("edge", "spark", "focus", "action", *(f"data-{number}" for number in KINDS))
    return [(mark, ground) for mark in drawn for ground in GROUNDS]
