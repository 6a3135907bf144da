"""The one style of every page, inline, allowed by its hash."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files


def _read() -> str:
    lines = files("intake").joinpath("style.css").read_text("utf-8").splitlines()
    return "".join(line.strip() for line in lines)


STYLE = _read()
SOURCE = f"'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
