"""The readers' statement: shown only when it is theirs, of these keys, of this address, in time."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from airlock import canary as statements
from intake import canary, config

from .doors import Door, get, new_key
from .tools import needs

pytestmark = needs("ssh-keygen")


def _today() -> date:
    return datetime.now(UTC).date()


def _key(folder: Path, kind: str = "ed25519", name: str = "signer") -> Path:
    path = folder / name
    words = ["-q", "-t", kind, "-N", "", "-C", "readers", "-f", str(path)]
    subprocess.run(["ssh-keygen", *words], check=True)
    return path


def _sign(door: Door, text: str, key: Path, namespace: str = "contrechamp-canary") -> None:
    place = door.root / "canary"
    (place / "statement.txt").write_text(text)
    (place / "statement.txt.sig").unlink(missing_ok=True)
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", key, place / "statement.txt"],
        check=True,
    )


def _trust(door: Door, key: Path, options: str = "") -> None:
    public = key.with_suffix(".pub").read_text()
    (door.root / "canary" / "allowed_signers").write_text(f"readers {options}{public}")


def _stated(door: Door, dated: date | None = None, onion: str = "localhost") -> str:
    keys = (door.root / "recipients.txt").read_text().split()
    return statements.state(dated or _today(), onion, keys, "Il a plu à Brest.").text()


@pytest.fixture
def signed(door: Door) -> Door:
    """A door with a statement that holds."""
    key = _key(door.folder)
    _trust(door, key)
    _sign(door, _stated(door), key)
    return door


def test_a_statement_that_holds_is_shown_with_its_end(signed: Door) -> None:
    signed.open()
    page = signed.ask(get("/canari")).text
    assert "Il a plu à Brest." in page
    assert f"valable jusqu'au {_today() + timedelta(days=35)}" in page
    assert "ssh-keygen -Y verify" in page
    assert signed.hand_in().status == 200


def _forged(door: Door) -> None:
    path = door.root / "canary/statement.txt"
    path.write_text(path.read_text().replace("Brest", "Paris"))


def _of_another(door: Door) -> None:
    _sign(door, _stated(door), _key(door.folder, name="another"))


def _for_another_purpose(door: Door) -> None:
    _sign(door, _stated(door), door.folder / "signer", "file")


def _of_another_address(door: Door) -> None:
    _sign(door, _stated(door, onion="a" * 56 + ".onion"), door.folder / "signer")


def _of_other_keys(door: Door) -> None:
    with (door.root / "recipients.txt").open("a") as file:
        file.write(new_key()[0] + "\n")


def _removed(door: Door) -> None:
    (door.root / "canary/statement.txt").unlink()


def _without_signers(door: Door) -> None:
    (door.root / "canary/allowed_signers").unlink()


def _garbled(door: Door) -> None:
    (door.root / "canary/statement.txt.sig").write_bytes(b"\x00-----BEGIN" * 9)


def _expired(door: Door) -> None:
    _sign(door, _stated(door, _today() - timedelta(days=36)), door.folder / "signer")


@pytest.mark.parametrize(
    "spoil",
    [
        _forged,
        _of_another,
        _for_another_purpose,
        _of_another_address,
        _of_other_keys,
        _removed,
        _without_signers,
        _garbled,
        _expired,
    ],
)
def test_one_that_does_not_hold_is_never_shown_and_closes_the_door(signed: Door, spoil) -> None:  # type: ignore[no-untyped-def]
    spoil(signed)
    signed.open()
    page = signed.ask(get("/canari")).text
    assert "Il a plu" not in page
    assert ("plus valable" in page) is (spoil is _expired)
    assert ("n'est pas celle de nos lecteurs" in page) is (spoil is not _expired)
    assert signed.hand_in().status == 503
    assert signed.sealed == []


def test_a_door_may_be_set_to_warn_alone(signed: Door) -> None:
    signed.set(on_expiry="warn")
    _expired(signed)
    signed.open()
    assert "Notre déclaration signée n'est plus valable" in signed.ask(get()).text
    assert signed.hand_in().status == 200


def test_only_these_keys_count_and_no_line_with_other_options(signed: Door) -> None:
    today = _today()
    for options, state in (
        ('namespaces="contrechamp-canary" ', canary.State.VALID),
        ('valid-before="20200101" ', canary.State.FORGED),
        ("cert-authority ", canary.State.FORGED),
    ):
        _trust(signed, signed.folder / "signer", options)
        assert canary.read(config.load(signed.root), today).state is state


def test_another_kind_of_key_is_refused(door: Door) -> None:
    key = _key(door.folder, "ecdsa")
    _trust(door, key)
    _sign(door, _stated(door), key)
    assert canary.read(config.load(door.root), _today()).state is canary.State.FORGED


def test_every_flipped_bit_of_a_signature_is_refused(signed: Door) -> None:
    place = signed.root / "canary"
    message = (place / "statement.txt").read_bytes()
    signature = (place / "statement.txt.sig").read_bytes()
    signers = (place / "allowed_signers").read_text()
    canary.verify(message, signature, signers)
    for at in range(40, len(signature) - 40, 3):
        spoilt = bytearray(signature)
        spoilt[at] ^= 1
        if bytes(spoilt).split() == signature.split():
            continue
        with pytest.raises(canary.BadSignature):
            canary.verify(message, bytes(spoilt), signers)
