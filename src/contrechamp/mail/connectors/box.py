"""What every mailbox can do, whether it speaks IMAP or POP or is a folder of this machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from contrechamp.kernel.errors import Unavailable

TIMEOUT_S = 60.0
JUNK = ("junk", "spam", "bulk mail", "indésirable", "courrier ind", "pourriel")
OWN = ("sent", "drafts", "draft", "outbox", "envoyés", "éléments envoyés", "brouillons")
"""Folders of what one writes oneself."""


class Unreached(Unavailable):
    """The mailbox does not answer as it should: nothing is known of what it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A folder of the mailbox; `name` as the server writes it, `label` as one reads it."""

    name: str
    label: str
    is_junk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where one message is. A validity that changes makes the numbers mean nothing."""

    folder: str
    validity: str
    uid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """How far a folder had been read."""

    validity: str
    last_uid: int
    read_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The bytes of a message as the server gave them, and when it got them (aware)."""

    raw: bytes
    received_at: datetime | None


class Box(Protocol):
    """The verbs of every mailbox. None deletes, and none but `mark` changes anything."""

    def shelves(self) -> Sequence[Shelf]:
        """Return the folders that mail arrives in, junk too; raise `Unreached`."""

    def spots(self, shelf: Shelf, known: Known | None) -> Sequence[Spot]:
        """Return where messages are that may be new, old ones first; raise `Unreached`."""

    def fetch(self, spot: Spot) -> Held | None:
        """Return a message, None when it is not there any more; raise `Unreached`."""

    def mark(self, spot: Spot) -> None:
        """Tell the server that we have it, where it can be told; raise `Unreached`."""

    def close(self) -> None:
        """Leave; what goes wrong with that changes nothing."""


def is_junk(label: str) -> bool:
    """Answer whether a folder's name says junk."""
    name = label.lower()
    return any(each in name for each in JUNK)


def is_own(label: str) -> bool:
    """Answer whether a folder's name says that one's own letters are in it."""
    return label.replace("/", ".").rpartition(".")[2].lower() in OWN
