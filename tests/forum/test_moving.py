"""Dump, load, import: same bytes again, nothing twice, old addresses lead to the right post."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.forum.domain import discourse, exports, nodebb
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import (
    Action,
    Appeal,
    Board,
    LabelClaim,
    Post,
    Thread,
    ThreadTag,
)
from contrechamp.forum.services import appealing, claiming, dumping, importing, loading, moderating
from contrechamp.kernel.errors import Refused
from tests import make
from tests.forum import talk
from tests.forum.talk import NOW
from tests.people import Person

HOST = "ancien.example"
MS = 1_600_000_000_000


def nodebb_post(pid: int, index: int, **changed: Any) -> dict[str, Any]:
    return {
        "pid": pid,
        "tid": 7,
        "index": index,
        "content": f"<p>Message {index}</p>",
        "timestamp": MS + index * 60_000,
        "edited": 0,
        "deleted": 0,
        "user": {"uid": 1, "username": "ancienne"},
        **changed,
    }


def nodebb_folder(folder: Path) -> Path:
    """A saved forum in the shape of NodeBB's read API, made by us; one file of it is broken."""
    hostile = (
        '<p>Voir <a href="https://ancien.example/topic/7/titre/2">là</a> '
        '<img src="https://espion.example/p.gif"><script>alert(1)</script>'
        '<a href="javascript:alert(1)" onclick="x()">clic</a></p>'
    )
    files: dict[str, Any] = {
        "api/categories.json": {
            "categories": [
                {
                    "cid": 2,
                    "name": "Lyon &amp; environs",
                    "slug": "2/lyon",
                    "description": "Ce qui se passe",
                    "children": [{"cid": 3, "name": "Caméras", "slug": "3/cameras"}],
                }
            ]
        },
        "api/category/2.json": {"cid": 2, "name": "Lyon", "slug": "2/lyon", "topics": []},
        "api/topic/7-1.json": {
            "tid": 7,
            "cid": 2,
            "title": "Un vieux fil",
            "slug": "7/un-vieux-fil",
            "timestamp": MS,
            "locked": 1,
            "posts": [
                nodebb_post(70, 0, content=hostile),
                nodebb_post(71, 1, deleted=1, content="<p>secret</p>"),
                {"pid": 72, "content": None},
            ],
        },
        "api/topic/7-2.json": {
            "tid": 7,
            "cid": 2,
            "title": "Un vieux fil",
            "posts": [
                nodebb_post(73, 2, toPid="70", edited=MS + 999_000),
                nodebb_post(74, 3, user={"username": "[[global:guest]]"}),
            ],
        },
        "api/topic/8.json": {
            "tid": 8,
            "cid": 3,
            "title": "Ailleurs",
            "posts": [nodebb_post(80, 0, tid=8)],
        },
        "api/topic/9.json": {"tid": 9, "cid": 2, "title": "Vide", "posts": []},
        "api/topic/10.json": {"tid": 10, "cid": 2, "posts": []},
        "api/other.json": {"users": []},
        "api/list.json": [],
    }
    for name, plain in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(plain))
    (folder / "api/topic/broken.json").write_text('{"tid": 11, "posts": [')
    return folder


def discourse_folder(folder: Path) -> Path:
    """A saved forum in the shape of Discourse's API, made by us."""

    def post(pid: int, number: int, **changed: Any) -> dict[str, Any]:
        return {
            "id": pid,
            "topic_id": 5,
            "username": "paul",
            "cooked": f"<p>Cuit {number}</p>",
            "post_number": number,
            "post_type": 1,
            "created_at": "2021-03-04T05:06:07.000Z",
            "updated_at": "2021-03-04T05:06:07.000Z",
            "version": 1,
            "reply_to_post_number": None,
            **changed,
        }

    files: dict[str, Any] = {
        "categories.json": {
            "category_list": {
                "categories": [
                    {
                        "id": 4,
                        "name": "Général",
                        "slug": "general",
                        "subcategory_list": [{"id": 6, "name": "Aide", "slug": "aide"}],
                    }
                ]
            }
        },
        "latest.json": {"topic_list": {"topics": []}},
        "t/5.json": {
            "id": 5,
            "title": "Un fil de Discourse",
            "category_id": 4,
            "created_at": "2021-03-04T05:06:07.000Z",
            "closed": True,
            "post_stream": {
                "posts": [post(50, 1), post(51, 2, post_type=3), post(52, 3, hidden=True)],
                "stream": [50, 51, 52, 53],
            },
        },
        "t/5/posts.json": {
            "id": 5,
            "post_stream": {
                "posts": [
                    post(53, 4, reply_to_post_number=1, version=2),
                    post(54, 5, post_type=4, cooked="<p>chuchoté</p>"),
                    {"id": 55, "post_number": 6},
                ]
            },
        },
        "t/none.json": {"post_stream": {"posts": []}},
    }
    for name, plain in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(plain))
    return folder


def bring(folder: Path, kind: str = "nodebb", **how: Any) -> importing.Report:
    return importing.import_forum(kind, folder, host=HOST, now=NOW, **how)


