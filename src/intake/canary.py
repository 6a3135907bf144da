"""The readers' signed statement: verified before it is shown, and the door closes when it fails.

The signature is OpenSSH's (`ssh-keygen -Y sign -n contrechamp-canary`), by an Ed25519 key of
`canary/allowed_signers`. It is read here rather than by ssh-keygen: no process is started, and
the sealed program needs no other.
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

NAMESPACE = b"contrechamp-canary"
LONGEST = 8192
WARN_FROM_DAYS = 14
_KIND = b"ssh-ed25519"
_UNTIL = re.compile(
    r"^(?:valid[- ]until|valable jusqu['’]au)\s*:\s*(\d{4}-\d{2}-\d{2})\s*$", re.I | re.M
)
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


class State(StrEnum):
    """How the statement stands."""

    ABSENT = "absent"  # No signer is configured, and nothing is there.
    VALID = "valid"
    EXPIRED = "expired"
    FORGED = "forged"  # Missing though signers are named, not signed by them, or of other keys.


@dataclass(frozen=True)
class Statement:
    """What may be shown. `text` is empty unless it was verified."""

    state: State
    text: str = ""
    until: date | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether a source must be warned."""
        return self.state in (State.EXPIRED, State.FORGED)

    def is_old(self, today: date) -> bool:
        """Whether the readers should sign a new one soon."""
        return self.until is not None and self.until - today <= timedelta(days=WARN_FROM_DAYS)


class BadSignature(ValueError):
    """Not a signature, or not of these signers over these bytes."""


def read(folder: Path, digests: frozenset[str], today: date) -> Statement:
    """The statement of the door. `digests` are the SHA-256 of its readers' keys."""
    signers, statement = folder / "allowed_signers", folder / "statement.txt"
    if not signers.exists() and not statement.exists():
        return Statement(State.ABSENT)
    try:
        raw = statement.read_bytes()
        verify(raw, (folder / "statement.txt.sig").read_bytes(), signers.read_text("ascii"))
        text = raw.decode("utf-8")
        (until,) = (date.fromisoformat(found) for found in _UNTIL.findall(text))
    except (OSError, ValueError):
        return Statement(State.FORGED)
    if frozenset(_DIGEST.findall(text)) != digests or len(raw) > LONGEST:
        return Statement(State.FORGED)
    if until < today:
        return Statement(State.EXPIRED, until=until)
    return Statement(State.VALID, text, until)


def verify(message: bytes, signature: bytes, signers: str) -> None:
    """Check an OpenSSH signature over `message`; raises BadSignature."""
    lines = signature.decode("ascii", "replace").split()
    inner = "".join(lines).removeprefix("-----BEGINSSHSIGNATURE-----")
    if not inner.endswith("-----ENDSSHSIGNATURE-----"):
        raise BadSignature("no signature")
    try:
        blob = base64.b64decode(inner.removesuffix("-----ENDSSHSIGNATURE-----"), validate=True)
        if blob[:10] != b"SSHSIG" + struct.pack(">I", 1):
            raise BadSignature("no signature")
        key, namespace, reserved, algorithm, sealed = _strings(blob[10:])
        kind, raw_key = _strings(key)
        signed_kind, raw_signature = _strings(sealed)
    except (ValueError, struct.error) as problem:
        raise BadSignature("no signature") from problem
    digest = {b"sha512": hashlib.sha512, b"sha256": hashlib.sha256}.get(algorithm)
    if digest is None or (kind, signed_kind, namespace) != (_KIND, _KIND, NAMESPACE):
        raise BadSignature("another kind of key, or signed for another purpose")
    if key not in keys_of(signers):
        raise BadSignature("not one of the signers")
    parts = (NAMESPACE, reserved, algorithm, digest(message).digest())
    try:
        Ed25519PublicKey.from_public_bytes(raw_key).verify(
            raw_signature, b"SSHSIG" + b"".join(map(_string, parts))
        )
    except (InvalidSignature, ValueError) as problem:
        raise BadSignature("not over this text") from problem


def keys_of(signers: str) -> set[bytes]:
    """The Ed25519 keys of an allowed_signers file; a line with other options counts for nothing."""
    keys = set()
    for line in signers.splitlines():
        words = [word for word in line.split() if word != f'namespaces="{NAMESPACE.decode()}"']
        if len(words) >= 3 and not line.startswith("#") and words[1] == _KIND.decode():
            try:
                keys.add(base64.b64decode(words[2], validate=True))
            except ValueError:
                continue
    return keys


def _strings(blob: bytes) -> list[bytes]:
    found = []
    while blob:
        (length,) = struct.unpack(">I", blob[:4])
        if len(blob) < 4 + length:
            raise BadSignature("cut")
        found.append(blob[4 : 4 + length])
        blob = blob[4 + length :]
    return found


def _string(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value
