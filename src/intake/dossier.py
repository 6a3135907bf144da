"""One sealed dossier under way: sealed while it arrives, gone unless it is committed."""

from __future__ import annotations

from airlock import sealing
from airlock.container import DossierWriter

from . import calendar, database, store, workers
from .config import Config
from .tokens import Visit


class Dossier:
    """A sink for files and a message; `commit` makes it last, `discard` forgets it."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._slot = workers.Slot(config.root / "run", "upload", config.limits.uploads, wait=0)
        self._pending: store.Pending | None = None
        self._sealer: sealing.Sealer | None = None
        self._writer: DossierWriter | None = None

    def _opened(self) -> DossierWriter:
        if self._writer is None:
            self._pending = store.Pending(self._config.root / "store")
            self._sealer = self._config.sealer(self._pending.descriptor)
            self._writer = DossierWriter(self._sealer.write)
        return self._writer

    def begin_piece(self, name: str, declared_type: str) -> None:
        """A file of that name follows."""
        self._opened().begin_piece(name, declared_type)

    def write(self, chunk: bytes) -> None:
        """Some of its bytes, which are sealed at once."""
        self._opened().write(chunk)

    def end_piece(self) -> None:
        """The file is whole."""
        self._opened().end_piece()

    def commit(self, message: str, visit: Visit) -> None:
        """Seal, sync, keep the mailbox, show the file; in this order, so that no codename is
        without its dossier. Raises SealingError, Full, Broken, OSError."""
        writer = self._opened()
        assert self._pending is not None and self._sealer is not None  # noqa: S101, PT018
        today = calendar.today()
        bucket = writer.finish(
            message,
            {
                "kind": "dossier",
                "received": calendar.as_date(today).isoformat(),
                "mailbox": visit.mailbox,
                "reply_to": visit.reply_to,
            },
        )
        self._sealer.finish()
        self._pending.sync()
        has_room = database.record(
            self._config.root / "intake.sqlite3",
            visit.mailbox,
            mib=max(1, bucket >> 20),
            day=today,
            month=calendar.month_of(today),
            most=self._config.limits.daily_dossiers,
        )
        if not has_room:
            raise store.Full("day")
        self._pending.commit(self._config.suffix)

    def discard(self) -> None:
        """Forget what was not committed, and give the place back."""
        if self._sealer is not None:
            self._sealer.abort()
        if self._pending is not None:
            self._pending.discard()
        self._slot.free()
