"""Files come in: each with its reason, none stopping the others, twice the same as once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from pytest_django import Settings

from contrechamp.accounts.models import User
from contrechamp.documents import queries, services
from contrechamp.documents.models import (
    Batch,
    BatchItem,
    CustodyEvent,
    Document,
    File,
    OcrPage,
    Page,
    TextLayer,
)
from contrechamp.foundation.store import store
from contrechamp.kernel.errors import Refused
from tests import make
from tests.documents import files
from tests.shared import shared

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def instance(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A data folder of the test's own."""
    data = tmp_path_factory.mktemp("data")
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, data=data, workers=2)


@pytest.fixture
def sarah(db: None) -> User:
    return make.user("sarah")


def add(sarah: User, *paths: Path, **wishes: object) -> services.Report:
    return services.add_paths(paths, actor=sarah, now=NOW, **wishes)  # type: ignore[arg-type]


def states(report: services.Report) -> dict[str, tuple[str, str | None]]:
    return {Path(e.path).name: (e.state, e.reason) for e in report.documents}


def limits(settings: Settings, **values: int) -> None:
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, **values)


def test_each_file_has_its_line_and_its_reason(sarah: User, tmp_path: Path) -> None:
    files.pdf(tmp_path / "bon.pdf", 3)
    files.encrypted(tmp_path / "ferme.pdf", "sésame")
    files.encrypted(tmp_path / "sans.pdf", "")
    (tmp_path / "vide.pdf").touch()
    (tmp_path / "casse.pdf").write_bytes(b"%PDF-1.7\nrien\n%%EOF")
    (tmp_path / "programme.bin").write_bytes(b"\x7fELF" + bytes(range(256)))
    (tmp_path / "note.txt").write_text("Une note sur la caméra de la place.")
    files.bomb(tmp_path / "bombe.zip")
    (tmp_path / "lien").symlink_to("/etc/hostname")

    report = add(sarah, tmp_path)

    assert states(report) == {
        "bon.pdf": ("added", None),
        "bombe.zip": ("refused", "archive_bomb"),
        "casse.pdf": ("refused", "broken"),
        "ferme.pdf": ("refused", "encrypted"),
        "lien": ("refused", "outside_folder"),
        "note.txt": ("added", None),
        "programme.bin": ("refused", "unsupported"),
        "sans.pdf": ("added", None),
        "vide.pdf": ("refused", "empty"),
    }
    assert all(entry.message for entry in report.documents if entry.state == "refused")
    assert BatchItem.objects.count() == 9
    assert set(store().every()) == set(File.objects.values_list("sha256", flat=True))


def test_pages_texts_and_origin_are_kept(sarah: User, tmp_path: Path) -> None:
    path = files.pdf(tmp_path / "arrete_nice.pdf", 2)

    (entry,) = add(sarah, path, origin="FOI", source_url="https://nice.example/a.pdf").documents

    assert (entry.pages, entry.pages_text, entry.pages_ocr, entry.kind) == (2, 2, 0, "pdf")
    document = Document.objects.get(pk=entry.id)
    assert (document.title, document.origin, document.state) == ("arrete nice", "FOI", "DRAFT")
    assert entry.sha256
    assert entry.sha1
    assert "page numéro 2" in (queries.current_text(entry.sha256, 2) or "")
    assert queries.current_text(entry.sha256, 3) is None
    happened = [event.what for event in document.custody.order_by("pk")]
    assert happened == ["received", "read", "checked"]
    page = queries.pages(entry.sha256)[0]
    assert (page.width_pt, page.height_pt, page.rotation) == (595, 842, 0)


def test_who_gave_a_file_and_at_what_hour_is_not_noted(sarah: User, tmp_path: Path) -> None:
    add(sarah, files.pdf(tmp_path / "don.pdf"))

    event = CustodyEvent.objects.filter(what="received").get()

    assert event.by == "MEMBER"
    assert event.at.astimezone().minute == 0
    assert event.at != NOW


def test_the_same_twice_is_known_and_changes_nothing(sarah: User, tmp_path: Path) -> None:
    files.pdf(tmp_path / "a.pdf")
    (tmp_path / "vide.txt").touch()
    add(sarah, tmp_path)
    before = [model.objects.count() for model in (Batch, BatchItem, CustodyEvent, Page, Document)]

    again = add(sarah, tmp_path)

    assert states(again)["a.pdf"] == ("known", None)
    assert again.documents[0].pages == 1
    assert before == [
        model.objects.count() for model in (Batch, BatchItem, CustodyEvent, Page, Document)
    ]


