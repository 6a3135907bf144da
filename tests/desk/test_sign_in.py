"""Three things open the desk; none serves twice, and guessing is slowed down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pyrage
import pytest
from django.test import Client

from contrechamp.desk.models import Deed, Reader
from contrechamp.desk.services import signing_in
from contrechamp.kernel.errors import Refused

from .conftest import PHRASE, enter

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def digits(reader: Reader, now: datetime = NOW) -> str:
    return pyotp.TOTP(reader.seed).at(now)


def test_all_three_are_needed(heron: Reader) -> None:
    right = digits(heron)

    assert signing_in.check("heron", PHRASE, right, now=NOW) == heron
    Reader.objects.update(last_step=0)
    assert signing_in.check("heron", "autre", right, now=NOW) is None
    assert signing_in.check("heron", PHRASE, "000000", now=NOW) is None
    assert signing_in.check("renard", PHRASE, right, now=NOW) is None


def test_a_code_serves_once(heron: Reader) -> None:
    assert signing_in.check("heron", PHRASE, digits(heron), now=NOW)
    assert signing_in.check("heron", PHRASE, digits(heron), now=NOW) is None
    earlier = digits(heron, NOW - timedelta(seconds=30))
    assert signing_in.check("heron", PHRASE, earlier, now=NOW) is None
    later = NOW + timedelta(seconds=30)
    assert signing_in.check("heron", PHRASE, digits(heron, later), now=later)


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_clock_half_a_minute_off_still_opens(heron: Reader, seconds: int) -> None:
    shown = digits(heron, NOW + timedelta(seconds=seconds))

    assert signing_in.check("heron", PHRASE, shown, now=NOW)


def test_five_failures_shut_the_door_for_a_minute_then_longer(heron: Reader) -> None:
    for _ in range(5):
        assert signing_in.check("heron", PHRASE, "000000", now=NOW) is None
    assert signing_in.check("heron", PHRASE, digits(heron), now=NOW) is None
    later = NOW + timedelta(seconds=61)
    assert signing_in.check("heron", "autre", digits(heron, later), now=later) is None
    heron.refresh_from_db()
    assert heron.shut_until == later + timedelta(minutes=2)
    end = later + timedelta(minutes=2)
    assert signing_in.check("heron", PHRASE, digits(heron, end), now=end)


def test_failures_never_shut_for_more_than_an_hour(heron: Reader) -> None:
    Reader.objects.update(failures=60)
    assert signing_in.check("heron", PHRASE, "000000", now=NOW) is None
    heron.refresh_from_db()
    assert heron.shut_until == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("code", "phrase"), [("Héron", PHRASE), ("", PHRASE), ("a" * 41, PHRASE), ("castor", "court")]
)
def test_a_reader_is_a_plain_code_and_a_long_phrase(db: None, code: str, phrase: str) -> None:
    with pytest.raises(Refused):
        signing_in.add_reader(code, phrase)


def test_two_readers_have_two_codes(heron: Reader) -> None:
    with pytest.raises(Refused):
        signing_in.add_reader("heron", PHRASE)


def test_a_key_that_cannot_be_is_refused_and_not_repeated(db: None) -> None:
    secret = "AGE-SECRET-KEY-1" + "Q" * 58
    with pytest.raises(Refused) as refused:
        signing_in.add_reader("castor", PHRASE, key=secret)
    assert "QQQ" not in str(refused.value)
    with pytest.raises(Refused):
        signing_in.set_key("castor", str(pyrage.x25519.Identity.generate().to_public()))


def test_nobody_sees_a_page_without_signing_in(door: Path, db: None) -> None:
    for path in ("/", "/repondre", "/journal", "/declaration", "/dossier/x", "/dossier/x/scelle"):
        response = Client().get(path)
        assert response.status_code == 302, path
        assert response["Location"] == "/entrer"


def test_a_wrong_try_is_a_sentence_that_tells_nothing(door: Path, heron: Reader) -> None:
    given = {"code": "renard", "passphrase": PHRASE, "digits": "123456"}
    unknown = Client().post("/entrer", given)
    wrong = Client().post("/entrer", given | {"code": "heron"})

    assert unknown.status_code == wrong.status_code == 403
    assert "inexact" in unknown.content.decode()
    assert len(unknown.content) - len("renard") == len(wrong.content) - len("heron")


def test_a_dismissed_reader_is_out_at_once(door: Path, heron: Reader) -> None:
    client = enter(heron)
    assert client.get("/").status_code == 200
    signing_in.dismiss_reader("heron")
    assert client.get("/").status_code == 302
    with pytest.raises(Refused):
        signing_in.dismiss_reader("heron")


def test_the_session_lasts_half_an_hour_and_a_way_out_ends_it(door: Path, heron: Reader) -> None:
    client = enter(heron)
    assert client.post("/sortir").status_code == 302
    assert client.get("/").status_code == 302
    assert Deed.objects.get(what="signed_in").reader == "heron"
