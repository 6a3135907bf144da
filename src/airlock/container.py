"""The plaintext of a sealed dossier: a ZIP written forwards only and padded to a bucket.

Any archive manager opens it. Members, in this order: `pieces/01.ext` … (0 to 8, neutral names:
those of the source are data, in the manifest), `message.txt`, `manifest.json`, `padding.bin`.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from . import FORMAT, framing
from .framing import ContainerError

KIB, MIB = 1 << 10, 1 << 20
BUCKETS = (
    *(64 * KIB, 256 * KIB, 1 * MIB, 4 * MIB, 16 * MIB),
    *(64 * MIB, 128 * MIB, 256 * MIB, 384 * MIB, 512 * MIB),
)
MAX_PIECES = 8
LONGEST_NAME, LONGEST_TYPE, LONGEST_MANIFEST = 200, 100, 64 * KIB
_KNOWN = (
    "pdf txt csv odt ods odp doc docx xls xlsx ppt pptx rtf jpg jpeg png gif tif tiff webp heic "
    "mp3 m4a ogg wav mp4 mov avi mkv webm zip eml msg html"
)
EXTENSIONS = frozenset(_KNOWN.split())
MESSAGE, MANIFEST, PADDING = "message.txt", "manifest.json", "padding.bin"
PIECE = re.compile(r"pieces/0[1-8]\.(?:bin|" + "|".join(sorted(EXTENSIONS)) + r")\Z")
FACTS = ("kind", "received", "mailbox", "reply_to")


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of the dossier; `name` and `type` are a stranger's words."""

    member: str
    name: str
    type: str
    size: int
    sha256: str


class DossierWriter:
    """Writes a container through `push(bytes)`. At most one chunk of plaintext is alive."""

    def __init__(self, push: Callable[[bytes], object]) -> None:
        self.pieces: list[Piece] = []
        self._push = push
        self._position = 0
        self._members: list[framing.Member] = []
        self._open: tuple[str, int] | None = None
        self._named = ("", "")
        self._size = self._crc = 0
        self._hash = hashlib.sha256()

    def begin_piece(self, name: str, declared_type: str = "") -> None:
        """Start the next file, under the name its source gave it."""
        if len(self.pieces) >= MAX_PIECES:
            raise ContainerError("trop de fichiers")
        extension = name.rpartition(".")[2].lower()
        known = extension if extension in EXTENSIONS else "bin"
        self._begin(f"pieces/{len(self.pieces) + 1:02d}.{known}")
        self._named = (_sendable(name)[:LONGEST_NAME], _sendable(declared_type)[:LONGEST_TYPE])

    def write(self, chunk: bytes) -> None:
        """Add bytes to the member that was begun."""
        self._emit(chunk)
        self._size += len(chunk)
        self._crc = zlib.crc32(chunk, self._crc)
        self._hash.update(chunk)

    def end_piece(self) -> None:
        """End the file that was begun and note its size and digest."""
        name, kind = self._named
        member, size, digest = self._end()
        self.pieces.append(Piece(member, name, kind, size, digest))

    def finish(self, message: str, facts: Mapping[str, str]) -> int:
        """Write message, manifest and padding; return the bucket.

        `facts` are `kind`, `received` (a day), `mailbox` and `reply_to`. Raises ContainerError
        when the whole is larger than the largest bucket or the padding does not come out.
        """
        size, digest = self._member(MESSAGE, _sendable(message).encode())
        self._member(MANIFEST, manifest_bytes(facts, (size, digest), self.pieces))
        listed = sum(framing.CENTRAL_BYTES + len(member.name) for member in self._members)
        fixed = self._position + listed + framing.around(PADDING) + framing.END_BYTES
        bucket = next((each for each in BUCKETS if each >= fixed), None)
        if bucket is None:
            raise ContainerError("plus grand que la plus grande taille")
        self._begin(PADDING)
        zeros = bytes(64 * KIB)
        for left in range(bucket - fixed, 0, -len(zeros)):
            self.write(zeros[:left])
        self._end()
        self._emit(framing.directory(self._members))
        if self._position != bucket:  # A surprise here must never leave unpadded.
            raise ContainerError("le remplissage ne tombe pas juste")
        return bucket

    def _member(self, name: str, data: bytes) -> tuple[int, str]:
        self._begin(name)
        self.write(data)
        return self._end()[1:]

    def _begin(self, name: str) -> None:
        if self._open:
            raise ContainerError("un membre est encore ouvert")
        self._open = (name, self._position)
        self._size, self._crc, self._hash = 0, 0, hashlib.sha256()
        self._emit(framing.local(name))

    def _end(self) -> tuple[str, int, str]:
        if self._open is None:
            raise ContainerError("aucun membre n'est ouvert")
        (name, at), self._open = self._open, None
        self._members.append(framing.Member(name, self._crc, self._size, at))
        self._emit(framing.descriptor(self._crc, self._size))
        return name, self._size, self._hash.hexdigest()

    def _emit(self, data: bytes) -> None:
        if self._position + len(data) > BUCKETS[-1]:
            raise ContainerError("plus grand que la plus grande taille")
        self._push(data)
        self._position += len(data)


def manifest_bytes(
    facts: Mapping[str, str], message: tuple[int, str], pieces: list[Piece]
) -> bytes:
    """Return the manifest: JSON in ASCII, keys sorted, no space."""
    content = {
        **facts,
        "format": FORMAT,
        "message": {"size": message[0], "sha256": message[1]},
        "pieces": [asdict(piece) for piece in pieces],
    }
    return json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def _sendable(text: str) -> str:
    """Return `text` with lone halves of surrogate pairs replaced: UTF-8 has no way to say them."""
    return text.encode("utf-8", "replace").decode()
