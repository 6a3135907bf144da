"""What a visit leaves behind: neither an address, nor a circuit, nor the name of a browser."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection

from tests import make
from tests.accounts.test_entering import OPEN, opens_account
from tests.people import Person

pytestmark = pytest.mark.django_db
ADDRESS, AGENT = "192.0.2.77", "Zorglub/4.2 (moon)"
CIRCUIT = "fc00:dead:beef:4dad::beef:77"
PHRASE = "lampadaire girouette tambour noisette"


def kept() -> Iterator[str]:
    """Yield every line that the database and the cache hold."""
    yield from connection.connection.iterdump()
    for cache in caches.all():
        yield repr(vars(cache))


def test_no_address_circuit_or_browser_is_kept_or_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    changed = dataclasses.replace(settings.CONTRECHAMP, circuit_header="X-Circuit")
    monkeypatch.setattr(settings, "CONTRECHAMP", changed)
    make.user("marianne")
    person = Person()
    person.browser.defaults |= {
        "REMOTE_ADDR": ADDRESS,
        "HTTP_USER_AGENT": AGENT,
        "HTTP_X_FORWARDED_FOR": ADDRESS,
        "HTTP_X_CIRCUIT": CIRCUIT,
    }
    for phrase in ("grillon marmelade boussole tonnerre", PHRASE):
        person.sends("/connexion/", name="marianne", passphrase=phrase)
    assert person.opens("/compte/").status == 200
    person.sends("/forum/nouveau", title="Bonjour à tous", text="Je viens lire.", act="draft")
    person.browser.cookies.clear()
    assert person.opens(OPEN).status == 200
    opens_account(person)
    assert person.opens("/compte/").status == 200
    assert person.opens("/nothing-is-here").status == 404

    told = "\n".join([*kept(), caplog.text])
    assert "marianne" in told
    assert [word for word in (ADDRESS, "Zorglub", CIRCUIT, "beef:77") if word in told] == []
