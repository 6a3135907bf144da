"""The forum for programs: what visitors read, narrowed and in parts, and nothing else."""

from __future__ import annotations

import pytest

from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Board, Thread, ThreadTag
from contrechamp.forum.services import moderating, placing
from tests.api.program import Program
from tests.forum import talking
from tests.observatory import Observatory

pytestmark = pytest.mark.django_db


def titles(program: Program, **query: object) -> list[str]:
    return [row["title"] for row in program.asks("/forum/threads", query).items]


def test_boards_are_those_that_visitors_read(program: Program) -> None:
    talking.board()
    Board.objects.filter(slug="aide").update(members_only=True)
    slugs = [row["slug"] for row in program.asks("/forum/boards").items]
    assert "general" in slugs
    assert "aide" not in slugs


def test_threads_are_narrowed_and_come_in_parts(here: Observatory, program: Program) -> None:
    lea = talking.member()
    talking.thread(lea, "Un fil au salon général")
    helping = talking.thread(lea, "Un fil pour s'aider", where="aide")
    talking.thread(lea, "Un fil sur un projet", subject=f"project:{here.project.pk}")
    ThreadTag.objects.create(thread=helping, kind="place", key="commune:06088")
    ThreadTag.objects.create(thread=helping, kind="technology", key="tec-0000000000")

    every = ["Un fil sur un projet", "Un fil pour s'aider", "Un fil au salon général"]
    assert titles(program) == every
    assert [r["title"] for r in program.reads_all("/forum/threads", {"limit": 1})] == every
    assert titles(program, board="aide") == [every[1]]
    assert titles(program, subject=f"project:{here.project.pk}") == [every[0]]
    assert every[1] in titles(program, territory="commune:06088")
    assert titles(program, technology="tec-0000000000") == [every[1]]
    assert titles(program, board="zorglub") == []
    assert program.asks("/forum/threads", {"subject": "zorglub"}).status == 422


def test_posts_are_read_by_their_numbers(program: Program) -> None:
    lea = talking.member()
    thread = talking.thread(lea, text="Un **premier** mot.")
    talking.reply(thread, talking.member("tom"), "Un deuxième mot.", reply_to=1)
    talking.reply(thread, lea, "Un troisième mot.")

    told = program.asks(f"/forum/threads/{thread.pk}").data
    assert (told["title"], told["author"], told["posts"]) == (thread.title, "lea", 3)
    found = program.reads_all(f"/forum/threads/{thread.pk}/posts", {"limit": 2})
    assert [row["n"] for row in found] == [1, 2, 3]
    first, second, _ = found
    assert first["source"] == "Un **premier** mot."
    assert "<strong>premier</strong>" in first["html"]
    assert first["text"].strip() == "Un premier mot."
    assert (second["author"], second["reply_to"]) == ("tom", 1)


def test_what_may_not_be_read_is_not_answered(program: Program) -> None:
    lea, new = talking.member(), talking.member("neuf", confirmed=False)
    thread = talking.thread(lea)
    hidden = talking.reply(thread, lea, "Un mot caché.")
    placing.take_away(hidden, State.HIDDEN, "", now=talking.later())
    talking.reply(thread, new, "Un mot qui attend.")
    waiting = talking.thread(new, "Un fil qui attend")
    closed = talking.thread(lea, "Un fil entre membres", where="aide")
    Board.objects.filter(slug="aide").update(members_only=True)

    assert titles(program) == [thread.title]
    assert [row["n"] for row in program.asks(f"/forum/threads/{thread.pk}/posts").items] == [1]
    for key in (waiting.pk, closed.pk):
        for end in ("", "/posts"):
            assert program.asks(f"/forum/threads/{key}{end}").status == 404
    assert program.asks("/forum/threads", {"board": "aide"}).items == []


def test_an_erased_author_has_no_name(program: Program) -> None:
    lea = talking.member()
    thread = talking.thread(lea)
    lea.erased_at = talking.NOW
    lea.save()
    assert program.asks(f"/forum/threads/{thread.pk}").data["author"] is None
    assert program.asks(f"/forum/threads/{thread.pk}/posts").items[0]["author"] is None


def test_the_journal_names_nobody_and_comes_in_parts(program: Program) -> None:
    lea, modou = talking.member(), talking.moderator()
    for _ in range(3):
        post = talking.thread(lea, "Un titre à taire").posts.get()
        moderating.remove(post.pk, reason="SPAM", text="", actor=modou, now=talking.later())
    found = program.reads_all("/forum/journal", {"limit": 2})
    numbers = [row["number"] for row in found]
    assert numbers == sorted(numbers, reverse=True)
    assert {row["verb"] for row in found} == {"REMOVE"}
    said = program.asks("/forum/journal").content.decode()
    assert not any(word in said for word in ("lea", "modou", "taire"))


def test_what_is_known_is_not_sent_again(program: Program) -> None:
    thread = talking.thread()
    path = f"/forum/threads/{thread.pk}/posts"
    tag = program.asks(path).headers["ETag"]
    assert program.asks(path, **{"If-None-Match": tag}).status == 304
    talking.reply(Thread.objects.get(pk=thread.pk), talking.member("tom"))
    assert program.asks(path, **{"If-None-Match": tag}).status == 200


def test_a_cursor_of_another_list_is_refused(program: Program) -> None:
    lea = talking.member()
    for number in range(2):
        talking.thread(lea, f"Un fil numéro {number}")
    told = program.asks("/forum/threads", {"limit": 1}).data
    cursor = told["next"].partition("cursor=")[2]
    assert program.asks("/forum/journal", {"cursor": cursor}).status == 422
