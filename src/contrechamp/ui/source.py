"""The code that runs this site, for whoever reads it: the licence asks for it.

The archive is made from what is installed, so that it is this very code, changes of the
instance included, and not that of a repository that may have moved.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PACKAGE = Path(__file__).parents[1]
NOT_CODE = {"__pycache__", "data", "static"}
"""Caches, fetched data, and files that are built from our sources: `static` comes from assets."""
EPOCH = (1980, 1, 1, 0, 0, 0)


@cache
def archive() -> bytes:
    """Return the archive, the same bytes each time."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as pack:
        for name, path in sorted(_sources()):
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            pack.writestr(entry, path.read_bytes())
    return target.getvalue()


def _sources() -> Iterator[tuple[str, Path]]:
    for package in (PACKAGE, PACKAGE.parent / "airlock", PACKAGE.parent / "intake"):
        for path in package.rglob("*"):
            inside = path.relative_to(package.parent)
            if path.is_file() and not NOT_CODE & set(inside.parts) and path.suffix != ".mo":
                yield str(Path("contrechamp") / "src" / inside), path
    yield from _beside()


def _beside() -> Iterator[tuple[str, Path]]:
    """Yield the licence, and what builds the pages' files when the code is in its checkout."""
    root = PACKAGE.parents[1]
    if (root / "pyproject.toml").exists():
        for pattern in ("LICENSE", "pyproject.toml", "README.md", "requirements*.txt"):
            for path in root.glob(pattern):
                yield f"contrechamp/{path.name}", path
        for path in (root / "assets").glob("*.*"):
            yield f"contrechamp/assets/{path.name}", path
        for path in (root / "assets" / "src").rglob("*.*"):
            yield f"contrechamp/{path.relative_to(root)}", path
        return
    try:
        installed = files("contrechamp") or []
    except PackageNotFoundError:
        return
    for each in installed:
        if each.name == "LICENSE":
            yield "contrechamp/LICENSE", Path(str(each.locate()))
