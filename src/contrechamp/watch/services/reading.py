"""The one door from what was fetched to the rules that read it."""

from __future__ import annotations

from pathlib import Path

from contrechamp.foundation import bulk
from contrechamp.watch.domain.reading import RULES
from contrechamp.watch.scanning.fetched import Read, ToRead, read

__all__ = ["RULES", "Read", "ToRead", "findings_of"]


def findings_of(wanted: ToRead) -> Read:
    """Read a content in a process of its own, within limits; what fails becomes a problem."""
    for outcome in bulk.run(read, [wanted], workers=1):
        if isinstance(outcome, bulk.Done):
            return outcome.value
        problem = {"document": Path(wanted.path).name, "code": "broken", "page": None}
        return Read(lines=[{"type": "problem", **problem, "message": outcome.reason}])
    return Read()
