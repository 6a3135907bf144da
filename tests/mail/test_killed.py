"""Whoever reads the mailbox may be killed at any moment: what was held is held once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.mail.letters import answer
from tests.mail.servers import FakeImap

TABLES = """
import django
django.setup()
from django.apps import apps
from django.db import connection
with connection.schema_editor() as editor:
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            editor.create_model(model)
"""
POLL = """
import django
django.setup()
from contrechamp.mail import services
check = services.poll()
print(check.ok, check.error)
"""


@pytest.fixture
def fake() -> Iterator[FakeImap]:
    server = FakeImap({})
    yield server
    server.close()


def test_a_reader_that_is_killed_anywhere_loses_nothing_and_doubles_nothing(
    fake: FakeImap, tmp_path: Path
) -> None:
    raws = [answer(text=f"numéro {number}\r\n" * 50) for number in range(4)]
    fake.messages = {"INBOX": raws}
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "contrechamp.project.settings",
        "CONTRECHAMP_DATA": str(tmp_path),
        "CONTRECHAMP_MAILBOX": fake.address,
    }

    # Of all rooms: whoever reads the mailbox tells those above, and they look into theirs.
    subprocess.run([sys.executable, "-c", TABLES], check=True, env=environ)  # noqa: S603

    def reader() -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", POLL], stdout=subprocess.PIPE, text=True, env=environ
        )

    # In the middle of signing in, of the list, of a message, and between a row and its mark.
    for number in (1, 2, 5, 6, 7):
        fake.commands, fake.hangs_at = 0, number
        fake.hung.clear()
        process = reader()
        assert fake.hung.wait(60)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert rows(tmp_path) <= {sha256(raw).hexdigest() for raw in raws}
    fake.hangs_at = None
    process = reader()
    said, _ = process.communicate(timeout=120)

    assert said == "True \n"
    assert rows(tmp_path) == {sha256(raw).hexdigest() for raw in raws}
    for raw in raws:
        name = sha256(raw).hexdigest()
        path = tmp_path / "mail" / "kept" / name[:2] / name[2:4] / name
        assert path.read_bytes() == raw


def rows(data: Path) -> set[str]:
    """Return the hashes in the table; each is there once."""
    with sqlite3.connect(data / "contrechamp.sqlite3") as base:
        found = [row[0] for row in base.execute("SELECT sha256 FROM mail_incoming")]
    base.close()
    assert len(found) == len(set(found))
    return set(found)
