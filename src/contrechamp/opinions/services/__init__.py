"""The verbs of the opinions."""

from __future__ import annotations

from .importing import Imported, import_file
from .knowing import load_known
from .matching import match_kinds

__all__ = ["Imported", "import_file", "load_known", "match_kinds"]
