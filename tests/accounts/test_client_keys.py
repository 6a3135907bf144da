"""Limits that shut nobody out: no address, one address for all, or a circuit for each."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from contrechamp.accounts import services
from contrechamp.accounts.models import Try
from tests import make
from tests.people import Answer, Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
PHRASE = "lampadaire girouette tambour noisette"
WRONG = "grillon marmelade boussole tonnerre"
CIRCUIT = "fc00:dead:beef:4dad::"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> str:
    changed = dataclasses.replace(settings.CONTRECHAMP, circuit_header="X-Circuit")
    monkeypatch.setattr(settings, "CONTRECHAMP", changed)
    return "X-Circuit"


def tries(name: str, phrase: str, *, circuit: str = "", address: str = "", **more: str) -> Answer:
    person = Person()
    headers = {"x-circuit": circuit} if circuit else {}
    fields = {"name": name, "passphrase": phrase, **more}
    return Answer(person.browser.post("/connexion/", fields, REMOTE_ADDR=address, headers=headers))


@pytest.mark.parametrize("address", ["", "127.0.0.1"])
def test_a_known_browser_passes_while_a_stranger_tries_a_hundred_times(address: str) -> None:
    make.user("noor")
    owner = Person()
    fields = {"name": "noor", "passphrase": PHRASE}
    owner.browser.post("/connexion/", fields, REMOTE_ADDR=address)
    owner.browser.cookies.pop("sessionid")
    for _ in range(100):
        tries("noor", WRONG, address=address)

    assert Answer(owner.browser.post("/connexion/", fields, REMOTE_ADDR=address)).location == "/"


@pytest.mark.parametrize("address", ["", "127.0.0.1"])
def test_a_new_browser_passes_with_a_code_and_without_waiting(address: str) -> None:
    _, codes = services.sign_up(name="noor", passphrase=PHRASE, now=timezone.now())
    for _ in range(20):
        kept_waiting = tries("noor", WRONG, address=address)
    assert kept_waiting.status == 429
    assert 'name="code"' in kept_waiting.text

    assert tries("noor", PHRASE, address=address).status == 429
    assert tries("noor", PHRASE, address=address, code="aaaaa-aaaaa").status == 403
    assert tries("noor", WRONG, address=address, code=codes[0]).status == 403
    assert tries("noor", PHRASE, address=address, code=codes[0]).location == "/"


def test_fifty_circuits_all_pass_while_another_tries(told: str) -> None:
    make.user("somebody")
    for number in range(50):
        make.user(f"person{number}x")
    for _ in range(100):
        tries("somebody", WRONG, circuit=f"{CIRCUIT}ffff")
    for number in range(50):
        assert tries(f"person{number}x", PHRASE, circuit=f"{CIRCUIT}{number}").location == "/"


def test_the_owner_passes_on_another_circuit_while_one_tries(told: str) -> None:
    make.user("noor")
    for _ in range(10):
        tries("noor", WRONG, circuit=f"{CIRCUIT}1")
    assert tries("noor", PHRASE, circuit=f"{CIRCUIT}1").status == 429
    assert tries("noor", PHRASE, circuit=f"{CIRCUIT}2").location == "/"


def test_circuits_without_end_are_no_guesses_without_end(told: str) -> None:
    make.user("noor")
    answers = [tries("noor", WRONG, circuit=f"{CIRCUIT}{number}") for number in range(40)]
    assert answers[0].status == 403
    assert answers[-1].status == 429


def test_a_header_that_the_operator_did_not_name_is_not_read() -> None:
    make.user("noor")
    for number in range(6):
        answer = tries("noor", WRONG, circuit=f"{CIRCUIT}{number}")
    assert answer.status == 429


def test_a_circuit_is_another_key_each_day_and_is_kept_nowhere(told: str) -> None:
    key = services.circuit_key("circuit", NOW)
    assert services.circuit_key("circuit", NOW) == key != services.circuit_key("other", NOW)
    assert services.circuit_key("circuit", NOW + timedelta(days=1)) != key
    assert services.circuit_key("", NOW) == ""

    tries("noor", WRONG, circuit=f"{CIRCUIT}7", address="192.0.2.7")
    rows = str(list(Try.objects.values()))
    assert CIRCUIT not in rows
    assert "192.0.2" not in rows


def test_tries_of_another_day_are_forgotten() -> None:
    Try.objects.create(key="a", count=3, last_at=NOW - timedelta(days=2))
    Try.objects.create(key="b", count=3, last_at=NOW)
    services.forget_old_tries(NOW)
    assert [row.key for row in Try.objects.all()] == ["b"]
