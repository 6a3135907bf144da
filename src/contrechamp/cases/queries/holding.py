"""Papers that this room keeps for a team alone: scans, letters of requests, opinions as PDF."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from contrechamp.foundation import store


def held() -> store.Store:
    """Return the store of these contents: private, swept by nobody, at no address of the site."""
    return store.FolderStore(Path(held_address()), mode=0o400)


def held_address() -> str:
    """Return where it is, for a process that has no settings."""
    return str(settings.CONTRECHAMP.data / "cases" / "held")


def bundles_folder() -> Path:
    """Return where bundles are kept, one folder each."""
    folder: Path = settings.CONTRECHAMP.data / "cases" / "bundles"
    return folder
