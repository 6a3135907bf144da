"""A desk beside a door's folder, two readers, and files of the lengths that a door makes."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pyotp
import pytest
from django.conf import LazySettings
from django.test import Client

from airlock.envelope import payload_length
from contrechamp.desk.models import Reader
from contrechamp.desk.services import signing_in
from contrechamp.project import settings_desk

PHRASE = "une phrase assez longue pour lire"
Seal = Callable[..., str]


@pytest.fixture
def door(tmp_path: Path, settings: LazySettings) -> Path:
    for name in ("store", "replies", "orders", "canary"):
        (tmp_path / "door" / name).mkdir(parents=True)
    (tmp_path / "desk").mkdir()
    settings.DESK_DOOR, settings.DESK_DATA = tmp_path / "door", tmp_path / "desk"
    settings.ROOT_URLCONF = settings_desk.ROOT_URLCONF
    settings.MIDDLEWARE = [
        each for each in settings_desk.MIDDLEWARE if not each.startswith("whitenoise")
    ]
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django.contrib.messages"]
    settings.MESSAGE_STORAGE = settings_desk.MESSAGE_STORAGE
    settings.TEMPLATES = settings_desk.TEMPLATES
    settings.CONTENT_SECURITY_POLICY = settings_desk.CONTENT_SECURITY_POLICY
    return tmp_path / "door"


@pytest.fixture
def heron(db: None) -> Reader:
    return signing_in.add_reader("heron", PHRASE)


@pytest.fixture
def loutre(db: None) -> Reader:
    return signing_in.add_reader("loutre", PHRASE)


@pytest.fixture
def seal(door: Path) -> Seal:
    """Put a file at the door as it looks from outside: header, keys, payload of a bucket."""

    def put(bucket: int = 64 << 10, keys: int = 2, day: date = date(2026, 11, 2)) -> str:
        name = f"{secrets.token_hex(16)}.age"
        path = door / "store" / name
        path.write_bytes(head(keys) + os.urandom(payload_length(bucket)))
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
        os.utime(path, (moment, moment))
        return name

    return put


def head(keys: int) -> bytes:
    return b"age-encryption.org/v1\n" + b"-> X25519 a\nb\n" * keys + b"--- c\n"


def enter(reader: Reader) -> Client:
    """Sign in as a reader does, with the code of this moment."""
    reader.refresh_from_db()
    Reader.objects.filter(pk=reader.pk).update(last_step=0)
    client = Client()
    given = {
        "code": reader.code,
        "passphrase": PHRASE,
        "digits": pyotp.TOTP(reader.seed).now(),
    }
    assert client.post("/entrer", given).status_code == 302
    return client
