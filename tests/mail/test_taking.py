"""Messages are kept as they came, filed by proof alone, and what people decide stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from django.test import TestCase

from contrechamp.kernel.errors import Refused
from contrechamp.mail import queries, services, signals
from contrechamp.mail.domain.threads import Letter, Suggestion, Thread, Threads
from contrechamp.mail.models import Incoming, Outgoing
from contrechamp.mail.queries import inbox
from contrechamp.mail.services import taking
from tests.mail.conftest import Set
from tests.mail.letters import NOW, OTHER, THREAD, TOWN, answer, bounce, editor, sent

pytestmark = pytest.mark.django_db
DAY = NOW + timedelta(days=1)


def take(raw: bytes, now: datetime = DAY, **more: object) -> Incoming:
    return services.take_in(raw, now=now, **more).incoming  # type: ignore[arg-type]


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """A room above that has one thread, of a body with that address."""
    thread = Thread(key=THREAD, title="Caméras de Ville-Inventée", url="/demandes/1")

    def suggest(letter: Letter) -> list[Suggestion]:
        known = letter.from_address == TOWN
        return [Suggestion(thread=thread, why="sender")] if known else []

    offer = Threads(
        prefix="req", find=lambda keys: [thread] if THREAD in keys else [], suggest=suggest
    )
    monkeypatch.setattr(inbox, "offers", lambda: iter([offer]))


@pytest.fixture
def news() -> Iterator[list[tuple[str, object]]]:
    """What rooms above hear."""
    told: list[tuple[str, object]] = []

    def arrived(threads: tuple[str, ...], **_: object) -> None:
        told.append(("arrived", threads))

    def bounced(outgoing: Outgoing, hard: bool, **_: object) -> None:
        told.append(("bounced", hard))

    signals.arrived.connect(arrived)
    signals.bounced.connect(bounced)
    with TestCase.captureOnCommitCallbacks(execute=True):
        pass
    yield told
    signals.arrived.disconnect(arrived)
    signals.bounced.disconnect(bounced)


def test_an_answer_to_the_address_of_a_thread_is_filed_there(
    set_mail: Set, news: list[tuple[str, object]]
) -> None:
    raw = answer(queries.reply_address(THREAD))
    with TestCase.captureOnCommitCallbacks(execute=True):
        incoming = take(raw)

    assert (incoming.state, incoming.sha256) == ("FILED", sha256(raw).hexdigest())
    assert queries.raw_of(incoming.sha256) == raw
    assert list(queries.messages_of(THREAD)) == [incoming]
    assert incoming.filings.get().by == "TOKEN"
    assert news == [("arrived", (THREAD,))]


def test_the_same_bytes_again_change_nothing(set_mail: Set) -> None:
    raw = answer(queries.reply_address(THREAD))
    first, again = services.take_in(raw, now=DAY), services.take_in(raw, now=DAY)

    assert (first.is_new, again.is_new) == (True, False)
    assert Incoming.objects.count() == 1
    assert first.incoming.filings.count() == 1


def test_a_message_to_several_threads_is_in_each(set_mail: Set) -> None:
    both = f"{queries.reply_address(THREAD)}, {queries.reply_address(OTHER)}"
    incoming = take(answer(both))

    assert set(queries.threads_of(incoming)) == {THREAD, OTHER}


def test_an_answer_to_our_message_id_is_filed_by_it(set_mail: Set) -> None:
    letter = sent()
    incoming = take(answer("courrier@ailleurs.example", In_Reply_To=f"<{letter.message_id}>"))

    assert queries.threads_of(incoming) == (THREAD,)
    assert incoming.filings.get().by == "REFERENCE"


def test_an_old_secret_still_opens_its_addresses_and_a_guess_opens_none(set_mail: Set) -> None:
    set_mail(mail_secret="ancien")
    old = queries.reply_address(THREAD)
    set_mail(mail_secret="nouveau", mail_secrets_old=("ancien",))
    assert queries.reply_address(THREAD) != old
    assert take(answer(old)).state == "FILED"
    guess = take(answer(f"{THREAD}-2222222222@reponses.nulle-part.fr", text="deviné"))
    assert (guess.state, guess.parsed["named"]) == ("TRAY", [THREAD])


def test_a_stranger_waits_in_the_tray_and_a_known_sender_is_proposed(
    set_mail: Set, rooms: None
) -> None:
    known, stranger = take(answer()), take(answer(sender="x@inconnu.fr"))

    assert {known.state, stranger.state} == {"TRAY"}
    assert [each.thread.key for each in queries.suggestions(known)] == [THREAD]
    assert queries.suggestions(stranger) == []


def test_junk_of_strangers_is_set_apart_and_junk_of_a_known_body_is_shown(
    set_mail: Set, rooms: None
) -> None:
    assert take(answer(sender="x@inconnu.fr"), is_junk=True).state == "SPAM"
    assert take(answer(), is_junk=True).state == "TRAY"
    ours = answer(queries.reply_address(THREAD), sender="y@inconnu.fr")
    assert take(ours, is_junk=True).state == "FILED"


def test_a_person_files_takes_out_and_sets_aside(set_mail: Set, rooms: None) -> None:
    incoming, who = take(answer()), editor()
    services.file_to(incoming.pk, [THREAD], actor=who, now=DAY)
    services.file_to(incoming.pk, [THREAD], actor=who, now=DAY)
    assert incoming.filings.count() == 1
    with pytest.raises(Refused):
        services.set_aside(incoming.pk, actor=who, now=DAY)
    services.unfile(incoming.pk, THREAD, actor=who, now=DAY)
    incoming.refresh_from_db()
    assert (incoming.state, queries.threads_of(incoming)) == ("TRAY", ())
    assert incoming.filings.get().undone_by == who
    assert services.mark_spam(incoming.pk, actor=who, now=DAY).state == "SPAM"
    assert services.read_again(incoming.pk, now=DAY).state == "SPAM"
    assert services.back_to_tray(incoming.pk, actor=who, now=DAY).state == "TRAY"


def test_what_was_taken_out_by_hand_is_not_put_back_by_the_machine(set_mail: Set) -> None:
    incoming = take(answer(queries.reply_address(THREAD)))
    services.unfile(incoming.pk, THREAD, actor=editor(), now=DAY)
    services.read_again(incoming.pk, now=DAY)

    assert queries.threads_of(incoming) == ()


@pytest.mark.parametrize("thread", ["req-0000000000", "n'importe quoi", ""])
def test_a_thread_that_nobody_knows_takes_no_message(
    set_mail: Set, rooms: None, thread: str
) -> None:
    incoming = take(answer())
    with pytest.raises(Refused):
        services.file_to(incoming.pk, [thread] if thread else [], actor=editor(), now=DAY)


def test_what_cannot_be_read_is_kept_tried_again_and_left_to_a_person(
    set_mail: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    raw = answer(queries.reply_address(THREAD))
    with monkeypatch.context() as patch:
        patch.setattr(taking, "read", broken)
        incoming = take(raw)
        waits = []
        while incoming.retry_at:
            waits.append(incoming.retry_at)
            services.read_waiting(incoming.retry_at)
            incoming.refresh_from_db()

    assert incoming.state == "UNREADABLE"
    assert [at - DAY for at in waits] == [
        timedelta(minutes=1),
        timedelta(minutes=6),
        timedelta(minutes=36),
        timedelta(hours=6, minutes=36),
    ]
    assert queries.raw_of(incoming.sha256) == raw
    assert services.read_again(incoming.pk, now=DAY).state == "FILED"


def test_nothing_that_comes_makes_us_send(set_mail: Set) -> None:
    letter = sent()
    before = Outgoing.objects.count()
    for raw in (
        answer(queries.reply_address(THREAD)),
        answer(queries.reply_address(THREAD), text="b", Disposition_Notification_To=TOWN),
        bounce(letter),
        b"",
        b"\xff\xfe\x00",
    ):
        take(raw)

    assert Outgoing.objects.count() == before
    assert services.send_due(clock=lambda: DAY + timedelta(days=9)).written == 0


def test_a_letter_that_comes_back_for_good_stops_the_address(
    set_mail: Set, news: list[tuple[str, object]]
) -> None:
    letter = sent()
    waiting = services.queue(thread=OTHER, to=TOWN, subject="a", text="b", actor=editor(), now=NOW)
    with TestCase.captureOnCommitCallbacks(execute=True):
        incoming = take(bounce(letter))
        services.read_again(incoming.pk, now=DAY)

    letter.refresh_from_db()
    assert (letter.state, incoming.about) == ("BOUNCED", letter)
    assert news == [("bounced", True), ("arrived", (THREAD,))] or news == [
        ("arrived", (THREAD,)),
        ("bounced", True),
    ]
    services.send_due(clock=lambda: DAY)
    waiting.refresh_from_db()
    assert waiting.state == "FAILED"


def test_a_full_mailbox_is_written_to_again_after_two_days_and_three_times_at_most(
    set_mail: Set,
) -> None:
    letter, at = sent(), DAY
    for number in range(1, 4):
        take(bounce(letter, status="5.2.2"), now=at)
        letter.refresh_from_db()
        assert letter.soft_bounces == number
        if number < 3:
            assert (letter.state, letter.next_try_at) == ("QUEUED", at + timedelta(days=2))
            at += timedelta(days=3)
            services.send_due(clock=lambda: at)  # noqa: B023
            letter.refresh_from_db()

    assert letter.state == "BOUNCED"


def test_a_delay_sends_nothing_twice(set_mail: Set) -> None:
    letter = sent()
    take(bounce(letter, status="4.4.1", action="delayed"))
    letter.refresh_from_db()

    assert (letter.state, letter.soft_bounces) == ("SENT", 0)
