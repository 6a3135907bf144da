"""Letters leave once, when their time has come, to a real server on this machine or to a folder."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from contrechamp.foundation import lease
from contrechamp.kernel.errors import Misconfigured, Refused, TooLate
from contrechamp.mail import queries, services, signals
from contrechamp.mail.connectors import smtp
from contrechamp.mail.models import Attempt, Outgoing
from tests.mail.conftest import Set
from tests.mail.letters import NOW, THREAD, TOWN, editor, queued, sent
from tests.mail.servers import Post, free_port

LATER = NOW + timedelta(minutes=36)
pytestmark = pytest.mark.django_db


def send(at: object = LATER) -> services.Departed:
    return services.send_due(clock=lambda: at)  # type: ignore[arg-type, return-value]


def now_of(letter: Outgoing) -> Outgoing:
    return Outgoing.objects.get(pk=letter.pk)


@contextmanager
def no_socket(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Let nothing open a connection, and tell who tried."""
    tried: list[object] = []

    def refuse(*args: object, **_: object) -> socket.socket:
        tried.append(args)
        raise AssertionError(args)

    with monkeypatch.context() as patch:
        patch.setattr(socket, "create_connection", refuse)
        patch.setattr(socket.socket, "connect", refuse)
        yield tried


def test_with_default_settings_only_the_outbox_folder_grows(
    set_mail: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = queued()
    with no_socket(monkeypatch) as tried:
        done = send()

    assert (done.written, done.sent, tried) == (1, 0, [])
    assert [path.name for path in queries.outbox().iterdir()] == [f"{letter.pk}.eml"]
    assert (queries.outbox() / f"{letter.pk}.eml").read_bytes() == queries.raw_of(letter.sha256)
    assert not now_of(letter).is_live
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("why", ["demo", "other machine"])
def test_a_demo_and_tests_send_nothing_even_when_told_to(
    set_mail: Set, monkeypatch: pytest.MonkeyPatch, post: Post, why: str
) -> None:
    relay = post.address if why == "demo" else "smtp://relais.nulle-part.fr"
    set_mail(mail_live=True, mail=relay)
    if why == "demo":
        (queries.outbox().parent / "demo").touch()
    queued()
    with no_socket(monkeypatch) as tried:
        done = send()

    assert (done.written, tried, post.letters) == (1, [], [])
    assert len(list(queries.outbox().iterdir())) == 1


@pytest.mark.parametrize(
    "to", ["mairie@ville.invalid", "a@ville.example", "a@x.test", "a@sous.example.org"]
)
def test_what_belongs_to_nobody_is_never_written_to(set_mail: Set, post: Post, to: str) -> None:
    set_mail(mail_live=True, mail=post.address)
    letter = queued(to=to)

    assert send().failed == 1
    assert post.letters == []
    assert now_of(letter).state == "FAILED"


def test_a_letter_waits_35_minutes_and_then_leaves_with_what_was_said(
    set_mail: Set, post: Post
) -> None:
    set_mail(mail_live=True, mail=post.address)
    letter = queued()

    assert send(NOW + timedelta(minutes=34)).sent == 0
    assert send().sent == 1
    assert send().sent == 0
    letter, attempt = now_of(letter), Attempt.objects.get()
    assert (letter.state, letter.is_live, str(letter.paris_day)) == ("SENT", True, "2031-03-02")
    assert (attempt.code, attempt.queue_id, attempt.tls) == (250, "4F3A1B2C", "")
    said = [line for _, side, line in attempt.dialogue if side == ">"]
    assert f"mail FROM:<{letter.from_address}>" in said[1]
    assert said[-2:] == [".", "quit"]
    (got,) = post.letters
    assert got.content == queries.raw_of(letter.sha256)
    assert (got.mail_from, got.rcpt_tos) == (letter.from_address, [TOWN])
    assert f"ENVID={letter.pk}".upper() in post.options[0]
    assert "NOTIFY=SUCCESS,FAILURE,DELAY" in post.options[1]


def test_the_letter_is_plain_seven_bit_mail_with_the_address_of_its_thread(
    set_mail: Set,
) -> None:
    enclosed = services.Enclosed(name="été.pdf", media_type="application/pdf", content=b"%PDF-1")
    letter = queued(attachments=[enclosed], in_reply_to="<a@b.fr>", from_name='L"association')
    raw = queries.raw_of(letter.sha256)
    message = message_from_bytes(raw, policy=policy.default)

    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    address = queries.reply_address(THREAD)
    assert message["Reply-To"] == letter.from_address == address
    assert address in message["From"]
    assert message["In-Reply-To"] == "<a@b.fr>"
    assert not ({"Auto-Submitted", "Precedence", "Bcc"} & set(message.keys()))
    assert [part.get_filename() for part in message.iter_attachments()] == ["été.pdf"]
    assert message["Subject"] == f"{letter.subject} {queries.subject_tag(THREAD)}"
    assert "[CC-" not in letter.subject


@pytest.mark.parametrize(
    ("command", "said", "state"),
    [
        ("RCPT", "550 5.1.1 Unknown user", "FAILED"),
        ("DATA", "554 5.7.1 Refused", "FAILED"),
        ("RCPT", "451 4.7.1 Greylisted, come back", "QUEUED"),
        ("MAIL", "452 4.3.1 Full", "QUEUED"),
    ],
)
def test_a_refusal_for_good_and_one_for_now_are_two_things(
    set_mail: Set, post: Post, command: str, said: str, state: str
) -> None:
    set_mail(mail_live=True, mail=post.address)
    failed: list[Outgoing] = []
    signals.send_failed.connect(
        lambda outgoing, **_: failed.append(outgoing), weak=False, dispatch_uid="test"
    )
    post.answers[command] = said
    letter = queued()
    send()

    letter = now_of(letter)
    assert (letter.state, letter.why) == (state, said)
    assert Attempt.objects.get().code == int(said[:3])
    if state == "QUEUED":
        assert letter.next_try_at == LATER + timedelta(minutes=15)
        post.answers.clear()
        assert send(LATER + timedelta(minutes=14)).sent == 0
        assert send(LATER + timedelta(minutes=15)).sent == 1


def test_a_server_that_is_not_there_is_tried_again_and_then_left_to_a_person(
    set_mail: Set,
) -> None:
    set_mail(mail_live=True, mail=f"smtp://127.0.0.1:{free_port()}")
    letter, at = queued(), LATER
    for _ in range(6):
        send(at)
        at = now_of(letter).next_try_at

    letter = now_of(letter)
    assert (letter.state, letter.tries) == ("FAILED", 6)
    assert "ConnectionRefused" in letter.why


def test_a_line_that_breaks_before_the_last_word_leaves_a_doubt_for_a_person(
    set_mail: Set, post: Post
) -> None:
    set_mail(mail_live=True, mail=post.address)
    post.vanishes = True
    letter = queued()

    assert send().maybe == 1
    post.vanishes = False
    assert send(LATER + timedelta(days=3)).sent == 0
    assert len(post.letters) == 1
    assert services.decide(letter.pk, has_left=True, actor=editor(), now=LATER).state == "SENT"
    assert now_of(letter).is_live


def test_a_process_that_dies_while_it_sends_leaves_a_doubt_and_no_second_letter(
    set_mail: Set, post: Post
) -> None:
    set_mail(mail_live=True, mail=post.address)
    letter = queued()
    dead = " ".join(["999999" if part.isdigit() else part for part in lease.holder().split(" ")])
    Outgoing.objects.filter(pk=letter.pk).update(state="SENDING", sending_at=LATER, held_by=dead)

    assert send(LATER + timedelta(minutes=1)).maybe == 1
    assert post.letters == []
    services.decide(letter.pk, has_left=False, actor=editor(), now=LATER)
    assert send(LATER + timedelta(minutes=1)).sent == 1


def test_what_another_living_process_sends_is_left_to_it(set_mail: Set, post: Post) -> None:
    set_mail(mail_live=True, mail=post.address)
    letter = queued()
    Outgoing.objects.filter(pk=letter.pk).update(
        state="SENDING", sending_at=LATER, held_by=lease.holder()
    )

    done = send(LATER + timedelta(minutes=1))
    assert (done.sent, done.maybe) == (0, 0)


def test_no_more_letters_leave_than_the_pace_allows(set_mail: Set, post: Post) -> None:
    set_mail(mail_live=True, mail=post.address, mail_rate=60)
    for _ in range(3):
        queued()

    done = send()
    assert (done.sent, done.waiting) == (1, 2)
    set_mail(mail_live=True, mail=post.address, mail_rate=2)
    assert send(LATER + timedelta(minutes=1)).sent == 1
    assert send(LATER + timedelta(minutes=2)).sent == 0
    assert send(LATER + timedelta(minutes=62)).sent == 1


def test_a_letter_is_taken_back_while_it_waits_and_not_after(set_mail: Set) -> None:
    letter, other = queued(), queued()
    services.recall(letter.pk, actor=editor(), now=NOW)
    send()

    assert now_of(letter).state == "RECALLED"
    with pytest.raises(TooLate):
        services.recall(other.pk, actor=editor(), now=LATER)
    queued()
    assert services.recall_all(actor=editor(), now=NOW) == 1


def test_a_bad_address_a_bad_thread_and_no_domain_are_refused(set_mail: Set) -> None:
    for bad in ("", "mairie", "a@b", "a b@c.fr", "a@c.fr\r\nBcc: x@y.fr", "a@c.fr, b@c.fr"):
        with pytest.raises(Refused):
            queued(to=bad)
    with pytest.raises(Refused):
        queued(thread="../../etc")
    set_mail(mail_live=True, mail="smtp://127.0.0.1:9", mail_domain="")
    with pytest.raises(Misconfigured):
        queued()


def test_news_of_a_letter_that_left(
    set_mail: Set, django_capture_on_commit_callbacks: object
) -> None:
    told: list[Outgoing] = []

    def hear(outgoing: Outgoing, **_: object) -> None:
        told.append(outgoing)

    signals.sent.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        letter = sent()
    signals.sent.disconnect(hear)

    assert told == [letter]


def test_a_server_elsewhere_must_encrypt_and_a_password_is_in_no_line() -> None:
    assert smtp.relay_of("smtp://relais.nulle-part.fr").must_encrypt
    assert smtp.relay_of("smtp://relais.nulle-part.fr").port == 587
    assert smtp.relay_of("smtps://relais.nulle-part.fr").is_tls
    assert not smtp.relay_of("smtp://127.0.0.1").must_encrypt
    with pytest.raises(Misconfigured):
        smtp.relay_of("relais.nulle-part.fr")
    assert "secret" not in repr(smtp.relay_of("smtp://moi:secret@127.0.0.1"))


def test_a_server_that_cannot_encrypt_gets_nothing(post: Post) -> None:
    relay = smtp.Relay(
        host="127.0.0.1", port=int(post.address.rpartition(":")[2]), must_encrypt=True
    )
    outcome = smtp.deliver(
        b"Subject: a\r\n\r\nb\r\n", sender="a@b.fr", recipient="c@d.fr", mark="x", relay=relay
    )

    assert not outcome.is_accepted
    assert (outcome.is_certain, outcome.is_final) == (True, False)
    assert post.letters == []
    assert "mail FROM" not in repr(outcome.dialogue)
