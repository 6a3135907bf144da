"""The profile openpgp: only certificates that can be sealed to, opened with gpg."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from airlock import container, envelope, recipients, sealing

from .conftest import FACTS, Desk

pytest.importorskip("pysequoia")
pytestmark = pytest.mark.skipif(not shutil.which("gpg"), reason="gpg is not installed")


class Ring:
    """A gpg home of its own, short enough for the sockets of its agent."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def gpg(self, *words: str, typed: bytes = b"") -> bytes:
        command = ["gpg", "--homedir", str(self.home), "--batch", "--quiet", "--yes", "--no-tty"]
        quiet = ["--pinentry-mode", "loopback", "--passphrase", ""]
        done = subprocess.run(  # noqa: S603 - a program of the system
            [*command, *quiet, *words], input=typed, capture_output=True, check=True
        )
        return done.stdout

    def key(self, name: str, algorithm: str, usage: str, expires: str = "never") -> str:
        self.gpg("--quick-generate-key", f"{name}@reader.example", algorithm, usage, expires)
        return f"{name}@reader.example"

    def exported(self, name: str, folder: Path, *, secret: bool = False) -> Path:
        path = folder / f"{name.partition('@')[0]}-{'secret' if secret else 'public'}.asc"
        how = "--export-secret-keys" if secret else "--export"
        path.write_bytes(self.gpg("--armor", how, name))
        return path


@pytest.fixture(scope="module")
def ring() -> Iterator[Ring]:
    home = Path(tempfile.mkdtemp(prefix="g-"))
    yield Ring(home)
    command = ["gpgconf", "--homedir", str(home), "--kill", "all"]
    subprocess.run(command, check=False)  # noqa: S603 - a program of the system
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def reader(ring: Ring) -> str:
    return ring.key("noor", "future-default", "default")


def _dossier(path: Path, certificates: list[str]) -> None:
    with path.open("xb") as sink:
        sealer = sealing.OpenpgpSealer(sink.fileno(), certificates)
        writer = container.DossierWriter(sealer.write)
        writer.begin_piece("a.pdf")
        writer.write(b"%PDF-")
        writer.end_piece()
        writer.finish("Bonjour", FACTS)
        sealer.finish()


