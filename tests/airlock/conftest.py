"""Readers with their keys, sealed dossiers, and the tool as a person runs it."""

from __future__ import annotations

import os
import secrets
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from airlock import cli, container, sealing

pyrage = pytest.importorskip("pyrage")

FACTS = {
    "kind": "dossier",
    "received": "2026-01-02",
    "mailbox": "b1ffd7ab0da82bfea42a34307a9782de",
    "reply_to": "age1sjfz903s6h0swwd9fk2nxhmt9r3u6xrr9kaemayupngnzxu2l5kqxjqzrn",
}

Pieces = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Reader:
    """A reader: the public line, the secret one, and the file it rests in."""

    public: str
    secret: str
    keyfile: Path


@pytest.fixture
def readers(tmp_path: Path) -> list[Reader]:
    """Three readers."""
    made = []
    for number in range(3):
        identity = pyrage.x25519.Identity.generate()
        keyfile = tmp_path / f"key-{number}"
        keyfile.write_text(f"# public key: {identity.to_public()}\n{identity}\n")
        made.append(Reader(str(identity.to_public()), str(identity), keyfile))
    return made


def mistyped(key: str) -> str:
    """Return a key with another last letter than it has, in its own case."""
    last = "p" if key[-1] in "Qq" else "q"
    return key[:-1] + (last.upper() if key.isupper() else last)


def plain_dossier(pieces: Pieces = (), message: str = "Bonjour") -> bytes:
    """Return a container."""
    out = BytesIO()
    _write(container.DossierWriter(out.write), pieces, message)
    return out.getvalue()


def sealed_dossier(folder: Path, to: list[Reader], pieces: Pieces = (), message: str = "") -> Path:
    """Return a dossier sealed to some readers, named as the door names it."""
    path = folder / f"{secrets.token_hex(16)}.age"
    with path.open("xb") as sink:
        sealer = sealing.AgeSealer(sink.fileno(), [reader.public for reader in to])
        _write(container.DossierWriter(sealer.write), pieces, message)
        sealer.finish()
    return path


def _write(writer: container.DossierWriter, pieces: Pieces, message: str) -> None:
    for name, data in pieces:
        writer.begin_piece(name)
        writer.write(data)
        writer.end_piece()
    writer.finish(message, FACTS)


Desk = Callable[..., int]


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The tool: `desk("open", file, …, typed="text on stdin")` returns its exit code."""
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    mask = os.umask(0o022)
    handler = signal.getsignal(signal.SIGTERM)

    def run(*words: object, typed: str = "") -> int:
        given = TextIOWrapper(BytesIO(typed.encode()))
        monkeypatch.setattr(sys, "stdin", given)
        try:
            return cli.main([str(word) for word in words])
        except SystemExit as left:
            return int(left.code or 0)

    yield run
    os.umask(mask)
    signal.signal(signal.SIGTERM, handler)
