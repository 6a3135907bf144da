"""A court bundle: one file per exhibit, the same words everywhere, nothing covered or lost."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from contrechamp.cases import binding, models
from contrechamp.cases.binding import Bound, NotBound, Order, Piece, bind
from contrechamp.cases.domain.exhibits import NAME, Exhibit, Group, Role, numbered
from contrechamp.cases.domain.filing import Finding, NotFit
from contrechamp.cases.domain.inventory import Cover
from contrechamp.cases.domain.margins import Sheet, is_free, shrunk
from contrechamp.cases.services import bundling
from contrechamp.documents.domain import scrubbing
from contrechamp.documents.models import HiddenText
from contrechamp.foundation.store import FolderStore
from contrechamp.kernel.errors import Refused
from tests import make
from tests.documents import made

from .actions import opened

COVER = Cover(
    title='Requête #read("/etc/passwd") *x* @y $z$',
    day=date(2026, 1, 15),
    court="Tribunal administratif de Valbrume",
    parties=("Les Yeux ouverts, requérante",),
)


def rows(*labels: str) -> tuple[Exhibit, ...]:
    """Return numbered exhibits of these labels: the first is attacked, the last is law."""
    groups = [Group.DECISION, *([Group.FACTS] * (len(labels) - 2)), Group.LAW]
    return numbered(
        [
            Exhibit(
                key=f"exh-{at:010}",
                label=label,
                group=groups[at],
                position=at,
                role=Role.OTHER if at else Role.ATTACKED,
                dated="3 novembre 2025",
                confidentiality="interne",
            )
            for at, label in enumerate(labels)
        ],
        filed={},
    )


@pytest.fixture
def keep(tmp_path: Path) -> Callable[[bytes], str]:
    """Return what puts a content into a store of this test."""
    store = FolderStore(tmp_path / "store")
    return lambda content: store.put(BytesIO(content))


def order(tmp_path: Path, *pieces: Piece, name: str = "bundle", **fields: Any) -> Order:
    given: dict[str, Any] = {"cover": COVER, "most_bytes": 16 << 20} | fields
    return Order(store=str(tmp_path / "store"), out=str(tmp_path / name), pieces=pieces, **given)


def four(keep: Callable[[bytes], str]) -> tuple[Piece, ...]:
    """Return a PDF, one to the edges and turned, a picture, and a text without pages."""
    first, second, third, fourth = rows("Décision attaquée", "Plan tourné", "Photo", "Courriel")
    picture = BytesIO()
    Image.new("RGB", (400, 300), (10, 90, 160)).save(picture, "PNG")
    return (
        Piece(exhibit=first, drawn=keep(made.pdf([("Arrêté du maire",), ("Article 2",)]))),
        Piece(exhibit=second, drawn=keep(to_the_edges(rotate=90))),
        Piece(exhibit=replace(third, pages=1), drawn=keep(picture.getvalue()), kind="image"),
        Piece(exhibit=fourth, drawn="", texts=("Bonjour,\n\nVoici #read le *contrat*.",)),
    )


def to_the_edges(*, rotate: int = 0) -> bytes:
    """Return a page that is ink from edge to edge, and forgets to end its own state."""
    out = BytesIO()
    with pikepdf.new() as document:
        page: Any = document.add_blank_page(page_size=(595, 842))
        page.Contents = document.make_stream(b"q 0 0 1 rg 0 0 595 842 re f q 3 0 0 3 40 40 cm")
        page.Rotate = rotate
        document.save(out, static_id=True)
    return out.getvalue()


def bound(asked: Order) -> Bound:
    found = bind(asked)
    assert isinstance(found, Bound), found
    return found


def words_of(path: Path, page: int) -> str:
    with pdfium.PdfDocument(path) as document:
        text: str = document[page].get_textpage().get_text_range()
    return text


def all_words(path: Path) -> str:
    with pdfium.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def pages_of(path: Path) -> int:
    with pdfium.PdfDocument(path) as document:
        return len(document)


def colours(image: Any) -> list[tuple[int, tuple[int, int, int]]]:
    found: list[tuple[int, tuple[int, int, int]]] = image.getcolors(1 << 20)
    return found


# The deposit folder


def test_there_is_one_file_per_exhibit_and_the_inventory_lists_exactly_these(
    tmp_path: Path, keep: Callable[[bytes], str]
) -> None:
    bound(order(tmp_path, *four(keep)))
    names = sorted(path.name for path in (tmp_path / "bundle" / "depot").iterdir())
    assert names == [
        "00_Inventaire.pdf",
        "01_Decision_attaquee.pdf",
        "02_Plan_tourne.pdf",
        "03_Photo.pdf",
        "04_Courriel.pdf",
    ]
    assert all(NAME.fullmatch(name) for name in names)
    said = "".join(all_words(tmp_path / "bundle" / "depot" / "00_Inventaire.pdf").split())
    places = [said.index(name) for name in names[1:]]
    assert places == sorted(places)
    assert said.count(".pdf") == len(names) - 1
    assert "SHA-256" not in said
    assert "confidentialité" not in said
    assert "confidentialité:interne" in "".join(
        all_words(tmp_path / "bundle" / "inventaire-interne.pdf").split()
    )


def test_an_exhibit_too_large_for_one_file_is_split_and_declared(
    tmp_path: Path, keep: Callable[[bytes], str]
) -> None:
    (first, second) = rows("Décision attaquée", "Gros rapport")
    noise = [
        tuple(hashlib.sha256(bytes([at, line])).hexdigest() for line in range(40))
        for at in range(8)
    ]
    pieces = (
        Piece(exhibit=first, drawn=keep(made.pdf([("Arrêté",)]))),
        Piece(exhibit=second, drawn=keep(made.pdf(noise))),
    )
    bound(order(tmp_path, *pieces, most_bytes=8000))
    deposit = tmp_path / "bundle" / "depot"
    parts = sorted(path.name for path in deposit.glob("02*"))
    assert parts[0] == "02a_Gros_rapport.pdf"
    assert len(parts) > 1
    assert all((deposit / name).stat().st_size <= 8000 for name in parts)
    assert sum(pages_of(deposit / name) for name in parts) == 8
    said = "".join(all_words(deposit / "00_Inventaire.pdf").split())
    assert "Pages1à" in said
    assert all(name in said for name in parts)


def test_one_page_larger_than_a_file_may_be_is_named(
    tmp_path: Path, keep: Callable[[bytes], str]
) -> None:
    piece = Piece(exhibit=rows("Décision", "x")[0], drawn=keep(made.pdf([("Arrêté",)])))
    assert bind(order(tmp_path, piece, most_bytes=100)) == NotBound(
        binding.TOO_LARGE, piece.exhibit.key
    )
    assert not (tmp_path / "bundle").exists()


def test_nothing_of_a_deposit_tells_who_made_it(
    tmp_path: Path, keep: Callable[[bytes], str]
) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(made.pdf([("Arrêté",)]))) as document:
        document.docinfo["/Author"] = "Ondine Fauvette"
        with document.open_metadata() as metadata:
            metadata["dc:creator"] = ["Ondine Fauvette"]
        document.save(out)
    piece = Piece(exhibit=rows("Décision", "x")[0], drawn=keep(out.getvalue()))
    bound(order(tmp_path, piece))
    for path in (tmp_path / "bundle").rglob("*.pdf"):
        with pikepdf.open(path) as document:
            told = b"".join(
                each.read_bytes() for each in document.objects if isinstance(each, pikepdf.Stream)
            )
            assert b"Fauvette" not in told
            assert "Fauvette" not in str(dict(document.docinfo))


# The reading bundle


def test_bookmarks_links_stamps_and_numbers_agree(
    tmp_path: Path, keep: Callable[[bytes], str]
) -> None:
    pieces = four(keep)
    found = bound(order(tmp_path, *pieces))
    path = tmp_path / "bundle" / "recueil.pdf"
    with pikepdf.open(path) as bundle, bundle.open_outline() as outline:
        groups = [item for item in outline.root if item.children]
        assert [item.title for item in groups] == [
            "Décision attaquée et démarches",
            "Faits",
            "Droit et avis",
        ]
        marks = [child for item in groups for child in item.children]
        assert [mark.title for mark in marks] == [
            "PJ1_Decision_attaquee",
            "PJ2_Plan_tourne",
            "PJ3_Photo",
            "PJ4_Courriel",
        ]
        pages = {page.obj.objgen: at for at, page in enumerate(bundle.pages)}
        places: list[Any] = [mark.destination for mark in marks]
        starts = [pages[place[0].objgen] for place in places]
        links = [
            pages[note["/Dest"][0].objgen]
            for page in bundle.pages
            for note in page.get("/Annots", [])
        ]
        assert sorted(set(links)) == starts
        assert b"piece:" not in path.read_bytes()
    for at, start in enumerate(starts, start=1):
        count = [*starts, found.pages][at] - start
        for page in range(count):
            said = words_of(path, start + page)
            assert f"Pièce n° {at} — {page + 1}/{count}" in said
            assert f"{start + page + 1} / {found.pages}" in said


def test_the_stamp_covers_nothing_whatever_way_the_page_is_turned(
    tmp_path: Path, keep: Callable[[bytes], str]
) -> None:
    for turned in (0, 90, 180, 270):
        piece = Piece(exhibit=rows("Plan", "x")[0], drawn=keep(to_the_edges(rotate=turned)))
        bound(order(tmp_path, piece, name=f"t{turned}"))
        with pdfium.PdfDocument(tmp_path / f"t{turned}" / "recueil.pdf") as document:
            page = document[len(document) - 1]
            image = page.render(scale=1).to_pil().convert("RGB")
        wide, high = image.size
        assert wide == (595 if turned in {0, 180} else 842)
        assert image.getpixel((wide // 2, high // 2)) == (0, 0, 255)
        # The bands at head and foot are paper, the stamp's red is in the upper one at the right.
        assert image.getpixel((wide // 3, 3)) == (255, 255, 255)
        assert image.getpixel((wide // 4, high - 3)) == (255, 255, 255)
        corner = image.crop((wide // 2, 0, wide, 26 * wide // 595))
        assert any(red > 150 and blue < 90 for _, (red, _, blue) in colours(corner))
        upper = colours(corner.crop((0, 0, corner.width, 20)))
        assert (0, 0, 255) not in {colour for _, colour in upper}


def test_a_page_with_free_margins_keeps_its_size(
    tmp_path: Path, keep: Callable[[bytes], str]
) -> None:
    piece = Piece(exhibit=rows("Arrêté", "x")[0], drawn=keep(made.pdf([("Article premier",)])))
    bound(order(tmp_path, piece))
    source, seen = tmp_path / "bundle" / "depot" / "01_Arrete.pdf", []
    for path in (source, tmp_path / "bundle" / "recueil.pdf"):
        with pdfium.PdfDocument(path) as document:
            text = document[len(document) - 1].get_textpage()
            at = text.search("Article premier").get_next()
            assert at is not None
            seen.append(text.get_charbox(at[0]))
    assert seen[0] == pytest.approx(seen[1], abs=0.5)


@given(
    st.sampled_from([0, 90, 180, 270]),
    st.floats(-200, 200),
    st.floats(100, 3000),
    st.floats(100, 3000),
)
def test_what_is_made_smaller_leaves_both_bands(
    turned: int, corner: float, wide: float, high: float
) -> None:
    sheet = Sheet((corner, -corner, corner + wide, high - corner), turned)
    a, b, c, d, e, f = shrunk(sheet)
    x0, y0, x1, y1 = sheet.box
    drawn = (a * x0 + e + 0.01, d * y0 + f + 0.01, a * x1 + e - 0.01, d * y1 + f - 0.01)
    assert b == c == 0
    assert a == pytest.approx(d)
    assert is_free(sheet, [drawn])
    assert not is_free(sheet, [sheet.box])


# The whole


def test_the_same_case_twice_gives_the_same_bytes(
    tmp_path: Path, keep: Callable[[bytes], str]
) -> None:
    one = bound(order(tmp_path, *four(keep), name="one"))
    two = bound(order(tmp_path, *four(keep), name="two"))
    assert one == two
    zips = [b"".join(bundling.zip_of(tmp_path / name)) for name in ("one", "two")]
    assert zips[0] == zips[1]
    with zipfile.ZipFile(BytesIO(zips[0])) as archive:
        assert archive.testzip() is None
        assert "depot/01_Decision_attaquee.pdf" in archive.namelist()


def test_the_manifest_and_the_sums_have_each_file(
    tmp_path: Path, keep: Callable[[bytes], str]
) -> None:
    bound(order(tmp_path, *four(keep)))
    out = tmp_path / "bundle"
    manifest = json.loads((out / "manifest.json").read_text())
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {each["path"] for each in manifest["files"]} == there - {"manifest.json", "SHA256SUMS"}
    for line in (out / "SHA256SUMS").read_text().splitlines():
        sha256, name = line.split("  ")
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == sha256
    assert [each["number"] for each in manifest["exhibits"]] == [1, 2, 3, 4]


def test_what_a_person_typed_is_printed_as_typed(
    tmp_path: Path, keep: Callable[[bytes], str]
) -> None:
    bound(order(tmp_path, *four(keep)))
    assert 'Requête #read("/etc/passwd") *x* @y $z$' in " ".join(
        words_of(tmp_path / "bundle" / "recueil.pdf", 0).split()
    )
    assert "#read le *contrat*" in all_words(tmp_path / "bundle" / "depot" / "04_Courriel.pdf")


def test_a_file_that_is_lost_damaged_or_no_pdf_is_named_and_nothing_is_written(
    tmp_path: Path, keep: Callable[[bytes], str]
) -> None:
    exhibit = rows("Décision", "x")[0]
    key = keep(made.pdf([("Arrêté",)]))
    (path,) = (tmp_path / "store").rglob(key)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.4 abime")
    for drawn, why in (
        (key, binding.DAMAGED),
        ("0" * 64, binding.DAMAGED),
        (keep(b"Bonjour"), binding.UNREADABLE),
    ):
        found = bind(order(tmp_path, Piece(exhibit=exhibit, drawn=drawn)))
        assert found == NotBound(why, exhibit.key)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["store"]


# From the library


def row_of(document: Any, *, by: Any) -> tuple[Any, Exhibit]:
    """Return an exhibit as its row and as the rules see it."""
    action = opened(by)
    sha256 = made.key(document)
    row = models.Exhibit.objects.create(
        action=action, sha256=sha256, label="Décision", made_by=by, made_at=made.NOW
    )
    return row, replace(rows("Décision", "x")[0], sha256=sha256)


@pytest.mark.django_db
def test_an_exhibit_is_taken_from_the_library_with_what_forbids_it(tmp_path: Path) -> None:
    marianne = make.user("marianne")
    row, exhibit = row_of(made.document(by=marianne), by=marianne)
    piece, screened = bundling.piece_of(row, exhibit, actor=marianne)
    assert (piece.drawn, piece.kind) == (row.sha256, "pdf")
    assert screened.hidden_text == "not_checked"
    HiddenText.objects.create(file_id=row.sha256, verdict="clean", findings=[], checked_at=made.NOW)
    assert bundling.piece_of(row, exhibit, actor=marianne)[1].hidden_text == "clean"
    HiddenText.objects.update(verdict="bad")
    assert bundling.piece_of(row, exhibit, actor=marianne)[1].hidden_text == "bad"
    HiddenText.objects.update(decision="KEPT", decided_by=marianne)
    assert bundling.piece_of(row, exhibit, actor=marianne)[1].hidden_text == "clean"
    found = bundling.write_bundle(tmp_path / "out", COVER, [piece], found=[])
    assert (tmp_path / "out" / "depot" / "01_Decision.pdf").exists()
    assert found.files


@pytest.mark.django_db
def test_an_office_exhibit_is_drawn_from_its_conversion_and_looked_at() -> None:
    marianne = make.user("marianne")
    document = made.document(
        by=marianne, content=b"PK office", kind="office", mime="application/msword"
    )
    file = document.versions.get().file
    file.rendition = made.file(made.pdf([("Contrat",)]), pages=1).sha256
    file.save()
    row, exhibit = row_of(document, by=marianne)
    piece, screened = bundling.piece_of(row, exhibit, actor=marianne)
    assert (piece.drawn, piece.kind) == (file.rendition, "pdf")
    assert screened.hidden_text == "clean"


@pytest.mark.django_db
def test_nothing_is_written_where_something_forbids_it(tmp_path: Path) -> None:
    no = Finding(code="x", sentence="Non : {about}.", about="ceci")
    with pytest.raises(NotFit, match="Non : ceci"):
        bundling.write_bundle(tmp_path / "out", COVER, [], found=[no])
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("à moi")
    with pytest.raises(Refused):
        bundling.write_bundle(tmp_path / "full", COVER, [], found=[])
    assert (tmp_path / "full" / "mine.txt").read_text() == "à moi"


# As background work


def test_a_process_that_is_killed_leaves_copies_that_the_next_one_takes_up(
    tmp_path: Path, keep: Callable[[bytes], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    pieces = four(keep)
    whole = bound(order(tmp_path, *pieces, name="whole"))
    scrubbed = scrubbing.scrub
    seen: list[Path] = []

    def killed(path: Path, out: Path) -> Any:
        if len(seen) == 2:
            raise KeyboardInterrupt
        seen.append(out)
        return scrubbed(path, out)

    monkeypatch.setattr(binding, "scrub", killed)
    with pytest.raises(KeyboardInterrupt):
        bind(order(tmp_path, *pieces, work=str(work)))
    assert json.loads((work / "progress.json").read_text()) == {"done": 2, "of": 9}
    assert not (tmp_path / "bundle").exists()
    made_again: list[Path] = []

    def counted(path: Path, out: Path) -> Any:
        made_again.append(out)
        return scrubbed(path, out)

    monkeypatch.setattr(binding, "scrub", counted)
    assert bound(order(tmp_path, *pieces, work=str(work))) == whole
    assert len(made_again) == 2


def test_what_a_file_sent_to_us_is_tells_its_first_bytes_not_its_name(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(made.pdf([("a",), ("b",)]))
    assert binding.look(str(path)) == ("pdf", 2)
    path.write_bytes(made.scan())
    assert binding.look(str(path)) == ("image", 1)
    path.write_bytes(b"Bonjour")
    assert binding.look(str(path)) is None
