"""Ask another process to draw pages and measure words, and keep what it answers.

Reading foreign bytes can crash, hang or exhaust whoever does it, so that no page is drawn in the
process that serves pages. A process costs 0.2 s to start and is kept: drawing a page asks for
50 ms. It is ended after `SECONDS` on one page, and another one starts when it died; the page is
then remembered as one that cannot be drawn.

Pictures and measures are kept in `$CONTRECHAMP_DATA/cache`: of documents, for open files only, and
of what goes with words of the forum, for as long as that is kept. The folder can be deleted at any
moment.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from queue import Empty, LifoQueue
from tempfile import NamedTemporaryFile
from threading import BoundedSemaphore, Timer
from typing import Any

from django.conf import settings

from contrechamp.foundation.store import sealed, store
from contrechamp.kernel.errors import Unavailable, gettext_noop

from .domain.layout import Word, words_of

SMALL = 220
WIDTHS = (910, SMALL, 1820)
"""Pixels: the page, its thumbnail, the page enlarged; no other, which could fill the disk."""
SECONDS = 15.0
"""The most that one page may take."""
PROCESSES = 2
_places = BoundedSemaphore(PROCESSES)
_idle: LifoQueue[_Drawer] = LifoQueue()


class CannotDraw(Unavailable):
    """The page cannot be drawn: the file is damaged or asks for too much."""


def picture(key: str, page: int, width: int, *, kind: str, keep: bool = True) -> bytes:
    """Return the page as WebP, drawn at the first call and kept when `keep`."""
    if width not in WIDTHS:
        raise KeyError(width)
    return _kept(
        _folder("pages", key) / f"{key}-{page}-{width}.webp",
        lambda: _ask({"what": "draw", "kind": kind, "page": page, "width": width}, key),
        keep=keep,
    )


def preview(key: str, path: Path, *, kind: str) -> bytes:
    """Return the first page of a file that is no document as WebP, small, and keep it."""
    return _kept(
        _folder("previews", key) / f"{key}-1.webp",
        lambda: _drawn({"what": "draw", "kind": kind, "page": 1, "width": SMALL}, path),
        keep=True,
    )


def words(key: str, page: int, text: str, *, keep: bool = True) -> list[Word]:
    """Return the words of a text of the file with their boxes; none when it cannot be measured."""
    if not text.strip():
        return []
    mark = sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
    try:
        body = _kept(
            _folder("words", key) / f"{key}-{page}-{mark}.json",
            lambda: _ask({"what": "measure", "page": page, "text": text}, key),
            keep=keep,
        )
    except CannotDraw:
        return []
    return words_of(json.loads(body))


def forget(key: str) -> None:
    """Delete every picture and measure of a file that is no longer open, or gone."""
    for part in ("pages", "words", "previews"):
        for path in _folder(part, key).glob(f"{key}-*"):
            path.unlink(missing_ok=True)


def _cache() -> Path:
    folder: Path = settings.CONTRECHAMP.data / "cache"
    return folder


def _folder(part: str, key: str) -> Path:
    return _cache() / part / key[:2] / key[2:4]


def _kept(path: Path, make: Callable[[], bytes], *, keep: bool) -> bytes:
    """Return what is kept in a file, or make it. An empty file says that it cannot be made."""
    with suppress(FileNotFoundError):
        if body := path.read_bytes():
            return body
        raise _cannot()
    try:
        body = make()
    except CannotDraw:
        if keep:
            _write(path, b"")
        raise
    if keep:
        _write(path, body)
    return body


def _write(path: Path, body: bytes) -> None:
    """Write beside and rename, so that a reader never meets half a picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix="new-", delete=False) as new:
        new.write(body)
    Path(new.name).replace(path)


def _cannot() -> CannotDraw:
    return CannotDraw(
        gettext_noop(
            "Cette page ne peut pas être dessinée : le fichier est abîmé ou demande trop. "
            "Téléchargez-le pour l'ouvrir avec un autre lecteur."
        )
    )


def _ask(ask: dict[str, Any], key: str) -> bytes:
    """Put one question to an idle process, or to a new one."""
    place = next((each for each in (store(), sealed()) if each.exists(key)), None)
    if place is None:
        raise _cannot()
    with place.open(key) as content:
        path = content.name
    return _drawn(ask, Path(path))


def _drawn(ask: dict[str, Any], path: Path) -> bytes:
    with _places:
        try:
            drawer = _idle.get_nowait()
        except Empty:
            drawer = _Drawer()
        body = drawer.ask(ask | {"path": str(path)})
        if body is None and drawer.was_idle_too_long:
            drawer = _Drawer()
            body = drawer.ask(ask | {"path": str(path)})
        if drawer.is_alive:
            _idle.put(drawer)
    if body is None:
        raise _cannot()
    return body


class _Drawer:
    """One process that draws, and the pipes to it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "contrechamp.documents.domain.drawing"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", ""), "OMP_THREAD_LIMIT": "1"},
            close_fds=True,
        )
        self.was_idle_too_long = False

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, ask: dict[str, Any]) -> bytes | None:
        """Return the answer, or None when there is none and the process may be gone."""
        if not self.is_alive:
            self.was_idle_too_long = True
            self._end()
            return None
        timer = Timer(SECONDS, self._process.kill)
        timer.start()
        try:
            return self._talk(ask)
        except (OSError, ValueError):
            self._end()
            return None
        finally:
            timer.cancel()

    def _talk(self, ask: dict[str, Any]) -> bytes | None:
        inwards, outwards = self._process.stdin, self._process.stdout
        if inwards is None or outwards is None:
            return None
        inwards.write(json.dumps(ask).encode() + b"\n")
        inwards.flush()
        head = json.loads(outwards.readline() or b"null")
        if head is None:
            self._end()
            return None
        body = outwards.read(head["bytes"])
        return None if head["why"] or len(body) < head["bytes"] else body

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()


def stop() -> None:
    """End the idle processes: in tests, and when the process that asked them ends."""
    while True:
        try:
            _idle.get_nowait()._end()
        except Empty:
            return


atexit.register(stop)
