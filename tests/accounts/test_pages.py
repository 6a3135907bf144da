"""What people see of accounts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.contrib.sessions.models import Session

from contrechamp.accounts import queries, services
from contrechamp.accounts.domain import code_at, new_secret
from contrechamp.accounts.models import User
from tests import make
from tests.people import Answer, Person

pytestmark = pytest.mark.django_db
PHRASE = "lampadaire girouette tambour noisette"
OTHER = "grillon marmelade boussole tonnerre"


def signs_in(visitor: Person, **fields: str) -> Answer:
    return visitor.sends("/connexion/", **{"name": "noor", "passphrase": PHRASE, **fields})


def hidden(answer: Answer, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', answer.text)
    assert found
    return unescape(found[1])


def code_now(secret: str, *, later: int = 0) -> str:
    return code_at(secret, int(datetime.now(tz=UTC).timestamp()) // 30 + later)


def with_totp(user: User) -> list[str]:
    secret = new_secret()
    return services.turn_totp_on(
        user, secret=secret, code=code_now(secret), now=datetime.now(tz=UTC)
    )


def test_a_visitor_signs_in_and_goes_where_they_wanted_to(visitor: Person) -> None:
    make.user("noor")
    answer = signs_in(visitor, next="/compte/")

    assert answer.location == "/compte/"
    assert "Mon compte" in visitor.follows(answer).text


@pytest.mark.parametrize("after", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(visitor: Person, after: str) -> None:
    make.user("noor")
    assert signs_in(visitor, next=after).location == "/"


def test_a_wrong_passphrase_is_said_beside_the_form(visitor: Person) -> None:
    make.user("noor")
    answer = signs_in(visitor, passphrase=OTHER)

    assert answer.status == 403
    assert "ne vont pas ensemble" in answer.text
    assert OTHER not in answer.text


def test_after_too_many_tries_one_is_told_to_wait(visitor: Person) -> None:
    for _ in range(5):
        signs_in(visitor)
    answer = signs_in(visitor)

    assert answer.status == 429
    assert "Attendez 1 min" in answer.text


def test_a_visitor_has_no_session(visitor: Person) -> None:
    visitor.opens("/connexion/")
    signs_in(visitor)
    assert Session.objects.count() == 0


@pytest.mark.parametrize(("stay", "hours"), [("", 12), ("on", 30 * 24)])
def test_a_session_ends(visitor: Person, stay: str, hours: int) -> None:
    user = make.user("noor")
    signs_in(visitor, stay=stay)

    (session,) = queries.sessions_of(user, datetime.now(tz=UTC))
    assert session.opened_at
    assert round((session.ends_at - session.opened_at).total_seconds() / 3600) == hours


def test_cookies_are_closed_to_scripts_and_other_sites(visitor: Person) -> None:
    make.user("noor")
    answer = signs_in(visitor)
    for name in ("sessionid", "device"):
        assert answer.cookies[name]["httponly"]
        assert answer.cookies[name]["samesite"] in {"Lax", "Strict"}


def test_the_second_code_is_asked_for(visitor: Person) -> None:
    user = make.user("noor")
    recovery, *_ = with_totp(user)

    asked = signs_in(visitor, next="/compte/")
    assert asked.status == 200
    assert "sessionid" not in asked.cookies
    step = hidden(asked, "step")

    wrong = visitor.sends("/connexion/code/", step=step, code="123456")
    assert wrong.status == 403
    right = visitor.sends("/connexion/code/", step=hidden(wrong, "step"), code=recovery)
    assert right.location == "/compte/"
    assert visitor.opens("/compte/").status == 200


def test_the_second_step_needs_the_first(visitor: Person) -> None:
    recovery, *_ = with_totp(make.user("noor"))
    answer = visitor.sends("/connexion/code/", step="made:up:proof", code=recovery)
    assert answer.asks_to_sign_in
    assert "sessionid" not in answer.cookies


def test_a_proof_of_the_first_step_ends_with_the_passphrase(visitor: Person) -> None:
    user = make.user("noor")
    recovery, *_ = with_totp(user)
    step = hidden(signs_in(visitor), "step")
    services.change_passphrase(user, old=PHRASE, new=OTHER, now=datetime.now(tz=UTC))

    assert visitor.sends("/connexion/code/", step=step, code=recovery).asks_to_sign_in


def test_a_member_turns_a_second_code_on(noor: Person) -> None:
    page = noor.opens("/compte/code/")
    assert 'role="img"' in page.text
    secret = re.sub(r"\s", "", re.findall(r"<code>([A-Z2-7 ]+)</code>", page.text)[0])

    done = noor.sends("/compte/code/", secret=hidden(page, "secret"), code=code_now(secret))

    assert len(re.findall(r"<li>([a-z0-9]{5}-[a-z0-9]{5})</li>", done.text)) == 10
    assert noor.user
    assert queries.has_totp(noor.user)
    assert "activé depuis" in noor.opens("/compte/").text


def test_a_secret_brought_from_elsewhere_is_not_taken(noor: Person) -> None:
    secret = new_secret()
    noor.sends("/compte/code/", secret=secret, code=code_now(secret))
    assert noor.user
    assert not queries.has_totp(noor.user)


def test_a_member_turns_it_off_with_a_code(noor: Person) -> None:
    assert noor.user
    recovery, *_ = with_totp(noor.user)

    assert "pas le bon" in noor.sends("/compte/code/desactiver/", code="1").text
    assert noor.sends("/compte/code/desactiver/", code=recovery).location == "/compte/"
    assert not queries.has_totp(noor.user)


def test_a_member_gets_new_recovery_codes_with_a_code(noor: Person) -> None:
    assert noor.user
    recovery, *_ = with_totp(noor.user)
    answer = noor.sends("/compte/codes-de-secours/", code=recovery)
    assert len(re.findall(r"<li>[a-z0-9]{5}-[a-z0-9]{5}</li>", answer.text)) == 10


def test_changing_the_passphrase_keeps_this_session_and_ends_the_others(noor: Person) -> None:
    elsewhere = Person(noor.user)
    answer = noor.sends("/compte/phrase-de-passe/", old=PHRASE, new=OTHER, again=OTHER)

    assert answer.location == "/compte/"
    assert noor.opens("/compte/").status == 200
    assert elsewhere.opens("/compte/").asks_to_sign_in


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"old": OTHER, "new": OTHER, "again": OTHER}, "phrase de passe actuelle"),
        ({"old": PHRASE, "new": "court", "again": "court"}, "trop courte"),
        ({"old": PHRASE, "new": OTHER, "again": PHRASE}, "pas les mêmes"),
    ],
)
def test_what_is_wrong_with_a_new_passphrase_is_said(
    noor: Person, fields: dict[str, str], words: str
) -> None:
    answer = noor.sends("/compte/phrase-de-passe/", **fields)
    assert words in unescape(answer.text)
    assert OTHER not in answer.text


def test_a_member_ends_a_session_elsewhere(noor: Person) -> None:
    elsewhere = Person(noor.user)
    handle = re.findall(r'name="session" value="([0-9a-f]+)"', noor.opens("/compte/").text)[0]

    noor.sends("/compte/sessions/", session=handle)

    assert elsewhere.opens("/compte/").asks_to_sign_in
    assert noor.opens("/compte/").status == 200


def test_nobody_ends_the_session_of_another(noor: Person, marianne: Person) -> None:
    Person(noor.user)
    handles = re.findall(r'name="session" value="([0-9a-f]+)"', noor.opens("/compte/").text)
    marianne.sends("/compte/sessions/", session=handles[0])
    assert Session.objects.count() == 3


def test_a_member_ends_all_other_sessions(noor: Person) -> None:
    elsewhere = [Person(noor.user), Person(noor.user)]
    noor.sends("/compte/sessions/", session="others")
    assert all(each.opens("/compte/").asks_to_sign_in for each in elsewhere)
    assert noor.opens("/compte/").status == 200


def test_an_administrator_opens_an_account_for_somebody_who_joins(
    io: Person, visitor: Person
) -> None:
    made = io.sends("/comptes/", name="camille", role="EDITOR")
    link = re.findall(r'<pre id="link">http://testserver(/invitation/[^<]+)</pre>', made.text)[0]

    assert "Bienvenue, camille" in visitor.opens(link).text
    assert "trop courte" in visitor.sends(link, new="court", again="court").text
    assert visitor.sends(link, new=OTHER, again=OTHER).asks_to_sign_in
    assert visitor.opens(link).status == 404
    assert visitor.sends("/connexion/", name="camille", passphrase=OTHER).location == "/"
    user = queries.find_account("camille")
    assert user
    assert user.is_editor


@pytest.mark.parametrize(("name", "words"), [("IO", "déjà pris"), ("a b", "nom de compte")])
def test_a_name_that_will_not_do_is_said(io: Person, name: str, words: str) -> None:
    assert words in io.sends("/comptes/", name=name, role="MEMBER").text


def test_an_administrator_changes_a_role_and_the_record_says_so(io: Person, noor: Person) -> None:
    io.sends("/comptes/noor/acte/", act="role", role="EDITOR")
    assert noor.user
    noor.user.refresh_from_db()
    assert noor.user.is_editor
    assert "membre → éditeur" in io.opens("/comptes/noor/").text


def test_an_administrator_closes_and_reopens(io: Person, noor: Person) -> None:
    io.sends("/comptes/noor/acte/", act="close")
    assert noor.opens("/compte/").asks_to_sign_in
    assert "fermé" in io.opens("/comptes/noor/").text
    io.sends("/comptes/noor/acte/", act="reopen")
    assert queries.find_account("noor")


def test_the_last_administrator_is_told_why_not(io: Person) -> None:
    answer = io.sends("/comptes/io/acte/", act="close")
    assert answer.status == 409
    assert "dernier compte d'administration" in unescape(answer.text)


def test_an_act_that_does_not_exist_is_not_found(io: Person, noor: Person) -> None:
    assert io.sends("/comptes/noor/acte/", act="promote").status == 404
