"""Is every file still what its hash says? Missing, changed and unknown files are listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from contrechamp.documents.models import File, Redaction
from contrechamp.foundation.store import sealed, store


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
    found = Verified()
    known: set[str] = set()
    rows = File.objects.order_by("sha256").values_list("sha256", "rendition", "bytes", "area")
    for key, rendition, size, area in rows.iterator():
        kept = sealed() if area == File.Area.SEALED else store()
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
    known |= _check_plans(found)
    every = [*store().every(), *sealed().every()]
    found.orphan = sorted(key for key in every if key not in known)
    return found


def _check_plans(found: Verified) -> set[str]:
    """Read the sealed plans of public copies again; return their keys."""
    plans = Redaction.objects.exclude(state=Redaction.State.DROPPED)
    keys = set(plans.values_list("plan_key", flat=True))
    for key in sorted(keys):
        found.checked += 1
        try:
            if not sealed().verify(key):
                found.changed.append(key)
        except KeyError:
            found.missing.append(key)
    return keys
