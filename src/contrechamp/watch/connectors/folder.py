"""A folder of this machine into which somebody puts files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from time import time
from urllib.parse import unquote, urlsplit

from contrechamp.kernel.errors import gettext_noop
from contrechamp.watch.domain.listed import Listed, dated
from contrechamp.watch.domain.sites import Site

from .answer import Answer, Gone, Unreached
from .http import Web

SETTLED_S = 2
"""A file that was written to a moment ago may not be whole."""


class Folder:
    """All files below a folder; their time of change stands for an ETag."""

    def __init__(self, address: str, site: Site, web: Web) -> None:
        self._root = Path(address)

    def list(self) -> Iterator[list[Listed]]:
        if not self._root.is_dir():
            raise Unreached(gettext_noop("Dossier absent : {url}"), url=str(self._root))
        for folder in [
            self._root,
            *sorted(each for each in self._root.rglob("*") if each.is_dir()),
        ]:
            yield [
                dated(path.absolute().as_uri(), path.name)
                for path in sorted(folder.iterdir())
                if path.is_file() and not path.name.startswith(".") and _is_settled(path)
            ]

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Answer:
        path = Path(unquote(urlsplit(url).path))
        try:
            state = path.stat()
            mark = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
            if etag == mark:
                return Answer(status=304, url=url, headers={"etag": mark})
            content = path.open("rb")
        except FileNotFoundError:
            raise Gone(404, url) from None
        except OSError as error:
            raise Unreached(
                gettext_noop("Pas de réponse : {url} ({why})"), url=url, why=error.strerror or ""
            ) from None
        changed = datetime.fromtimestamp(state.st_mtime, UTC)
        headers = {"etag": mark, "last-modified": format_datetime(changed, usegmt=True)}
        return Answer(status=200, url=url, headers=headers, content=content, name=path.name)

    def robots(self) -> str:
        return ""

    def close(self) -> None:
        """Nothing is held."""


def _is_settled(path: Path) -> bool:
    return time() - path.stat().st_mtime > SETTLED_S
