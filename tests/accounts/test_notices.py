"""Who is told of what, and what they want of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contrechamp.accounts import services as accounts
from contrechamp.accounts.domain.notices import Detail, Frequency, Level, Scope
from contrechamp.accounts.models import Notice, Outbox, Subscription, User
from contrechamp.accounts.queries import notices as queries
from contrechamp.accounts.services import notices as services
from contrechamp.kernel.errors import Refused
from tests import make
from tests.accounts.telling import Room, opened, wants

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 6, 10, tzinfo=UTC)


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with opened(monkeypatch) as found:
        yield found


@pytest.fixture
def noor(db: None) -> User:
    return make.user("noor")


def unread(user: User) -> int:
    user.refresh_from_db()
    assert user.unread_notices == queries.unread_count(user)
    return user.unread_notices


def test_a_member_is_told_once_of_one_thing(room: Room, noor: User) -> None:
    room.post("ab12/1", [noor], NOW)
    room.post("ab12/1", [noor], NOW)

    (group,) = queries.said(list(queries.notices_of(noor, is_read=False)), noor)
    assert group.title == "Fil ab12"
    assert [one.card.text for one in group.said] == ["marianne a écrit ab12/1"]
    assert unread(noor) == 1


def test_nobody_is_told_of_what_they_did_or_what_somebody_they_block_did(noor: User) -> None:
    marianne, io = make.user("marianne"), make.user("io")
    accounts.block(noor, marianne, now=NOW)

    told = services.tell(
        [noor.pk, marianne.pk, io.pk],
        "test-post",
        "post",
        "ab12/1",
        about="forum:thread:ab12",
        now=NOW,
        actor=marianne,
    )

    assert told == 1
    assert Notice.objects.get().user == io


def test_a_closed_account_and_a_machine_are_told_nothing(noor: User) -> None:
    noor.is_active = False
    noor.save()
    machine = accounts.system_account("starter")

    told = services.tell([noor.pk, machine.pk], "k", "post", "1", about="x", now=NOW)

    assert told == 0


def test_what_one_may_not_read_any_more_is_not_said(room: Room, noor: User) -> None:
    room.post("ab12/1", [noor], NOW)
    room.post("ab12/2", [noor], NOW)
    room.closed_to.add((noor.pk, "ab12/2"))

    (group,) = queries.said(list(queries.notices_of(noor, is_read=False)), noor)

    assert [one.card.url for one in group.said] == ["/t/ab12/1"]


def test_what_is_hidden_is_neither_shown_nor_counted_until_it_is_back(
    room: Room, noor: User
) -> None:
    room.post("ab12/1", [noor], NOW)

    services.hold("post", ["ab12/1"])
    assert unread(noor) == 0
    assert not queries.notices_of(noor, is_read=False)

    services.hold("post", ["ab12/1"], is_held=False)
    assert unread(noor) == 1


def test_what_was_erased_leaves_no_notice(room: Room, noor: User) -> None:
    room.post("ab12/1", [noor], NOW)

    services.forget("post", ["ab12/1"])

    assert not Notice.objects.exists()
    assert unread(noor) == 0


def test_to_read_is_to_count_less_and_not_to_get_mail_about_it(room: Room, noor: User) -> None:
    wants(noor)
    for n in range(3):
        room.post(f"ab12/{n}", [noor], NOW)
    first = Notice.objects.order_by("pk").first()
    assert first is not None

    services.mark_read(noor, now=NOW, ids=[first.pk])
    assert unread(noor) == 2
    first.refresh_from_db()
    assert first.mail == ""

    services.mark_read_about(noor, "forum:thread:ab12", now=NOW)
    assert unread(noor) == 0


def test_somebody_elses_notices_are_not_marked(room: Room, noor: User) -> None:
    io = make.user("io")
    room.post("ab12/1", [io], NOW)

    services.mark_read(noor, now=NOW, ids=list(Notice.objects.values_list("pk", flat=True)))

    assert unread(io) == 1


def test_the_watchers_of_a_thread_its_board_or_its_town_are_told_and_mutes_are_not(
    room: Room, noor: User
) -> None:
    room.texts["ab12/1"] = "x"
    io, amina = make.user("io"), make.user("amina")
    for user, scope, key, level in (
        (noor, Scope.PLACE, "commune:06088", Level.WATCH),
        (noor, Scope.THREAD, "ab12", Level.MUTE),
        (io, Scope.BOARD, "aide", Level.WATCH),
        (amina, Scope.THREAD, "ab12", Level.WATCH),
        (amina, Scope.BOARD, "aide", Level.MUTE),
    ):
        Subscription.objects.create(user=user, scope=scope, key=key, level=level, since=NOW.date())

    found = queries.watchers(
        [(Scope.THREAD, "ab12"), (Scope.BOARD, "aide"), (Scope.PLACE, "commune:06088")]
    )

    assert set(found) == {io.pk, amina.pk}


def test_who_is_named_is_told_unless_the_thread_or_all_naming_is_muted(
    room: Room, noor: User
) -> None:
    room.texts["ab12/1"] = "x"
    io, amina = make.user("io"), make.user("amina")
    services.mute(io, Scope.THREAD, "ab12", now=NOW)
    services.mute(amina, Scope.MENTION, "", now=NOW)

    assert set(queries.unmuted([noor.pk, io.pk, amina.pk], "ab12")) == {noor.pk}


def test_one_watches_only_what_one_may_read(room: Room, noor: User) -> None:
    room.texts["ab12/1"] = "x"

    services.watch(noor, Scope.THREAD, "ab12", now=NOW)
    with pytest.raises(Refused):
        services.watch(noor, Scope.THREAD, "zz99", now=NOW)

    assert [one.title for one in queries.subscriptions_of(noor)] == ["Fil ab12"]


def test_to_write_is_to_watch_unless_one_muted_or_wants_otherwise(room: Room, noor: User) -> None:
    room.texts["ab12/1"] = room.texts["cd34/1"] = room.texts["ef56/1"] = "x"
    services.mute(noor, Scope.THREAD, "ab12", now=NOW)

    services.watch_own(noor, "ab12", now=NOW)
    services.watch_own(noor, "cd34", now=NOW)
    wants(noor).notice_settings.delete()
    services.change_settings(
        noor, detail=Detail.NOTHING, frequency=Frequency.DAY, watches_own=False
    )
    services.watch_own(noor, "ef56", now=NOW)

    rows = noor.subscriptions.values_list("key", "level")
    assert dict(rows) == {"ab12": "mute", "cd34": "watch"}


@pytest.mark.parametrize("reason", ["no address", "never", "refused", "away"])
def test_no_mail_waits_for_who_gets_none(room: Room, noor: User, reason: str) -> None:
    wants(noor, Frequency.NEVER if reason == "never" else Frequency.NOW)
    if reason == "no address":
        User.objects.filter(pk=noor.pk).update(email=None)
    if reason == "refused":
        services.refuse_address(noor, "550 no such user", now=NOW)
    if reason == "away":
        User.objects.filter(pk=noor.pk).update(last_login=NOW - timedelta(days=200))

    room.post("ab12/1", [noor], NOW)

    assert unread(noor) == 1
    assert not Outbox.objects.exists()


def test_a_mail_at_once_about_each_thread_and_one_in_the_morning_about_all(
    room: Room, noor: User
) -> None:
    io = wants(make.user("io"), Frequency.DAY)
    wants(noor, Frequency.NOW)

    for id in ("ab12/1", "ab12/2", "cd34/1"):
        room.post(id, [noor, io], NOW)

    rows = Outbox.objects.order_by("pk").values_list("user__username", "about")
    assert sorted(rows) == [
        ("io", ""),
        ("noor", "forum:thread:ab12"),
        ("noor", "forum:thread:cd34"),
    ]


def test_a_mail_that_says_nothing_is_one_about_all(room: Room, noor: User) -> None:
    wants(noor, Frequency.NOW, "nothing")

    room.post("ab12/1", [noor], NOW)
    room.post("cd34/1", [noor], NOW)

    assert Outbox.objects.get().about == ""


def test_a_rhythm_of_one_thread_is_kept_beside_that_of_all(room: Room, noor: User) -> None:
    wants(noor, Frequency.WEEK)
    room.texts["ab12/1"] = "x"
    services.watch(noor, Scope.THREAD, "ab12", now=NOW, frequency=Frequency.NOW)

    found = queries.watchers([(Scope.THREAD, "ab12")])
    services.tell(found, "test-post", "post", "ab12/1", about="forum:thread:ab12", now=NOW)

    assert Outbox.objects.get().frequency == "now"


def test_a_notice_whose_mail_just_left_gets_another(room: Room, noor: User) -> None:
    wants(noor)
    room.post("ab12/1", [noor], NOW)
    Outbox.objects.all().delete()

    assert services.let_orphans_wait(NOW) == 1
    assert services.let_orphans_wait(NOW) == 0
    assert Outbox.objects.get().about == "forum:thread:ab12"


def test_to_stop_mail_lets_nothing_leave_and_still_tells_on_the_site(
    room: Room, noor: User
) -> None:
    wants(noor)
    room.post("ab12/1", [noor], NOW)

    services.stop_mail(noor)
    room.post("ab12/2", [noor], NOW)

    assert not Outbox.objects.exists()
    assert unread(noor) == 2


def test_what_is_old_goes(room: Room, noor: User) -> None:
    room.post("ab12/1", [noor], NOW - timedelta(days=200))
    room.post("ab12/2", [noor], NOW)
    services.mark_read(noor, now=NOW - timedelta(days=100), ids=[Notice.objects.earliest("pk").pk])
    room.post("ab12/3", [noor], NOW - timedelta(days=400))

    services.tidy(NOW)

    assert [row.object_id for row in Notice.objects.all()] == ["ab12/2"]
    assert unread(noor) == 1


def test_five_hundred_are_told_with_as_many_questions_as_one(room: Room) -> None:
    few = [make.user(f"n{n}") for n in range(2)]
    many = User.objects.bulk_create(
        [User(username=f"m{n}", folded=f"m{n}", email=f"m{n}@courriel.example") for n in range(500)]
    )

    with CaptureQueriesContext(connection) as for_two:
        room.post("ab12/1", few, NOW)
    with CaptureQueriesContext(connection) as for_all:
        room.post("ab12/2", many, NOW)

    assert Notice.objects.filter(object_id="ab12/2").count() == 500
    # SQLite takes so many values at a time: rows are written in a few portions.
    assert len(for_all) <= len(for_two) + 20
