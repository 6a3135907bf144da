"""What one has read: remembered for who asked, in watched threads, as one number and no moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from contrechamp.accounts import services as accounts
from contrechamp.accounts.domain.notices import Level, Scope
from contrechamp.accounts.models import User
from contrechamp.accounts.services import notices
from contrechamp.forum.models import Mark, Thread
from contrechamp.forum.services import marking
from contrechamp.forum.shown.reading import reading_of
from tests.forum import talking
from tests.people import Person

pytestmark = pytest.mark.django_db


def marks(user: User) -> list[tuple[str, int]]:
    return list(Mark.objects.filter(user=user).values_list("thread", "n"))


@pytest.fixture
def thread() -> Thread:
    lea = talking.member()
    thread = talking.thread(lea)
    for number in range(22):
        talking.reply(thread, talking.member(f"p{number}"), f"Message {number}")
    return Thread.objects.get(pk=thread.pk)


@pytest.fixture
def tom(thread: Thread) -> User:
    """Somebody who watches the thread and wants it to be remembered what they read."""
    tom = talking.member("tom")
    accounts.remember_reading(tom, True)
    notices.watch(tom, Scope.THREAD, thread.pk, Level.WATCH, now=timezone.now())
    return tom


def test_to_open_a_thread_writes_nothing_and_one_says_oneself_how_far_one_read(
    thread: Thread, tom: User
) -> None:
    person = Person(tom)
    page = person.opens(thread.address)
    assert marks(tom) == []
    assert "J'ai lu jusqu'ici" in page.text
    assert person.sends(f"/forum/lu/{thread.pk}/20").location == f"/forum/m/{thread.pk}/21"
    assert marks(tom) == [(thread.pk, 20)]
    for address in ("/forum", "/forum/general"):
        listed = person.opens(address).text
        assert "3 nouveaux" in listed
        assert f'href="/forum/m/{thread.pk}/21"' in listed
    assert "Vous avez lu ce fil jusqu'ici." in person.opens(thread.address).text
    assert "J'ai lu jusqu'ici" in person.opens(f"{thread.address}?page=2").text


def test_at_the_end_one_is_led_back_to_the_board(thread: Thread, tom: User) -> None:
    person = Person(tom)
    assert person.sends(f"/forum/lu/{thread.pk}/23").location == "/forum/general"
    assert "nouveaux</a>" not in person.opens("/forum/general").text


def test_a_mark_never_goes_back_nor_further_than_the_thread(thread: Thread, tom: User) -> None:
    marking.note_read(thread, 9999, user=tom)
    marking.note_read(thread, 3, user=tom)
    assert marks(tom) == [(thread.pk, 23)]


def test_all_is_taken_as_read_at_once(thread: Thread, tom: User) -> None:
    person = Person(tom)
    assert "Tout marquer comme lu" in person.opens("/forum").text
    assert person.sends("/forum/lu").location == "/forum"
    assert marks(tom) == [(thread.pk, 23)]
    assert person.sends("/forum/lu").location == "/forum"


def test_nothing_is_kept_of_who_did_not_ask(thread: Thread) -> None:
    eva = talking.member("eva")
    notices.watch(eva, Scope.THREAD, thread.pk, Level.WATCH, now=timezone.now())
    person = Person(eva)
    assert "J'ai lu jusqu'ici" not in person.opens(thread.address).text
    assert "ne retient rien" in person.sends(f"/forum/lu/{thread.pk}/20").text
    person.sends("/forum/lu")
    assert "Tout marquer comme lu" not in person.opens("/forum").text
    assert marks(eva) == []


def test_what_is_not_watched_leaves_no_mark(thread: Thread, tom: User) -> None:
    other = talking.thread(thread.author, "Un autre fil du salon")
    person = Person(tom)
    assert "J'ai lu jusqu'ici" not in person.opens(other.address).text
    assert "les autres ne sont pas retenus" in person.sends(f"/forum/lu/{other.pk}/1").text
    assert marks(tom) == []


def test_who_turns_it_off_leaves_nothing(thread: Thread, tom: User) -> None:
    marking.note_read(thread, 20, user=tom)
    accounts.remember_reading(tom, False)
    assert marks(tom) == []


@pytest.mark.parametrize("end", [notices.unwatch, partial(notices.mute, now=timezone.now())])
def test_who_watches_it_no_more_leaves_nothing_of_it(
    thread: Thread, tom: User, end: Callable[..., object]
) -> None:
    other = talking.thread(thread.author, "Un autre fil du salon")
    notices.watch(tom, Scope.THREAD, other.pk, Level.WATCH, now=timezone.now())
    marking.mark_all_read(tom)
    end(tom, Scope.THREAD, thread.pk)
    assert marks(tom) == [(other.pk, 1)]


def test_a_thread_that_one_may_not_read_takes_no_mark(thread: Thread, tom: User) -> None:
    board = thread.board
    board.members_only = True
    board.save()
    Thread.objects.filter(pk=thread.pk).update(published_count=0)
    assert Person(tom).sends(f"/forum/lu/{thread.pk}/20").status == 404
    assert marking.mark_all_read(tom) == 0
    assert marks(tom) == []


def test_the_foot_of_a_page_costs_two_questions_and_none_where_nothing_is_kept(
    thread: Thread, tom: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        reading_of(tom, thread, 20)
    tom.remember_reading = False
    with django_assert_num_queries(0):
        assert reading_of(tom, thread, 20) is None
