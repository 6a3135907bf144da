"""Is every file still what its hash says? Missing, changed and unknown files are listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from contrechamp.documents.models import File
from contrechamp.foundation.store import store


@dataclass(slots=True, kw_only=True)
class Verified:
    """What was found. The keys are a contract: scripts read them."""

    checked: int = 0
    bytes: int = 0
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    orphan: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not (self.missing or self.changed or self.orphan)

    def as_json(self) -> dict[str, Any]:
        return {
            "report": "contrechamp.documents.verify",
            "version": 1,
            "checked": self.checked,
            "bytes": self.bytes,
            "missing": self.missing,
            "changed": self.changed,
            "orphan": self.orphan,
        }


def verify(progress: Callable[[Verified], None] | None = None) -> Verified:
    """Read every file of the tables again and compare it with its hash; change nothing."""
    kept, found = store(), Verified()
    known: set[str] = set()
    for key, rendition, size in (
        File.objects.order_by("sha256").values_list("sha256", "rendition", "bytes").iterator()
    ):
        for each in filter(None, (key, rendition)):
            known.add(each)
            found.checked += 1
            try:
                if not kept.verify(each):
                    found.changed.append(each)
            except KeyError:
                found.missing.append(each)
        found.bytes += size
        if progress:
            progress(found)
    found.orphan = sorted(key for key in kept.every() if key not in known)
    return found
