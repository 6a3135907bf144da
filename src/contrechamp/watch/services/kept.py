"""Where the bytes of a fetch are kept: in the watch's own store until `documents` has them.

What `documents` does not take (a register of contracts, a damaged file) stays in ours for good,
because it is proof of what a site published.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from contrechamp.foundation import store


def own() -> store.Store:
    """Return the store of what is not in `documents`."""
    return store.at(str(settings.CONTRECHAMP.data / "watch" / "kept"))


@contextmanager
def path_of(sha256: str) -> Iterator[Path]:
    """Lend a content as a file, wherever it is, or raise `KeyError`."""
    kept = own() if own().exists(sha256) else store.store()
    with kept.path(sha256) as path:
        yield path


def settle(sha256: str) -> None:
    """Drop our copy when the documents' store holds the content."""
    if store.store().exists(sha256):
        own().forget(sha256)
