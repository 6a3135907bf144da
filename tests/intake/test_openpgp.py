"""The profile openpgp: certificates in a folder, named in recipients.txt, opened by GnuPG."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from .doors import Door, run
from .tools import needs

pytestmark = needs("gpg")


@pytest.fixture
def home() -> Iterator[Path]:
    """A GnuPG home with one key; its path is short, or the agent's socket does not fit."""
    place = Path("/dev/shm") / f"g{os.getpid()}"  # noqa: S108
    place.mkdir(mode=0o700)
    _gpg(place, "--passphrase", "", "--quick-gen-key", "Lectrice <l@example.org>", "ed25519")
    told = _gpg(place, "--with-colons", "--list-keys").decode()
    finger = next(line.split(":")[9] for line in told.splitlines() if line.startswith("fpr"))
    _gpg(place, "--passphrase", "", "--quick-add-key", finger, "cv25519", "encr")
    yield place
    subprocess.run(["gpgconf", "--homedir", place, "--kill", "all"], check=False)
    shutil.rmtree(place, ignore_errors=True)


def _gpg(home: Path, *words: str) -> bytes:
    command = ["gpg", "--homedir", str(home), "--batch", "--pinentry-mode", "loopback", *words]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _founded(tmp_path: Path, home: Path) -> Door:
    certificate = tmp_path / "reader.asc"
    certificate.write_bytes(_gpg(home, "--armor", "--export"))
    door = Door(tmp_path)
    shutil.rmtree(door.root)
    done = run("init", door.root, "--recipient", certificate, "--profile", "openpgp")
    assert (done.returncode, done.stderr) == (0, "")
    door.set(free_mib=1, uploads=4)
    return door


def test_a_dossier_is_sealed_by_gnupg_and_opened_by_it(tmp_path: Path, home: Path) -> None:
    door = _founded(tmp_path, home)
    door.open()
    try:
        told = door.hand_in("Bonjour à vous".encode(), [(b"a.pdf", b"A" * 300_000)])
        assert len(told.codename.split()) == 8
        (sealed,) = door.sealed
        assert sealed.suffix == ".gpg"
        plain = tmp_path / "plain.zip"
        _gpg(home, "--output", str(plain), "--decrypt", str(sealed))
        assert plain.stat().st_size == 1 << 20
        assert "Bonjour à vous".encode() in plain.read_bytes()
        assert door.come_back(told.codename).status == 200
        (door.root / "recipients" / "01.asc").write_bytes(b"another")
        assert door.hand_in().status == 503
    finally:
        door.close()


def test_a_secret_key_or_none_makes_no_door(tmp_path: Path, home: Path) -> None:
    secret = tmp_path / "secret.asc"
    secret.write_bytes(_gpg(home, "--armor", "--export-secret-keys"))
    nothing = tmp_path / "nothing.asc"
    nothing.write_text("not a certificate")
    for given in (secret, nothing, tmp_path / "absent.asc"):
        done = run("init", tmp_path / "d", "--recipient", given, "--profile", "openpgp")
        assert done.returncode == 3
        assert not (tmp_path / "d").exists()


def test_a_certificate_exchanged_before_the_start_is_noticed(tmp_path: Path, home: Path) -> None:
    door = _founded(tmp_path, home)
    path = door.root / "recipients" / "01.asc"
    path.write_bytes(path.read_bytes() + b"\n")
    done = run("serve", door.root, "--unix", door.socket)
    assert (done.returncode, "recipients.txt" in done.stderr) == (3, True)
