"""The readers' signed statement: verified before it is shown, and the door closes when it fails.

The signature is OpenSSH's (`ssh-keygen -Y sign -n contrechamp-canary`), by an Ed25519 key of
`canary/allowed_signers`. It is read here rather than by ssh-keygen: no process is started, and
the sealed program needs no other.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from airlock import canary

from .config import Config

NAMESPACE = canary.NAMESPACE.encode()
_KIND = b"ssh-ed25519"


class State(StrEnum):
    """How the statement stands."""

    ABSENT = "absent"  # No signer is configured, and nothing is there.
    VALID = "valid"
    EXPIRED = "expired"
    FORGED = "forged"  # Missing though there are signers, not theirs, or of other keys.


@dataclass(frozen=True)
class Shown:
    """What may be shown of the statement. `text` is empty unless it holds today."""

    state: State
    text: str = ""
    until: date | None = None
    is_stale: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether a source must be warned."""
        return self.state in (State.EXPIRED, State.FORGED)


class BadSignature(ValueError):
    """Not a signature, or not of these signers over these bytes."""


def read(config: Config, today: date) -> Shown:
    """The door's statement: signed, of this address, of exactly these readers' keys, in time."""
    folder = config.root / "canary"
    signers, statement = folder / "allowed_signers", folder / "statement.txt"
    if not signers.exists() and not statement.exists():
        return Shown(State.ABSENT)
    try:
        raw = statement.read_bytes()
        verify(raw, (folder / "statement.txt.sig").read_bytes(), signers.read_text("ascii"))
        text = raw.decode("utf-8")
        stated = canary.parse(text)
        canary.check(stated, today, recipients=config.key_lines, onion=config.host)
    except canary.CanaryError as problem:
        return Shown(State.EXPIRED if problem.reason == "expired" else State.FORGED)
    except (OSError, ValueError):
        return Shown(State.FORGED)
    return Shown(State.VALID, text, stated.valid_until, stated.is_stale(today))


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
