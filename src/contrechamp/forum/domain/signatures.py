"""HTTP signatures as the fediverse has them: draft-cavage-http-signatures-12 with a Digest.

The signed text is one line a header, `name: value`, in the order that `headers=` names; the first
is `(request-target)`. Keys are RSA of 2048 bits or more, the digest is SHA-256 of the body.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from typing import cast
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from contrechamp.kernel.errors import Refused, gettext_noop

SIGNED = ("(request-target)", "host", "date", "digest")
"""What a message to an inbox must cover; without the body's digest anything could be put in it."""
FRESH = timedelta(hours=1)
"""How far a date may be from now, either way."""
KEY_BITS = 2048
ALGORITHMS = {"rsa-sha256", "hs2019"}
_PART = re.compile(r'([a-zA-Z]+)=(?:"([^"]*)"|(\d+))')


class BadSignature(Refused):
    """A message is not from whom it says, or not what was sent."""

    status = 401


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a `Signature` header says."""

    key_id: str
    headers: tuple[str, ...]
    signature: bytes
    algorithm: str


def digest_of(body: bytes) -> str:
    """Return the `Digest` header of a body."""
    return "SHA-256=" + base64.b64encode(sha256(body).digest()).decode()


def signed_text(names: tuple[str, ...], target: str, headers: Mapping[str, str]) -> bytes:
    """Return the text that is signed; `target` is `post /inbox`, header names are in lower case."""
    lines = []
    for name in names:
        if name == "(request-target)":
            lines.append(f"{name}: {target}")
        elif name not in headers:
            raise BadSignature(gettext_noop("Un en-tête signé manque : {name}."), name=name)
        else:
            lines.append(f"{name}: {headers[name].strip()}")
    return "\n".join(lines).encode()


def new_key() -> str:
    """Return a new private key as PEM (PKCS #8)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def _private(pem: str) -> rsa.RSAPrivateKey:
    return cast("rsa.RSAPrivateKey", serialization.load_pem_private_key(pem.encode(), None))


def public_of(private_pem: str) -> str:
    """Return the public key of a private one, as PEM (SubjectPublicKeyInfo)."""
    public = _private(private_pem).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return public.public_bytes(serialization.Encoding.PEM, form).decode()


def sign(
    *, url: str, method: str, body: bytes | None, key_id: str, private_pem: str, now: datetime
) -> dict[str, str]:
    """Return the headers of a signed request: Host, Date, Signature, Digest if it has a body."""
    parts = urlsplit(url)
    target = f"{method.lower()} {parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    date = format_datetime(now.astimezone(UTC), usegmt=True)
    headers = {"host": parts.netloc, "date": date}
    names = SIGNED if body is not None else SIGNED[:3]
    if body is not None:
        headers["digest"] = digest_of(body)
    text = signed_text(names, target, headers)
    signature = _private(private_pem).sign(text, padding.PKCS1v15(), hashes.SHA256())
    return {
        **{name.capitalize(): value for name, value in headers.items()},
        "Signature": (
            f'keyId="{key_id}",algorithm="rsa-sha256",headers="{" ".join(names)}",'
            f'signature="{base64.b64encode(signature).decode()}"'
        ),
    }


def read(header: str) -> Parts:
    """Return what a `Signature` header says, or refuse it."""
    found = {name: quoted or plain for name, quoted, plain in _PART.findall(header)}
    try:
        signature = base64.b64decode(found["signature"], validate=True)
        key_id = found["keyId"]
    except (KeyError, binascii.Error):
        raise BadSignature(gettext_noop("La signature est absente ou illisible.")) from None
    return Parts(
        key_id=key_id,
        headers=tuple(found.get("headers", "date").lower().split()),
        signature=signature,
        algorithm=found.get("algorithm", "hs2019").lower(),
    )


def verify(
    *,
    target: str,
    headers: Mapping[str, str],
    body: bytes,
    public_pem: str,
    now: datetime,
) -> str:
    """Return the identifier of the key that signed a message to an inbox, or refuse it.

    `headers` have names in lower case. Checked: what must be covered is; the date is near; the
    digest is of this body; the signature is of this key.
    """
    parts = read(headers.get("signature", ""))
    if missing := [name for name in SIGNED if name not in parts.headers]:
        raise BadSignature(gettext_noop("Un en-tête signé manque : {name}."), name=missing[0])
    if parts.algorithm not in ALGORITHMS:
        raise BadSignature(gettext_noop("Cet algorithme n'est pas accepté."))
    _check_fresh(headers.get("date", ""), now)
    if headers.get("digest", "").strip() != digest_of(body):
        raise BadSignature(gettext_noop("L'empreinte n'est pas celle du message."))
    try:
        key = serialization.load_pem_public_key(public_pem.encode())
    except ValueError:
        raise BadSignature(gettext_noop("La clé n'est pas lisible.")) from None
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < KEY_BITS:
        raise BadSignature(gettext_noop("La clé n'est pas une clé RSA d'au moins 2048 bits."))
    text = signed_text(parts.headers, target, headers)
    try:
        key.verify(parts.signature, text, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise BadSignature(gettext_noop("La signature n'est pas celle de cette clé.")) from None
    return parts.key_id


def _check_fresh(date: str, now: datetime) -> None:
    try:
        said = parsedate_to_datetime(date)
    except (TypeError, ValueError):
        raise BadSignature(gettext_noop("La date est absente ou illisible.")) from None
    if said.tzinfo is None:
        said = said.replace(tzinfo=UTC)
    if abs(now - said) > FRESH:
        raise BadSignature(gettext_noop("La date est trop loin de maintenant."))
