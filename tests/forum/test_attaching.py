"""Files that go with posts: they come with a draft, and leave when nothing names them any more."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as Xml

import pikepdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from contrechamp.accounts.services.exporting import archive
from contrechamp.documents import rendering, workers
from contrechamp.documents.domain import scrubbing
from contrechamp.documents.services import attaching as bytes_kept
from contrechamp.forum.domain.filenames import TOLD, clean_name
from contrechamp.forum.domain.states import State
from contrechamp.forum.domain.subjects import KeptFile
from contrechamp.forum.findable import all_posts
from contrechamp.forum.models import Board, Draft, DraftFile, Post, PostAttachment, Thread
from contrechamp.forum.queries import files as files_read
from contrechamp.forum.services import attaching, dumping, leaving, loading, moderating, placing
from contrechamp.forum.tables import TABLES
from contrechamp.foundation.store import FolderStore
from tests.forum import talking
from tests.forum.test_leaks import everything_seen
from tests.forum.test_pages import mark
from tests.people import Person

pytestmark = pytest.mark.django_db
FOLLOWS: list[Callable[[], object]] = []
ELSEWHERE = bytes_kept._outcome
"""Cleans in a process of its own."""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep bytes in a folder of the test; what follows a commit is done when one looks."""
    store = FolderStore(tmp_path / "attachments")
    monkeypatch.setattr(bytes_kept, "_store", lambda: store)
    monkeypatch.setattr(rendering, "_cache", lambda: tmp_path / "cache")
    monkeypatch.setattr(attaching, "transaction", SimpleNamespace(on_commit=FOLLOWS.append))
    FOLLOWS.clear()
    # Here, and not in a process of its own: that costs seconds where much runs at once.
    monkeypatch.setattr(bytes_kept, "_outcome", workers.wash)


