"""The mailbox is read whole, over every protocol, and cut at any point it loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest

from contrechamp.foundation import lease
from contrechamp.kernel.errors import Misconfigured
from contrechamp.mail import queries, services, signals
from contrechamp.mail.connectors import imap, opening, pop
from contrechamp.mail.connectors.box import Shelf
from contrechamp.mail.models import Filing, Folder, Incoming, MailboxCheck, Place
from tests.mail.conftest import Set
from tests.mail.letters import NOW, THREAD, answer, queued
from tests.mail.pop_server import pop_server
from tests.mail.servers import FakeImap, Mailbox, Post

pytestmark = pytest.mark.django_db
JUNK = "Ind&AOk-sirables"


def poll(at: datetime = NOW) -> MailboxCheck:
    return services.poll(clock=lambda: at)


def kept() -> set[str]:
    """Return the hashes of all that is kept, each proved by its bytes."""
    hashes = list(Incoming.objects.values_list("sha256", flat=True))
    assert all(sha256(queries.raw_of(each)).hexdigest() == each for each in hashes)
    return set(hashes)


def hashes(*raws: bytes) -> set[str]:
    return {sha256(raw).hexdigest() for raw in raws}


@pytest.fixture
def fake() -> Iterator[FakeImap]:
    server = FakeImap({})
    yield server
    server.close()


def test_from_our_queue_over_smtp_into_dovecot_and_back_into_the_thread(
    set_mail: Set, post: Post, mailbox: Mailbox
) -> None:
    set_mail(mail_live=True, mail=post.address, mailbox=mailbox.address)
    letter = queued()
    services.send_due(clock=lambda: NOW + timedelta(hours=1))
    (got,) = post.letters
    # The town's server answers what it got: to the envelope's sender.
    post.deliver = mailbox.put
    assert got.mail_from == queries.reply_address(THREAD)
    raw = answer(str(got.mail_from), In_Reply_To=f"<{letter.message_id}>")
    mailbox.put(raw)
    check = poll(NOW + timedelta(hours=2))

    assert (check.ok, check.new_count) == (True, 1)
    (incoming,) = queries.messages_of(THREAD)
    assert queries.raw_of(incoming.sha256) == raw
    assert {folder["name"] for folder in check.folders} == {"INBOX", "Junk"}


def test_dovecot_gives_each_byte_junk_too_and_keeps_all_it_had(
    set_mail: Set, mailbox: Mailbox
) -> None:
    set_mail(mailbox=mailbox.address)
    odd = "Subject: été\r\nFrom: a@b.fr\r\n\r\ncorps en latin-1 \xe9\r\n.\r\n".encode("latin-1")
    junk = answer(queries.reply_address(THREAD), text="parmi les indésirables")
    mailbox.put(odd)
    mailbox.put(junk, ".Junk")
    own = mailbox.put(answer(text="écrit par nous"), ".Sent")
    assert poll().ok

    assert kept() == hashes(odd, junk)
    assert [each.sha256 for each in queries.messages_of(THREAD)] == [*hashes(junk)]
    held = [path.name for path in mailbox.held() if path.name.partition(":")[0] != own.name]
    # Nothing is deleted, nothing is marked as read by a person: the mark is a word of ours.
    assert len(mailbox.held()) == 3
    assert all("S" not in name.partition(":2,")[2] for name in held)
    again = poll(NOW + timedelta(minutes=10))
    assert (again.ok, again.new_count, len(mailbox.held())) == (True, 0, 3)
    assert {folder["held"] for folder in again.folders} == {0}


def test_a_maildir_is_read_and_marked(set_mail: Set, tmp_path: Path) -> None:
    root = tmp_path / "boîte"
    for part in ("new", "cur", "tmp", ".Junk/new", ".Junk/cur", ".Sent/new", ".Sent/cur"):
        (root / part).mkdir(parents=True)
    raws = [answer(text=str(number)) for number in range(3)]
    (root / "new" / "1.a").write_bytes(raws[0])
    (root / "cur" / "2.b:2,F").write_bytes(raws[1])
    (root / ".Junk" / "new" / "3.c").write_bytes(raws[2])
    (root / ".Sent" / "new" / "4.d").write_bytes(b"Subject: own\r\n\r\n")
    set_mail(mailbox=f"maildir://{root}")

    assert poll().ok
    assert kept() == hashes(*raws)
    assert sorted(path.name for path in (root / "cur").iterdir()) == ["1.a:2,S", "2.b:2,FS"]
    assert poll(NOW + timedelta(minutes=10)).new_count == 0


def test_pop_is_read_with_lines_of_any_length_and_nothing_is_deleted(set_mail: Set) -> None:
    raws = [answer(), answer(text="." * 20 + "\r\n.\r\n..\r\n" + "x" * 70_000)]
    long = b"Subject: long\r\n\r\n" + b"y" * 70_000 + b"\r\n.debut\r\n"
    with pop_server([*raws, long]) as (address, commands):
        set_mail(mailbox=address)
        assert poll().ok
        assert kept() == hashes(*raws, long)
        assert poll(NOW + timedelta(minutes=10)).new_count == 0

    assert not [each for each in commands if each.upper().startswith("DELE")]
    assert len([each for each in commands if each.upper().startswith("RETR")]) == 3


@pytest.mark.parametrize("after", [False, True], ids=["before it is done", "after it is done"])
def test_a_line_that_breaks_at_any_command_loses_nothing_and_doubles_nothing(
    set_mail: Set, fake: FakeImap, *, after: bool
) -> None:
    raws = [answer(queries.reply_address(THREAD), text=str(number)) for number in range(3)]
    fake.messages = {"INBOX": raws[:2], JUNK: [raws[2], raws[0]]}
    fake.breaks_after = after
    set_mail(mailbox=fake.address)
    for number in count():
        forget_all()
        fake.commands, fake.breaks_at = 0, number
        check = poll()
        assert kept() <= hashes(*raws)
        is_whole = fake.commands <= number
        # Only the farewell may fail without a message being in doubt.
        assert check.ok == (is_whole or fake.log[-1].startswith("LOGOUT"))
        fake.breaks_at = None
        assert poll(NOW + timedelta(minutes=10)).ok
        assert kept() == hashes(*raws)
        assert Incoming.objects.count() == Filing.objects.count() == 3
        assert Place.objects.filter(is_marked=True).count() == 4
        assert len(fake.flags) == 4
        if is_whole:
            break

    assert number > 12


def forget_all() -> None:
    for model in (Filing, Place, Incoming, Folder, MailboxCheck):
        model.objects.all().delete()


STEPS: tuple[str, ...] = ("put", "row", "mark", "remember")


@pytest.mark.parametrize("step", STEPS)
def test_a_process_that_dies_between_two_steps_loses_nothing(
    set_mail: Set, fake: FakeImap, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    from contrechamp.mail.services import polling, taking

    raws = [answer(queries.reply_address(THREAD), text=str(number)) for number in range(2)]
    fake.messages = {"INBOX": raws}
    set_mail(mailbox=fake.address)

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        place: Callable[[], None] = {
            "put": lambda: patch.setattr(taking, "_row", dies),
            "row": lambda: patch.setattr(imap.ImapBox, "mark", dies),
            "mark": lambda: patch.setattr(polling, "_remember", dies),
            "remember": lambda: patch.setattr(polling, "read_waiting", dies),
        }[step]
        place()
        with pytest.raises(KeyboardInterrupt):
            poll()

    assert poll(NOW + timedelta(minutes=10)).ok
    assert kept() == hashes(*raws)
    assert queries.messages_of(THREAD).count() == Filing.objects.count() == 2


def test_numbers_that_mean_nothing_any_more_are_begun_anew_by_date(
    set_mail: Set, fake: FakeImap
) -> None:
    raws = [answer(text=str(number)) for number in range(3)]
    fake.messages = {"INBOX": raws[:2]}
    set_mail(mailbox=fake.address)
    poll()
    assert Folder.objects.get(name="INBOX").last_uid == 2
    fake.validity, fake.messages = "8", {"INBOX": [raws[2], raws[0], raws[1]]}
    fake.log.clear()
    check = poll(NOW + timedelta(days=1))

    assert (check.ok, check.new_count) == (True, 1)
    assert kept() == hashes(*raws)
    assert any("SEARCH SINCE 28-Feb-2031" in each for each in fake.log)
    assert not any("SEARCH ALL" in each for each in fake.log)


def test_only_new_messages_are_fetched(set_mail: Set, fake: FakeImap) -> None:
    fake.messages = {"INBOX": [answer(text="1")]}
    set_mail(mailbox=fake.address)
    poll()
    fake.messages["INBOX"].append(answer(text="2"))
    fake.log.clear()
    assert poll(NOW + timedelta(minutes=10)).new_count == 1

    assert [each for each in fake.log if "FETCH" in each] == [
        "UID FETCH 2 (INTERNALDATE BODY.PEEK[])"
    ]
    assert not [each for each in fake.log if "EXPUNGE" in each or "Deleted" in each]


def test_a_check_that_fails_says_why_without_the_password(set_mail: Set) -> None:
    told: list[MailboxCheck] = []

    def hear(check: MailboxCheck, **_: object) -> None:
        told.append(check)

    signals.checked.connect(hear)
    set_mail(mailbox="imap://courrier:motsecret@127.0.0.1:9/")
    check = poll()
    signals.checked.disconnect(hear)

    assert not check.ok
    assert "127.0.0.1" in check.error
    assert "motsecret" not in check.error + opening.name_of("imap://a:motsecret@h/")
    assert told == [check]


def test_two_processes_do_not_read_at_once_and_a_dead_one_is_no_obstacle(
    set_mail: Set, fake: FakeImap
) -> None:
    set_mail(mailbox=fake.address)
    name = opening.name_of(fake.address)
    running = MailboxCheck.objects.create(mailbox=name, from_at=NOW, held_by=lease.holder())
    with pytest.raises(services.Busy):
        poll(NOW + timedelta(minutes=5))
    dead = " ".join(["999999" if part.isdigit() else part for part in running.held_by.split(" ")])
    MailboxCheck.objects.filter(pk=running.pk).update(held_by=dead)
    assert poll(NOW + timedelta(minutes=5)).ok
    running.refresh_from_db()
    assert (running.ok, running.to_at) == (False, NOW + timedelta(minutes=5))


@pytest.mark.parametrize("address", ["", "boîte", "imaps://h/", "ftp://a:b@h/", "imap://a:b@h:x/"])
def test_an_address_that_says_nothing_is_a_setting_to_mend(set_mail: Set, address: str) -> None:
    set_mail(mailbox=address)
    if not address:
        with pytest.raises(Misconfigured):
            poll()
    else:
        assert "CONTRECHAMP_MAILBOX" in poll().error


def test_names_of_folders_are_read_as_people_write_them() -> None:
    assert imap.unmodified("Ind&AOk-sirables") == "Indésirables"
    assert imap.unmodified("Moi &- toi") == "Moi & toi"
    line = b'(\\HasNoChildren) "/" "Courrier ind&AOk-sirable"'
    assert imap._shelf(line) == Shelf(
        name="Courrier ind&AOk-sirable", label="Courrier indésirable", is_junk=True
    )
    assert imap._shelf((b'(\\Junk) "/" {3}', b'a"b')) == Shelf(
        name='a"b', label='a"b', is_junk=True
    )
    for skipped in (b'(\\Noselect) "/" "x"', b'(\\Sent) "/" "y"', b'() "/" "Brouillons"', b"?"):
        assert imap._shelf(skipped) is None
    assert pop._uid("x" * 300) != "x" * 300
