"""A note between readers: sealed to them all, bound to the dossier that it speaks of."""

from __future__ import annotations

import re
from pathlib import Path

from .reply import ReplyError, frame, unframe

NOTE = b"airlock-note/1\n\n"  # As long as a reply's mark, so that both have one limit.
_NAME = re.compile(r"([0-9a-f]{32})\.(?:age|gpg)\Z")


def dossier_of(file: Path) -> str:
    """Return the 32 hex digits that a sealed file is named by; raise ReplyError."""
    found = _NAME.match(file.name)
    if found is None:
        raise ReplyError("un dossier se nomme par 32 chiffres hexadécimaux et .age ou .gpg")
    return found[1]


def note_frame(dossier: str, text: str) -> bytes:
    """Return the padded plaintext of a note; raise ReplyError when it is too long."""
    return frame(f"{dossier}\n{text}", NOTE)


def note_unframe(body: bytes) -> tuple[str, str]:
    """Return the dossier and the text of a note; raise ReplyError on anything else."""
    dossier, line, text = unframe(body, NOTE).partition("\n")
    if not line or not re.fullmatch(r"[0-9a-f]{32}", dossier):
        raise ReplyError("ce n'est pas une note")
    return dossier, text
