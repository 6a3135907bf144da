"""From a source to a draft of the house, with the real programs: nothing of the source arrives.

door → `contrechamp-desk open` → `scrub` → `promote` → second reader → two readers at the desk →
`contrechamp desk import` into a house. One way for the whole file; each test looks at an end of it.
"""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from airlock import display, promotion
from tests.airlock.test_promotion import needs_box
from tests.intake.doors import DESK as OFFLINE
from tests.intake.doors import Door

from .desks import PHRASE, AtDesk, Desk, contrechamp_all

READERS = "zorilleq", "quokkaz"  # Names of no place in the gazetteer.
MARK = "MARQUE7f3a9c"
ONION = "a" * 55 + "d.onion"
REPLY = f"Merci, {MARK}repond"
pytestmark = needs_box


def pdf() -> bytes:
    """A page whose author and maker are told in both places that a PDF has for it."""
    out = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(200, 200))
        with made.open_metadata() as metadata:
            metadata["dc:creator"] = [f"{MARK}auteur"]
        made.docinfo["/Author"] = f"{MARK}auteur"
        made.docinfo["/Producer"] = f"{MARK}poste"
        made.save(out)
    return out.getvalue()


def photograph() -> bytes:
    """A picture that tells its camera and its place."""
    exif, out = Image.Exif(), BytesIO()
    exif[0x010F] = f"{MARK}appareil"
    exif.get_ifd(0x8825).update({1: "N", 2: (43.0, 41.0, 45.123), 29: f"{MARK}gps"})
    Image.new("RGB", (120, 80), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


@dataclass
class Way:
    """What one run left, and what it must not be found in."""

    folder: Path
    door: Door
    desk: Desk
    marks: list[str] = field(default_factory=list)
    alone: list[int] = field(default_factory=list)
    """Answers to one reader who tried to do it all."""
    notices: list[bytes] = field(default_factory=list)
    said: str = ""
    """All that the house's commands printed."""

    @property
    def house(self) -> Path:
        """The data of the house."""
        return self.folder / "house"

    def offline(self, *words: object, given: str = "") -> str:
        """`contrechamp-desk` on a reader's machine."""
        command = [*OFFLINE, *map(str, words)]
        done = subprocess.run(  # noqa: S603
            command, input=given, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def at_home(self, *commands: tuple[str, ...], given: str = "") -> None:
        """`contrechamp` of the house, command after command."""
        self.said += contrechamp_all(
            *commands, given=given, CONTRECHAMP_DATA=str(self.house), CONTRECHAMP_DOOR=ONION
        )


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    """A source hands in two files; readers bring both into the house."""
    folder = tmp_path_factory.mktemp("way")
    door = Door(folder)
    made = Way(folder, door, Desk(folder, door.root).found(*READERS, keys=True))
    try:
        door.open()
        made.desk.open()
        _go(made)
        yield made
    finally:
        made.desk.close()
        door.close()


def _go(way: Way) -> None:
    way.notices.append(_notice(way))
    pieces = [(f"{MARK}rapport.pdf".encode(), pdf()), (f"{MARK}photo.jpg".encode(), photograph())]
    codename = way.door.hand_in(f"{MARK}message : je suis là".encode(), pieces).codename
    assert codename
    way.notices.append(_notice(way))
    (sealed,) = way.door.sealed
    manifest, opened = way.door.read(sealed)
    way.marks = [
        *(MARK, codename, sealed.stem, sealed.stem[:8], manifest["mailbox"], manifest["reply_to"]),
        *(hashlib.sha256(data).hexdigest() for _name, data in pieces),
        *(display.designation(manifest["mailbox"]), way.door.public, *READERS),
    ]
    way.door.set(onion=ONION)  # The door that runs read it before; the desk reads it now.
    heron, loutre = way.desk.enter(READERS[0]), way.desk.enter(READERS[1])
    assert sealed.stem[:8] in heron.sees("/")
    bundles = [_bundle(way, opened / f"pieces/0{number}") for number in (1, 2)]
    for bundle in bundles:
        digest = hashlib.sha256(bundle.read_bytes()).hexdigest()
        _agree(way, heron, loutre, sealed.name, digest)
    way.at_home(
        ("init",),
        ("account", "open", "amina", "--role", "editor", "--passphrase-file", "-"),
        *(("desk", "import", str(bundle), "--by", "amina") for bundle in bundles),
        ("export", "dump", str(way.folder / "taken")),
        given="une caméra peut en cacher une autre\n",
    )
    loutre.does(
        "/repondre",
        {"mailbox": manifest["mailbox"], "reply_to": manifest["reply_to"], "text": REPLY},
        at="/repondre",
    )
    for path in ("/", "/declaration", "/journal", f"/dossier/{sealed.name}"):
        heron.sees(path)
    assert MARK in way.door.come_back(codename).text


def _notice(way: Way) -> bytes:
    way.desk("notice", way.desk.root)
    day = min((way.desk.root / "notices").iterdir())
    return day.read_bytes()


def _bundle(way: Way, piece: Path) -> Path:
    """A public copy of a piece, as one reader proposes it and another confirms it."""
    (original,) = piece.parent.glob(f"{piece.name}.*")
    name = f"{MARK}{piece.name}"
    clean, proposal, bundle = (
        way.folder / f"{name}{suffix}" for suffix in (original.suffix, ".proposal", ".zip")
    )
    way.offline("scrub", original, "--out", clean)
    said = ("--title", f"Pièce {original.stem} du marché", "--doc-type", "contract")
    agreed = ("--obtained", "2026", "--check", "all", "--yes")
    first = way.offline("promote", clean, *said, *agreed, "--out", proposal)
    second = way.offline(
        "promote", "--confirm", proposal, "--out", bundle, "--check", "all", "--yes"
    )
    digest = hashlib.sha256(bundle.read_bytes()).hexdigest()
    assert digest in first
    assert digest in second
    with pytest.raises(promotion.PromotionError, match="readers"):
        promotion.read(proposal)
    return bundle


def _agree(way: Way, heron: AtDesk, loutre: AtDesk, name: str, digest: str) -> None:
    at = f"/dossier/{name}"
    heron.does(f"{at}/proposer/promote", {"digest": digest}, at=at)
    with closing(sqlite3.connect(way.desk.root / "desk.sqlite3")) as base:
        ((number,),) = base.execute("SELECT id FROM desk_paired WHERE NOT is_done").fetchall()
    way.alone.append(
        heron.does(f"/a-deux/{number}/confirmer", {"digest": digest}, at=at).status_code
    )
    other = loutre.does(f"/a-deux/{number}/confirmer", {"digest": "0" * 64}, at=at)
    assert other.status_code == 409  # Not the bundle that was proposed.
    assert loutre.does(f"/a-deux/{number}/confirmer", {"digest": digest}, at=at).status_code == 302


def everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each file below a folder by its name, and each database once more as text."""
    paths = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    assert paths, folder
    for path in paths:
        if not path.is_file():
            continue
        yield str(path.relative_to(folder.parent)), path.read_bytes()
        if path.suffix == ".sqlite3":
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
                for line in base.iterdump():
                    yield f"{path.name}, dumped", line.encode()


def found(marks: list[str], places: Iterator[tuple[str, bytes]]) -> list[tuple[str, str]]:
    """Which marks stand where, in the name or in the content; of accents either form."""
    wanted = [(mark, mark.encode()) for mark in marks]
    return [
        (mark, name)
        for name, content in places
        for mark, raw in wanted
        if raw in content or raw in name.encode()
    ]


def test_both_documents_are_private_drafts_that_somebody_gave(way: Way) -> None:
    with closing(sqlite3.connect(way.house / "contrechamp.sqlite3")) as base:
        rows = base.execute(
            "SELECT title, state, access, origin, doc_type, obtained_on FROM documents_document"
        ).fetchall()
        lines = base.execute("SELECT DISTINCT what FROM documents_custodyevent").fetchall()
    today = datetime.now(UTC).astimezone().date().isoformat()

    assert sorted(rows) == [
        (f"Pièce 0{number} du marché", "DRAFT", "PRIVATE", "RECEIVED", "contract", today)
        for number in (1, 2)
    ]
    assert {what for (what,) in lines} <= {"received", "described", "checked", "read"}


def test_nothing_of_the_source_is_in_the_house(way: Way) -> None:
    for place in (way.house, way.folder / "taken"):
        assert found(way.marks, everything(place)) == []
    assert found(way.marks, iter([("said", way.said.encode())])) == []


def test_the_marks_are_found_where_they_are(way: Way) -> None:
    """What is looked for above is there to be found: in what the reader opened."""
    opened = next(way.folder.glob("opened-*"))

    assert {mark for mark, _name in found([MARK], everything(opened))} == {MARK}


def test_one_reader_alone_hands_over_nothing(way: Way) -> None:
    assert way.alone == [409, 409]


def test_a_notice_has_one_size_with_and_without_news(way: Way) -> None:
    assert [len(notice) for notice in way.notices] == [8192, 8192]
    assert way.notices[0] != way.notices[1]


def test_a_seized_desk_tells_nothing_of_what_was_said(way: Way) -> None:
    """Its folder, the door's store and replies: no message, name of a file, answer or codename."""
    codename = way.marks[1]
    secret = [MARK, codename, REPLY, PHRASE, display.designation(way.marks[4])]
    for place in (way.desk.root, way.door.root / "store", way.door.root / "replies"):
        assert found(secret, everything(place)) == []


def test_the_desk_names_no_mailbox_and_no_hour(way: Way) -> None:
    """Who answered is in the journal, by the day; whom is not."""
    mailbox = way.marks[4]
    with closing(sqlite3.connect(way.desk.root / "desk.sqlite3")) as base:
        deeds = base.execute("SELECT day, what FROM desk_deed").fetchall()

    assert found([mailbox], everything(way.desk.root)) == []
    assert "reply" in {what for _day, what in deeds}
    assert {len(day) for day, _what in deeds} == {10}


def test_no_file_of_house_or_desk_has_the_door_s_address(way: Way) -> None:
    """Both were told it, by a setting and by the door's own file."""
    said = [("said", way.said.encode()), ("desk", way.desk.said.read_bytes())]

    assert ONION in (way.door.root / "intake.toml").read_text()
    for place in (way.house, way.desk.root):
        assert found([ONION], everything(place)) == []
    assert found([ONION], iter(said)) == []
