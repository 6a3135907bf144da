"""What the benches of the forum rest on: a filled forum, and ways that a large one needs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import QuerySet

from bench import forum_fill
from bench.forum_load import Met, missing, together
from contrechamp.accounts.models import User
from contrechamp.forum.domain import markdown
from contrechamp.forum.models import Post, Thread
from contrechamp.forum.queries import moderation, visible_posts, visible_threads
from contrechamp.forum.queries import posts as posts_read
from contrechamp.forum.queries import threads as threads_read
from tests.forum import talking

pytestmark = pytest.mark.django_db


def plan(rows: QuerySet[Post] | QuerySet[Thread]) -> str:
    """Return how SQLite finds rows."""
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return "\n".join(str(row[3]) for row in cursor.fetchall())


def test_a_forum_is_filled_once_and_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forum_fill, "LONG", 50)
    monkeypatch.setattr(forum_fill, "MEMBERS", 3)
    forum_fill.fill(100)
    forum_fill.fill(100)
    assert Post.objects.count() == 50 + 3 + 2 * forum_fill.PER_THREAD
    long = Thread.objects.get(pk=forum_fill.LONG_THREAD)
    assert (long.last_n, long.published_count) == (50, 45)
    assert visible_posts(None).filter(thread=long).count() == 45
    assert all(user.is_confirmed for user in User.objects.filter(username__startswith="banc"))
    forum_fill.fill(200)
    assert Post.objects.count() == 50 + 3 + 4 * forum_fill.PER_THREAD


def test_a_post_that_is_not_there_is_lost() -> None:
    thread = talking.thread()
    talking.reply(thread, talking.member("max"), "Essai 1-1 : bonjour.")
    met = together([Met(posts=["Essai 1-1 : bonjour."]), Met(posts=["Essai 2-1 : rien."])])
    assert missing(met.posts) == 1


def test_ways_of_a_large_forum_are_not_ways_through_all_posts() -> None:
    thread = talking.thread()
    assert "SCAN forum_post" not in plan(moderation.waiting_rows())
    of_thread = plan(visible_posts(None).filter(thread=thread).order_by("thread_id", "n"))
    assert "thread_id=?" in of_thread
    assert "TEMP B-TREE" not in of_thread
    newest = plan(threads_read.listed(None).order_by("-last_post_at", "-pk")[:30])
    assert "MULTI-INDEX OR" not in newest
    assert "USE TEMP B-TREE FOR ORDER BY" not in newest
    assert "forum_thread_newest" in newest
    board = threads_read.on_board(None, thread.board).order_by("-last_post_at", "-pk")
    assert "forum_thread_moved" not in plan(board[:30])


def test_the_newest_of_a_board_are_of_that_board() -> None:
    ours, other = talking.thread(), talking.thread(talking.member("max"), where="aide")
    first = talking.reply(ours, talking.member("ines"))
    threads = visible_threads(None).filter(board=ours.board)
    found = list(posts_read.newest_in(threads, 2)[:2])
    assert found[0] == first
    assert other.pk not in {post.thread_id for post in found}


def test_a_post_of_thousands_of_lines_or_lists_is_shown_as_it_was_typed() -> None:
    many = markdown.MOST_LINES + 1
    assert "<li>" not in markdown.render("- a\n" * many)
    assert "<li>" not in markdown.render("- - - - a\n" * 1_000)
    assert "<em>" not in markdown.render("*a*" * (markdown.MOST_STARS // 2 + 1))
    assert "<li>" in markdown.render("- a\n" * 1_000)
