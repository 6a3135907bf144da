"""What can be done with accounts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from contrechamp.accounts import queries, services
from contrechamp.accounts.domain import Role, TooManyTries, Weak, code_at, new_secret
from contrechamp.accounts.models import Act, Invitation, RecoveryCode, Totp, Try, User
from contrechamp.accounts.services import WrongCode, WrongPassphrase
from contrechamp.kernel.errors import Refused
from tests import make
from tests.people import Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PHRASE = "lampadaire girouette tambour noisette"
OTHER = "grillon marmelade boussole tonnerre"


def code_of(user: User, now: datetime) -> str:
    return code_at(user.totp.secret, int(now.timestamp()) // 30)


def with_totp(user: User, now: datetime = NOW) -> list[str]:
    secret = new_secret()
    return services.turn_totp_on(
        user, secret=secret, code=code_at(secret, int(now.timestamp()) // 30), now=now
    )


def acts(user: User) -> list[str]:
    return list(user.acts.order_by("pk").values_list("kind", flat=True))


def test_opening_an_account_twice_changes_nothing() -> None:
    first = services.open_account(name="noor", passphrase=PHRASE, now=NOW)
    again = services.open_account(name="Noor", passphrase=OTHER, role=Role.EDITOR, now=NOW)

    assert again == first
    assert again.check_password(PHRASE)
    assert again.role == Role.MEMBER
    assert acts(first) == ["OPENED"]


def test_a_weak_passphrase_opens_nothing() -> None:
    with pytest.raises(Weak):
        services.open_account(name="noor", passphrase="motdepasse")
    assert not User.objects.exists()


def test_name_and_passphrase_lead_to_the_account_in_any_case_of_the_name() -> None:
    user = make.user("noor")
    assert services.check_sign_in(" Noor ", PHRASE, now=NOW) == user


@pytest.mark.parametrize("name", ["noor", "nobody", "closed", "starter", "invited"])
def test_all_that_is_wrong_is_wrong_in_the_same_words(name: str) -> None:
    make.user("noor")
    make.user("amina", Role.ADMINISTRATOR)
    closed = make.user("closed")
    services.close_account(closed, actor=None, now=NOW)
    services.system_account("starter")
    services.open_account(name="invited")
    passphrase = PHRASE if name == "closed" else OTHER

    with pytest.raises(WrongPassphrase) as wrong:
        services.check_sign_in(name, passphrase, now=NOW)
    assert str(wrong.value) == "Ce nom et cette phrase de passe ne vont pas ensemble."


@pytest.mark.parametrize("name", ["noor", "nobody"])
def test_the_sixth_wrong_try_waits_whether_there_is_such_an_account_or_not(name: str) -> None:
    make.user("noor")
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            services.check_sign_in(name, OTHER, now=NOW)

    with pytest.raises(TooManyTries):
        services.check_sign_in(name, PHRASE, now=NOW)


def test_after_the_wait_the_right_passphrase_opens_and_tries_are_forgotten() -> None:
    user = make.user("noor")
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            services.check_sign_in("noor", OTHER, now=NOW)

    assert services.check_sign_in("noor", PHRASE, now=NOW + timedelta(seconds=30)) == user
    assert not Try.objects.exists()


def test_a_known_browser_is_not_shut_out_by_a_strangers_tries() -> None:
    user = make.user("noor")
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            services.check_sign_in("noor", OTHER, now=NOW)

    assert services.check_sign_in("noor", PHRASE, device="hers", now=NOW) == user


def test_what_was_typed_is_not_kept() -> None:
    with pytest.raises(WrongPassphrase):
        services.check_sign_in("my passphrase in the wrong field", OTHER, now=NOW)
    assert "passphrase" not in Try.objects.get().key


def test_a_new_passphrase_ends_every_session() -> None:
    noor = Person(make.user("noor"))
    assert noor.user
    assert Session.objects.count() == 1

    services.change_passphrase(noor.user, old=PHRASE, new=OTHER, now=NOW)

    assert Session.objects.count() == 0
    assert acts(noor.user)[-1] == "PASSPHRASE_CHANGED"


def test_the_old_passphrase_is_asked_for() -> None:
    user = make.user("noor")
    with pytest.raises(WrongPassphrase):
        services.change_passphrase(user, old=OTHER, new=OTHER, now=NOW)


def test_a_second_code_is_turned_on_by_proving_that_it_was_scanned() -> None:
    user = make.user("noor")
    with pytest.raises(WrongCode):
        services.turn_totp_on(user, secret=new_secret(), code="000000", now=NOW)
    assert not queries.has_totp(user)

    codes = with_totp(user)

    assert queries.has_totp(user)
    assert len(set(codes)) == queries.recovery_codes_left(user) == 10


def test_the_code_that_turned_it_on_does_not_open_as_well() -> None:
    user = make.user("noor")
    with_totp(user)
    with pytest.raises(WrongCode):
        services.check_code(user, code_of(user, NOW), now=NOW)
    later = NOW + timedelta(seconds=30)
    services.check_code(user, code_of(user, later), now=later)


def test_a_recovery_code_opens_once() -> None:
    user = make.user("noor")
    first, *_ = with_totp(user)

    services.check_code(user, first.upper().replace("-", " "), now=NOW)
    with pytest.raises(WrongCode):
        services.check_code(user, first, now=NOW)

    assert queries.recovery_codes_left(user) == 9
    assert acts(user)[-1] == "CODE_USED"


def test_recovery_codes_are_not_kept_as_they_are() -> None:
    user = make.user("noor")
    codes = with_totp(user)
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert kept.isdisjoint(codes)
    assert kept.isdisjoint(code.replace("-", "") for code in codes)


def test_guessing_codes_is_slowed_down() -> None:
    user = make.user("noor")
    first, *_ = with_totp(user)
    for _ in range(5):
        with pytest.raises(WrongCode):
            services.check_code(user, "123", now=NOW)
    with pytest.raises(TooManyTries):
        services.check_code(user, first, now=NOW)


def test_turning_it_off_takes_a_code() -> None:
    user = make.user("noor")
    first, *_ = with_totp(user)
    with pytest.raises(WrongCode):
        services.turn_totp_off(user, code="123", now=NOW)
    assert queries.has_totp(user)

    services.turn_totp_off(user, code=first, now=NOW)

    assert not Totp.objects.exists()
    assert queries.recovery_codes_left(user) == 9, "the way back stays"


def test_new_recovery_codes_replace_the_old() -> None:
    user = make.user("noor")
    first, second, *_ = with_totp(user)
    new = services.make_recovery_codes(user, code=first, now=NOW)

    with pytest.raises(WrongCode):
        services.check_code(user, second, now=NOW)
    services.check_code(user, new[0], now=NOW)


def test_an_invitation_lets_its_bearer_choose_the_passphrase_once() -> None:
    io = make.user("io", Role.ADMINISTRATOR)
    user = services.open_account(name="noor", actor=io, now=NOW)
    assert not user.has_usable_password()
    secret = services.invite(user, actor=io, now=NOW)

    services.join(secret, passphrase=OTHER, now=NOW)

    user.refresh_from_db()
    assert user.check_password(OTHER)
    assert acts(user) == ["OPENED", "LINK_MADE", "LINK_USED"]
    with pytest.raises(Invitation.DoesNotExist):
        services.join(secret, passphrase=PHRASE, now=NOW)


@pytest.mark.parametrize("days", [7, 30])
def test_an_invitation_ends_after_a_week(days: int) -> None:
    secret = services.invite(make.user("noor"), actor=None, now=NOW)
    with pytest.raises(Invitation.DoesNotExist):
        services.join(secret, passphrase=OTHER, now=NOW + timedelta(days=days))


def test_a_new_invitation_replaces_the_one_before() -> None:
    user = make.user("noor")
    before = services.invite(user, actor=None, now=NOW)
    services.invite(user, actor=None, now=NOW)
    assert queries.find_invitation(before, NOW) is None


def test_a_weak_passphrase_does_not_use_an_invitation_up() -> None:
    secret = services.invite(make.user("noor"), actor=None, now=NOW)
    with pytest.raises(Weak):
        services.join(secret, passphrase="soleil", now=NOW)
    assert queries.find_invitation(secret, NOW)


def test_closing_an_account_ends_its_sessions_and_its_links() -> None:
    make.user("io", Role.ADMINISTRATOR)
    noor = Person(make.user("noor"))
    assert noor.user
    secret = services.invite(noor.user, actor=None, now=NOW)

    services.close_account(noor.user, actor=None, now=NOW)

    assert noor.opens("/compte/").asks_to_sign_in
    assert queries.find_invitation(secret, NOW) is None
    assert queries.find_account("noor") is None


def test_an_account_that_is_opened_again_has_its_passphrase() -> None:
    user = make.user("noor")
    services.close_account(user, actor=None, now=NOW)
    services.reopen_account(user, actor=None, now=NOW)
    assert services.check_sign_in("noor", PHRASE, now=NOW) == user


def test_the_last_administrator_stays() -> None:
    io = make.user("io", Role.ADMINISTRATOR)
    with pytest.raises(Refused):
        services.change_role(io, Role.EDITOR, actor=io, now=NOW)
    with pytest.raises(Refused):
        services.close_account(io, actor=io, now=NOW)

    make.user("amina", Role.ADMINISTRATOR)
    services.change_role(io, Role.EDITOR, actor=io, now=NOW)
    assert not io.is_administrator


def test_a_role_is_changed_once_and_recorded_with_what_it_was() -> None:
    io, user = make.user("io", Role.ADMINISTRATOR), make.user("noor")
    services.change_role(user, Role.EDITOR, actor=io, now=NOW)
    services.change_role(user, Role.EDITOR, actor=io, now=NOW)

    act = Act.objects.get(user=user, kind=Act.Kind.ROLE_CHANGED)
    assert act.actor == io
    assert act.detail == "MEMBER → EDITOR"


def test_a_machines_account_is_nobodys() -> None:
    machine = services.system_account("starter")
    assert services.system_account("starter") == machine
    with pytest.raises(Refused):
        services.invite(machine, actor=None, now=NOW)
    with pytest.raises(Refused):
        services.change_role(machine, Role.ADMINISTRATOR, actor=None, now=NOW)
    assert machine not in queries.accounts()


def test_resetting_the_second_code_ends_sessions_and_is_recorded() -> None:
    io = make.user("io", Role.ADMINISTRATOR)
    noor = Person(make.user("noor"))
    assert noor.user
    with_totp(noor.user)

    services.reset_totp(noor.user, actor=io, now=NOW)

    assert not queries.has_totp(noor.user)
    assert noor.opens("/compte/").asks_to_sign_in
    assert acts(noor.user)[-1] == "TOTP_RESET"


def test_names_that_differ_by_case_alone_are_one() -> None:
    make.user("noor")
    assert services.open_account(name="NOOR").username == "noor"
