"""Accounts that nobody uses are forgotten after a year; who can be told is told before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from contrechamp.accounts import domain, queries, services
from contrechamp.accounts.domain import Leaves, Role
from contrechamp.accounts.models import Erasure, User
from contrechamp.search.models import SavedSearch
from tests import make
from tests.forum.talk import post
from tests.people import Person

pytestmark = pytest.mark.django_db
LAST = datetime(2025, 11, 1, tzinfo=UTC)
END = datetime(2026, 12, 1, 4, tzinfo=UTC)
"""A year after November 2025."""


def unused(name: str = "noor", *, email: str | None = None, role: Role = Role.MEMBER) -> User:
    user = make.user(name, role)
    User.objects.filter(pk=user.pk).update(last_login=LAST, opened_at=LAST, email=email)
    user.refresh_from_db()
    return user


def is_there(user: User) -> bool:
    user.refresh_from_db()
    return user.erased_at is None


@pytest.mark.parametrize(
    ("last", "end"),
    [
        (date(2025, 11, 1), date(2026, 12, 1)),
        (date(2025, 12, 1), date(2027, 1, 1)),
        (date(2024, 2, 29), date(2025, 3, 1)),
    ],
)
def test_a_year_is_counted_from_the_end_of_the_month(last: date, end: date) -> None:
    assert domain.idle_until(last) == end
    assert not domain.is_over(last, end - timedelta(days=1))
    assert domain.is_over(last, end)


def test_without_a_mailbox_an_account_is_forgotten_after_a_year() -> None:
    user = unused()
    assert services.retire_idle(END - timedelta(days=1)) == (0, 0)
    assert is_there(user)
    assert services.retire_idle(END) == (0, 1)
    assert services.retire_idle(END) == (0, 0)
    assert not is_there(user)
    assert mail.outbox == []


def test_an_account_that_was_never_signed_in_to_counts_from_its_opening() -> None:
    user = unused()
    User.objects.filter(pk=user.pk).update(last_login=None)
    assert services.retire_idle(END) == (0, 1)


def test_who_has_a_mailbox_is_written_to_a_month_before() -> None:
    user = unused(email="noor@exemple.fr")
    assert services.retire_idle(END - timedelta(days=32)) == (0, 0)
    assert services.retire_idle(END - timedelta(days=30)) == (1, 0)
    assert services.retire_idle(END - timedelta(days=29)) == (0, 0)

    (message,) = mail.outbox
    assert message.to == ["noor@exemple.fr"]
    assert "1 décembre 2026" in message.body
    assert "/connexion/" in message.body
    assert "noor" not in message.subject + str(message.body).replace("noor@exemple.fr", "")
    assert services.erase_due(END - timedelta(days=1)) == 0
    assert services.erase_due(END) == 1
    assert not is_there(user)


def test_a_mail_is_in_the_language_of_its_person() -> None:
    user = unused(email="noor@exemple.fr")
    User.objects.filter(pk=user.pk).update(language="en")
    services.retire_idle(END)
    assert mail.outbox[0].subject == "Your account will soon be erased"


def test_who_was_written_to_late_has_a_month_all_the_same() -> None:
    user = unused(email="noor@exemple.fr")
    assert services.retire_idle(END + timedelta(days=10)) == (1, 0)
    assert services.erase_due(END + timedelta(days=39)) == 0
    assert services.erase_due(END + timedelta(days=41)) == 1
    assert not is_there(user)


def test_signing_in_once_keeps_the_account(visitor: Person) -> None:
    user = unused(email="noor@exemple.fr")
    services.retire_idle(END - timedelta(days=30))
    phrase = "lampadaire girouette tambour noisette"
    visitor.sends("/connexion/", name="noor", passphrase=phrase)

    assert not Erasure.objects.exists()
    assert "effacé le" not in visitor.opens("/compte/donnees/").text
    assert services.erase_due(END + timedelta(days=1)) == 0
    assert is_there(user)


def test_a_mail_that_does_not_leave_is_tried_again_for_a_month(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = unused(email="noor@exemple.fr")
    other = unused("marianne")

    def fails(*_: object, **__: object) -> int:
        raise OSError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fails)
    assert services.retire_idle(END) == (0, 1)
    assert is_there(user)
    assert not is_there(other)
    assert not Erasure.objects.filter(user=user).exists()
    assert services.retire_idle(END + timedelta(days=31)) == (0, 1)
    assert not is_there(user)


def test_who_did_anything_here_is_kept() -> None:
    writer, leader = unused("writer"), unused("leader")
    post(writer)
    services.make_group(
        actor=leader, name="Quartier libre", territory="", text="", entry="OPEN", now=LAST
    )
    unused("editor", role=Role.EDITOR)
    assert queries.idle_accounts(END) == []


def test_what_one_only_wished_keeps_no_account() -> None:
    user = unused()
    SavedSearch.objects.create(owner=user, name="drones", query="q=a", saved_at=LAST, seen_at=LAST)
    assert queries.idle_accounts(END) == [user]


def test_work_is_what_stays_of_a_person_and_not_what_was_decided_of_them() -> None:
    rules = {column.name: column.rule for column in queries.columns()}
    assert rules["census.Claim.made_by"].is_work
    assert rules["dossiers.Dossier.owner"].is_work
    assert not rules["forum.Action.user"].is_work
    assert rules["forum.Action.user"].leaves == Leaves.KEPT
    assert not rules["accounts.Subscription.user"].is_work


def test_who_asked_to_leave_leaves_on_the_day_that_was_said() -> None:
    user = unused()
    Erasure.objects.create(user=user, with_texts=True, asked_at=END, due_at=END + timedelta(days=7))
    assert services.retire_idle(END) == (0, 0)
    assert is_there(user)


def test_the_rule_is_told_where_ones_data_are(noor: Person) -> None:
    assert "un an après" in noor.opens("/compte/donnees/").text
    assert "un an après" in noor.opens("/forum/regles").text
