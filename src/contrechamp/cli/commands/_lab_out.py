"""Write the files of one run: result, certificate, and of each figure a picture and a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from contrechamp.lab import plots
from contrechamp.lab.model import Result

from ._lab_folders import spoken

NAMED = 12
"""How much of the certificate's hash stands under a picture."""


def write(result: Result, folder: Path) -> list[Path]:
    """Write all files, the same ones when run again, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    tongue, sha256 = spoken(), result.certificate["sha256"]
    written = {
        "result.json": _json(result.to_json()),
        "certificate.json": _json(result.certificate),
    }
    foot = f"contrechamp lab run {result.experiment} · {sha256[:NAMED]}"
    for figure in result.figures:
        picture = plots.draw(figure, language=tongue, is_file=True, foot=foot)
        written[f"{figure.id}.svg"] = picture + "\n"
        written[f"{figure.id}.csv"] = plots.as_csv(figure, language=tongue)
    for name, text in written.items():
        (folder / name).write_bytes(text.encode())
    return [folder / name for name in written]


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
