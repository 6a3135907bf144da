"""The signature of this instance: who has its public key can tell that a file came from here.

Ed25519. Keys are PEM and a signature is its 64 bytes, so that nobody needs our program:

    openssl pkeyutl -verify -rawin -pubin -inkey public-key.pem \
        -sigfile manifest.json.sig -in manifest.json

The private key lies in the data folder, readable by its owner alone. It is made once and never
replaced: a new one makes strangers of all who trusted the old one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from contrechamp.kernel.errors import Misconfigured, Refused, gettext_noop

FOLDER = "signing"
PRIVATE, PUBLIC = "private-key.pem", "public-key.pem"
# What RFC 8410 puts before the 32 bytes of a key (PKCS #8, SubjectPublicKeyInfo).
PRIVATE_HEAD = bytes.fromhex("302e020100300506032b657004220420")
PUBLIC_HEAD = bytes.fromhex("302a300506032b6570032100")
SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A key that signs, and what others check it with."""

    seed: bytes
    """32 bytes: the secret."""

    def __repr__(self) -> str:
        return f"KeyPair({self.fingerprint})"  # The secret goes into no log.

    @property
    def public_key(self) -> str:
        """Return the public key as PEM."""
        key = SigningKey(self.seed).verify_key
        return _pem("PUBLIC KEY", PUBLIC_HEAD + bytes(key))

    @property
    def fingerprint(self) -> str:
        """Return what two people read to each other to know that they have the same key."""
        return fingerprint(self.public_key)

    def sign(self, manifest: bytes) -> bytes:
        """Return the signature: 64 bytes, the same for the same bytes."""
        return SigningKey(self.seed).sign(manifest).signature


def key_pair(folder: Path) -> KeyPair:
    """Return the keys of a folder; make them where there are none.

    Raise `Misconfigured` when the private key is there and cannot be read: it is never replaced.
    """
    path = folder / PRIVATE
    if not path.exists():
        _make(folder)
    try:
        seed = _body(path.read_text(), "PRIVATE KEY", PRIVATE_HEAD)
    except (OSError, ValueError) as error:
        raise Misconfigured(
            gettext_noop(
                "La clé de signature « {path} » est illisible ({problem}). Remettez-la depuis une"
                " sauvegarde."
            ),
            path=str(path),
            problem=error.strerror if isinstance(error, OSError) else str(error),
        ) from None
    keys = KeyPair(seed)
    public = folder / PUBLIC
    if not public.exists() or public.read_text() != keys.public_key:
        new = folder / f".{PUBLIC}-{secrets.token_hex(8)}"
        new.write_text(keys.public_key)
        new.replace(public)
    return keys


def own_keys() -> KeyPair:
    """Return the keys of this instance; make them at the first use."""
    return key_pair(settings.CONTRECHAMP.data / FOLDER)


def sign(manifest: bytes) -> bytes:
    """Return this instance's signature of a manifest: 64 bytes."""
    return own_keys().sign(manifest)


def public_key() -> str:
    """Return the public key of this instance as PEM."""
    return own_keys().public_key


def find_public_key() -> str:
    """Return the public key of this instance as PEM, or empty when it has none yet.

    For a page: to read one must make nothing.
    """
    path = settings.CONTRECHAMP.data / FOLDER / PUBLIC
    try:
        return path.read_text()
    except OSError:
        return ""


def check(manifest: bytes, signature: bytes, public_key: str) -> bool:
    """Answer whether the owner of a public key (PEM) signed exactly these bytes.

    Raise `Refused` when what is given is no Ed25519 public key.
    """
    try:
        key = VerifyKey(_body(public_key, "PUBLIC KEY", PUBLIC_HEAD))
    except ValueError:
        raise Refused(
            gettext_noop("Ce n'est pas une clé publique Ed25519 (PEM) : donnez `public-key.pem`.")
        ) from None
    if len(signature) != SIGNATURE_BYTES:
        return False
    try:
        key.verify(manifest, signature)
    except BadSignatureError:
        return False
    return True


def fingerprint(public_key: str) -> str:
    """Return the SHA-256 of a public key (PEM), in groups of four digits that one can read out.

    Raise `Refused` when it is no Ed25519 public key.
    """
    try:
        body = _body(public_key, "PUBLIC KEY", PUBLIC_HEAD)
    except ValueError:
        raise Refused(
            gettext_noop("Ce n'est pas une clé publique Ed25519 (PEM) : donnez `public-key.pem`.")
        ) from None
    digits = hashlib.sha256(PUBLIC_HEAD + body).hexdigest()
    return " ".join(digits[start : start + 4] for start in range(0, 64, 4))


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    new = folder / f".{PRIVATE}-{secrets.token_hex(8)}"
    text = _pem("PRIVATE KEY", PRIVATE_HEAD + bytes(SigningKey.generate()))
    number = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    try:
        with os.fdopen(number, "w") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        # A link, and not a rename: of two processes that make a key at once one wins, for both.
        with suppress(FileExistsError):
            (folder / PRIVATE).hardlink_to(new)
    finally:
        new.unlink()


def _pem(name: str, body: bytes) -> str:
    text = base64.b64encode(body).decode()
    return f"-----BEGIN {name}-----\n{text}\n-----END {name}-----\n"


def _body(text: str, name: str, head: bytes) -> bytes:
    """Return the 32 bytes of a key, or raise `ValueError`."""
    lines = text.strip().splitlines()
    if len(lines) < 3 or (lines[0], lines[-1]) != (
        f"-----BEGIN {name}-----",
        f"-----END {name}-----",
    ):
        raise ValueError(name)
    try:
        body = base64.b64decode("".join(lines[1:-1]), validate=True)
    except binascii.Error:
        raise ValueError(name) from None
    if not body.startswith(head) or len(body) != len(head) + 32:
        raise ValueError(name)
    return body[len(head) :]
