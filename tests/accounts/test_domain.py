"""The rules of accounts, on plain values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.accounts.domain import (
    FREE_TRIES,
    PERIOD_S,
    Role,
    TooManyTries,
    Totp,
    Tries,
    Weak,
    check_may_try,
    check_name,
    check_passphrase,
    code_at,
    count_try,
    is_at_least,
    matching_step,
    new_secret,
    provisioning_uri,
)
from contrechamp.kernel.errors import Refused

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
STEP = int(NOW.timestamp()) // PERIOD_S
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890" of RFC 6238, appendix B


def test_a_role_holds_the_rights_of_those_before_it() -> None:
    assert is_at_least(Role.ADMINISTRATOR, Role.EDITOR)
    assert is_at_least(Role.EDITOR, Role.EDITOR)
    assert not is_at_least(Role.MEMBER, Role.EDITOR)


# RFC 6238, appendix B, gives eight digits: an application of six shows the last six.
@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    assert code_at(RFC_SECRET, seconds // PERIOD_S) == code[-6:]


@pytest.mark.parametrize(("periods", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True)])
def test_a_code_holds_for_its_period_and_one_on_each_side(periods: int, is_taken: bool) -> None:
    code = code_at(RFC_SECRET, STEP + periods)
    found = matching_step(Totp(RFC_SECRET), code, NOW)
    assert found == (STEP + periods if is_taken else None)


def test_a_code_is_taken_once() -> None:
    code = code_at(RFC_SECRET, STEP)
    assert matching_step(Totp(RFC_SECRET, last_step=STEP), code, NOW) is None


def test_a_code_may_be_typed_with_spaces() -> None:
    code = code_at(RFC_SECRET, STEP)
    assert matching_step(Totp(RFC_SECRET), f" {code[:3]} {code[3:]}", NOW) == STEP


@given(st.text(max_size=12))
def test_what_is_not_a_code_is_wrong_and_no_error(typed: str) -> None:
    right = {code_at(RFC_SECRET, STEP + step) for step in (-1, 0, 1)}
    plain = "".join(sign for sign in typed if not sign.isspace())
    assert (matching_step(Totp(RFC_SECRET), typed, NOW) is not None) == (plain in right)


def test_secrets_differ_and_are_long() -> None:
    assert len({new_secret() for _ in range(50)}) == 50
    assert len(new_secret()) == 32


def test_an_application_reads_the_account_and_the_site() -> None:
    uri = provisioning_uri("ABC", name="noor", issuer="Contrechamp")
    assert uri == "otpauth://totp/Contrechamp:noor?secret=ABC&issuer=Contrechamp"


@pytest.mark.parametrize(
    "passphrase",
    [
        "lampadaire girouette tambour",
        "le chat a bu ça",  # five words
        "VXtZ9!pQ3#rLm8$w",
        "Une phrase à moi, écrite à Nîmes.",
        "日本語の長い合言葉をここに書くよ",
    ],
)
def test_a_long_phrase_is_taken(passphrase: str) -> None:
    check_passphrase(passphrase, name="noor")


@pytest.mark.parametrize(
    "passphrase",
    [
        "",
        "secret",
        "VXtZ9!pQ3#rLm8$",  # fifteen signs
        "a a a a a a a a a a",
        "un un un un un",
        "azertyuiopqsdfghjklm",
        "abcdefghijklmnopqrst",
        "12345678901234567890",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "noornoornoornoornoor",
        "correct horse battery staple",
        "Liberté, Égalité, Fraternité",
        "x" * 1001,
    ],
)
def test_a_phrase_that_a_machine_guesses_is_not(passphrase: str) -> None:
    with pytest.raises(Weak):
        check_passphrase(passphrase, name="noor")


@given(st.text(min_size=1, max_size=60))
def test_a_name_that_is_taken_can_be_said_and_put_in_an_address(name: str) -> None:
    try:
        check_name(name)
    except Refused:
        return
    assert len(name) <= 40
    assert all(sign.isalnum() or sign in "._-" for sign in name)
    assert name[0].isalnum()
    assert name[-1].isalnum()


@pytest.mark.parametrize("name", ["noor", "Marianne-3", "jean.b", "Zoé", "l"])
def test_a_pseudonym_is_a_name(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize("name", ["", " noor", "a b", "-a", "a/b", "<b>", "x" * 41, "../x"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        check_name(name)


def test_five_tries_are_free() -> None:
    check_may_try(Tries(FREE_TRIES - 1, NOW), NOW)
    with pytest.raises(TooManyTries):
        check_may_try(Tries(FREE_TRIES, NOW), NOW)


@given(st.integers(FREE_TRIES, 10_000))
def test_one_waits_longer_each_time_but_never_more_than_a_quarter_of_an_hour(count: int) -> None:
    with pytest.raises(TooManyTries):
        check_may_try(Tries(count, NOW), NOW + timedelta(seconds=29))
    check_may_try(Tries(count, NOW), NOW + timedelta(minutes=15))


def test_the_wait_doubles() -> None:
    after = NOW + timedelta(seconds=31)
    check_may_try(Tries(FREE_TRIES, NOW), after)
    with pytest.raises(TooManyTries):
        check_may_try(Tries(FREE_TRIES + 1, NOW), after)


def test_tries_of_another_day_are_forgotten() -> None:
    assert count_try(Tries(40, NOW), NOW + timedelta(hours=25)).count == 1
    assert count_try(Tries(40, NOW), NOW + timedelta(hours=23)).count == 41