def test_two_names_of_one_content_are_one_file(sarah: User, tmp_path: Path) -> None:
    one = files.pdf(tmp_path / "un.pdf")
    (tmp_path / "deux.pdf").write_bytes(one.read_bytes())

    report = add(sarah, tmp_path)

    assert (report.added, report.known) == (1, 1)
    assert (File.objects.count(), Document.objects.count()) == (1, 1)
    assert BatchItem.objects.count() == 2


def test_a_private_document_of_somebody_else_is_not_betrayed(sarah: User, tmp_path: Path) -> None:
    path = files.pdf(tmp_path / "a.pdf")
    add(sarah, path, access="PRIVATE")

    report = add(make.user("noor"), path)

    assert report.added == 1
    assert (File.objects.count(), Document.objects.count()) == (1, 2)
    assert report.documents[0].pages == 1


def test_a_long_file_is_read_in_parts(sarah: User, tmp_path: Path) -> None:
    path = files.pdf(tmp_path / "long.pdf", 500)

    (entry,) = add(sarah, path).documents

    assert (entry.pages, entry.pages_text) == (500, 500)
    assert list(queries.pages(entry.sha256 or "").values_list("number", flat=True)) == list(
        range(1, 501)
    )
    assert "page numéro 500 " in (queries.current_text(entry.sha256 or "", 500) or "")
    assert File.objects.get().read_state == "read"


def test_a_file_with_bad_pages_says_which_were_read(sarah: User, tmp_path: Path) -> None:
    path = files.with_bad_pages(tmp_path / "a.pdf", 12, {3, 7, 11})

    (entry,) = add(sarah, path).documents

    assert entry.state == "added"
    assert entry.warnings == ["9 pages sur 12 lues\u00a0: les autres sont abîmées."]
    assert File.objects.get().read_state == "partly"


def test_a_cut_pdf_is_repaired_or_refused_but_never_stops(sarah: User, tmp_path: Path) -> None:
    whole = files.pdf(tmp_path / "entier.pdf", 20).read_bytes()
    for part in (0.3, 0.6, 0.95):
        (tmp_path / f"coupe-{part}.pdf").write_bytes(whole[: int(len(whole) * part)])

    report = add(sarah, tmp_path)

    assert len(report.documents) == 4
    assert {e.reason for e in report.documents if e.state == "refused"} <= {"broken"}


def test_a_password_opens_a_file(sarah: User, tmp_path: Path) -> None:
    path = files.encrypted(tmp_path / "ferme.pdf", "sésame")

    (entry,) = add(sarah, path, passwords=("faux", "sésame")).documents

    assert (entry.state, entry.pages_text) == ("added", 1)
    file = File.objects.get()
    assert queries.drawn_from(file) == (file.rendition, "pdf")
    assert store().exists(file.rendition)
    assert services.verify().is_sound


def test_limits_name_their_setting(sarah: User, tmp_path: Path, settings: Settings) -> None:
    limits(settings, file_limit_mb=1, page_limit=5)
    files.pdf(tmp_path / "long.pdf", 6)
    with (tmp_path / "gros.pdf").open("wb") as sparse:
        sparse.write(b"%PDF-1.7\n")
        sparse.truncate(2 << 30)
    (tmp_path / "texte.txt").write_text("mot " * 50_000)

    report = add(sarah, tmp_path)

    assert states(report) == {
        "gros.pdf": ("refused", "too_large"),
        "long.pdf": ("refused", "too_many_pages"),
        "texte.txt": ("refused", "too_many_pages"),
    }
    messages = " ".join(entry.message or "" for entry in report.documents)
    assert "CONTRECHAMP_FILE_LIMIT_MB" in messages
    assert "CONTRECHAMP_PAGE_LIMIT" in messages
    assert list(store().every()) == []


