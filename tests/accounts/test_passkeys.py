"""Passkeys, proved by a device made of software; and the second lock of who publishes."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from contrechamp.accounts import queries, services
from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import Passkey, User
from tests import make
from tests.accounts.authenticator import Device
from tests.people import Answer, Person

pytestmark = pytest.mark.django_db
PHRASE = "lampadaire girouette tambour noisette"
LIST, OPEN = "/compte/cles/", "/connexion/cle/"


def asked(page: Answer) -> tuple[str, str]:
    """Return options and state of the form that asks a device."""
    options = re.findall(r'data-options="([^"]+)"', page.text)[0]
    state = re.findall(r'name="state" value="([^"]+)"', page.text)[0]
    return unescape(options), unescape(state)


def adds(person: Person, device: Device, name: str = "téléphone") -> Answer:
    options, state = asked(person.opens(LIST))
    return person.sends(LIST, name=name, answer=device.makes(options), state=state)


def proves(visitor: Person, device: Device, **fields: str) -> Answer:
    options, state = asked(visitor.opens("/connexion/"))
    return visitor.sends(OPEN, answer=device.proves(options), state=state, **fields)


def test_a_device_signs_in_without_passphrase_or_code(noor: Person, visitor: Person) -> None:
    device = Device()
    assert adds(noor, device).location == LIST
    assert "téléphone" in noor.opens(LIST).text

    assert proves(visitor, device, next="/compte/").location == "/compte/"
    assert visitor.opens("/compte/").status == 200
    key = Passkey.objects.get()
    assert (key.host, key.uses) == ("testserver", 1)
    assert key.used_on


def test_options_ask_the_device_to_ask_its_owner(noor: Person) -> None:
    options = json.loads(asked(noor.opens(LIST))[0])
    assert options["rp"]["id"] == "testserver"
    assert options["authenticatorSelection"]["userVerification"] == "required"


@pytest.mark.parametrize(
    "device",
    [Device(origin="http://elsewhere.example"), Device(asks_owner=False)],
    ids=["another site", "nobody asked"],
)
def test_a_key_made_elsewhere_or_unlocked_by_nobody_is_not_kept(
    noor: Person, device: Device
) -> None:
    assert "n'ouvre pas de compte ici" in unescape(adds(noor, device).text)
    assert not Passkey.objects.exists()


def test_a_proof_serves_once(noor: Person, visitor: Person) -> None:
    device = Device()
    adds(noor, device)
    options, state = asked(visitor.opens("/connexion/"))
    answer = device.proves(options)
    visitor.sends(OPEN, answer=answer, state=state)
    again = Person().sends(OPEN, answer=answer, state=state)
    assert again.status == 403
    assert "a servi ou a expiré" in again.text


def test_another_device_opens_nothing(noor: Person, visitor: Person) -> None:
    device, other = Device(), Device()
    adds(noor, device)
    other.number = device.number
    assert proves(visitor, other).status == 403
    assert proves(visitor, Device()).status == 403
    assert visitor.opens("/compte/").asks_to_sign_in


def test_a_copy_whose_counter_falls_back_opens_nothing(noor: Person, visitor: Person) -> None:
    device = Device()
    adds(noor, device)
    device.count = 9
    proves(visitor, device)
    device.count = 4
    assert proves(Person(), device).status == 403


@pytest.mark.parametrize("answer", ["", "{}", "[]", "no json", '{"id": 1, "response": {}}'])
def test_what_is_no_answer_is_refused(noor: Person, visitor: Person, answer: str) -> None:
    adds(noor, Device())
    state = asked(visitor.opens("/connexion/"))[1]
    assert visitor.sends(OPEN, answer=answer, state=state).status == 403
    assert visitor.sends(OPEN, answer=answer, state="made:up").status == 403


def test_a_closed_account_is_not_opened_by_its_key(noor: Person, visitor: Person) -> None:
    device = Device()
    adds(noor, device)
    User.objects.filter(username="noor").update(is_active=False)
    assert proves(visitor, device).status == 403


def test_with_a_key_the_passphrase_alone_opens_no_more(noor: Person, visitor: Person) -> None:
    adds(noor, Device())
    page = visitor.sends("/connexion/", name="noor", passphrase=PHRASE)
    assert page.status == 200
    assert "Second code" in page.text
    assert visitor.opens("/compte/").asks_to_sign_in


def test_a_key_is_taken_away(noor: Person, visitor: Person) -> None:
    device = Device()
    adds(noor, device)
    noor.sends(f"/compte/cles/{Passkey.objects.get().pk}/retirer/")
    assert proves(visitor, device).status == 403


def test_nobody_takes_the_key_of_another_away(noor: Person, marianne: Person) -> None:
    adds(noor, Device())
    marianne.sends(f"/compte/cles/{Passkey.objects.get().pk}/retirer/")
    assert Passkey.objects.exists()


def test_without_scripts_the_page_says_what_else_there_is(noor: Person) -> None:
    text = noor.opens(LIST).text
    assert 'data-passkey="create"' in text
    assert "sans script" in text


def test_who_may_publish_is_led_to_a_second_lock_first(visitor: Person) -> None:
    amina = make.user("amina", Role.EDITOR)
    visitor.sends("/connexion/", name="amina", passphrase=PHRASE)
    assert visitor.opens("/projets").location == "/compte/"
    assert "second verrou" in visitor.opens("/compte/").text
    adds(visitor, Device())
    assert visitor.opens("/compte/").status == 200
    assert visitor.opens("/").status == 200
    assert queries.has_second_lock(amina)


def test_a_member_is_not(visitor: Person) -> None:
    make.user("noor")
    visitor.sends("/connexion/", name="noor", passphrase=PHRASE)
    assert visitor.opens("/").status == 200


def test_a_moderator_is(visitor: Person) -> None:
    user = make.user("noor")
    services.let_moderate(user, True, actor=None, now=user.opened_at)
    visitor.sends("/connexion/", name="noor", passphrase=PHRASE)
    assert visitor.opens("/").location == "/compte/"
