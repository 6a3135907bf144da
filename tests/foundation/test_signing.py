"""The signature of an instance: one key, made once, that others check without our program."""

from __future__ import annotations

import shutil
import stat
import subprocess
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.foundation import signing
from contrechamp.kernel.errors import Misconfigured, Refused

KEYS = signing.KeyPair(bytes(range(32)))


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = signing.key_pair(tmp_path / "keys")
    path = tmp_path / "keys" / signing.PRIVATE
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert signing.key_pair(tmp_path / "keys") == first
    assert (tmp_path / "keys" / signing.PUBLIC).read_text() == first.public_key
    assert {each.name for each in path.parent.iterdir()} == {signing.PRIVATE, signing.PUBLIC}
    assert signing.key_pair(tmp_path / "other") != first
    assert first.seed.hex() not in repr(first)
    assert repr(first.seed) not in repr(first)


def test_two_that_make_a_key_at_once_get_the_same(tmp_path: Path) -> None:
    found: list[signing.KeyPair] = []
    threads = [Thread(target=lambda: found.append(signing.key_pair(tmp_path))) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_damaged_key_is_told_and_never_replaced(tmp_path: Path) -> None:
    (tmp_path / signing.PRIVATE).write_text("-----BEGIN PRIVATE KEY-----\nxx\n")
    with pytest.raises(Misconfigured, match=signing.PRIVATE):
        signing.key_pair(tmp_path)
    assert "xx" in (tmp_path / signing.PRIVATE).read_text()


@given(st.binary(max_size=200), st.integers(0, 10**6))
def test_what_was_signed_holds_and_one_changed_bit_does_not(manifest: bytes, bit: int) -> None:
    signature = KEYS.sign(manifest)
    assert signing.check(manifest, signature, KEYS.public_key)
    assert not signing.check(manifest + b" ", signature, KEYS.public_key)
    place, mask = (bit // 8) % 64, 1 << bit % 8
    bent = bytes(byte ^ mask if at == place else byte for at, byte in enumerate(signature))
    assert not signing.check(manifest, bent, KEYS.public_key)
    assert not signing.check(manifest, signature[:-1], KEYS.public_key)
    other = signing.KeyPair(bytes(32)).public_key
    assert not signing.check(manifest, signature, other)


@pytest.mark.parametrize("text", ["", "ssh-ed25519 AAAA", KEYS.public_key[:-40], "\0"])
def test_what_is_no_public_key_is_refused_in_words(text: str) -> None:
    with pytest.raises(Refused, match=r"public-key\.pem"):
        signing.check(b"", bytes(64), text)


def test_an_instance_signs_with_its_own_key(tmp_path: Path, settings: LazySettings) -> None:
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, data=tmp_path)
    assert signing.find_public_key() == ""
    signature = signing.sign(b"manifest")
    assert signing.check(b"manifest", signature, signing.public_key())
    assert signing.find_public_key() == signing.public_key()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_somebody_with_openssl_alone_can_check(tmp_path: Path) -> None:
    (tmp_path / "public-key.pem").write_text(KEYS.public_key)
    (tmp_path / "m").write_bytes(b"manifest")
    (tmp_path / "m.sig").write_bytes(KEYS.sign(b"manifest"))
    command = "openssl pkeyutl -verify -rawin -pubin -inkey public-key.pem -sigfile m.sig -in m"

    def checks() -> int:
        return subprocess.run(  # noqa: S603  our own words
            command.split(), cwd=tmp_path, capture_output=True, check=False
        ).returncode

    assert checks() == 0
    (tmp_path / "m").write_bytes(b"Manifest")
    assert checks() != 0