def test_an_archive_gives_its_files_and_is_no_document(sarah: User, tmp_path: Path) -> None:
    content = files.content_of(files.pdf(tmp_path / "x.pdf"))
    files.archive(
        tmp_path / "lot.zip",
        {
            "dossier/a.pdf": content,
            "b.txt": b"bonjour la place",
            "../dehors.txt": b"x",
            "vide.txt": b"",
            "autre.zip": files.content_of(files.archive(tmp_path / "y.zip", {"z.txt": b"z"})),
        },
    )

    report = add(sarah, tmp_path)

    assert {entry.path.partition("lot.zip/")[2]: entry.state for entry in report.documents} == {
        "dossier/a.pdf": "added",
        "b.txt": "added",
        "../dehors.txt": "refused",
        "vide.txt": "refused",
        "autre.zip": "refused",
    }
    assert File.objects.count() == 2
    assert set(store().every()) == set(File.objects.values_list("sha256", flat=True))


def test_a_bomb_beside_known_content_takes_nothing_away(sarah: User, tmp_path: Path) -> None:
    """What a refused archive held is dropped, but not what a document rests on."""
    known = tmp_path / "known.txt"
    known.write_bytes(b"Un texte connu de tous.")
    add(sarah, known)
    import tarfile

    zeros = tmp_path / "zeros"
    zeros.write_bytes(bytes(40 << 20))
    with tarfile.open(tmp_path / "bombe.tar.gz", "w:gz") as made:
        made.add(known, "known.txt")
        made.add(zeros, "zeros")

    report = add(sarah, tmp_path / "bombe.tar.gz")

    assert states(report) == {"bombe.tar.gz": ("refused", "archive_bomb")}
    assert services.verify().is_sound


def test_a_message_brings_its_attachments(sarah: User, tmp_path: Path) -> None:
    pdf = files.content_of(files.pdf(tmp_path / "x.pdf"))
    inner = files.email({"annexe.pdf": pdf}, subject="Transmis")
    (tmp_path / "m.eml").write_bytes(files.email({"rapport.txt": b"Rapport.", "t.eml": inner}))

    report = add(sarah, tmp_path)

    titles = {d.title: d.parent.title if d.parent else None for d in Document.objects.all()}
    assert titles == {
        "Réponse à votre demande": None,
        "rapport": "Réponse à votre demande",
        "Transmis": "Réponse à votre demande",
        "annexe": "Transmis",
    }
    assert report.added == 4
    assert Document.objects.get(title="Transmis").dated_text == "2026-03-02"


def test_office_files_wait_for_a_converter(
    sarah: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "no-programs"))
    (tmp_path / "note.odt").write_bytes(files.odt())
    (tmp_path / "autre.txt").write_text("Un autre texte.")

    report = add(sarah, tmp_path)

    if states(report)["note.odt"][1] is None:
        pytest.skip("the workers were started with LibreOffice")
    assert states(report) == {
        "autre.txt": ("added", None),
        "note.odt": ("added", "converter_missing"),
    }
    assert "LibreOffice" in (report.documents[1].message or "")
    assert store().exists(report.documents[1].sha256 or "")
    assert states(add(sarah, tmp_path / "note.odt"))["note.odt"][0] == "known"


def test_every_frame_of_a_scan_is_a_page(sarah: User, tmp_path: Path) -> None:
    (entry,) = add(sarah, files.tiff(tmp_path / "scan.tif", 3)).documents

    assert (entry.pages, entry.pages_ocr) == (3, 3)
    assert OcrPage.objects.count() == 3


def test_recognition_can_be_refused(sarah: User, tmp_path: Path) -> None:
    (entry,) = add(sarah, files.tiff(tmp_path / "scan.tif", 2), ocr="never").documents

    assert (entry.pages_ocr, OcrPage.objects.count()) == (2, 0)


def test_what_a_cut_left_is_taken_up_and_nothing_is_read_twice(sarah: User, tmp_path: Path) -> None:
    """As after kill -9: some chunks are in the tables, and the reader is gone."""
    add(sarah, files.pdf(tmp_path / "long.pdf", 300))
    Page.objects.filter(number__gt=64, number__lte=192).delete()
    kept = set(TextLayer.objects.values_list("pk", flat=True))
    File.objects.update(read_state="waiting", read_by="elsewhere 1 1 x")

    assert services.finish_readings(actor=sarah, now=NOW) == 0  # Another machine may live.
    from contrechamp.foundation import lease

    gone = lease.holder().split(" ")
    File.objects.update(read_by=" ".join([gone[0], gone[1], "0", gone[3]]))

    assert services.finish_readings(actor=sarah, now=NOW) == 1
    assert Page.objects.count() == TextLayer.objects.count() == 300
    assert kept <= set(TextLayer.objects.values_list("pk", flat=True))
    assert File.objects.get().read_state == "read"


