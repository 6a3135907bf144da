"""The verbs of copies in files."""

from __future__ import annotations

from .checking import check_mirror
from .exporting import Exported, Incomplete, NotOurs, export_site
from .known import add_mirror, remove_mirror
from .verifying import Verified, verify

__all__ = [
    "Exported",
    "Incomplete",
    "NotOurs",
    "Verified",
    "add_mirror",
    "check_mirror",
    "export_site",
    "remove_mirror",
    "verify",
]
