"""What the observatory tells in threads: once, of public things alone, in each reader's words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from contrechamp.accounts.domain.notices import Scope
from contrechamp.accounts.models import Notice, User
from contrechamp.accounts.queries import notices as reads
from contrechamp.accounts.services import notices
from contrechamp.forum import tasks
from contrechamp.forum.domain import events as rules
from contrechamp.forum.domain.events import EventKind, EventSource
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Event, Post, Thread
from contrechamp.forum.services import events
from contrechamp.forum.shown.posts import event_text
from contrechamp.foundation import jobs, plug
from contrechamp.foundation.signals import public_changed
from tests.forum import talking
from tests.people import Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
TODAY = NOW.date()
TOWN = "place:commune:42218"


class Room:
    """A room that tells of things, and takes back what it told."""

    def __init__(self) -> None:
        self.told: dict[str, list[rules.Event]] = {}
        self.asked = 0

    def find(self, refs: Sequence[str], today: date) -> Mapping[str, Sequence[rules.Event]]:
        self.asked += 1
        return {ref: self.told[ref] for ref in refs if ref in self.told}

    def due(self, today: date) -> list[str]:
        return sorted(self.told)

    def tells(self, ref: str, *days: date, subject: str = TOWN, **more: Any) -> None:
        self.told[ref] = [
            rules.Event(
                subject=subject,
                kind=more.pop("kind", "test-act"),
                key=f"{ref}:{n}",
                day=day,
                params={"title": f"arrêté {n}", **more.pop("params", {})},
                source_url=f"/actes/{n}",
                **more,
            )
            for n, day in enumerate(days, 1)
        ]


def words(params: Mapping[str, Any]) -> str:
    return (
        f"Published: {params['title']}" if translation.get_language() == "en" else params["title"]
    )


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    found = Room()
    offers = (
        EventKind(kind="test-act", text=words),
        EventKind(kind="test-clock", text=words, is_clock=True),
        EventSource(prefix="test:", find=found.find, due=found.due),
    )
    there = plug._offers()
    with monkeypatch.context() as changed:
        changed.setattr(plug, "_offers", lambda: (*there, *offers))
        yield found


def system_posts(thread: Thread) -> list[str]:
    rows = thread.posts.filter(kind=Post.Kind.SYSTEM, state=State.PUBLISHED).order_by("n")
    return [event_text(post) for post in rows]


def said_to(user: User) -> list[str]:
    rows = list(reads.notices_of(user, is_read=False))
    return [one.card.text for group in reads.said(rows, user) for one in group.said]


def test_an_event_is_a_post_of_the_thread_about_the_thing_told_once(room: Room) -> None:
    thread = talking.thread(subject=TOWN)
    room.tells("test:a", TODAY)

    events.tell(["test:a"], now=NOW)
    events.tell(["test:a", "test:a"], now=NOW)

    assert system_posts(thread) == ["arrêté 1"]
    assert Event.objects.get().has_post


def test_the_sentence_is_made_in_the_language_of_the_reader(room: Room) -> None:
    thread = talking.thread(subject=TOWN)
    room.tells("test:a", TODAY)
    events.tell(["test:a"], now=NOW)

    page = Person().opens(thread.address).text

    assert '<details class="talk-event" open>' in page
    assert "arrêté 1" in page
    assert 'href="/actes/1"' in page
    with translation.override("en"):
        assert system_posts(thread) == ["Published: arrêté 1"]


def test_without_a_thread_who_watches_the_dossier_is_told_and_nothing_is_opened(room: Room) -> None:
    lea, max_ = talking.member("lea"), talking.member("max")
    notices.watch(lea, Scope.SUBJECT, TOWN, now=NOW)
    room.tells("test:a", TODAY)

    events.tell(["test:a"], now=NOW)
    events.tell(["test:a"], now=NOW)

    assert said_to(lea) == ["arrêté 1"]
    assert said_to(max_) == []
    assert not Thread.objects.exists()


def test_a_discussion_that_opens_later_shows_what_was_told_before_it(room: Room) -> None:
    room.tells("test:a", TODAY - timedelta(days=2), TODAY)
    events.tell(["test:a"], now=NOW)

    thread = talking.thread(subject=TOWN)
    page = unescape(Person().opens(thread.address).text)

    assert "2 nouvelles du dossier hors de cette discussion" in page
    assert page.index("arrêté 1") < page.index("arrêté 2") < page.index('id="m1"')
    assert system_posts(thread) == []


def test_what_happened_long_ago_is_left_to_the_timeline(room: Room) -> None:
    thread = talking.thread(subject=TOWN)
    room.tells("test:a", TODAY - rules.RECENT - timedelta(days=1))

    events.tell(["test:a"], now=NOW)

    assert system_posts(thread) == []
    assert not Event.objects.exists()


def test_much_at_once_does_not_fill_a_thread(room: Room) -> None:
    thread = talking.thread(subject=TOWN)
    room.tells("test:a", *(TODAY - timedelta(days=n) for n in range(12)))

    events.tell(["test:a"], now=NOW)

    assert len(system_posts(thread)) == rules.MOST
    page = unescape(Person().opens(thread.address).text)
    assert "7 nouvelles du dossier hors de cette discussion" in page


def test_what_is_public_no_more_is_taken_back_and_said_again_when_it_is(room: Room) -> None:
    lea = talking.member("lea")
    thread = talking.thread(lea, subject=TOWN)
    room.tells("test:a", TODAY)
    events.tell(["test:a"], now=NOW)
    told = room.told.pop("test:a")

    events.tell(["test:a"], now=NOW)

    page = unescape(Person().opens(thread.address).text)
    assert "arrêté 1" not in page
    assert "ce n'est plus public" in page
    assert "arrêté 1" not in Person().opens(f"{thread.address}.atom").text
    assert said_to(lea) == []
    room.told["test:a"] = told
    events.tell(["test:a"], now=NOW)
    assert system_posts(thread) == ["arrêté 1"]
    assert thread.posts.count() == 2


def test_what_was_told_without_a_thread_is_taken_back_from_who_was_told(room: Room) -> None:
    lea = talking.member("lea")
    notices.watch(lea, Scope.SUBJECT, TOWN, now=NOW)
    room.tells("test:a", TODAY)
    events.tell(["test:a"], now=NOW)
    room.told.clear()

    events.tell(["test:a"], now=NOW)

    lea.refresh_from_db()
    assert said_to(lea) == []
    assert lea.unread_notices == 0


def test_a_correction_is_read_in_the_post_that_was_made(room: Room) -> None:
    thread = talking.thread(subject=TOWN)
    room.tells("test:a", TODAY)
    events.tell(["test:a"], now=NOW)
    room.tells("test:a", TODAY, params={"title": "arrêté corrigé"})

    events.tell(["test:a"], now=NOW)

    assert system_posts(thread) == ["arrêté corrigé"]


def test_of_a_thing_that_not_everybody_may_see_nothing_is_told(room: Room) -> None:
    room.tells("test:a", TODAY, subject="request:req-0000000000")

    events.tell(["test:a"], now=NOW)

    assert not Event.objects.exists()
    assert events.post("case:act-000", "test-act", {"title": "x"}, "k", now=NOW) is None
    assert events.post("nonsense", "test-act", {"title": "x"}, "k", now=NOW) is None


def test_a_room_may_tell_one_event_by_its_key(room: Room) -> None:
    thread = talking.thread(subject=TOWN)

    for _ in range(2):
        events.post(TOWN, "test-act", {"title": "vote"}, "vote:1", now=NOW, source_url="/x")

    assert system_posts(thread) == ["vote"]


def test_a_closed_thread_and_one_of_a_group_are_not_written_in(room: Room) -> None:
    thread = talking.thread(subject=TOWN)
    thread.locked = True
    thread.save()
    room.tells("test:a", TODAY)
    events.tell(["test:a"], now=NOW)
    assert system_posts(thread) == []

    thread.locked = False
    thread.save()
    thread.board.members_only = True
    thread.board.save()
    room.tells("test:b", TODAY)
    events.tell(["test:b"], now=NOW)
    assert system_posts(thread) == []


def test_a_forum_that_is_read_only_is_not_written_in(room: Room, settings: Settings) -> None:
    thread = talking.thread(subject=TOWN)
    settings.CONTRECHAMP = dataclasses.replace(settings.CONTRECHAMP, forum_read_only=True)
    room.tells("test:a", TODAY)

    events.tell(["test:a"], now=NOW)

    assert system_posts(thread) == []
    assert Event.objects.count() == 1


def test_a_period_that_ends_is_told_at_thirty_and_at_seven_days() -> None:
    last = date(2026, 5, 31)

    def told(today: date) -> list[int]:
        made = rules.warnings(last, today, event)
        return [int(one.params["days"]) for one in made if one.is_news(today)]

    def event(days: int, day: date, until: date) -> rules.Event:
        params = {"days": days}
        return rules.Event(
            subject=TOWN, kind="test-clock", key=str(days), day=day, until=until, params=params
        )

    assert told(last - timedelta(days=31)) == []
    assert told(last - timedelta(days=30)) == [30]
    assert told(last - timedelta(days=8)) == [30]
    assert told(last - timedelta(days=7)) == [7]
    assert told(last) == [7]
    assert told(last + timedelta(days=1)) == []
    assert rules.warnings(None, last, event) == []


def test_a_deadline_that_is_over_stays_told_while_its_thing_is_public(room: Room) -> None:
    thread = talking.thread(subject=TOWN)
    room.tells("test:a", TODAY, kind="test-clock", until=TODAY)
    events.tell(["test:a"], now=NOW)
    room.told["test:a"] = []

    events.tell(["test:a"], now=NOW + timedelta(days=1))
    assert system_posts(thread) == ["arrêté 1"]

    room.told.clear()
    events.tell(["test:a"], now=NOW + timedelta(days=1))
    assert system_posts(thread) == []


def test_an_import_of_many_things_leaves_a_few_jobs_after_it(
    room: Room, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    tasks._waiting().clear()
    today = datetime.now(UTC).date()
    thread = talking.thread(subject=TOWN)
    for n in range(450):
        room.tells(f"test:{n}", today, params={"title": f"arrêté {n}"})
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(450):
            public_changed.send(sender=Event, refs=[f"test:{n}", f"other:{n}"])
        assert room.asked == 0

    jobs.run_waiting()

    assert room.asked == 3
    assert Event.objects.count() == 450
    assert len(system_posts(thread)) == 3 * rules.MOST


def test_who_watches_the_thread_is_told_of_the_event_like_of_any_post(room: Room) -> None:
    lea, max_ = talking.member("lea"), talking.member("max")
    talking.thread(lea, subject=TOWN)
    notices.watch(max_, Scope.SUBJECT, TOWN, now=NOW)
    room.tells("test:a", TODAY)

    events.tell(["test:a"], now=NOW)

    assert said_to(lea) == said_to(max_) == ["arrêté 1"]
    assert Notice.objects.filter(user=max_).count() == 1
