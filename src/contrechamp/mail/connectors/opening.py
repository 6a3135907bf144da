"""Opens the mailbox that CONTRECHAMP_MAILBOX names."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import unquote, urlsplit

from contrechamp.kernel.errors import Misconfigured, gettext_noop

from .box import Box
from .imap import ImapBox
from .maildir import MaildirBox
from .pop import PopBox


def open_box(address: str) -> Box:
    """Return the mailbox; raise `Unreached`, or `Misconfigured` when the address says nothing."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    if parts.scheme in {"imap", "imaps"} and parts.hostname and parts.username:
        return ImapBox(parts)
    if parts.scheme in {"pop3", "pop3s"} and parts.hostname and parts.username:
        return PopBox(parts)
    if parts.scheme == "maildir" and parts.path.strip("/"):
        return MaildirBox(Path(unquote(parts.path)))
    raise Misconfigured(
        gettext_noop(
            "CONTRECHAMP_MAILBOX se lit imaps://compte:mot@hôte/, pop3s://compte:mot@hôte/ "
            "ou maildir:///dossier."
        )
    )


def name_of(address: str) -> str:
    """Return what names a mailbox in our tables: nothing of its password can be read from it."""
    parts = urlsplit(address)
    plain = f"{parts.scheme}://{parts.username or ''}@{parts.netloc.rpartition('@')[2]}{parts.path}"
    return hashlib.sha256(plain.rstrip("/").encode()).hexdigest()


def label_of(address: str) -> str:
    """Return a mailbox as one may show it: without its account."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
