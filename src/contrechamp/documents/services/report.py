"""What became of each file of an arrival. The keys are a contract: scripts read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

NAME, VERSION = "contrechamp.documents.add", 1


def _not_checked() -> dict[str, Any]:
    return {"verdict": "not_checked", "findings": 0}


@dataclass(slots=True, kw_only=True)
class Entry:
    """One file."""

    path: str
    state: str = "refused"
    """added, known or refused."""
    reason: str | None = None
    message: str | None = None
    id: str | None = None
    sha256: str | None = None
    sha1: str | None = None
    bytes: int = 0
    mime: str | None = None
    kind: str | None = None
    pages: int = 0
    pages_text: int = 0
    pages_ocr: int = 0
    replaces: str | None = None
    near: list[dict[str, Any]] = field(default_factory=list)
    redactions: dict[str, Any] = field(default_factory=_not_checked)
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Report:
    """One arrival."""

    batch: str | None = None
    """Its identifier; None when everything was known."""
    seconds: float = 0.0
    documents: list[Entry] = field(default_factory=list)

    def count(self, state: str) -> int:
        return sum(entry.state == state for entry in self.documents)

    @property
    def added(self) -> int:
        return self.count("added")

    @property
    def known(self) -> int:
        return self.count("known")

    @property
    def refused(self) -> int:
        return self.count("refused")

    @property
    def pages(self) -> int:
        return sum(entry.pages for entry in self.documents)

    @property
    def pages_to_ocr(self) -> int:
        return sum(entry.pages_ocr for entry in self.documents)

    def as_json(self) -> dict[str, Any]:
        """Return the report as the command line writes it."""
        return {
            "report": NAME,
            "version": VERSION,
            "added": self.added,
            "known": self.known,
            "refused": self.refused,
            "bytes": sum(entry.bytes for entry in self.documents if entry.state != "refused"),
            "pages": self.pages,
            "pages_to_ocr": self.pages_to_ocr,
            "seconds": round(self.seconds, 3),
            "documents": [asdict(entry) for entry in self.documents],
        }


Progress = Callable[[Report], None]
"""Called from time to time with what is known so far."""
