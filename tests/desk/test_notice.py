"""The notice goes out each day, in one size, to those on duty, and only they can read it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyrage
import pytest

from contrechamp.desk.models import Reader
from contrechamp.desk.services import noticing, signing_in
from contrechamp.kernel.errors import Misconfigured

from .conftest import PHRASE, Seal

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)


def test_news_and_no_news_have_one_size(door: Path, db: None, seal: Seal) -> None:
    identities = {code: pyrage.x25519.Identity.generate() for code in ("heron", "loutre", "castor")}
    for code, identity in identities.items():
        signing_in.add_reader(code, PHRASE, key=str(identity.to_public()))
    (door.parent / "desk" / "roster.toml").write_text('[weeks]\n"2026-W49" = ["heron", "loutre"]')

    assert noticing.send_notices(now=NOW) == ["heron", "loutre"]
    seal()
    assert noticing.send_notices(now=NOW + timedelta(days=1)) == ["castor", "heron", "loutre"]
    mails = sorted((door.parent / "desk" / "notices").iterdir())
    assert {path.stat().st_size for path in mails} == {8192}
    said = {path.stem: opened(path.read_bytes(), identities) for path in mails}
    assert said == {
        "2026-11-30-heron": "à relever : non",
        "2026-11-30-loutre": "à relever : non",
        "2026-12-01-castor": "à relever : oui",
        "2026-12-01-heron": "à relever : oui",
        "2026-12-01-loutre": "à relever : oui",
    }


def opened(mail: bytes, identities: dict[str, pyrage.x25519.Identity]) -> str:
    body = mail.split(b"\r\n\r\n", 1)[1].split(b"-----FIN-----")[0].replace(b"\r\n", b"\n")
    for identity in identities.values():
        try:
            return str(pyrage.decrypt(body, [identity]).decode().strip())
        except pyrage.DecryptError:
            continue
    raise AssertionError(body)


def test_a_reader_without_key_is_named(door: Path, heron: Reader) -> None:
    with pytest.raises(Misconfigured, match="heron"):
        noticing.send_notices(now=NOW)
