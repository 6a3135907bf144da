"""A mailbox that is a Maildir of this machine (Maildir++ for its folders)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from contrechamp.kernel.errors import gettext_noop

from .box import Held, Known, Shelf, Spot, Unreached, is_junk, is_own


class MaildirBox:
    """One folder with `new`, `cur` and perhaps `.Junk`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def shelves(self) -> Sequence[Shelf]:
        with self._told():
            if not (self._root / "new").is_dir():
                raise FileNotFoundError(self._root / "new")
            names = sorted(each.name for each in self._root.iterdir() if _is_folder(each))
        shelves = [Shelf(name="", label="INBOX")]
        for name in names:
            if not is_own(label := name.removeprefix(".")):
                shelves.append(Shelf(name=name, label=label, is_junk=is_junk(label)))
        return shelves

    def spots(self, shelf: Shelf, known: Known | None) -> Sequence[Spot]:
        with self._told():
            paths = [
                path
                for part in ("cur", "new")
                if (self._root / shelf.name / part).is_dir()
                for path in (self._root / shelf.name / part).iterdir()
                if not path.name.startswith(".")
            ]
        uids = sorted(dict.fromkeys(path.name.partition(":")[0] for path in paths))
        return [Spot(folder=shelf.name, validity="", uid=uid) for uid in uids]

    def fetch(self, spot: Spot) -> Held | None:
        with self._told():
            if not (path := self._path(spot)):
                return None
            moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            return Held(raw=path.read_bytes(), received_at=moment)

    def mark(self, spot: Spot) -> None:
        with self._told():
            if not (path := self._path(spot)):
                return
            flags = path.name.partition(":2,")[2]
            if path.parent.name == "new" or "S" not in flags:
                flags = "".join(sorted({*flags, "S"}))
                path.rename(self._root / spot.folder / "cur" / f"{spot.uid}:2,{flags}")

    def close(self) -> None:
        """Nothing is open."""

    def _path(self, spot: Spot) -> Path | None:
        folder = self._root / spot.folder
        if (new := folder / "new" / spot.uid).is_file():
            return new
        found = (
            each for each in (folder / "cur").iterdir() if each.name.partition(":")[0] == spot.uid
        )
        return next(found, None)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise Unreached(
                gettext_noop("Le dossier de courrier {path} ne se lit pas : {why}"),
                path=self._root,
                why=error.strerror or type(error).__name__,
            ) from None


def _is_folder(path: Path) -> bool:
    return path.name.startswith(".") and (path / "new").is_dir()
