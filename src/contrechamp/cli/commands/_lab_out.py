"""Write the files of one run: result, certificate, and of each figure a picture and a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from contrechamp.lab.model import Result


def write(result: Result, folder: Path) -> list[Path]:
    """Write all files, the same ones when run again, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {
        "result.json": _json(result.to_json()),
        "certificate.json": _json(result.certificate),
    }
    paths = []
    for name, text in written.items():
        path = folder / name
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