def picture(shade: int = 200) -> bytes:
    """Return a photograph that tells where and with what it was taken."""
    out = BytesIO()
    exif = Image.Exif()
    exif[271] = "Appareil de Jeanne"
    Image.new("RGB", (20, 10), (shade, shade, shade)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def paper() -> bytes:
    out = BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Author"] = "Jeanne Martin"
    document.save(out)
    return out.getvalue()


def sent(content: bytes | None = None, name: str = "place.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content)


def kept() -> list[str]:
    """Do what follows the commits until now; return what is kept."""
    while FOLLOWS:
        FOLLOWS.pop(0)()
    return sorted(bytes_kept._store().every())


def attached_post(who: Person, text: str = "Voir la photo jointe.") -> Post:
    """Publish a reply with a picture; return it."""
    thread = talking.thread(talking.member("autre"))
    done = who.sends(
        f"/forum/repondre/{thread.pk}",
        act="send",
        text=text,
        mark=mark(),
        files=sent(),
        about="La place et ses caméras",
    )
    assert done.location == f"/forum/m/{thread.pk}/2"
    return Post.objects.get(thread=thread, n=2)


def test_a_picture_goes_with_a_reply_without_what_told_of_its_maker() -> None:
    lea = Person(talking.member())
    post = attached_post(lea)
    file = post.attachments.get()
    assert (file.name, file.media_type, file.position) == ("place.jpg", "image/jpeg", 0)
    page = Person().opens(post.thread.address).text
    assert "place.jpg" in page
    assert "La place et ses caméras" in page
    given = Person().opens(f"/forum/m/{post.thread_id}/2/piece/0")
    assert given.status == 200
    assert b"Jeanne" not in given.content
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given.headers["Content-Security-Policy"]
    assert not Draft.objects.exists()
    assert kept() == [file.sha256]


def test_a_stranger_s_file_is_cleaned_in_a_process_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bytes_kept, "_outcome", ELSEWHERE)
    monkeypatch.setattr(scrubbing, "scrub", lambda *_: pytest.fail("It was cleaned here."))
    file = attached_post(Person(talking.member())).attachments.get()
    assert b"Jeanne" not in bytes_kept.read(file.sha256)


def test_the_form_at_the_foot_of_a_thread_takes_files_and_shows_those_of_its_draft() -> None:
    lea = Person(talking.member())
    thread = talking.thread(talking.member("autre"))
    foot = lea.opens(thread.address).text
    assert 'enctype="multipart/form-data"' in foot
    assert 'name="files"' in foot
    lea.sends(f"/forum/repondre/{thread.pk}", act="draft", text="Un", mark=mark(), files=sent())
    again = lea.opens(thread.address).text
    assert "place.jpg" in again
    assert f'name="kept" value="thread:{thread.pk}"' in again
    new = Person(talking.member("neuf", confirmed=False))
    assert 'name="files"' not in new.opens(thread.address).text


def test_a_picture_is_seen_small_where_it_may_be_read_and_nowhere_else() -> None:
    lea = Person(talking.member())
    post = attached_post(lea)
    small = f"/forum/m/{post.thread_id}/2/piece/0.webp"
    assert f'<img src="{small}" alt=""' in Person().opens(post.thread.address).text
    given = Person().opens(small)
    assert (given.status, given.headers["Content-Type"]) == (200, "image/webp")
    with Image.open(BytesIO(given.content)) as seen:
        assert (seen.format, seen.size) == ("WEBP", (20, 10))
    assert b"Jeanne" not in given.content
    assert given.headers["Cache-Control"] == "private, no-store"

    Post.objects.filter(pk=post.pk).update(state=State.HIDDEN)
    assert Person().opens(small).status == 404
    waiting = f"/forum/piece/{post.attachments.get().pk}.webp"
    assert Person(talking.member("autrui")).opens(waiting).status == 404
    assert Person(talking.moderator()).opens(waiting).status == 200


def test_feeds_and_programs_name_the_files_of_a_post() -> None:
    post = attached_post(Person(talking.member()))
    file = post.attachments.get()
    atom = Person().opens(f"{post.thread.address}.atom").content
    entries = Xml.fromstring(atom)  # noqa: S314  our own
    links = [
        link.attrib
        for link in entries.iter("{http://www.w3.org/2005/Atom}link")
        if link.attrib.get("rel") == "enclosure"
    ]
    address = f"http://testserver/forum/m/{post.thread_id}/2/piece/0"
    about = "La place et ses caméras"
    size = str(file.size)
    told = {"rel": "enclosure", "href": address, "type": "image/jpeg"}
    assert links == [told | {"length": size, "title": about}]
    feed = json.loads(Person().opens(f"{post.thread.address}.jsonfeed").content)
    named = {item["url"].rpartition("/")[2]: item.get("attachments") for item in feed["items"]}
    said = {"url": address, "mime_type": "image/jpeg", "title": about, "size_in_bytes": file.size}
    assert named == {"2": [said], "1": None}
    (plain,) = json.loads(Person().opens(f"/api/v1/forum/threads/{post.thread_id}/posts").content)[
        "items"
    ][1]["files"]
    assert plain == {
        "url": f"/forum/m/{post.thread_id}/2/piece/0",
        "name": "place.jpg",
        "media_type": "image/jpeg",
        "size": file.size,
        "description": about,
    }


def test_a_preview_leaves_with_what_it_shows() -> None:
    post = attached_post(Person(talking.member()))
    row = post.attachments.get()
    assert bytes_kept.preview(row.sha256, row.media_type)
    drawn = rendering._cache() / "previews"
    assert len(list(drawn.rglob("*.webp"))) == 1
    row.delete()
    assert kept() == []
    assert list(drawn.rglob("*.webp")) == []
    with pytest.raises(KeyError):
        bytes_kept.preview(row.sha256, row.media_type)


def test_what_is_forgotten_while_it_is_drawn_leaves_no_preview(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key, mime, _ = bytes_kept.keep_as_is(picture())
    drawn = rendering._drawn

    def slow(ask: dict[str, object], path: Path) -> bytes:
        body = drawn(ask, path)
        bytes_kept.forget(key)
        return body

    monkeypatch.setattr(rendering, "_drawn", slow)
    with pytest.raises(KeyError):
        bytes_kept.preview(key, mime)
    assert list((rendering._cache() / "previews").rglob("*.webp")) == []


def test_the_first_page_of_a_paper_is_its_preview_and_damage_has_none() -> None:
    key, mime, _ = bytes_kept.keep_as_is(paper())
    assert bytes_kept.preview(key, mime)[:4] == b"RIFF"
    broken, mime, _ = bytes_kept.keep_as_is(picture()[:120])
    for _ in range(2):  # Drawn once; the second time what could not be drawn is known.
        with pytest.raises(KeyError):
            bytes_kept.preview(broken, mime)


def test_who_writes_sees_what_they_brought() -> None:
    lea = Person(talking.member())
    thread = talking.thread(lea.user)
    url = f"/forum/repondre/{thread.pk}"
    seen = lea.sends(url, act="preview", text="Un", mark=mark(), files=sent())
    small = f"/forum/brouillons/piece/{DraftFile.objects.get().pk}.webp"
    assert f'<img src="{small}"' in seen.text
    assert lea.opens(small).status == 200
    assert Person(talking.member("autre")).opens(small).status == 404


def test_a_file_survives_a_preview_a_refusal_and_a_warning() -> None:
    lea = Person(talking.member())
    thread = talking.thread(lea.user)
    url = f"/forum/repondre/{thread.pk}"
    seen = lea.sends(url, act="preview", text="Un", mark=mark(), files=sent(paper(), "avis.pdf"))
    assert "avis.pdf" in seen.text
    assert "Ôté du fichier : auteur" in seen.text
    number = DraftFile.objects.get().pk
    lea.sends(url, act="send", text="", mark=mark(), **{f"about-{number}": "L'avis du préfet"})
    warned = lea.sends(url, act="send", text="Écrire à jean@exemple.org", mark=mark())
    assert "avis.pdf" in warned.text
    assert "avis.pdf" in lea.opens("/forum/brouillons").text
    done = lea.sends(url, act="send", text="Voilà l'avis.", mark=mark())
    assert done.location == f"/forum/m/{thread.pk}/2"
    file = PostAttachment.objects.get()
    assert (file.name, file.description) == ("avis.pdf", "L'avis du préfet")
    assert b"Jeanne" not in bytes_kept.read(file.sha256)


def test_what_is_no_picture_is_refused_and_the_text_shown_again() -> None:
    lea = Person(talking.member())
    thread = talking.thread(lea.user)
    url = f"/forum/repondre/{thread.pk}"
    for bad in (
        b"<html><script>alert(1)</script></html>",
        b"MZ\x00\x01",
        b"%PDF-1.7 abc",
        b"\x89PNG\r\n\x1a\nabc",
        picture()[:300],
    ):
        answer = lea.sends(
            url, act="send", text="Mon long texte", mark=mark(), files=sent(bad, "photo.jpg")
        )
        assert answer.status == 200
        assert "Mon long texte" in answer.text
    assert Post.objects.count() == 1
    assert not DraftFile.objects.exists()
    assert kept() == []


def test_limits_of_number_and_size_refuse_with_the_rest_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lea = Person(talking.member())
    thread = talking.thread(lea.user)
    url = f"/forum/repondre/{thread.pk}"
    many = [sent(picture(shade), f"{shade}.jpg") for shade in range(10, 70, 10)]
    answer = lea.sends(url, act="send", text="Six photos", mark=mark(), files=many)
    assert "au plus 5 pièces jointes" in answer.text
    assert DraftFile.objects.count() == 5
    monkeypatch.setattr(attaching, "most_bytes", lambda: 10)
    other = talking.thread(lea.user, at=timezone.now() - timedelta(days=2))
    answer = lea.sends(
        f"/forum/repondre/{other.pk}", act="preview", text="Grand", mark=mark(), files=sent()
    )
    assert "Une pièce jointe a au plus" in answer.text
    assert DraftFile.objects.count() == 5


def test_a_new_account_has_no_field_and_cannot_send_files_past_it() -> None:
    neuf = Person(talking.member("neuf", confirmed=False))
    thread = talking.thread(talking.member("autre"))
    url = f"/forum/repondre/{thread.pk}"
    assert 'type="file"' not in neuf.opens(url).text
    answer = neuf.sends(url, act="send", text="Une photo", mark=mark(), files=sent())
    assert "quand deux de vos messages auront été approuvés" in answer.text
    assert "Une photo" in answer.text
    assert kept() == []


def test_without_a_store_there_is_no_field(monkeypatch: pytest.MonkeyPatch) -> None:
    lea = Person(talking.member())
    thread = talking.thread(lea.user)
    for module in (files_read, attaching):
        monkeypatch.setattr(module, "store", lambda: None)
    page = lea.opens(f"/forum/repondre/{thread.pk}").text
    assert 'type="file"' not in page
    assert "multipart" not in page


def test_an_edit_adds_and_takes_away_files() -> None:
    lea = Person(talking.member())
    post = attached_post(lea)
    url = f"/forum/changer/{post.pk}"
    assert "place.jpg" in lea.opens(url).text
    before = post.attachments.get().sha256
    lea.sends(
        url,
        act="send",
        text=post.source,
        mark=mark(),
        leave="0",
        files=sent(picture(9), "autre.jpg"),
    )
    assert post.attachments.get().name == "autre.jpg"
    assert before not in kept()


def test_files_of_hidden_pending_and_removed_posts_are_nobodys_to_read() -> None:
    lea, modou = Person(talking.member()), Person(talking.moderator())
    post = attached_post(lea)
    public, own = f"/forum/m/{post.thread_id}/2/piece/0", post.attachments.get().pk
    for state in (State.HIDDEN, State.REMOVED, State.WITHDRAWN):
        Post.objects.filter(pk=post.pk).update(state=state)
        for person in (Person(), lea, modou):
            assert person.opens(public).status == 404
    Post.objects.filter(pk=post.pk).update(state=State.PENDING)
    url = f"/forum/piece/{own}"
    assert Person().opens(url).asks_to_sign_in
    assert Person(talking.member("curieux")).opens(url).status == 404
    assert lea.opens(url).status == 200
    assert modou.opens(url).status == 200
    assert "place.jpg" in modou.opens(f"/forum/moderation/{post.pk}").text


def test_bytes_leave_with_the_last_words_that_name_them() -> None:
    lea, autre = Person(talking.member()), Person(talking.member("bob"))
    first = attached_post(lea)
    second = autre.sends(
        f"/forum/repondre/{first.thread_id}", act="send", text="La même", mark=mark(), files=sent()
    )
    assert second.location.endswith("/3")
    assert len(kept()) == 1
    assert lea.user is not None
    leaving.erase_words(lea.user, now=timezone.now())
    assert len(kept()) == 1
    other = Post.objects.get(thread=first.thread_id, n=3)
    placing.erase(other, now=timezone.now())
    assert kept() == []
    assert not PostAttachment.objects.exists()


def test_a_draft_thrown_away_takes_its_files_with_it() -> None:
    lea = Person(talking.member())
    thread = talking.thread(lea.user)
    lea.sends(f"/forum/repondre/{thread.pk}", act="draft", text="", mark=mark(), files=sent())
    draft = Draft.objects.get()
    assert "place.jpg" in lea.opens("/forum/brouillons").text
    lea.sends("/forum/brouillons", draft=str(draft.pk))
    assert kept() == []


def test_files_follow_a_new_thread_to_another_board() -> None:
    lea = Person(talking.member())
    talking.board()
    first = lea.sends(
        "/forum/nouveau", act="preview", text="Voir", title="Une photo de la place",
        board="general", mark=mark(), files=sent(),
    )  # fmt: skip
    assert "place.jpg" in first.text
    lea.sends(
        "/forum/nouveau", act="send", text="Voir", title="Une photo de la place",
        board="aide", kept="new:board:general", mark=mark(),
    )  # fmt: skip
    assert Post.objects.get().attachments.get().name == "place.jpg"
    assert not Draft.objects.exists()


def test_what_is_returned_for_change_keeps_its_files() -> None:
    lea, modou = Person(talking.member()), talking.moderator()
    post = attached_post(lea)
    Post.objects.filter(pk=post.pk).update(state=State.PENDING)
    moderating.return_for_change(
        post.pk, reason="OTHER", text="Floutez les visages.", actor=modou, now=timezone.now()
    )
    assert DraftFile.objects.get().name == "place.jpg"


def test_a_full_disk_keeps_the_text_and_half_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    lea = Person(talking.member())
    thread = talking.thread(lea.user)

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bytes_kept, "_put", full)
    answer = lea.sends(
        f"/forum/repondre/{thread.pk}", act="send", text="Mon texte", mark=mark(), files=sent()
    )
    assert "pas pu être gardée" in answer.text
    assert "Mon texte" in answer.text
    assert Draft.objects.get().source == "Mon texte"
    assert not DraftFile.objects.exists()
    assert kept() == []


def test_what_a_power_cut_left_unnamed_is_swept_a_day_later() -> None:
    key, *_ = bytes_kept.keep_as_is(picture())
    now = timezone.now()
    assert attaching.sweep(now + timedelta(hours=23)) == 0
    assert kept() == [key]
    assert attaching.sweep(now + timedelta(hours=25)) == 1
    assert kept() == []


def test_bytes_that_somebody_brings_again_are_new_again() -> None:
    key, *_ = bytes_kept.keep_as_is(picture())
    with bytes_kept._store().path(key) as path:
        os.utime(path, (0, 0))
    assert bytes_kept.keep_as_is(picture())[0] == key
    assert attaching.sweep(timezone.now()) == 0


def test_a_kill_between_the_bytes_and_their_name_leaves_nothing_that_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lea = talking.member()

    class Killed(BaseException):
        """What no handler catches."""

    def die(*args: object) -> None:
        raise Killed

    monkeypatch.setattr(attaching, "_name", die)
    with pytest.raises(Killed):
        attaching.bring(lea, "thread:x", [sent()], now=timezone.now())
    assert len(kept()) == 1
    assert not Draft.objects.exists()
    assert attaching.sweep(timezone.now() + timedelta(hours=25)) == 1
    assert kept() == []


def test_a_locked_paper_is_refused_in_words_for_who_writes() -> None:
    lea = Person(talking.member())
    thread = talking.thread(lea.user)
    out = BytesIO()
    document = pikepdf.open(BytesIO(paper()))
    document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    answer = lea.sends(
        f"/forum/repondre/{thread.pk}",
        act="send",
        text="Mon texte",
        mark=mark(),
        files=sent(out.getvalue(), "avis.pdf"),
    )
    assert answer.status == 200
    assert "protégé par un mot de passe" in answer.text
    assert "--password-file" not in answer.text
    assert "Mon texte" in answer.text


def test_the_personal_archive_holds_the_files() -> None:
    lea = Person(talking.member())
    attached_post(lea)
    assert lea.user is not None
    names = zipfile.ZipFile(BytesIO(archive(lea.user, timezone.now()))).namelist()
    assert any(name.startswith("files/forum/") and name.endswith("place.jpg") for name in names)


def test_a_dump_carries_public_files_and_gives_the_same_bytes_twice(tmp_path: Path) -> None:
    lea = Person(talking.member())
    post = attached_post(lea)
    file = post.attachments.get()
    hidden = Person(talking.member("bob")).sends(
        f"/forum/repondre/{post.thread_id}", act="send", text="Caché", mark=mark(),
        files=sent(picture(3)),
    )  # fmt: skip
    assert hidden.location
    Post.objects.filter(n=3).update(state=State.HIDDEN)
    dumping.dump(tmp_path / "one")
    assert [path.name for path in (tmp_path / "one/files").iterdir()] == [file.sha256]
    rows = (tmp_path / "one/posts.jsonl").read_text().splitlines()
    assert json.loads(rows[1])["files"][0]["name"] == "place.jpg"
    Post.objects.all().delete()
    Thread.objects.all().delete()
    assert kept() == []
    loading.load(tmp_path / "one", now=timezone.now())
    assert kept() == [file.sha256]
    dumping.dump(tmp_path / "two")
    for name in ("posts.jsonl", f"files/{file.sha256}"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\jeanne\\avis.PDF", "avis.pdf"),
        ("photo\u202egpj.exe", "photogpj.pdf"),
        ("a\nb\r.pdf", "ab.pdf"),
        ("", "piece.pdf"),
        ("x" * 300, "x" * 100 + ".pdf"),
    ],
)
def test_names_lose_folders_and_marks(given: str, clean: str) -> None:
    assert clean_name(given, "application/pdf") == clean


