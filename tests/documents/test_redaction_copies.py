"""Public copies: what was hidden cannot be read back, and the leak test finds what is planted."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image

from contrechamp.documents import redacting
from contrechamp.documents.domain.kinds import Content
from contrechamp.documents.domain.layout import Rect
from contrechamp.documents.domain.redaction.plan import Box, Keep, Plan, Term
from contrechamp.documents.services import check_model
from contrechamp.documents.services.copies import marks
from tests.documents import made

PDF = Content("pdf", "application/pdf")
NAMES = ("Marchandeau", "Delépine-Roux", "Kerguénec", "Odette Brossolet", "06 12 34 56 78")
FILLER = "Le conseil municipal autorise le maire à signer le marché de vidéoprotection"


def copy_of(
    content: bytes, folder: Path, plan: Plan, *, kind: Content = PDF, model: str = ""
) -> tuple[Path, redacting.Made]:
    source, out = folder / "source", folder / "copie.pdf"
    source.write_bytes(content)
    done = redacting.make(
        redacting.Job(
            source=str(source), content=kind, plan=plan, marks=marks(), out=str(out), model=model
        )
    )
    assert not done.problem
    return out, done


def leaktest(path: Path, plan: Plan, done: redacting.Made, **more: Any) -> redacting.Probed:
    assert done.found
    return redacting.probe(
        redacting.Probe(
            path=str(path),
            terms=plan.terms,
            boxes=done.found.boxes,
            flattened=done.flattened,
            marks=marks(),
            kept=redacting.kept_counts(done.found),
            sentences=done.found.sentences,
            **more,
        )
    )


def failed(probed: redacting.Probed) -> set[str]:
    assert not probed.problem
    return {check.name for check in probed.checks if not check.passed}


def plan_of(*words: str) -> Plan:
    return Plan(terms=tuple(Term(word, "private_person") for word in words))


lines = st.lists(
    st.one_of(
        st.just(FILLER),
        st.sampled_from(NAMES).map(lambda name: f"en présence de {name}, dont acte"),
        st.sampled_from(NAMES).map(lambda name: f"{name.upper()} : {' '.join(name)}"),
        st.sampled_from(NAMES).map(lambda name: f"fin {name[:4]}-"),
    ),
    min_size=1,
    max_size=12,
).map(tuple)


@tries(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(
    pages=st.lists(lines, min_size=1, max_size=3),
    words=st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
    rotate=st.sampled_from([0, 0, 90, 180, 270]),
    crop=st.sampled_from([None, None, (20.0, 30.0, 580.0, 800.0)]),
)
def test_nothing_hidden_can_be_read_in_our_copies(
    pages: list[tuple[str, ...]], words: list[str], rotate: int, crop: Any
) -> None:
    plan = plan_of(*words)
    with TemporaryDirectory() as folder:
        path, done = copy_of(made.pdf(pages, rotate=rotate, crop=crop), Path(folder), plan)

        assert failed(leaktest(path, plan, done)) == set()


def in_text(document: pikepdf.Pdf, word: str) -> None:
    page: Any = document.pages[0]
    page.Resources.Font = Dictionary(
        F=Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
    )  # fmt: skip
    shown = f"\nBT 3 Tr /F 9 Tf 50 50 Td <{word.encode('cp1252').hex()}> Tj ET"
    page.Contents = document.make_stream(page.Contents.read_bytes() + shown.encode())


def in_metadata(document: pikepdf.Pdf, word: str) -> None:
    document.docinfo["/Keywords"] = f"dossier {word}"


def in_an_annotation(document: pikepdf.Pdf, word: str) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([1, 1, 9, 9]), Contents=pikepdf.String(word)
    )
    document.pages[0].Annots = Array([document.make_indirect(note)])


def in_a_thumbnail(document: pikepdf.Pdf, word: str) -> None:
    out = BytesIO()
    Image.new("L", (40, 60), 200).save(out, "JPEG")
    thumb = document.make_stream(out.getvalue())
    thumb.Width, thumb.Height, thumb.BitsPerComponent = 40, 60, 8
    thumb.ColorSpace, thumb.Filter = Name.DeviceGray, Name.DCTDecode
    document.pages[0].Thumb = thumb


def in_a_bookmark(document: pikepdf.Pdf, word: str) -> None:
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Lettre de {word}", 0))


def in_an_attachment(document: pikepdf.Pdf, word: str) -> None:
    document.attachments["note.txt"] = word.encode()


def in_a_stream(document: pikepdf.Pdf, word: str) -> None:
    document.Root.Forgotten = document.make_stream(word.encode("utf-16-be"))


def in_a_name(document: pikepdf.Pdf, word: str) -> None:
    document.Root.Forgotten = Dictionary({f"/Calque {word}": 1})


@pytest.mark.parametrize(
    ("plant", "found_by"),
    [
        (in_text, "text"),
        (in_metadata, "bytes"),
        (in_an_annotation, "structure"),
        (in_a_thumbnail, "structure"),
        (in_a_bookmark, "structure"),
        (in_an_attachment, "structure"),
        (in_a_stream, "bytes"),
        (in_a_name, "bytes"),
    ],
)
@tries(
    max_examples=4,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(word=st.sampled_from(NAMES))
def test_what_is_planted_in_a_copy_is_found(
    plant: Callable[[pikepdf.Pdf, str], None], found_by: str, word: str
) -> None:
    plan = plan_of(word)
    with TemporaryDirectory() as folder:
        path, done = copy_of(made.pdf([(FILLER, f"signé {word}")]), Path(folder), plan)
        with pikepdf.open(path, allow_overwriting_input=True) as document:
            plant(document, word)
            document.save(path)

        assert found_by in failed(leaktest(path, plan, done))


def test_an_earlier_revision_is_found(tmp_path: Path) -> None:
    plan = plan_of("Marchandeau")
    path, done = copy_of(made.pdf([("signé Marchandeau",)]), tmp_path, plan)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(path) as document:
        size, root = len(document.objects) + 1, document.Root.objgen[0]
    before = path.read_bytes()
    start = before.rpartition(b"startxref\n")[2].split()[0].decode()
    trailer = f"<< /Size {size} /Root {root} 0 R /Prev {start} >>"
    later = f"xref\n0 1\n0000000000 65535 f \ntrailer\n{trailer}\nstartxref\n{len(before)}\n%%EOF\n"
    path.write_bytes(before + later.encode())

    assert failed(leaktest(path, plan, done)) == {"structure"}


def test_a_box_that_is_not_painted_is_found(tmp_path: Path) -> None:
    plan = plan_of("Marchandeau")
    path, done = copy_of(made.pdf([(FILLER, "signé Marchandeau")]), tmp_path, plan)
    (tmp_path / "other").mkdir()
    bare, _ = copy_of(made.pdf([(FILLER, "signé Marchandeau")]), tmp_path / "other", Plan())

    assert failed(leaktest(bare, plan, done)) == {"text", "bytes", "picture", "words"}
    assert failed(leaktest(path, plan, done)) == set()


def test_words_beside_the_file_are_found(tmp_path: Path) -> None:
    plan = plan_of("Marchandeau")
    path, done = copy_of(made.pdf([("signé Marchandeau",)]), tmp_path, plan)
    batch = (("annexe.txt", "reçu de M. Marchandeau"),)

    title = (("titre", "Dossier Marchandeau"),)
    assert failed(leaktest(path, plan, done, named=title)) == {"beside"}
    assert failed(leaktest(path, plan, done, batch=batch)) == {"elsewhere"}
    named = path.rename(tmp_path / "lettre-marchandeau.pdf")
    assert failed(leaktest(named, plan, done)) == {"beside"}


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    plan = Plan(
        terms=plan_of("Kerguénec").terms, boxes=(Box(2, Rect(0.1, 0.1, 0.4, 0.2), "signature"),)
    )
    content = made.pdf([(FILLER, "Kerguénec"), (FILLER,), (FILLER,)])
    (tmp_path / "again").mkdir()

    one, done = copy_of(content, tmp_path, plan)
    other, _ = copy_of(content, tmp_path / "again", plan)

    assert one.read_bytes() == other.read_bytes()
    assert done.flattened == (1, 2)
    assert done.found
    assert {box.source for box in done.found.boxes} == {"term", "box"}


def test_other_words_stay_where_they_were(tmp_path: Path) -> None:
    path, _ = copy_of(made.pdf([(FILLER, "signé Kerguénec")]), tmp_path, plan_of("Kerguénec"))

    with pdfium.PdfDocument(path) as document:
        text = document[0].get_textpage().get_text_range()
    assert text.split() == [*FILLER.split(), "signé"]


def test_what_an_editor_keeps_stays(tmp_path: Path) -> None:
    plan = Plan(terms=plan_of("Kerguénec").terms, keep=(Keep(1, Rect(0, 0, 1, 0.5)),))
    path, done = copy_of(
        made.pdf([("le maire Kerguénec",), ("un habitant Kerguénec",)]), tmp_path, plan
    )

    assert done.found
    assert (done.found.found_count, done.found.covered_count) == (2, 1)
    assert failed(leaktest(path, plan, done)) == set()


def test_a_font_that_tells_letters_is_on_no_copied_page(tmp_path: Path) -> None:
    """Two pages share a font whose table of widths names the letters in use."""
    with pikepdf.open(BytesIO(made.pdf([("signé Kerguénec",), (FILLER,)]))) as document:
        font = document.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, FirstChar=32,
                LastChar=255, Widths=Array([500] * 224), Encoding=Name.WinAnsiEncoding,
            )
        )  # fmt: skip
        for page in document.pages:
            page.Resources.Font.F1 = font
        out = BytesIO()
        document.save(out)

    _, done = copy_of(out.getvalue(), tmp_path, plan_of("Kerguénec"))

    assert done.flattened == (1, 2)


def test_a_scan_is_read_hidden_and_read_again(tmp_path: Path) -> None:
    from PIL import ImageDraw, ImageFont

    image = Image.new("L", (1240, 1754), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(34)
    for row, line in enumerate(("COMMUNE DE VILLENEUVE", "Monsieur Marchandeau", "autorise")):
        draw.text((120, 200 + 80 * row), line, fill=0, font=font)
    out = BytesIO()
    image.save(out, "PNG", dpi=(150, 150))
    plan, model = plan_of("Marchandeau"), str(check_model())

    path, done = copy_of(
        out.getvalue(), tmp_path, plan, kind=Content("image", "image/png"), model=model
    )

    assert done.found
    assert done.found.covered_count == 1
    assert failed(leaktest(path, plan, done, model=model)) == set()
    with pdfium.PdfDocument(path) as document:
        assert "Monsieur" in document[0].get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (f"{FILLER}\nM. Marchandeau, {FILLER}".encode(), Content("text", "text/plain")),
        (
            b"<html><title>Marchandeau</title><p>M. <b>Mar</b>chandeau signe</p></html>",
            Content("html", "text/html"),
        ),
        (
            b"From: a@b.example\nSubject: x\n\nM. Marchan=\ndeau\n",
            Content("email", "message/rfc822"),
        ),
    ],
)
def test_what_has_no_pages_becomes_plain_text(
    content: bytes, kind: Content, tmp_path: Path
) -> None:
    plan = plan_of("Marchandeau")

    path, done = copy_of(content, tmp_path, plan, kind=kind)

    assert done.mime == "text/plain"
    text = path.read_text("utf-8")
    assert "█████ [PP]" in text
    assert "archan" not in text
    assert failed(leaktest(path, plan, done)) == set()


@pytest.mark.parametrize("content", [b"%PDF-1.4 rien", b"%PDF-1.7\n" + b"\0" * 300])
def test_a_broken_file_is_told_not_raised(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(content)
    job = redacting.Job(
        source=str(tmp_path / "source"), content=PDF, plan=plan_of("Marchandeau"), marks={}
    )

    assert redacting.make(job).problem
