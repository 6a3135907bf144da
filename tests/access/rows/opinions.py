"""The room `opinions` seen by each person: all of it is for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.access.rows import EVERYBODY, GONE, Row, World
from tests.opinions import invented

NOBODY = (GONE,) * 5


def known(world: World) -> Sequence[object]:
    """An opinion of a file."""
    with TemporaryDirectory() as folder:
        invented.bring(Path(folder), invented.row())
    return [invented.NUMBER]


def listed(world: World) -> Sequence[object]:
    """An opinion on a page that needs no argument."""
    known(world)
    return ()


def unknown(world: World) -> Sequence[object]:
    return ["20990099"]


ROWS = [
    *(Row(f"opinions:list{kind}", EVERYBODY, listed) for kind in ("", "-csv", "-json")),
    *(Row(f"opinions:list{kind}", EVERYBODY, listed) for kind in ("-atom", "-jsonfeed")),
    Row("opinions:list", EVERYBODY, listed, about="narrowed", query="?q=impact&issue=reserves"),
    Row("opinions:list", EVERYBODY, about="before any file"),
    *(Row(f"opinions:opinion{kind}", EVERYBODY, known) for kind in ("", "-json", "-csv")),
    *(
        Row(f"opinions:opinion{kind}", NOBODY, unknown, about="never was", never=["20990098"])
        for kind in ("", "-json", "-csv")
    ),
]
