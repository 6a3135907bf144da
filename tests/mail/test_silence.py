"""A silence is stated only when nothing speaks against it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.mail import queries, services
from contrechamp.mail.domain import silence
from contrechamp.mail.models import MailboxCheck, Outgoing
from tests.mail.conftest import Set
from tests.mail.letters import NOW, OTHER, THREAD, TOWN, answer, bounce, editor, sent
from tests.mail.servers import Post

LAST_DAY = date(2031, 4, 2)
OVER = datetime(2031, 4, 2, 22, tzinfo=UTC)
"""Midnight in Paris after the last day, in summer time."""
TODAY = OVER + timedelta(hours=10)


def checked(at: datetime, *, ok: bool = True) -> None:
    MailboxCheck.objects.create(
        mailbox="m", from_at=at - timedelta(minutes=1), to_at=at, ok=ok, error="" if ok else "cassé"
    )


def codes(now: datetime = TODAY, **more: Any) -> list[str]:
    values: dict[str, Any] = {
        "since": NOW,
        "until_end_of_day": LAST_DAY,
        "now": now,
        "body_addresses": {TOWN},
        "body_domains": (),
    }
    return [each.code for each in queries.silence_blockers(THREAD, **(values | more))]


@pytest.fixture
def silent(set_mail: Set, post: Post, db: None) -> Outgoing:
    """A letter that left for real, and nobody answered."""
    set_mail(mail_live=True, mail=post.address)
    letter = sent()
    assert letter.is_live
    return letter


def test_a_mailbox_read_after_the_last_day_and_no_message_say_silence(silent: Outgoing) -> None:
    checked(TODAY - timedelta(hours=1))

    assert codes() == []


def test_a_mailbox_never_read_read_too_early_or_too_long_ago_says_nothing(
    silent: Outgoing,
) -> None:
    assert codes() == ["never_checked"]
    checked(OVER - timedelta(seconds=1))
    assert codes() == ["checked_too_early"]
    checked(OVER)
    assert codes() == []
    checked(TODAY, ok=False)
    assert codes() == []
    assert codes(OVER + timedelta(hours=47, minutes=59)) == []
    assert codes(OVER + timedelta(hours=48)) == ["stale_check"]
    checked(OVER + timedelta(hours=49))
    assert codes(OVER + timedelta(hours=50)) == []


def test_a_letter_that_did_not_leave_or_came_back_is_no_silence(
    set_mail: Set, silent: Outgoing
) -> None:
    checked(TODAY)
    for state in ("BOUNCED", "FAILED", "MAYBE", "QUEUED", "SENDING"):
        Outgoing.objects.filter(pk=silent.pk).update(state=state)
        assert codes() == [f"sending_{state.lower()}"]
    Outgoing.objects.filter(pk=silent.pk).update(state="SENT", is_live=False)
    assert codes() == ["not_live"]
    Outgoing.objects.filter(pk=silent.pk).update(state="SENT", is_live=True)
    services.take_in(bounce(silent), now=NOW + timedelta(days=1))
    assert codes() == ["sending_bounced"]


def test_a_message_of_the_thread_blocks_until_a_person_has_read_it(silent: Outgoing) -> None:
    checked(TODAY)
    at = NOW + timedelta(days=3)
    incoming = services.take_in(answer(silent.from_address), now=at).incoming
    assert codes() == ["unread"]
    services.mark_read(incoming.pk, actor=editor(), now=at)
    assert codes() == []


def test_an_automatic_answer_blocks_nothing(silent: Outgoing) -> None:
    checked(TODAY)
    raw = answer(
        silent.from_address,
        subject="Absence du bureau",
        text="Je suis absente jusqu'au 3 mars.\n",
        Auto_Submitted="auto-replied",
    )
    assert services.take_in(raw, now=NOW + timedelta(days=3)).incoming.kind == "AUTOMATIC"

    assert codes() == []


@pytest.mark.parametrize(
    ("to", "sender", "expected"),
    [
        ("x@ailleurs.example", "prefecture@autre.fr", ["tray"]),
        ("x@ailleurs.example", TOWN, ["tray"]),
        (f"{OTHER}-2222222222@reponses.nulle-part.fr", "a@autre.fr", []),
        (f"{OTHER}-2222222222@reponses.nulle-part.fr", TOWN, ["tray"]),
        (f"{THREAD}-2222222222@reponses.nulle-part.fr", "a@autre.fr", ["tray"]),
    ],
    ids=[
        "no token",
        "known sender",
        "another's token",
        "sender, another's token",
        "our token, bad",
    ],
)
def test_a_message_of_the_tray_blocks_when_it_may_be_the_answer(
    silent: Outgoing, to: str, sender: str, expected: list[str]
) -> None:
    checked(TODAY)
    services.take_in(answer(to, sender=sender), now=NOW + timedelta(days=3))

    assert codes() == expected


def test_a_message_set_aside_or_older_than_the_letter_blocks_nothing(silent: Outgoing) -> None:
    checked(TODAY)
    services.take_in(answer(text="avant"), now=NOW - timedelta(days=1))
    aside = services.take_in(answer(), now=NOW + timedelta(days=3)).incoming
    assert codes() == ["tray"]
    services.set_aside(aside.pk, actor=editor(), now=TODAY)
    assert codes() == []


def test_what_nothing_can_read_blocks_everywhere(silent: Outgoing) -> None:
    checked(TODAY)
    incoming = services.take_in(b"", now=NOW + timedelta(days=3)).incoming
    assert incoming.state == "UNREADABLE"
    assert codes() == ["unreadable"]
    services.mark_spam(incoming.pk, actor=editor(), now=TODAY)
    assert codes() == []


def test_junk_of_strangers_blocks_nothing_and_junk_of_the_body_does(silent: Outgoing) -> None:
    checked(TODAY)
    at = NOW + timedelta(days=3)
    services.take_in(answer(sender="loterie@gains.fr"), now=at, is_junk=True)
    assert codes() == []
    services.take_in(answer(text="une réponse"), now=at, is_junk=True)
    assert codes() == ["tray"]
    assert codes(body_addresses=(), body_domains={"ville-inventee.fr"}) == ["tray"]


@given(hours=st.integers(min_value=0, max_value=200), age=st.integers(min_value=0, max_value=200))
def test_a_silence_is_never_stated_on_an_old_or_early_reading(hours: int, age: int) -> None:
    now = OVER + timedelta(hours=hours)
    last = now - timedelta(hours=age)
    found = silence.of_checks(last, day_is_over=OVER, now=now)

    assert (found == []) == (age < 48 and last >= OVER)
