"""Text that a reader of a PDF does not see and that anybody can copy: badly made redactions."""

from __future__ import annotations

from .finding import Finding, Kind, Verdict, verdict_of
from .inspection import Inspection, inspect, merge

__all__ = ["Finding", "Inspection", "Kind", "Verdict", "inspect", "merge", "verdict_of"]
