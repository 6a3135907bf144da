"""The readers' tool as one file, for a machine with plain Python: `make desk`.

`python -m airlock.carrying OUT.pyz` packs this package and the word list, the same bytes each
time. Beside the file, the machine needs Debian's `age`, or a pyrage wheel in the same folder.
"""

from __future__ import annotations

import atexit
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from .words import FILE, french

SHEBANG = b"#!/usr/bin/env -S python3 -I\n"
DATE = (1980, 1, 1, 0, 0, 0)
START = """\
import sys
from pathlib import Path

from airlock.carrying import lend_wheel
from airlock.cli import main

lend_wheel(Path(sys.path[0]).parent)
sys.exit(main())
"""


def pack(out: Path) -> None:
    """Write the tool to `out`, whose folder exists. The same sources give the same bytes."""
    package = Path(__file__).parent
    files = {f"airlock/{path.relative_to(package)}": path for path in package.rglob("*.py")}
    content = {name: path.read_bytes() for name, path in files.items()}
    content["__main__.py"] = START.encode()
    content[f"airlock/{FILE}"] = ("\n".join(french()) + "\n").encode()
    with out.open("wb") as file:
        file.write(SHEBANG)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(content):
                archive.writestr(zipfile.ZipInfo(name, DATE), content[name], zipfile.ZIP_DEFLATED)
    out.chmod(0o755)


def lend_wheel(folder: Path) -> None:
    """Make the pyrage wheel that lies in `folder` importable until the tool ends.

    A library in machine code cannot be loaded from an archive: it is unpacked, then removed.
    """
    for wheel in sorted(folder.glob("pyrage-*.whl"))[-1:]:
        place = tempfile.mkdtemp(prefix="airlock-")
        atexit.register(shutil.rmtree, place, ignore_errors=True)
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(place)
        sys.path.append(place)


if __name__ == "__main__":
    pack(Path(sys.argv[1]))
