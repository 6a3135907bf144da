"""Where finished pages lie: in the memory of a process, and in a folder that processes share.

Both are a comfort. What cannot be read or written there is made anew, and nobody is told.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

MOST_BYTES = 12_000_000
MOST_IN_FOLDER = 400_000_000
COUNTED_EVERY = 256
"""After so many pages a process counts what is in the folder."""
PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True)
class Kept:
    """One page as it is sent."""

    body: bytes
    """As it is, when it is too small to be packed; else empty, and unpacked for who asks so."""
    packed: bytes
    headers: tuple[tuple[str, str], ...]
    tag: str
    until: float
    policy: dict[str, Any] | None = None
    """What the view says of the policy of its page, by the name that django-csp reads it under."""

    def __len__(self) -> int:
        return len(self.body) + len(self.packed)


class Shelf:
    """The pages that were asked for last, up to a number of bytes. Safe among threads."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._bytes = most, 0
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str, *, now: float) -> Kept | None:
        """Return a page that is still good."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.until < now:
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: str, page: Kept) -> None:
        """Keep a page; those that nobody asked for longest make room."""
        with self._lock:
            if old := self._pages.pop(key, None):
                self._bytes -= len(old)
            self._pages[key] = page
            self._bytes += len(page)
            while self._bytes > self._most:
                self._bytes -= len(self._pages.popitem(last=False)[1])


class Folder:
    """The pages of one state of the public site, one file each, for all processes of a server.

    A file appears at once or not at all. With another state (`word`: hex digits) the pages of the
    one before are removed. Nothing is used where the folder is not there: `serve` makes it, empty.
    """

    def __init__(self, root: Path, *, most: int = MOST_IN_FOLDER) -> None:
        self._root, self._most = root, most
        self._word, self._put = "", 0
        self._lock = Lock()

    @classmethod
    def of(cls, data: Path) -> Folder:
        """Return that of an instance."""
        return cls(data / "pages")

    def open_empty(self) -> None:
        """Make the folder, without what another version of the site left there."""
        self.close()
        self._root.mkdir(parents=True, mode=0o700, exist_ok=True)

    def close(self) -> None:
        """Remove the folder and all that is in it."""
        shutil.rmtree(self._root, ignore_errors=True)
        self._word = ""

    def get(self, word: str, key: str, *, now: float) -> Kept | None:
        """Return a page that is still good."""
        try:
            head, _, bodies = (self._root / word / key[:2] / key).read_bytes().partition(b"\n")
            page = _unwritten(json.loads(head), bodies)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return page if page.until >= now else None

    def put(self, word: str, key: str, page: Kept) -> None:
        """Keep a page; the oldest make room."""
        if not self._root.is_dir():
            return
        self._turn_to(word)
        place = self._root / word / key[:2]
        beside = place / f"{secrets.token_hex(8)}.new"
        # A policy that JSON cannot say, a full disk, a state that went meanwhile.
        with suppress(OSError, TypeError):
            written = _written(page)
            place.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(written)
            beside.replace(place / key)
        with self._lock:
            self._put += 1
            full = self._put % COUNTED_EVERY == 0
        if full:
            self.make_room(word)

    def make_room(self, word: str) -> None:
        """Remove the oldest pages until a tenth of the room is free again."""
        found = sorted(_files(self._root / word))
        left = sum(size for _, size, _ in found)
        if left <= self._most:
            return
        for _, size, path in found:
            if left <= self._most * 9 // 10:
                break
            with suppress(OSError):
                path.unlink()
            left -= size

    def _turn_to(self, word: str) -> None:
        """Remove the pages of other states, once for each new one."""
        with self._lock:
            if word == self._word:
                return
            self._word = word
        with suppress(OSError):
            for other in list(self._root.iterdir()):
                if other.name != word:
                    shutil.rmtree(other, ignore_errors=True)


def _files(folder: Path) -> Iterator[tuple[int, int, Path]]:
    """Yield moment, size and path of each file, where other processes may remove some."""
    for path, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                one = Path(path, name)
                known = one.stat()
                yield known.st_mtime_ns, known.st_size, one


def _written(page: Kept) -> bytes:
    head = {
        "plain": len(page.body),
        "packed": len(page.packed),
        "headers": page.headers,
        "tag": page.tag,
        "until": page.until,
        "policy": page.policy,
    }
    return json.dumps(head).encode() + b"\n" + page.body + page.packed


def _unwritten(head: dict[str, Any], bodies: bytes) -> Kept:
    plain = head["plain"]
    if len(bodies) != plain + head["packed"]:
        raise ValueError(head)
    headers = tuple((str(name), str(text)) for name, text in head["headers"])
    return Kept(bodies[:plain], bodies[plain:], headers, head["tag"], head["until"], head["policy"])


class Turns:
    """Lets one make a page while the others who ask for the same one wait for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._making: dict[str, tuple[Lock, int]] = {}

    @contextmanager
    def alone(self, key: str, *, patience: float = PATIENCE_S) -> Iterator[None]:
        """Wait for one's turn; who waited too long goes on all the same."""
        with self._lock:
            turn, count = self._making.get(key, (Lock(), 0))
            self._making[key] = (turn, count + 1)
        mine = turn.acquire(timeout=patience)
        try:
            yield
        finally:
            if mine:
                turn.release()
            with self._lock:
                turn, count = self._making.pop(key)
                if count > 1:
                    self._making[key] = (turn, count - 1)

    def __len__(self) -> int:
        return len(self._making)
