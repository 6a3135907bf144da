"""The verbs of the cameras."""

from __future__ import annotations

from .importing import Imported, import_cameras, remove_dataset

__all__ = ["Imported", "import_cameras", "remove_dataset"]
