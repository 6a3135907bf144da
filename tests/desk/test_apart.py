"""The desk is another program than the house: its real command, its own tables, its own socket."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

ASKED = b"GET /entrer HTTP/1.1\r\nHost: abc.onion\r\nConnection: close\r\n\r\n"
RUN = "from contrechamp.cli.main import main; main()"


def clean() -> dict[str, str]:
    ours = ("CONTRECHAMP", "DJANGO", "DESK")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def run(*arguments: str, given: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", RUN, *arguments],
        input=given,
        env=clean() | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def door(tmp_path: Path) -> Path:
    for name in ("store", "replies", "orders", "canary"):
        (tmp_path / "door" / name).mkdir(parents=True)
    return tmp_path / "door"


def test_a_desk_is_made_and_has_its_tables_alone(tmp_path: Path, door: Path) -> None:
    data = tmp_path / "desk"
    for _ in range(2):
        done = run("desk", "init", str(data), "--door", str(door), "--host", "abc.onion")
        assert done.returncode == 0, done.stderr
    assert data.stat().st_mode & 0o777 == 0o700
    assert (data / "secret_key").stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(data / "desk.sqlite3") as base:
        names = {
            row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type='table'")
        }
    base.close()

    assert {"desk_reader", "desk_sheet", "desk_paired", "desk_deed", "desk_note"} <= names
    assert not [name for name in names if name.startswith(("census", "documents", "accounts"))]

    phrase = "une phrase assez longue pour lire\n"
    added = run("desk", "add-reader", str(data), "heron", "--passphrase-file", "-", given=phrase)
    assert added.stdout.startswith("otpauth://totp/Bureau:heron?secret=")
    again = run("desk", "add-reader", str(data), "heron", "--passphrase-file", "-", given=phrase)
    assert again.returncode == 2
    answer = ask(tmp_path, data)
    assert answer.startswith("HTTP/1.1 200")
    assert "bureau_forms" in answer


def ask(tmp_path: Path, data: Path) -> str:
    """Serve on a socket, as the onion service reaches it, and fetch the first page."""
    path = tmp_path / "s"
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", RUN, "desk", "serve", str(data), "--unix", str(path)],
        env=clean(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = monotonic() + 90
        while monotonic() < deadline:
            try:
                with socket.socket(socket.AF_UNIX) as line:
                    line.settimeout(30)
                    line.connect(str(path))
                    line.sendall(
                        b"GET /entrer HTTP/1.1\r\nHost: abc.onion\r\nConnection: close\r\n\r\n"
                    )
                    said = b""
                    while chunk := line.recv(65536):
                        said += chunk
                    return said.decode()
            except (FileNotFoundError, ConnectionRefusedError):
                sleep(0.2)
        raise TimeoutError
    finally:
        server.terminate()
        server.wait(30)


@pytest.mark.parametrize(
    "arguments",
    [
        ("init", "{tmp}/desk", "--door", "{tmp}/nowhere"),
        ("serve", "{tmp}/nothing", "--bind", "127.0.0.1:1"),
        ("notice", "{tmp}/nothing"),
    ],
)
def test_what_is_not_set_up_is_refused_with_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = run("desk", *(each.format(tmp=tmp_path) for each in arguments))

    assert done.returncode == 4
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_the_house_has_no_table_of_the_desk() -> None:
    code = (
        "import django; django.setup()\n"
        "from django.apps import apps\n"
        "print('contrechamp.desk' in [each.name for each in apps.get_app_configs()])"
    )
    environ = {k: v for k, v in os.environ.items() if not k.startswith("DESK")}
    environ["DJANGO_SETTINGS_MODULE"] = "contrechamp.project.settings"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"
