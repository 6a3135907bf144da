"""Vetting of the desk's public keys: everything doubtful refuses, at init and at every start."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from . import bech32
from .sealing import SEALERS, SealingError

MOST = 12
_UNUSABLE = "pas de clé de chiffrement utilisable (faible, périmée, révoquée ou de signature seule)"
_LONGEST_CERTIFICATE = 1 << 20
_AGE = re.compile(r"age1[02-9ac-hj-np-z]{58}\Z")
# The points of small order: a key agreed with one of them is known to all.
_LOW_ORDER = frozenset(
    bytes.fromhex(each)
    for each in (
        "00" * 32,
        "01" + "00" * 31,
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
)


class RecipientError(ValueError):
    """A key cannot be used. The sentence never repeats what was given: it may be a secret."""


def vet_age(line: str) -> str:
    """Return the age recipient on a line of `recipients.txt`; raise RecipientError."""
    key = line.split("#", 1)[0].strip()
    if "AGE-SECRET-KEY-" in line.upper():
        raise RecipientError(
            "c'est une clé SECRÈTE (secret key) : détruisez cette copie, donnez la ligne age1…"
        )
    if key.startswith("age1pq1"):
        raise RecipientError("clé post-quantique : cette version n'y scelle pas encore")
    if not _AGE.match(key):
        raise RecipientError("ce n'est pas une clé publique age (age1 et 58 signes)")
    try:
        prefix, raw = bech32.decode(key)
    except ValueError as error:
        raise RecipientError("clé age mal recopiée (somme de contrôle)") from error
    if prefix != "age" or len(raw) != 32 or raw[:31] + bytes([raw[31] & 0x7F]) in _LOW_ORDER:
        raise RecipientError("clé age inutilisable")
    return key


def read_age(text: str) -> list[str]:
    """Return the recipients of a text, one a line, `#` starting a comment; raise RecipientError."""
    if "AGE-SECRET-KEY-" in text.upper():
        raise RecipientError(
            "une clé SECRÈTE (secret key) est parmi les clés publiques : détruisez cette copie"
        )
    keys = [vet_age(line) for line in text.splitlines() if line.split("#", 1)[0].strip()]
    if not keys or len(set(keys)) != len(keys) or len(keys) > MOST:
        raise RecipientError("il faut une à douze clés publiques différentes")
    return keys


def load_age(path: Path) -> list[str]:
    """Return the vetted recipients of a file, after a trial sealing; raise RecipientError."""
    try:
        text = path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise RecipientError("le fichier des clés publiques ne se lit pas") from error
    keys = read_age(text)
    probe(keys)
    return keys


def probe(keys: Sequence[str], profile: str = "age") -> None:
    """Seal a few bytes in a child, which leaves the caller's memory and Rust state untouched."""
    sink = os.memfd_create("probe")
    try:
        sealer = SEALERS[profile](sink, keys)
        sealer.write(b"probe")
        sealer.finish()
        if os.fstat(sink).st_size == 0:
            raise RecipientError("un scellement d'essai a échoué")
    except SealingError as error:
        raise RecipientError("un scellement d'essai a échoué") from error
    finally:
        os.close(sink)


def vet_openpgp(path: Path) -> str:
    """Return the path of a certificate that both Sequoia's standard policy and gpg encrypt to.

    No secret part; neither weak, expired, revoked nor for signing only. Raises RecipientError.
    Sequoia is asked about age and revocation by name: it seals to such certificates otherwise.
    """
    import pysequoia

    raw = _certificate_bytes(path)
    try:
        certificates = pysequoia.Cert.split_bytes(raw)
    except BaseException:  # noqa: BLE001 - a panic is one; its message may hold a backtrace
        raise RecipientError("ce n'est pas un certificat OpenPGP") from None
    if _holds_secret(raw):
        raise RecipientError("ce fichier a une clé SECRÈTE (secret key) : détruisez cette copie")
    if len(certificates) != 1:
        raise RecipientError("ce n'est pas un certificat OpenPGP")
    (certificate,) = certificates
    try:
        ends = certificate.expiration
        usable = not certificate.is_revoked and (ends is None or ends > datetime.now(UTC))
        pysequoia.encrypt(recipients=certificates, bytes=b"probe")
    except BaseException:  # noqa: BLE001 - as above
        usable = False
    if not usable:
        raise RecipientError(_UNUSABLE)
    probe([str(path)], "openpgp")
    return str(path)


def _certificate_bytes(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RecipientError("le fichier des clés publiques ne se lit pas") from error
    if len(raw) > _LONGEST_CERTIFICATE:
        raise RecipientError("ce n'est pas un certificat OpenPGP")
    return raw


def _holds_secret(raw: bytes) -> bool:
    """Tell whether a file holds a secret packet, however it is wrapped."""
    from pysequoia.packet import PacketPile, Tag

    if b"PRIVATE KEY BLOCK" in raw:
        return True
    try:
        tags = [packet.tag for packet in PacketPile.from_bytes(raw)]
    except BaseException:  # noqa: BLE001 - a panic is one; in doubt, it is secret
        return True
    return Tag.SecretKey in tags or Tag.SecretSubkey in tags
