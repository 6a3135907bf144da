"""A reply to a source: framed, padded, sealed with age to the key of the codename.

`airlock-reply/1`, a length, UTF-8, zeros to 4 or 16 KiB. Notes between readers have the same
frame under another name, and hold the name of the dossier that they speak of.
"""

from __future__ import annotations

import struct

REPLY = b"airlock-reply/1\n"
BUCKETS = (4096, 16384)
_LENGTH = 4
LIMIT = BUCKETS[-1] - len(REPLY) - _LENGTH


class ReplyError(ValueError):
    """What was given is not a reply, or is too long to be one."""


def frame(text: str, magic: bytes = REPLY) -> bytes:
    """Return the padded plaintext of a reply; raise ReplyError when it is too long."""
    raw = text.encode("utf-8", "replace")
    body = magic + struct.pack(">I", len(raw)) + raw
    if len(body) > BUCKETS[-1]:
        raise ReplyError("trop long")
    return body.ljust(next(size for size in BUCKETS if size >= len(body)), b"\0")


def unframe(body: bytes, magic: bytes = REPLY) -> str:
    """Return the text of a padded plaintext; raise ReplyError on anything else."""
    start = len(magic) + _LENGTH
    if len(body) not in BUCKETS or body[: len(magic)] != magic:
        raise ReplyError("ce n'est pas une réponse")
    (size,) = struct.unpack(">I", body[len(magic) : start])
    if size > len(body) - start or body[start + size :].strip(b"\0"):
        raise ReplyError("ce n'est pas une réponse")
    if len(body) != next(each for each in BUCKETS if each >= start + size):
        raise ReplyError("ce n'est pas une réponse")
    try:
        return body[start : start + size].decode()
    except UnicodeDecodeError as error:
        raise ReplyError("ce n'est pas une réponse") from error


def seal(text: str, reply_to: str) -> bytes:
    """Return a reply sealed to an age recipient; raise ReplyError when it is too long."""
    import pyrage

    sealed: bytes = pyrage.encrypt(frame(text), [pyrage.x25519.Recipient.from_str(reply_to)])
    return sealed


def open_sealed(sealed: bytes, age_identity: str) -> str:
    """Return the text of a sealed reply; raise ReplyError when it is damaged or for another."""
    import pyrage

    try:
        body = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(age_identity)])
    except BaseException as error:
        raise ReplyError("pas scellé pour cette clé, ou abîmé") from error
    return unframe(body)