def test_the_folder_of_files_is_in_the_data() -> None:
    assert settings.CONTRECHAMP.forum_attachment_mb == 5


FORMER = ("/forum/journal", "/forum.atom", "/forum.jsonfeed", "/recherche?q=capteur")
INTERFACE = ("/api/v1/forum/threads", "/api/v1/forum/boards", "/api/v1/search?q=capteur")


def all_of_the_forum(post: Post) -> str:
    """Return what a visitor gets of every address, program, index, export and dump."""
    thread = post.thread_id
    told = everything_seen(Person())
    for url in (*FORMER, *INTERFACE, f"/api/v1/forum/threads/{thread}/posts"):
        told += Person().opens(url).text
    told += "".join(f"{entry}" for entry in all_posts())
    for table in TABLES:
        told += "".join(map(str, table.rows()))
    return told


@pytest.mark.parametrize(
    "state", [State.PENDING, State.REJECTED, State.HIDDEN, State.REMOVED, State.WITHDRAWN]
)
def test_no_address_feed_index_or_export_tells_of_the_file_of_a_private_post(
    state: State, tmp_path: Path
) -> None:
    lea = Person(talking.member())
    post = attached_post(lea)
    file = post.attachments.get()
    public = f"/forum/m/{post.thread_id}/2/piece/0"
    assert Person().opens(public).status == 200
    assert "place.jpg" in all_of_the_forum(post)
    if state in {State.PENDING, State.REJECTED}:
        Post.objects.filter(pk=post.pk).update(state=state, n=None)
    else:
        placing.take_away(post, state, "", now=timezone.now())
    told = all_of_the_forum(post)
    for words in ("place.jpg", "La place et ses caméras", file.sha256, "/piece/"):
        assert words not in told
    assert Person().opens(public).status == 404
    assert Person().opens(f"/forum/piece/{file.pk}").asks_to_sign_in
    assert Person(talking.member("curieux")).opens(f"/forum/piece/{file.pk}").status == 404
    dumping.dump(tmp_path / "dump")
    assert not (tmp_path / "dump/files").exists()


