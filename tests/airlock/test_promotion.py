"""The clean copy and its bundle: nothing of the source, exactly the listed keys, two readers."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from airlock import display, framing, promotion
from airlock import scrub as scrubbing
from airlock.say import Refused
from airlock.scrub import record_of, scrub

from .conftest import FACTS, Desk, Reader, sealed_dossier

MARK = "MARQUE7f3a"
TODAY = date(2026, 11, 29)
TOLD = ("--title", "Marché de caméras", "--doc-type", "contract", "--obtained", "2026")
AGREED = ("--check", "all", "--yes", "--today", TODAY)
Captured = pytest.CaptureFixture[str]


def _has_no_box() -> bool:
    if not all(shutil.which(program) for program in ("bwrap", "mat2", "pdftoppm")):
        return True
    command = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode != 0  # noqa: S603


needs_box = pytest.mark.skipif(
    _has_no_box(), reason="mat2, bubblewrap or poppler-utils is not installed, or cannot start"
)


def _pdf(path: Path) -> Path:
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(200, 200))
        made.add_blank_page(page_size=(200, 200))
        with made.open_metadata() as metadata:
            metadata["dc:creator"] = [MARK]
        made.docinfo["/Author"] = MARK
        made.save(path)
    return path


def _jpeg(path: Path) -> Path:
    exif = Image.Exif()
    exif[0x010F] = MARK
    Image.new("RGB", (60, 40), "white").save(path, exif=exif)
    return path


def _retyped(folder: Path, desk: Desk) -> Path:
    clean = folder / "clean.txt"
    typed = "Article 1\u00a0:  d\u00e9lai\u200b.  \r\n"
    assert desk("scrub", "--retype", "--out", clean, typed=typed) == 0
    return clean


@needs_box
@pytest.mark.parametrize("make", [_pdf, _jpeg])
def test_a_copy_loses_its_metadata_and_the_tool_says_which(
    make: object, tmp_path: Path, desk: Desk, capsys: Captured
) -> None:
    assert callable(make)
    suffix = ".pdf" if make is _pdf else ".jpg"
    original = make(tmp_path / f"secret{suffix}")
    assert MARK.encode() in original.read_bytes()
    clean = tmp_path / f"clean{suffix}"
    assert desk("scrub", original, "--out", clean) == 0
    told = capsys.readouterr()
    assert MARK.encode() not in clean.read_bytes()
    assert MARK in told.out
    assert [box for box in promotion.CHECKS if f"[ ] {box}" in told.err] == [*promotion.CHECKS]
    record = json.loads(record_of(clean).read_text())
    assert sorted(record) == ["mode", "sha256", "tool", "version"]
    assert (record["tool"], record["mode"]) == ("mat2", "mat2")
    assert MARK.encode() in original.read_bytes()


@needs_box
def test_an_unknown_kind_is_refused_and_leaves_nothing(tmp_path: Path, desk: Desk) -> None:
    strange = tmp_path / "strange.weird"
    strange.write_bytes(b"\0\1\2")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 broken")
    before = set(tmp_path.iterdir())
    for file in (strange, broken):
        assert desk("scrub", file, "--out", tmp_path / f"clean{file.suffix}") == 5
    assert desk("scrub", broken, "--out", tmp_path / "clean.jpg") == 2
    assert desk("scrub", "--out", tmp_path / "clean.pdf") == 2
    assert set(tmp_path.iterdir()) == before


@needs_box
def test_the_sandbox_sees_no_home_no_network_and_one_folder(tmp_path: Path) -> None:
    from airlock.scrub import boxed

    look = "ls /home /root /work /etc/passwd 2>/dev/null; cat /proc/net/dev; touch /usr/x /box/y"
    assert boxed(tmp_path, "sh", "-c", f"{look}; echo end") is not None
    told = boxed(tmp_path, "sh", "-c", f"{look}; true") or ""
    interfaces = [line.split(":")[0].strip() for line in told.splitlines() if ":" in line]
    assert interfaces in ([], ["lo"])
    assert "/home" not in told
    assert "passwd" not in told
    assert [path.name for path in tmp_path.iterdir()] == ["y"]
    assert not Path("/usr/x").exists()


def test_without_the_programs_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(Refused) as refusal:
        scrub(_jpeg(tmp_path / "a.jpg"), tmp_path / "b.jpg")
    assert refusal.value.code == 6


def test_a_text_typed_again_loses_what_is_not_seen(tmp_path: Path, desk: Desk) -> None:
    assert _retyped(tmp_path, desk).read_text("utf-8") == "Article 1 : délai.\n"
    assert desk("scrub", "--retype", "--out", tmp_path / "x.pdf", typed="x") == 2
    assert desk("scrub", "--retype", "--out", tmp_path / "x.txt", typed=" ") == 2


@needs_box
def test_two_readers_make_a_bundle_that_says_nothing_of_the_source(
    tmp_path: Path, readers: list[Reader], desk: Desk, capsys: Captured
) -> None:
    desk_folder = tmp_path / "desk"
    desk_folder.mkdir()
    held = _pdf(tmp_path / "held.pdf").read_bytes()
    sealed = sealed_dossier(desk_folder, readers, ((f"{MARK}.pdf", held),), f"message {MARK}")
    opened = desk_folder / "opened"
    assert desk("open", sealed, "--identity", readers[0].keyfile, "--into", opened) == 0
    clean = desk_folder / "clean.pdf"
    assert desk("scrub", opened / "pieces/01.pdf", "--out", clean) == 0

    proposal, bundle, preview = (tmp_path / name for name in ("p.zip", "b.zip", "preview"))
    capsys.readouterr()
    assert desk("promote", clean, *TOLD, *AGREED, "--out", proposal, "--preview", preview) == 0
    shown = capsys.readouterr().err
    page = (preview / "apercu.html").read_text("utf-8")
    assert [path.name for path in sorted(preview.glob("*.png"))] == ["page-1.png", "page-2.png"]
    for key in ("title", "doc_type", "dated", "authority", "language", "subjects", "obtained"):
        assert key in shown
        assert key in page
    assert "Marché de caméras" in page
    assert "<script" not in page

    with pytest.raises(promotion.PromotionError, match="readers"):  # one reader alone
        promotion.read(proposal)
    assert desk("verify", proposal) == 5
    assert desk("promote", "--confirm", proposal, "--out", bundle, *AGREED) == 0
    day = date.fromisoformat(capsys.readouterr().out.split("avant le ")[1][:10])
    assert timedelta(days=7) <= day - TODAY <= timedelta(days=21)
    assert desk("verify", bundle) == 0

    told = promotion.read(bundle)
    assert (told.readers, told.file.name, told.file.mime) == (2, "document.pdf", "application/pdf")
    raw = bundle.read_bytes()
    with zipfile.ZipFile(bundle) as archive:
        assert archive.namelist() == ["document.pdf", "promotion.json"]
        record = archive.read("promotion.json")
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
    never = [
        MARK,
        sealed.stem,
        FACTS["mailbox"],
        FACTS["received"],
        FACTS["reply_to"],
        *(reader.public for reader in readers),
        *display.designation(FACTS["mailbox"]).split(),
    ]
    for mark in never:
        assert mark.encode() not in raw
    assert sorted(json.loads(record)) == [
        *("authority", "checks", "dated", "doc_type", "file", "format", "language"),
        *("obtained", "readers", "scrub", "subjects", "title"),
    ]


def _bundle(tmp_path: Path, change: dict[str, object], data: bytes = b"Bonjour\n") -> Path:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(b"Bonjour\n")
    right = promotion.Promotion(
        file=promotion.describe(copy),
        title="Titre",
        doc_type="letter",
        dated="2024",
        authority="212100010",
        language="fr",
        subjects=("video",),
        obtained=2026,
        scrub=promotion.Scrub("mat2", "0.13.3", "mat2"),
        checks=promotion.CHECKS,
        readers=2,
    )
    told = {**json.loads(promotion._raw(right)), **change}
    told = {key: value for key, value in told.items() if value != "absent"}
    return _zip(
        tmp_path / "b.zip",
        data,
        promotion_json=json.dumps(told, sort_keys=True, separators=(",", ":")).encode(),
    )


def _zip(path: Path, data: bytes, promotion_json: bytes) -> Path:
    out, members = io.BytesIO(), []
    import zlib

    for name, held in (("document.txt", data), ("promotion.json", promotion_json)):
        members.append(framing.Member(name, zlib.crc32(held), len(held), out.tell()))
        out.write(framing.local(name) + held + framing.descriptor(zlib.crc32(held), len(held)))
    path.write_bytes(out.getvalue() + framing.directory(members))
    return path


def test_a_right_bundle_is_read(tmp_path: Path) -> None:
    (tmp_path / "into").mkdir()
    assert promotion.read(_bundle(tmp_path, {}), tmp_path / "into").title == "Titre"
    assert (tmp_path / "into/document.txt").read_bytes() == b"Bonjour\n"


@pytest.mark.parametrize(
    "change",
    [
        {"mailbox": "x"},
        {"title": "absent"},
        {"format": "promotion/2"},
        {"title": ""},
        {"title": "deux\nlignes"},
        {"title": "x" * 301},
        {"title": 7},
        {"doc_type": "Lettre !"},
        {"dated": "x" * 41},
        {"authority": "21210001"},
        {"language": "français"},
        {"subjects": ["b", "a"]},
        {"subjects": ["../x"]},
        {"subjects": [1]},
        {"subjects": "x"},
        {"obtained": "2026"},
        {"obtained": 26},
        {"scrub": {"tool": "mat2", "version": "1", "mode": "mat2", "reader": "noor"}},
        {"scrub": {"tool": "mat2", "version": "1"}},
        {"scrub": {"tool": "mat2", "version": "1", "mode": "a b"}},
        {"checks": []},
        {"checks": ["wording"]},
        {"readers": 1},
        {"readers": 3},
        {"readers": True},
        {"file": {"name": "document.txt"}},
        {"file": {"name": "../x", "sha256": "0" * 64, "bytes": 8, "mime": "text/plain"}},
        {"file": {"name": "document.txt", "sha256": "0" * 64, "bytes": 8, "mime": "text/plain"}},
        {"file": {"name": 1, "sha256": 2, "bytes": 3, "mime": 4}},
    ],
)
def test_an_unknown_key_or_a_value_that_cannot_be_is_refused(
    change: dict[str, object], tmp_path: Path
) -> None:
    with pytest.raises(promotion.PromotionError):
        promotion.read(_bundle(tmp_path, change))


def test_other_bytes_than_those_described_are_refused(tmp_path: Path) -> None:
    for bad in (_bundle(tmp_path, {}, b"Bonsoir\n"), _bundle(tmp_path, {}, b"Bonjour\n.")):
        with pytest.raises(promotion.PromotionError):
            promotion.read(bad)
    for raw in (b"[]", b"{}", b"\xff", b"null", b"[" * 5000, b" " * 40_000):
        with pytest.raises(promotion.PromotionError):
            promotion.read(_zip(tmp_path / "b.zip", b"x", raw))
    right = _bundle(tmp_path, {}).read_bytes()
    for at in range(len(right)):
        changed = bytearray(right)
        changed[at] ^= 0x20
        (tmp_path / "c.zip").write_bytes(changed)
        with pytest.raises(promotion.PromotionError):
            promotion.read(tmp_path / "c.zip")
    for cut in (b"", right[:-1], right + b"x"):
        (tmp_path / "c.zip").write_bytes(cut)
        with pytest.raises(promotion.PromotionError):
            promotion.read(tmp_path / "c.zip")


def test_a_copy_that_was_not_cleaned_is_refused(tmp_path: Path, desk: Desk) -> None:
    clean, out = _retyped(tmp_path, desk), tmp_path / "b.zip"
    asked = ("promote", clean, "--out", out)
    assert desk(*asked, *AGREED) == 2  # no title
    assert desk(*asked, *TOLD, "--check", "dots", "--yes") == 2
    assert desk(*asked, *TOLD, "--check", "all") == 2  # nobody to ask
    assert desk(*asked, *TOLD, "--yes") == 2  # no box is ticked
    assert desk(*asked, *TOLD, *AGREED, "--doc-type", "Lettre !") == 5
    clean.write_text("Autre chose.\n")
    assert desk(*asked, *TOLD, *AGREED) == 2
    record_of(clean).unlink()
    assert desk(*asked, *TOLD, *AGREED) == 2
    assert desk("promote", "--out", out, *AGREED) == 2
    office = tmp_path / "a.docx"
    office.write_bytes(b"PK")
    assert desk("promote", office, "--out", out, *TOLD, *AGREED) == 5
    assert not out.exists()


@needs_box
def test_a_photograph_is_shown_as_it_is(tmp_path: Path, desk: Desk, capsys: Captured) -> None:
    clean = tmp_path / "clean.jpg"
    assert desk("scrub", _jpeg(tmp_path / "a.jpg"), "--out", clean, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert any(MARK in line for line in told["removed"])
    preview, out = tmp_path / "preview", tmp_path / "p.zip"
    assert desk("promote", clean, *TOLD, *AGREED, "--out", out, "--preview", preview) == 0
    assert (preview / "page-1.jpg").read_bytes() == clean.read_bytes()
    done = tmp_path / "b.zip"
    assert desk("promote", "--confirm", out, "--out", done, *AGREED) == 0
    capsys.readouterr()
    assert desk("verify", done, "--json") == 0
    assert json.loads(capsys.readouterr().out)["readers"] == 2


@needs_box
def test_a_pdf_that_cannot_be_drawn_is_refused(tmp_path: Path, desk: Desk) -> None:
    clean, out = tmp_path / "clean.pdf", tmp_path / "p.zip"
    clean.write_bytes(b"%PDF-1.4 nothing")
    record = {"tool": "mat2", "version": "1", "mode": "mat2"}
    record["sha256"] = promotion.describe(clean).sha256
    record_of(clean).write_text(json.dumps(record))
    asked = ("promote", clean, *TOLD, *AGREED, "--out", out)
    assert desk(*asked, "--preview", tmp_path / "preview") == 5
    assert {path.name for path in tmp_path.iterdir()} == {clean.name, record_of(clean).name}


def test_a_copy_that_changes_under_the_bundle_is_refused(tmp_path: Path, desk: Desk) -> None:
    told = promotion.read(_bundle(tmp_path, {}))
    (tmp_path / "copy.txt").write_text("Autre chose.")
    with pytest.raises(promotion.PromotionError, match="file"):
        promotion.write(told, tmp_path / "copy.txt", tmp_path / "out.zip")


def test_without_a_sandbox_it_is_said(
    tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    for program in ("bwrap", "mat2"):
        (tmp_path / program).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert desk("scrub", _jpeg(tmp_path / "a.jpg"), "--out", tmp_path / "b.jpg") == 6
    assert "bac à sable" in capsys.readouterr().err


def test_a_sandbox_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bwrap").write_text("#!/bin/sh\nwhile :; do :; done\n")
    (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(scrubbing, "_SECONDS", 0.2)
    assert scrubbing.boxed(tmp_path, "mat2") is None


def test_a_person_is_asked_for_each_box(tmp_path: Path, desk: Desk) -> None:
    from .test_desk import Terminal

    clean, out = _retyped(tmp_path, desk), tmp_path / "p.zip"
    for last, code in (("NON", 2), ("OUI", 0)):
        terminal = Terminal("promote", clean, "--out", out, *TOLD)
        for _ in promotion.CHECKS:
            terminal.until("Tapez OUI.")
            terminal.types("OUI")
        terminal.until("doit être visible ? Tapez OUI.")
        terminal.types(last)
        terminal.until("Un second lecteur" if code == 0 else "Rien n'a été fait")
        assert terminal.ends() == code
        assert out.exists() == (code == 0)