@pytest.mark.django_db
def test_a_nodebb_forum_comes_in_with_its_faults_told(tmp_path: Path) -> None:
    report = bring(nodebb_folder(tmp_path))
    assert (report.boards, report.threads, report.posts, report.gone) == (2, 2, 5, 1)
    assert sorted((fault.where, fault.code) for fault in report.faults) == [
        ("api/list.json", "shape"),
        ("api/other.json", "shape"),
        ("api/topic/10.json", "topic"),
        ("api/topic/7-1.json#7/72", "post"),
        ("api/topic/9.json#9", "empty"),
        ("api/topic/broken.json", "json"),
    ]
    assert report.old_links == ["https://ancien.example/topic/7/titre/2"]
    thread = Thread.objects.get(pid="7")
    assert (thread.title, thread.locked, thread.last_n, thread.published_count) == (
        "Un vieux fil",
        True,
        4,
        3,
    )
    assert thread.board.title == "Lyon & environs"
    first, gone, third, fourth = thread.posts.order_by("n")
    assert (first.author_label, first.format, first.author) == ("ancienne", "HTML", None)
    for hostile in ("<img", "script", "javascript:", "onclick", "espion"):
        assert hostile not in first.html + first.source
    assert (gone.state, gone.source, gone.author_label) == (State.ERASED, "", "")
    assert (third.reply_to, third.n) == (1, 3)
    assert fourth.author_label == ""


@pytest.mark.django_db
def test_again_nothing_changes_and_a_cut_import_goes_on(tmp_path: Path) -> None:
    folder = nodebb_folder(tmp_path)
    dry = bring(folder, dry_run=True)
    assert not Thread.objects.exists()
    assert not Board.objects.filter(origin__startswith="nodebb").exists()
    bring(folder)
    before = list(Post.objects.order_by("pk").values())
    Post.objects.filter(pid="74").delete()
    again = bring(folder)
    assert (again.boards, again.threads, again.posts, again.known) == (0, 0, 1, 4)
    assert (dry.posts, dry.threads) == (5, 2)
    third = bring(folder)
    assert (third.posts, third.known) == (0, 5)
    assert len(before) == Post.objects.count()


@pytest.mark.django_db
def test_only_the_boards_that_were_asked_for(tmp_path: Path) -> None:
    report = bring(nodebb_folder(tmp_path), boards=("cameras",))
    assert (report.threads, report.posts) == (1, 1)
    assert [fault.code for fault in report.faults].count("board") == 2
    with pytest.raises(Refused):
        bring(tmp_path / "rien")


@pytest.mark.django_db
def test_a_discourse_forum_comes_in_and_its_whispers_do_not(tmp_path: Path) -> None:
    report = bring(discourse_folder(tmp_path), "discourse")
    assert (report.threads, report.posts, report.gone) == (1, 4, 2)
    assert {fault.code for fault in report.faults} == {"post", "topic"}
    thread = Thread.objects.get()
    assert list(thread.posts.order_by("n").values_list("n", "state", "reply_to")) == [
        (1, "PUBLISHED", None),
        (3, "ERASED", None),
        (4, "PUBLISHED", 1),
        (5, "ERASED", None),
    ]
    assert "chuchoté" not in str(list(Post.objects.values()))
    assert bring(tmp_path, "discourse").posts == 0


@pytest.mark.django_db
def test_old_addresses_lead_to_the_right_post(tmp_path: Path, visitor: Person) -> None:
    bring(nodebb_folder(tmp_path / "n"))
    bring(discourse_folder(tmp_path / "d"), "discourse")
    old, other = Thread.objects.get(pid="7"), Thread.objects.get(pid="5")
    board = Board.objects.get(origin=f"nodebb:{HOST}:2")
    for url, to in (
        ("/topic/7", old.address),
        ("/topic/7/un-vieux-fil", old.address),
        ("/topic/7/un-vieux-fil/3", f"/forum/m/{old.pk}/3"),
        ("/topic/7/un-vieux-fil/99", old.address),
        ("/post/73", f"/forum/m/{old.pk}/3"),
        ("/category/2/lyon", f"/forum/{board.slug}"),
        ("/t/un-fil/5", other.address),
        ("/t/un-fil/5/4", f"/forum/m/{other.pk}/4"),
        ("/t/5", other.address),
        ("/c/general/4", f"/forum/{Board.objects.get(origin=f'discourse:{HOST}:4').slug}"),
        ("/topic/99/des-cameras-a-nice", "/recherche?q=des+cameras+a+nice"),
        ("/post/99", "/recherche"),
    ):
        assert visitor.opens(url).location == to, url


