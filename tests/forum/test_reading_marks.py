"""What one has read: remembered for who asked, in watched threads, as one number and no moment."""

from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from contrechamp.accounts import services as accounts
from contrechamp.accounts.domain.notices import Level, Scope
from contrechamp.accounts.models import User
from contrechamp.accounts.services import notices
from contrechamp.forum.models import Mark, Thread
from contrechamp.forum.services import marking
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


def test_what_one_has_read_is_marked_page_by_page_and_shown_in_lists(
    thread: Thread, tom: User
) -> None:
    person = Person(tom)
    person.opens(thread.address)
    assert marks(tom) == [(thread.pk, 20)]
    for page in ("/forum", "/forum/general"):
        assert "3 nouveaux" in person.opens(page).text
    person.opens(f"{thread.address}?page=2")
    person.opens(thread.address)
    assert marks(tom) == [(thread.pk, 23)], "never back"
    assert "nouveaux</span>" not in person.opens("/forum/general").text


def test_all_is_taken_as_read_at_once(thread: Thread, tom: User) -> None:
    person = Person(tom)
    person.opens(thread.address)
    assert "Tout marquer comme lu" in person.opens("/forum").text
    assert person.sends("/forum/lu").location == "/forum"
    assert marks(tom) == [(thread.pk, 23)]
    assert person.sends("/forum/lu").location == "/forum"


def test_nothing_is_kept_of_who_did_not_ask(thread: Thread) -> None:
    eva = talking.member("eva")
    notices.watch(eva, Scope.THREAD, thread.pk, Level.WATCH, now=timezone.now())
    person = Person(eva)
    person.opens(thread.address)
    person.sends("/forum/lu")
    assert "Tout marquer comme lu" not in person.opens("/forum").text
    assert marks(eva) == []


def test_what_is_not_watched_leaves_no_mark(thread: Thread, tom: User) -> None:
    other = talking.thread(thread.author, "Un autre fil du salon")
    Person(tom).opens(other.address)
    assert marks(tom) == []


def test_who_turns_it_off_leaves_nothing(thread: Thread, tom: User) -> None:
    Person(tom).opens(thread.address)
    accounts.remember_reading(tom, False)
    assert marks(tom) == []


def test_what_was_read_before_costs_one_question_and_no_write(
    thread: Thread, tom: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    marking.note_read(thread, 20, user=tom)
    with django_assert_num_queries(1):
        marking.note_read(thread, 20, user=tom)
    tom.remember_reading = False
    with django_assert_num_queries(0):
        marking.note_read(thread, 23, user=tom)