def test_the_files_of_a_board_of_members_and_of_a_draft_are_not_for_visitors(
    tmp_path: Path,
) -> None:
    lea = Person(talking.member())
    post = attached_post(lea)
    Board.objects.update(members_only=True)
    public = f"/forum/m/{post.thread_id}/2/piece/0"
    assert Person().opens(public).status == 404
    assert Person(talking.member("voisin")).opens(public).status == 200
    assert "place.jpg" not in all_of_the_forum(post)
    Board.objects.update(members_only=False)
    url = f"/forum/repondre/{post.thread_id}"
    lea.sends(url, act="draft", text="Un texte", mark=mark(), files=sent(picture(7), "secret.jpg"))
    assert "secret.jpg" in lea.opens(url).text
    for person in (Person(), Person(talking.member("curieux"))):
        assert "secret.jpg" not in person.opens("/forum/brouillons").text
        assert "secret.jpg" not in person.opens(url).text
    assert "secret.jpg" not in all_of_the_forum(post)
    dumping.dump(tmp_path / "dump")
    assert len(list((tmp_path / "dump/files").iterdir())) == 1


def test_a_page_of_posts_with_files_asks_no_more_than_one_with_none(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    lea = talking.member()
    thread = talking.thread(lea)
    found = bytes_kept.keep_as_is(picture())
    for _ in range(24):
        post = talking.reply(thread, lea)
        file = KeptFile(sha256=found[0], name="place.jpg", media_type=found[1], size=found[2])
        attaching.attach(post, [file])
    Person().opens(f"{thread.address}?page=1")
    with django_assert_max_num_queries(6):
        page = Person().opens(f"{thread.address}?page=1")
    assert page.text.count("place.jpg") == 19


def test_what_a_file_told_is_said_in_words() -> None:
    names = {
        "Info /Author": "author", "Make": "device", "GPSInfo GPSLatitude": "place",
        "DateTime": "date", "Info /CreationDate": "date", "Metadata 4": "other",
    }  # fmt: skip
    assert {name: bytes_kept._sort(name) for name in names} == names
    assert set(TOLD) == set(bytes_kept.SORTS)
