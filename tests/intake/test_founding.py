"""`contrechamp-intake init`: what makes a door, and what must never."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from airlock import bech32
from tests.airlock.conftest import mistyped

from .doors import Door, new_key, run

LOW_ORDER = bech32.encode("age", b"\1" + bytes(31))


def test_a_new_door_has_its_folders_and_nobody_else_may_look(tmp_path: Path) -> None:
    public, _ = new_key()
    done = run("init", tmp_path / "d", "--recipient", public)
    assert (done.returncode, done.stderr) == (0, "")
    modes = {p.name: oct(stat.S_IMODE(p.stat().st_mode)) for p in (tmp_path / "d").iterdir()}
    assert set(modes) == {
        *("store", "replies", "orders", "canary", "run"),
        *("recipients.txt", "intake.toml", "pepper", "intake.sqlite3"),
    }
    assert modes["pepper"] == modes["intake.sqlite3"] == "0o600"
    assert all(mode.endswith("0") for mode in modes.values())
    assert (tmp_path / "d" / "recipients.txt").read_text() == f"{public}\n"
    assert (tmp_path / "d" / "pepper").stat().st_size == 32


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "age1",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1hbGV4",
        "age1pq1qqqq",
        LOW_ORDER,
        "SECRET",
        "MISTYPED",
        "TWICE",
    ],
)
def test_a_key_that_is_not_fit_makes_no_door(tmp_path: Path, wrong: str) -> None:
    public, secret = new_key()
    other, _ = new_key()
    given = {"SECRET": secret, "MISTYPED": mistyped(public), "TWICE": other}.get(wrong, wrong)
    done = run("init", tmp_path / "d", "--recipient", other, "--recipient", given)
    assert done.returncode == 3
    assert done.stderr.startswith("contrechamp-intake: refused: ")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "d").exists()
    assert list(tmp_path.iterdir()) == []
    assert secret not in done.stdout + done.stderr


def test_an_existing_directory_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("kept")
    done = run("init", tmp_path, "--recipient", new_key()[0])
    assert done.returncode == 3
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_an_address_is_an_onion(tmp_path: Path) -> None:
    done = run("init", tmp_path / "d", "--recipient", new_key()[0], "--onion", "example.org")
    assert done.returncode == 3
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["init"],
        ["serve", "DIR"],
        ["serve", "DIR", "--bind", "0.0.0.0:80"],
        ["serve", "DIR", "--bind", "192.0.2.1:80"],
        ["serve", "DIR", "--bind", "localhost"],
        ["tidy", "DIR", "--today", "hier"],
    ],
)
def test_bad_use_is_told_apart_from_danger(door: Door, words: list[str]) -> None:
    done = run(*[str(door.root) if word == "DIR" else word for word in words])
    assert done.returncode == 2
    assert done.stderr.startswith("usage: ")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("recipients.txt", ""),
        ("recipients.txt", "age1qqqq\n"),
        ("recipients.txt", LOW_ORDER + "\n"),
        ("recipients.txt", "SECRET"),
        ("pepper", "short"),
        ("intake.toml", ""),
        ("intake.toml", "uploads = 'many'"),
    ],
)
def test_an_unsafe_door_does_not_start(door: Door, name: str, content: str) -> None:
    (door.root / name).write_text(door.secret if content == "SECRET" else content)
    done = run("serve", door.root, "--unix", door.socket)
    assert done.returncode == 3
    assert "refused: " in done.stderr
    assert door.secret not in done.stderr
    assert not door.socket.exists()


def test_a_pepper_that_others_may_read_keeps_the_door_shut(door: Door) -> None:
    (door.root / "pepper").chmod(0o644)
    done = run("serve", door.root, "--unix", door.socket)
    assert (done.returncode, "chmod 600" in done.stderr) == (3, True)


def test_an_unknown_setting_is_named(door: Door) -> None:
    with (door.root / "intake.toml").open("a") as file:
        file.write("upload = 3\n")
    done = run("serve", door.root, "--unix", door.socket)
    assert (done.returncode, "upload" in done.stderr) == (3, True)
