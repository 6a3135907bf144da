"""The strict reader of a container: it takes exactly what the writer writes, and nothing else.

Every byte is compared: headers, descriptors, directory, digests, the canonical manifest, zeros
of the padding. What is extracted has neutral names; those of the source stay data.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from . import FORMAT, framing
from .container import (
    BUCKETS,
    FACTS,
    LONGEST_MANIFEST,
    LONGEST_NAME,
    LONGEST_TYPE,
    MANIFEST,
    MAX_PIECES,
    MESSAGE,
    PADDING,
    PIECE,
    Piece,
    manifest_bytes,
)
from .framing import ContainerError

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_SIGNS = {
    "kind": re.compile(r"[a-z]{1,20}\Z"),
    "mailbox": re.compile(r"(?:[0-9a-f]{32})?\Z"),
    "reply_to": re.compile(r"(?:age1[02-9ac-hj-np-z]{58})?\Z"),
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a dossier says of itself, checked against its bytes."""

    facts: dict[str, str]
    message_size: int
    message_sha256: str
    pieces: tuple[Piece, ...]
    raw: bytes

    @property
    def content(self) -> dict[str, object]:
        """The manifest as it was written."""
        content: dict[str, object] = json.loads(self.raw)
        return content


def read(path: Path, into: Path | None = None) -> Manifest:
    """Check a container whole and extract it to the folder `into`, which exists and is empty.

    Raises ContainerError; what was extracted before that must be thrown away with `into`.
    """
    size = path.stat().st_size
    if size not in BUCKETS:
        raise ContainerError("la longueur n'est pas une taille prévue")
    with path.open("rb") as file:
        members = _directory(file, size)
        manifest = _manifest(file, members[-2])
        claims = {piece.member: (piece.size, piece.sha256) for piece in manifest.pieces}
        claims[MESSAGE] = (manifest.message_size, manifest.message_sha256)
        if [*claims] != [member.name for member in members[:-2]]:
            raise ContainerError("le manifeste et les membres diffèrent")
        for member in members:
            _member(file, member, claims.get(member.name), into)
    return manifest


def _directory(file: BinaryIO, size: int) -> list[framing.Member]:
    members = framing.members(file, size, MAX_PIECES + 3)
    names = [member.name for member in members]
    if names[-3:] != [MESSAGE, MANIFEST, PADDING] or len(names) > MAX_PIECES + 3:
        raise ContainerError("membres dans le désordre")
    for number, name in enumerate(names[:-3], 1):
        if not PIECE.match(name) or int(name[7:9]) != number:
            raise ContainerError("membre imprévu")
    return members


def _manifest(file: BinaryIO, member: framing.Member) -> Manifest:
    if member.size > LONGEST_MANIFEST:
        raise ContainerError("manifeste trop grand")
    file.seek(member.at + framing.LOCAL_BYTES + len(member.name))
    raw = file.read(member.size)
    try:
        content = json.loads(raw.decode("ascii"))
        pieces = tuple(Piece(**each) for each in content["pieces"])
        message = (content["message"]["size"], content["message"]["sha256"])
        facts = {key: content[key] for key in FACTS if key in content}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ContainerError("manifeste illisible") from error
    if content.get("format") != FORMAT:
        raise ContainerError("format inconnu")
    _check_values(facts, message, pieces)
    # Written again from what was understood: an unknown key, a double key or a space shows.
    if manifest_bytes(facts, message, list(pieces)) != raw:
        raise ContainerError("manifeste autrement écrit que prévu")
    return Manifest(facts, message[0], message[1], pieces, raw)


def _check_values(
    facts: dict[str, object], message: tuple[object, object], pieces: tuple[Piece, ...]
) -> None:
    sizes = [message, *((piece.size, piece.sha256) for piece in pieces)]
    texts: list[tuple[object, int]] = []
    for piece in pieces:
        texts += [(piece.member, LONGEST_NAME), (piece.name, LONGEST_NAME)]
        texts += [(piece.type, LONGEST_TYPE)]
    right = all(
        type(size) is int and isinstance(digest, str) and _DIGEST.match(digest)
        for size, digest in sizes
    )
    right = right and all(isinstance(text, str) and len(text) <= longest for text, longest in texts)
    for key, value in facts.items():
        right = right and isinstance(value, str) and _is_fact(key, value)
    if not right:
        raise ContainerError("valeur impossible dans le manifeste")


def _is_fact(key: str, value: str) -> bool:
    if key != "received":
        return _SIGNS[key].match(value) is not None
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _member(
    file: BinaryIO,
    member: framing.Member,
    claim: tuple[int, str] | None,
    into: Path | None,
) -> None:
    if claim is None:
        framing.stream(file, member, _refuse_data if member.name == PADDING else _forget)
        return
    digest = hashlib.sha256()
    with ExitStack() as opened:
        keep: Callable[[bytes], object] = _forget
        if into is not None:
            target = into / member.name
            target.parent.mkdir(mode=0o700, exist_ok=True)
            keep = opened.enter_context(target.open("xb")).write

        def taken(chunk: bytes) -> None:
            digest.update(chunk)
            keep(chunk)

        framing.stream(file, member, taken)
    if claim != (member.size, digest.hexdigest()):
        raise ContainerError("taille ou empreinte différente")


def _forget(chunk: bytes) -> None:
    pass


def _refuse_data(chunk: bytes) -> None:
    if chunk.count(0) != len(chunk):
        raise ContainerError("le remplissage cache des octets")
