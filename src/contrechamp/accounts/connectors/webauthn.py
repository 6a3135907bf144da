"""WebAuthn by `fido2`: what a page asks a device, and whether the answer proves it.

Loaded when somebody signs in, not when the house starts: most processes never need it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticatorData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

MALFORMED = (ValueError, KeyError, TypeError, AssertionError)
"""What `fido2` raises of an answer that proves nothing."""


class NotProved(Exception):
    """The answer of a device proves nothing."""


class Made(NamedTuple):
    """A key that a device has made: its number, its public half, and its counter."""

    credential: str
    data: bytes
    uses: int


def ask_new(
    user: str, name: str, there: Sequence[str], *, host: str, origin: str
) -> tuple[str, dict[str, Any]]:
    """Return options for the browser (JSON), and what is to be remembered of them."""
    person = PublicKeyCredentialUserEntity(id=user.encode(), name=name, display_name=name)
    known = [
        PublicKeyCredentialDescriptor(
            type=PublicKeyCredentialType.PUBLIC_KEY, id=websafe_decode(each)
        )
        for each in there
    ]
    options, state = _server(host, origin).register_begin(
        person,
        known,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return json.dumps(dict(options)["publicKey"]), dict(state)


def read_new(state: Any, answer: str, *, host: str, origin: str) -> Made:
    """Return the key that a device has made, or raise `NotProved`."""
    try:
        made = _server(host, origin).register_complete(state, json.loads(answer))
    except MALFORMED:
        raise NotProved from None
    data = made.credential_data
    if data is None:
        raise NotProved
    return Made(websafe_encode(data.credential_id), bytes(data), made.counter)


def ask_proof(*, host: str, origin: str) -> tuple[str, dict[str, Any]]:
    """Return options for the browser (JSON), and what is to be remembered of them."""
    options, state = _server(host, origin).authenticate_begin(
        user_verification=UserVerificationRequirement.REQUIRED
    )
    return json.dumps(dict(options)["publicKey"]), dict(state)


def named(answer: str) -> str:
    """Return the number of the key that an answer says it is of, or raise `NotProved`."""
    try:
        return str(json.loads(answer)["id"])
    except MALFORMED:
        raise NotProved from None


def check_proof(state: Any, answer: str, data: bytes, *, host: str, origin: str) -> int:
    """Return the counter of a device that has proved to hold a key, or raise `NotProved`."""
    try:
        given = json.loads(answer)
        known = [AttestedCredentialData(data)]
        _server(host, origin).authenticate_complete(state, known, given)
        return AuthenticatorData(websafe_decode(given["response"]["authenticatorData"])).counter
    except MALFORMED:
        raise NotProved from None


def _server(host: str, origin: str) -> Fido2Server:
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=host, name="Contrechamp"),
        verify_origin=lambda said: said == origin,
    )