def test_a_dossier_opens_with_the_readers_key(
    ring: Ring, reader: str, tmp_path: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate = recipients.vet_openpgp(ring.exported(reader, tmp_path))
    recipients.probe([certificate], "openpgp")
    sealed = tmp_path / ("ab" * 16 + ".gpg")
    _dossier(sealed, [certificate])
    assert envelope.look(sealed) == envelope.Envelope("openpgp", 1, 0, None)

    secret = ring.exported(reader, tmp_path, secret=True)
    assert desk("open", sealed, "--identity", secret, "--into", tmp_path / "o", "--expect", 2) == 0
    assert "2 attendues" in capsys.readouterr().err
    assert (tmp_path / "o/message.txt").read_text() == "Bonjour"

    other = ring.exported(ring.key("io", "future-default", "default"), tmp_path, secret=True)
    assert desk("open", sealed, "--identity", other, "--into", tmp_path / "p") == 4
    assert not (tmp_path / "p").exists()
    assert desk("verify", sealed, "--expect", 1) == 0


def test_a_dossier_is_sealed_again_to_another_reader(
    ring: Ring, reader: str, tmp_path: Path, desk: Desk
) -> None:
    amina = ring.key("amina", "future-default", "default")
    sealed, again = (tmp_path / f"{sign * 32}.gpg" for sign in "ab")
    _dossier(sealed, [str(ring.exported(reader, tmp_path))])
    secret, public = ring.exported(reader, tmp_path, secret=True), ring.exported(amina, tmp_path)
    words = ("--identity", secret, "--recipient", public, "--out", again)
    assert desk("reseal", sealed, *words) == 0
    hers = ring.exported(amina, tmp_path, secret=True)
    assert desk("open", again, "--identity", hers, "--into", tmp_path / "o") == 0
    words = ("--identity", secret, "--recipient", secret, "--out", tmp_path / "c.gpg")
    assert desk("reseal", sealed, *words) == 2


def test_a_cut_or_changed_message_leaves_nothing(
    ring: Ring, reader: str, tmp_path: Path, desk: Desk
) -> None:
    sealed, secret = tmp_path / "s.gpg", ring.exported(reader, tmp_path, secret=True)
    _dossier(sealed, [str(ring.exported(reader, tmp_path))])
    data = sealed.read_bytes()
    for bad in (data[:-1], data[:-100], data[:40_000] + b"x" + data[40_001:]):
        sealed.write_bytes(bad)
        assert desk("open", sealed, "--identity", secret, "--into", tmp_path / "o") == 4
        assert not (tmp_path / "o").exists()


def test_a_certificate_that_cannot_be_sealed_to_is_refused(ring: Ring, tmp_path: Path) -> None:
    bad = [
        ring.exported(ring.key("weak", "rsa1024", "default"), tmp_path),
        ring.exported(ring.key("signs", "ed25519", "sign"), tmp_path),
        _expired(ring, tmp_path),
        _revoked(ring, tmp_path),
        ring.exported(ring.key("leaked", "future-default", "default"), tmp_path, secret=True),
        _dearmoured(ring, tmp_path),
        tmp_path / "absent.asc",
    ]
    for name, raw in (("long.gpg", bytes(2 << 20)), ("two.gpg", 2 * _public(ring, tmp_path))):
        (tmp_path / name).write_bytes(raw)
        bad.append(tmp_path / name)
    (tmp_path / "garbage.asc").write_bytes(b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxx\n")
    for path in [*bad, tmp_path / "garbage.asc"]:
        with pytest.raises(recipients.RecipientError) as refusal:
            recipients.vet_openpgp(path)
        assert ("SECRÈTE" in str(refusal.value)) == path.name.startswith("leaked")


def _public(ring: Ring, folder: Path) -> bytes:
    return ring.gpg("--export", "leaked@reader.example")


def _dearmoured(ring: Ring, folder: Path) -> Path:
    path = folder / "leaked.gpg"
    path.write_bytes(ring.gpg("--export-secret-keys", "leaked@reader.example"))
    return path


def _expired(ring: Ring, folder: Path) -> Path:
    past = ["--faked-system-time", "20240101T000000!"]
    name, kind = "old@reader.example", "future-default"
    ring.gpg(*past, "--quick-generate-key", name, kind, "default", "30d")
    return ring.exported("old@reader.example", folder)


def _revoked(ring: Ring, folder: Path) -> Path:
    name = ring.key("lost", "future-default", "default")
    (made,) = sorted(
        (ring.home / "openpgp-revocs.d").glob("*.rev"), key=lambda path: path.stat().st_mtime_ns
    )[-1:]
    ring.gpg("--import", typed=made.read_bytes().replace(b":-----BEGIN", b"-----BEGIN"))
    return ring.exported(name, folder)


def test_a_readers_own_ring_is_asked_without_a_key_file(
    ring: Ring, reader: str, tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = tmp_path / "s.gpg"
    _dossier(sealed, [str(ring.exported(reader, tmp_path))])
    monkeypatch.setenv("GNUPGHOME", str(ring.home))
    assert desk("open", sealed, "--into", tmp_path / "o") == 0
    assert (tmp_path / "o/message.txt").read_text() == "Bonjour"


def test_a_message_that_nobody_sealed_is_refused(ring: Ring, tmp_path: Path, desk: Desk) -> None:
    plain = tmp_path / "plain.gpg"
    plain.write_bytes(ring.gpg("--store", typed=b"not sealed at all"))
    assert desk("open", plain, "--into", tmp_path / "o") == 4
    assert not (tmp_path / "o").exists()


def test_a_failing_gpg_is_loud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gpg").write_text("#!/bin/sh\ncat > /dev/null\nexit 2\n")
    (tmp_path / "gpg").chmod(0o755)
    with (tmp_path / "sink").open("wb") as sink:
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        sealer = sealing.OpenpgpSealer(sink.fileno(), ["reader.asc"])
        with pytest.raises(sealing.SealingError):
            sealer.finish()
        monkeypatch.setenv("PATH", "/nonexistent")
        with pytest.raises(sealing.SealingError):
            sealing.OpenpgpSealer(sink.fileno(), ["reader.asc"])
