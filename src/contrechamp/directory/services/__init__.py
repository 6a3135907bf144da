"""The verbs of the directory."""

from __future__ import annotations

from .importing import Report, Told, import_bodies

__all__ = ["Report", "Told", "import_bodies"]
