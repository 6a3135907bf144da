"""What exports get of the forum: public rows alone, the same bytes for the same facts."""

from __future__ import annotations

import pytest

from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Board
from contrechamp.forum.services import moderating, placing
from contrechamp.forum.tables import TABLES
from tests.forum import talking

pytestmark = pytest.mark.django_db


def rows(name: str) -> list[dict[str, object]]:
    (table,) = (each for each in TABLES if each.name == name)
    return [dict(zip(table.header, row, strict=True)) for row in table.rows()]


def test_only_what_visitors_read_is_exported() -> None:
    lea, modou = talking.member(), talking.moderator()
    thread = talking.thread(lea, "Un fil public", "Un mot **public**.")
    hidden = talking.reply(thread, lea, "Un mot caché.")
    placing.take_away(hidden, State.HIDDEN, "", now=talking.later())
    talking.thread(talking.member("neuf", confirmed=False), "Un fil qui attend")
    talking.thread(lea, "Un fil entre membres", where="aide")
    Board.objects.filter(slug="aide").update(members_only=True)
    gone = talking.thread(lea, "Un fil retiré").posts.get()
    moderating.remove(gone.pk, reason="SPAM", text="", actor=modou, now=talking.later())

    assert [(row["id"], row["title"]) for row in rows("forum_threads")] == [
        (thread.pk, "Un fil public")
    ]
    (post,) = rows("forum_posts")
    assert (post["thread"], post["n"], post["author"]) == (thread.pk, 1, "lea")
    assert str(post["text"]).strip() == "Un mot public."
    (line,) = rows("forum_journal")
    assert (line["verb"], line["undone"]) == ("REMOVE", 0)


def test_who_left_has_no_name() -> None:
    lea = talking.member()
    talking.thread(lea)
    lea.erased_at = talking.NOW
    lea.save()
    assert [row["author"] for row in rows("forum_posts") + rows("forum_threads")] == ["", ""]
