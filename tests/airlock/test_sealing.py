"""Sealing: standard files, for each reader and nobody else, or a loud failure."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from airlock import bech32, envelope, recipients, resealing, sealing
from airlock.say import Refused

from .conftest import Reader, mistyped

pyrage = pytest.importorskip("pyrage")


def _seal(folder: Path, plain: bytes, to: list[Reader]) -> Path:
    path = folder / "sealed"
    with path.open("wb") as sink:
        sealer = sealing.AgeSealer(sink.fileno(), [reader.public for reader in to])
        for start in range(0, len(plain), 7777):
            sealer.write(plain[start : start + 7777])
        sealer.finish()
    return path


def _opened(sealed: bytes, reader: Reader) -> bytes:
    plain: bytes = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(reader.secret)])
    return plain


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 1_000_001])
def test_each_reader_opens_it_and_nobody_else(
    size: int, tmp_path: Path, readers: list[Reader]
) -> None:
    plain = os.urandom(size)
    path = _seal(tmp_path, plain, readers[:2])
    seen = envelope.look(path)

    assert (seen.profile, seen.recipients) == ("age", 2)  # grease is not counted
    assert path.stat().st_size == seen.header + envelope.payload_length(size)
    assert [_opened(path.read_bytes(), reader) for reader in readers[:2]] == [plain, plain]
    with pytest.raises(pyrage.DecryptError):
        _opened(path.read_bytes(), readers[2])


def test_the_program_age_opens_it(tmp_path: Path, readers: list[Reader]) -> None:
    if not shutil.which("age"):
        pytest.skip("the program age is not installed")
    plain = os.urandom(200_000)
    path = _seal(tmp_path, plain, readers[:1])
    command = ["age", "-d", "-i", str(readers[0].keyfile), str(path)]
    done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    assert done.stdout == plain


def test_a_flipped_bit_or_a_cut_is_refused(tmp_path: Path, readers: list[Reader]) -> None:
    data = _seal(tmp_path, os.urandom(200_000), readers[:1]).read_bytes()
    played = random.Random(3)  # noqa: S311 - a test plays
    mac = data.index(b"\n--- ")
    broken = [data[:cut] for cut in (mac, len(data) - 1, len(data) - 16, mac + 64 + 16 + 65552)]
    for at in [played.randrange(len(data)) for _ in range(60)]:
        changed = bytearray(data)
        changed[at] ^= 1 << played.randrange(8)
        broken.append(bytes(changed))
    for bad in broken:
        with pytest.raises(BaseException):  # noqa: B017, PT011 - a panic of the library too
            _opened(bad, readers[0])


def test_forked_children_never_share_randomness(tmp_path: Path, readers: list[Reader]) -> None:
    _seal(tmp_path, b"warms the parent's generator", readers[:1])
    pyrage.encrypt(b"and its own", [pyrage.x25519.Recipient.from_str(readers[0].public)])
    sealed = [_seal(tmp_path, b"same", readers[:1]).read_bytes() for _ in range(12)]
    assert len({data.split(b"\n")[1] for data in sealed}) == 12


def _fill(sealer: sealing.Sealer) -> None:
    for _ in range(100):
        sealer.write(bytes(65536))
    sealer.finish()


def test_a_full_disk_is_loud(readers: list[Reader]) -> None:
    with Path("/dev/full").open("wb") as full:
        sealer = sealing.AgeSealer(full.fileno(), [readers[0].public])
        with pytest.raises(sealing.SealingError):
            _fill(sealer)
        sealer.abort()


def test_a_killed_encryptor_is_loud(tmp_path: Path, readers: list[Reader]) -> None:
    for sealer_class, keys in (
        (sealing.AgeSealer, [readers[0].public]),
        (resealing.AgeProgramSealer, [readers[0].public]),
    ):
        if sealer_class is resealing.AgeProgramSealer and not shutil.which("age"):
            continue
        with (tmp_path / "sink").open("wb") as sink:
            sealer = sealer_class(sink.fileno(), keys)
            assert sealer._pid
            os.kill(sealer._pid, signal.SIGKILL)
            with pytest.raises(sealing.SealingError):
                _fill(sealer)
            sealer.abort()
            with pytest.raises(sealing.SealingError):
                sealer.write(b"x")
            with pytest.raises(sealing.SealingError):
                sealer.finish()


def test_two_sealers_end_in_any_order(tmp_path: Path, readers: list[Reader]) -> None:
    with (tmp_path / "a").open("wb") as one, (tmp_path / "b").open("wb") as two:
        sealers = [sealing.AgeSealer(each.fileno(), [readers[0].public]) for each in (one, two)]
        for sealer in sealers:
            sealer.write(b"plain")
        for sealer in sealers:  # the second child must not hold the first one's pipe open
            sealer.finish()
    for name in "ab":
        assert _opened((tmp_path / name).read_bytes(), readers[0]) == b"plain"


def test_no_process_left_for_the_encryptor_is_loud(
    tmp_path: Path, readers: list[Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fail)
    with (tmp_path / "a").open("wb") as sink, pytest.raises(sealing.SealingError):
        sealing.AgeSealer(sink.fileno(), [readers[0].public])


def test_an_abort_leaves_no_process(tmp_path: Path, readers: list[Reader]) -> None:
    with (tmp_path / "sink").open("wb") as sink:
        sealer = sealing.AgeSealer(sink.fileno(), [readers[0].public])
        child = sealer._pid
        sealer.write(b"x")
        sealer.abort()
    assert child
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_it_needs_a_recipient(tmp_path: Path) -> None:
    with (tmp_path / "sink").open("wb") as sink:
        for kind in (sealing.AgeSealer, sealing.OpenpgpSealer):
            with pytest.raises(sealing.SealingError):
                kind(sink.fileno(), [])


@pytest.mark.parametrize("point", sorted(recipients._LOW_ORDER))
def test_a_point_of_small_order_is_refused(point: bytes) -> None:
    for raw in (point, point[:31] + bytes([point[31] | 0x80])):
        with pytest.raises(recipients.RecipientError):
            recipients.vet_age(bech32.encode("age", raw))


def test_a_doubtful_line_is_refused_without_being_repeated(readers: list[Reader]) -> None:
    good, secret = readers[0].public, readers[0].secret
    bad = ["", "age1", secret, secret.lower(), f"# {secret}", mistyped(good), good.upper()]
    for line in [
        *bad,
        "ssh-ed25519 AAAA",
        "age1pq1qqqq",
        good + " x",
        bech32.encode("agf", bytes(32)),
    ]:
        with pytest.raises(recipients.RecipientError) as refusal:
            recipients.vet_age(line)
        assert secret not in str(refusal.value)


def test_a_file_of_recipients_is_read(tmp_path: Path, readers: list[Reader]) -> None:
    keys = [reader.public for reader in readers]
    path = tmp_path / "recipients.txt"
    path.write_text(f"# our readers\n{keys[0]} # héron\n\n{keys[1]}\n".replace("é", "e"))
    assert recipients.load_age(path) == keys[:2]

    twice, many = f"{keys[0]}\n{keys[0]}\n", "\n".join(keys * 5)
    for text in ("", "# nobody\n", twice, many, f"{keys[0]}\n# {readers[1].secret}\n", "é"):
        path.write_text(text)
        with pytest.raises(recipients.RecipientError):
            recipients.load_age(path)
    with pytest.raises(recipients.RecipientError):
        recipients.load_age(tmp_path / "absent")


def test_a_trial_sealing_that_fails_is_told(
    monkeypatch: pytest.MonkeyPatch, readers: list[Reader]
) -> None:
    monkeypatch.setattr(pyrage, "encrypt_io", lambda *_: sys.exit(1))
    with pytest.raises(recipients.RecipientError):
        recipients.probe([readers[0].public])


def test_a_file_that_is_not_sealed_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x"
    for data in (
        b"",
        b"%PDF",
        envelope.AGE_MAGIC,
        envelope.AGE_MAGIC + b"\n--- x",
        b"\x85",
        b"\x87a",
        b"\xc1\xe0",
        b"\xc1\xff\x00",
        b"\xc1\xc0",
        b"\xcb\x01\x00",
    ):
        path.write_bytes(data)
        with pytest.raises(envelope.EnvelopeError):
            envelope.look(path)


def test_readers_seal_to_vetted_keys_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text("clé")
    with pytest.raises(Refused):
        resealing.readers([], [path])
    with pytest.raises(Refused):
        resealing.readers(["age1x"], [])
