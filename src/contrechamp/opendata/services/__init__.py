"""Making, checking and keeping dumps."""

from __future__ import annotations

from .checking import Checked, check_dump
from .making import write_all
from .nightly import FOLDER, is_due, make_tonights

__all__ = ["FOLDER", "Checked", "check_dump", "is_due", "make_tonights", "write_all"]