def test_a_collection_keeps_the_order_of_arrival(sarah: User, tmp_path: Path) -> None:
    for name in "ab":
        files.pdf(tmp_path / f"{name}.pdf", text=f"Document {name}")

    add(sarah, tmp_path, collection="Dossier Nice")
    add(sarah, tmp_path, collection="Dossier Nice")

    from contrechamp.documents.models import Collection

    collection = Collection.objects.get(slug="dossier-nice")
    items = collection.items.order_by("order").values_list("document__title", "order")
    assert list(items) == [("a", 1), ("b", 2)]


def test_another_content_at_the_same_address_is_noticed(sarah: User, tmp_path: Path) -> None:
    address = "https://nice.example/deliberation.pdf"
    old = add(sarah, files.pdf(tmp_path / "a.pdf"), source_url=address).documents[0]

    new = add(sarah, files.pdf(tmp_path / "b.pdf", 2), source_url=address).documents[0]

    assert new.replaces == old.sha256
    assert CustodyEvent.objects.filter(document=old.id, what="replaced").exists()


@pytest.mark.parametrize(
    ("wishes", "part"), [({"origin": "NOWHERE"}, "origine"), ({"source_url": "ftp://x"}, "https")]
)
def test_wishes_that_make_no_sense_are_refused(
    sarah: User, wishes: dict[str, str], part: str
) -> None:
    with pytest.raises(Refused, match=part):
        add(sarah, Path("x"), **wishes)


def test_the_files_of_others_fail_as_they_must(sarah: User) -> None:
    folder = shared("ocr_fixtures")

    report = add(sarah, folder)

    refused = {name: state for name, state in states(report).items() if state[0] == "refused"}
    assert refused == {"invalid.pdf": ("refused", "broken")}
    assert report.pages_to_ocr == 14


def test_files_with_redactions_are_read(sarah: User) -> None:
    report = add(sarah, shared("bad_redactions"))

    assert report.refused == 0
    assert sum(entry.kind == "pdf" for entry in report.documents) == 27
    assert sum(entry.pages for entry in report.documents if entry.kind == "pdf") == 47


def test_scans_wait_for_recognition_and_texts_do_not(sarah: User) -> None:
    scans = sorted(shared("scanned_acts").glob("*.pdf"))

    report = add(sarah, *scans)

    waiting = {Path(e.path).stem: (e.pages, e.pages_ocr) for e in report.documents}
    assert waiting["0003013459_2021-09-24_AP"] == (58, 0)
    assert waiting["0005801105_2023-03-30_AP"] == (68, 4)
    assert waiting["arrete_nomination"] == (1, 0)
    partly = {"0003013459_2021-09-24_AP", "0005801105_2023-03-30_AP", "arrete_nomination"}
    assert all(pages == ocr for name, (pages, ocr) in waiting.items() if name not in partly)
    assert OcrPage.objects.count() == report.pages_to_ocr == 247


@tries(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    contents=st.lists(
        st.one_of(
            st.binary(max_size=200),
            st.binary(max_size=200).map(lambda rest: b"%PDF-1.7\n" + rest),
            st.binary(max_size=200).map(lambda rest: b"PK\x03\x04" + rest),
            st.binary(max_size=200).map(lambda rest: b"\x89PNG\r\n\x1a\n" + rest),
            st.binary(max_size=200).map(lambda rest: b"II*\x00" + rest),
            st.binary(max_size=200).map(lambda rest: b"\x1f\x8b\x08" + rest),
            st.binary(max_size=200).map(lambda rest: b"From: a\nTo: b\nDate: c\n" + rest),
        ),
        min_size=6,
        max_size=12,
    )
)
def test_no_bytes_stop_an_arrival(
    sarah: User, tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for number, content in enumerate(contents):
        (folder / f"{number:02}").write_bytes(content)

    report = add(sarah, folder)

    told = {entry.path.removeprefix(f"{folder}/")[:2] for entry in report.documents}
    assert told == {f"{number:02}" for number in range(len(contents))}
    known = {reason for e in report.documents if (reason := e.reason)}
    assert known <= {"empty", "broken", "unsupported", "archive_bomb", "unreadable"}
