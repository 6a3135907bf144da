from __future__ import annotations

from datetime import timedelta

import pytest

from contrechamp.forum import queries
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Draft, Post, Thread
from contrechamp.forum.queries.people import mentioned
from contrechamp.forum.services import arranging, gate, placing, posting
from contrechamp.kernel.errors import Refused
from tests.forum import talking
from tests.forum.talking import NOW, later

pytestmark = pytest.mark.django_db


def test_a_known_member_opens_a_thread_and_all_can_read_it() -> None:
    thread = talking.thread()
    assert (thread.last_n, thread.published_count) == (1, 1)
    assert list(queries.visible_threads(None)) == [thread]
    assert sorted(post.n or 0 for post in queries.visible_posts(None)) == [1]


def test_the_first_post_of_a_new_member_is_seen_nowhere_until_it_is_approved() -> None:
    newcomer = talking.member("neuf", confirmed=False)
    thread = talking.thread(newcomer, text="Voir [ceci](https://exemple.fr/a) svp.")
    post = Post.objects.get()
    assert (post.state, post.n, post.queue_reason) == (State.PENDING, None, "first_posts")
    assert "<a" not in post.html
    for reader in (None, newcomer, talking.moderator()):
        assert not queries.visible_threads(reader).exists()
        assert not queries.visible_posts(reader).exists()
    posting.publish(post, now=later())
    post.refresh_from_db()
    assert (post.state, post.n) == (State.PUBLISHED, 1)
    assert '<a href="https://exemple.fr/a"' in post.html
    assert list(queries.visible_threads(None)) == [thread]
    posting.publish(post, now=later())
    assert Thread.objects.get().published_count == 1


def test_a_form_sent_twice_makes_one_post() -> None:
    lea = talking.member()
    thread = talking.thread(lea)
    first = talking.reply(thread, lea, token="a1")
    again = talking.reply(thread, lea, "Autre texte", token="a1")
    assert first == again
    assert Post.objects.count() == 2


def test_numbers_are_given_at_publication_and_never_again() -> None:
    lea, neuf = talking.member(), talking.member("neuf", confirmed=False)
    thread = talking.thread(lea)
    waits = talking.reply(thread, neuf)
    second = talking.reply(thread, lea)
    assert (waits.n, second.n) == (None, 2)
    placing.take_away(second, State.REMOVED, "off_topic", now=later())
    third = posting.publish(waits, now=later())
    assert third.n == 3
    thread.refresh_from_db()
    assert (thread.last_n, thread.published_count) == (3, 2)
    assert sorted(post.n or 0 for post in queries.placed_posts(None)) == [1, 2, 3]
    assert sorted(post.n or 0 for post in queries.visible_posts(None)) == [1, 3]


def test_an_edit_shows_after_five_minutes_what_was_said_before() -> None:
    lea = talking.member()
    thread = talking.thread(lea)
    post = thread.posts.get()
    at = post.published_at
    assert at is not None
    posting.edit(post, actor=lea, source="Treize caméras.", now=at + timedelta(minutes=4))
    assert not post.revisions.exists()
    posting.edit(post, actor=lea, source="Onze.", reason="compté", now=at + timedelta(minutes=6))
    assert [(r.source, r.reason) for r in post.revisions.all()] == [("Treize caméras.", "compté")]
    with pytest.raises(Refused):
        posting.edit(post, actor=lea, source="Dix.", now=at + timedelta(days=31))
    with pytest.raises(Refused):
        posting.edit(post, actor=talking.member("tom"), source="Dix.", now=later())


def test_what_is_taken_back_keeps_its_place_and_can_come_again() -> None:
    lea = talking.member()
    thread = talking.thread(lea)
    post = talking.reply(thread, lea)
    posting.withdraw(post, actor=lea, now=later())
    assert sorted(p.n or 0 for p in queries.visible_posts(None)) == [1]
    posting.restore(post, actor=lea, now=later())
    assert sorted(p.n or 0 for p in queries.visible_posts(None)) == [1, 2]


def test_a_thread_without_a_readable_post_is_seen_by_nobody() -> None:
    lea = talking.member()
    thread = talking.thread(lea)
    posting.withdraw(thread.posts.get(), actor=lea, now=later())
    assert not queries.visible_threads(None).exists()


def test_a_locked_thread_takes_no_answer_and_loses_no_draft() -> None:
    lea, modou = talking.member(), talking.moderator()
    thread = talking.thread(lea)
    Draft.objects.create(user=lea, key=f"thread:{thread.pk}", source="mots", saved_at=NOW)
    arranging.lock(thread, True, actor=modou)
    with pytest.raises(gate.Closed):
        talking.reply(thread, lea)
    assert Draft.objects.get().source == "mots"
    assert talking.reply(thread, modou).n == 2


def test_a_fourth_post_in_a_row_is_asked_to_be_an_edit() -> None:
    lea = talking.member()
    thread = talking.thread(lea)
    for _ in range(2):
        talking.reply(thread, lea)
    with pytest.raises(gate.AskedToEdit):
        talking.reply(thread, lea, insists=False)
    assert talking.reply(thread, lea, insists=True).n == 4


def test_a_board_of_members_is_no_visitors() -> None:
    lea = talking.member()
    thread = talking.thread(lea)
    thread.board.members_only = True
    thread.board.save()
    assert not queries.visible_threads(None).exists()
    assert not queries.visible_posts(None).exists()
    assert thread.board not in queries.visible_boards(None)
    assert queries.visible_threads(lea).exists()


def test_a_mention_names_people_outside_quotes() -> None:
    lea, tom = talking.member(), talking.member("Tom")
    thread = talking.thread(lea)
    post = talking.reply(thread, lea, "> @lea dit\n\nBien vu @tom, @lea, @personne et #1")
    assert mentioned(post) == [tom]
    assert f'<a href="/forum/m/{thread.pk}/1">#1</a>' in post.html
    assert "@personne" in post.html


def test_split_posts_leave_links_in_their_places() -> None:
    lea, modou = talking.member(), talking.moderator()
    thread = talking.thread(lea)
    for _ in range(3):
        talking.reply(thread, lea)
    made = arranging.split(thread, [2, 4], title="Une autre question", actor=modou, now=later())
    thread.refresh_from_db()
    assert (thread.last_n, thread.published_count) == (4, 2)
    assert (made.last_n, made.published_count) == (2, 2)
    moved = thread.posts.get(n=2)
    assert moved.state == State.MOVED
    assert moved.moved_to == made.posts.get(n=1)


def test_merged_threads_keep_every_permalink() -> None:
    lea, modou = talking.member(), talking.moderator()
    first = talking.thread(lea)
    second = talking.thread(lea, "Les mêmes caméras, bis")
    talking.reply(second, lea)
    arranging.merge(second, first, actor=modou, now=later())
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.last_n, first.published_count) == (3, 3)
    assert second.moved_to == first
    assert [post.moved_to.n for post in second.posts.order_by("n") if post.moved_to] == [2, 3]


def test_an_erased_post_is_empty_for_ever() -> None:
    lea = talking.member()
    thread = talking.thread(lea)
    post = talking.reply(thread, lea)
    posting.edit(post, actor=lea, source="Autre.", now=later())
    placing.erase(post, now=later())
    assert (post.source, post.html, post.revisions.count()) == ("", "", 0)
    with pytest.raises(Refused):
        placing.place(post, now=later())
