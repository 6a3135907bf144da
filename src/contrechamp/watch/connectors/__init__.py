"""How each kind of source is listed and fetched. All of HTTP is in `http`."""

from __future__ import annotations

from collections.abc import Callable

from contrechamp.watch.domain.sites import Site

from .answer import Answer, Connector, Gone, Later, Refusal, TooLarge, Unreached
from .feed import Feed
from .files import Files
from .folder import Folder
from .http import Web
from .mailbox import Mailbox
from .prefecture import Prefecture

__all__ = ["Answer", "Connector", "Gone", "Later", "Refusal", "TooLarge", "Unreached", "connect"]

KINDS: dict[str, Callable[[str, Site, Web], Connector]] = {
    "prefecture": Prefecture,
    "files": Files,
    "feed": Feed,
    "folder": Folder,
    "mailbox": Mailbox,
}


def connect(kind: str, address: str, site: Site) -> Connector:
    """Return what lists and fetches a source of that kind."""
    return KINDS[kind](address, site, Web())
