"""A device made of software: it makes keys and proofs as WebAuthn says, signed for real."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

UP, UV, AT = 0x01, 0x04, 0x40


class Device:
    """One device with one key."""

    def __init__(self, *, origin: str = "http://testserver", asks_owner: bool = True) -> None:
        self.origin = origin
        self.host = origin.partition("//")[2].partition(":")[0]
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.number = secrets.token_bytes(32)
        self.count = 0
        self.flags = UP | (UV if asks_owner else 0)

    def makes(self, options: str) -> str:
        """Return the answer to `navigator.credentials.create`."""
        cose = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        public = cbor.encode(dict(cose))
        made = bytes(16) + len(self.number).to_bytes(2, "big") + self.number + public
        data = self._data(self.flags | AT) + made
        return self._answer(
            attestationObject=cbor.encode({"fmt": "none", "attStmt": {}, "authData": data}),
            clientDataJSON=self._client("webauthn.create", options),
        )

    def proves(self, options: str) -> str:
        """Return the answer to `navigator.credentials.get`."""
        self.count += 1
        client, data = self._client("webauthn.get", options), self._data(self.flags)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signed)

    def _data(self, flags: int) -> bytes:
        name = hashlib.sha256(self.host.encode()).digest()
        return name + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, options: str) -> bytes:
        values = {
            "type": kind,
            "challenge": json.loads(options)["challenge"],
            "origin": self.origin,
            "crossOrigin": False,
        }
        return json.dumps(values).encode()

    def _answer(self, **response: bytes) -> str:
        name = websafe_encode(self.number)
        answer: dict[str, Any] = {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {part: websafe_encode(value) for part, value in response.items()},
        }
        return json.dumps(answer)