@pytest.mark.django_db
def test_a_name_of_the_old_forum_is_given_back_by_a_moderator(tmp_path: Path) -> None:
    bring(nodebb_folder(tmp_path))
    noor, mod = make.user("noor"), make.user("mod")
    mod.moderates = True
    mod.save()
    origin = f"nodebb:{HOST}"
    with pytest.raises(Refused):
        claiming.claim_label("inconnue", origin=origin, wants_removal=False, actor=noor, now=NOW)
    claim = claiming.claim_label(
        "ancienne", origin=origin, wants_removal=False, actor=noor, now=NOW
    )
    again = claiming.claim_label(
        "ancienne", origin=origin, wants_removal=False, actor=noor, now=NOW
    )
    assert again == claim
    with pytest.raises(Refused):
        claiming.decide_claim(claim.pk, grants=True, actor=mod, now=NOW)
    with pytest.raises(Refused):
        claiming.prove_label(claim.pk, "là-bas", actor=noor)
    claiming.prove_label(claim.pk, f"https://{HOST}/post/99", actor=noor)
    claiming.decide_claim(claim.pk, grants=True, actor=mod, now=NOW)
    assert Post.objects.filter(author=noor).count() == 3
    assert LabelClaim.objects.get().state == "GRANTED"


@pytest.mark.django_db
def test_who_wrote_there_can_have_it_erased(tmp_path: Path) -> None:
    bring(nodebb_folder(tmp_path))
    assert claiming.erase_label("ancienne", origin=f"nodebb:{HOST}", now=NOW) == 3
    assert "Message" not in str(list(Post.objects.filter(thread__pid="7").values("html"))[:3])
    assert not Post.objects.filter(author_label="ancienne").exists()
    assert bring(tmp_path).posts == 0, "what was erased does not come back with the next import"


WORDS = (
    *("tid", "cid", "title", "posts", "pid", "content", "timestamp", "index", "user", "id"),
    *("post_stream", "cooked", "created_at", "post_number", "categories", "topics"),
    *("category_list", "deleted", "children", "username"),
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(ANY, st.binary(max_size=20))
def test_no_file_makes_a_reader_fall_over(plain: object, raw: bytes) -> None:
    for shape in (nodebb.SHAPE, discourse.SHAPE):
        for content in (json.dumps(plain).encode(), raw):
            for piece in exports.pieces(shape, "a.json", content):
                if isinstance(piece, exports.TopicIn):
                    topic, _ = exports.whole(shape, piece.tid, [("a.json", content)])
                    places = [post.n for post in topic.posts]
                    assert len(set(places)) == len(places)


def observatory() -> None:
    mod, noor = make.user("mod"), make.user("noor")
    mod.moderates = True
    mod.save()
    thread = talk.thread("Caméras à Nice")
    ThreadTag.objects.create(thread=thread, kind="place", key="commune:06088")
    for number in range(4):
        talk.post(
            noor,
            f"Message **{number}** é",
            of=thread,
            at=NOW + timedelta(minutes=number),
            is_published=True,
        )
    hidden = talk.post(noor, "Retiré reconnaissable", of=thread, is_published=True)
    action = moderating.remove(hidden.pk, reason="SPAM", actor=mod, now=NOW)
    appeal = appealing.appeal(action, "non", actor=noor, now=NOW)
    appealing.decide(appeal.pk, grants=False, answer="si", actor=mod, now=NOW)
    talk.post(noor, "En attente reconnaissable", of=thread)
    private = talk.board("prive", members_only=True)
    talk.post(noor, "Privé reconnaissable", of=talk.thread(where=private), is_published=True)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.django_db
def test_dump_load_dump_gives_the_same_bytes(tmp_path: Path) -> None:
    observatory()
    dumping.dump(tmp_path / "one")
    dumping.dump(tmp_path / "again")
    first = bytes_of(tmp_path / "one")
    assert first == bytes_of(tmp_path / "again")
    said = b"".join(first.values()).decode()
    assert "reconnaissable" not in said
    assert "prive" not in said
    assert said.count('"author":"noor"') == 4
    with pytest.raises(Refused):
        dumping.dump(tmp_path / "one")
    with pytest.raises(Refused):
        loading.load(tmp_path / "one", now=NOW)
    Appeal.objects.all().delete()
    Action.objects.all().delete()
    Post.objects.all().delete()
    Thread.objects.all().delete()
    Board.objects.all().delete()
    counts = loading.load(tmp_path / "one", now=NOW)
    assert counts == {"boards": counts["boards"], "threads": 1, "posts": 4, "journal": 2}
    dumping.dump(tmp_path / "two")
    assert first == bytes_of(tmp_path / "two")


@pytest.mark.django_db
def test_a_changed_file_is_not_loaded(tmp_path: Path) -> None:
    dumping.dump(tmp_path / "d")
    with (tmp_path / "d" / "posts.jsonl").open("a") as file:
        file.write("{}\n")
    with pytest.raises(loading.BadDump, match=r"posts\.jsonl"):
        loading.load(tmp_path / "d", now=NOW)
    (tmp_path / "d" / "manifest.json").write_text("[]")
    with pytest.raises(loading.BadDump):
        loading.load(tmp_path / "d", now=NOW)
    with pytest.raises(loading.BadDump):
        loading.load(tmp_path, now=NOW)
