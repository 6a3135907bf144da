"""How far a member is trusted, who is silent, whom one does not hear, and the door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from contrechamp.accounts import queries, services
from contrechamp.accounts.domain import NameTaken, Role
from contrechamp.accounts.models import User
from contrechamp.kernel.errors import Refused
from tests import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def queued(name: str = "noor") -> User:
    user = make.user(name)
    user.standing = User.Standing.QUEUED
    user.save()
    return user


def test_an_account_that_somebody_opened_is_confirmed() -> None:
    assert queries.is_confirmed(make.user("noor"))


def test_a_name_that_reads_like_another_opens_nothing() -> None:
    make.user("marie")
    with pytest.raises(NameTaken):
        services.open_account(name="rnarié", passphrase="lampadaire girouette tambour noisette")


def test_a_name_keeps_its_fold_when_the_account_is_saved_again() -> None:
    user = make.user("Léa")
    user.save()
    assert User.objects.get(folded="lea") == user


def test_two_approved_posts_confirm_once() -> None:
    user = queued()
    services.count_approved(user, approved=1, now=NOW)
    assert not queries.is_confirmed(user)
    services.count_approved(user, approved=2, now=NOW)
    services.count_approved(user, approved=3, now=NOW)
    assert queries.is_confirmed(user)
    assert user.acts.filter(kind="CONFIRMED").count() == 1


def test_who_waits_for_an_answer_is_not_confirmed_by_posts() -> None:
    user = queued()
    user.standing = User.Standing.ANSWERING
    services.count_approved(user, approved=5, now=NOW)
    assert not queries.is_confirmed(user)


def test_moderating_goes_beside_the_role() -> None:
    user, io = make.user("noor"), make.user("io", Role.ADMINISTRATOR)
    services.let_moderate(user, True, actor=io, now=NOW)
    assert user.is_moderator
    assert not user.is_editor
    assert list(queries.moderators()) == [io, user]
    services.let_moderate(user, False, actor=io, now=NOW)
    assert list(queries.moderators()) == [io]


def test_a_silence_ends_by_itself_or_sooner() -> None:
    user = make.user("noor")
    services.silence(user, until=NOW + timedelta(days=2), ref="12", actor=None, now=NOW)
    assert queries.is_silenced(user, NOW)
    assert not queries.is_silenced(user, NOW + timedelta(days=2))
    services.end_silence(user, actor=None, now=NOW)
    assert not queries.is_silenced(user, NOW)


@pytest.mark.parametrize("lasts", [timedelta(minutes=59), timedelta(days=31)])
def test_no_silence_is_shorter_than_an_hour_or_longer_than_thirty_days(lasts: timedelta) -> None:
    with pytest.raises(Refused):
        services.silence(make.user("noor"), until=NOW + lasts, ref="1", actor=None, now=NOW)


def test_who_moderates_is_not_silenced() -> None:
    io = make.user("io", Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="modère"):
        services.silence(io, until=NOW + timedelta(days=1), ref="1", actor=None, now=NOW)


def test_blocking_is_for_oneself_and_once() -> None:
    noor, marianne = make.user("noor"), make.user("marianne")
    services.block(noor, marianne, now=NOW)
    services.block(noor, marianne, now=NOW)
    assert queries.blocked_by(noor) == {marianne.pk}
    assert queries.blocked_by(marianne) == set()
    services.unblock(noor, marianne)
    assert queries.blocked_by(noor) == set()
    with pytest.raises(Refused):
        services.block(noor, noor, now=NOW)


def test_the_door_opens_again_by_itself() -> None:
    services.take_by_invitation_only(NOW + timedelta(hours=3))
    assert queries.invitation_only_until(NOW) == NOW + timedelta(hours=3)
    assert queries.invitation_only_until(NOW + timedelta(hours=3)) is None
    services.take_by_invitation_only(None)
    assert queries.invitation_only_until(NOW) is None
