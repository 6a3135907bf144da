"""Redactions that hide nothing are found, those that hide are left in peace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary, Name

from contrechamp.documents.domain.hidden import Finding, Verdict, inspect, merge, verdict_of
from contrechamp.documents.domain.hidden.finding import Kind
from contrechamp.documents.domain.reasons import CannotRead
from tests.documents import concealed
from tests.documents.concealed import BOX, HIDDEN, PAPER, SECRET, VISIBLE
from tests.shared import shared

BAD = {"rectangles_yes", "rectangles_yes_2", "bad_cross_hatched_redactions"}


def looked(path: Path) -> tuple[Verdict, tuple[Finding, ...]]:
    found = inspect(path, 1, 100).findings
    return verdict_of(found), found


def image(**fields: Any) -> Any:
    return lambda document: Dictionary(Im0=concealed.picture(document, **fields))


DRAWN_OVER = "q 130 0 0 20 70 595 cm /Im0 Do Q "


@pytest.mark.parametrize(
    ("content", "kind", "verdict", "resources"),
    [
        (VISIBLE + HIDDEN + BOX, Kind.COVERED, "bad", {}),
        (VISIBLE + HIDDEN + PAPER, Kind.COVERED, "suspect", {}),
        (VISIBLE + BOX + HIDDEN, Kind.SAME_COLOUR, "bad", {}),
        (VISIBLE + "1 g " + HIDDEN, Kind.SAME_COLOUR, "suspect", {}),
        (VISIBLE + HIDDEN + DRAWN_OVER, Kind.BEHIND_IMAGE, "bad", {"XObject": image()}),
        (VISIBLE + HIDDEN.replace("72 600", "72 -60"), Kind.OFF_PAGE, "suspect", {}),
        (VISIBLE + BOX + "3 Tr " + HIDDEN, Kind.OCR_LAYER, "bad", {}),
        (VISIBLE + "3 Tr " + HIDDEN, Kind.OCR_LAYER, "suspect", {}),
    ],
)
def test_text_that_nobody_sees_is_found(
    tmp_path: Path, content: str, kind: str, verdict: str, resources: Any
) -> None:
    found, findings = looked(concealed.made(content, tmp_path / "a.pdf", **resources))

    assert (found, {each.kind for each in findings}) == (verdict, {kind})
    assert findings[0].text.replace(" ", "") == SECRET.replace(" ", "")
    assert findings[0].characters == 13


def test_a_finding_says_where_it_is(tmp_path: Path) -> None:
    _, (found,) = looked(concealed.made(VISIBLE + HIDDEN + BOX, tmp_path / "a.pdf"))

    x0, y0, x1, y1 = found.rect
    assert x0 == pytest.approx(72 / 595, abs=0.01)
    assert 0.26 < y0 < y1 < 0.3
    assert 0.2 < x1 < 0.36


def test_a_turned_page_is_looked_at_as_one_sees_it(tmp_path: Path) -> None:
    def turn(document: Any, page: Any) -> None:
        page.Rotate = 90

    path = concealed.made(VISIBLE + HIDDEN + BOX, tmp_path / "a.pdf", turn)
    verdict, (found,) = looked(path)

    assert verdict == "bad"
    assert found.rect[0] > 0.65


def test_text_in_a_form_is_looked_at(tmp_path: Path) -> None:
    path = concealed.made(
        VISIBLE + "/Fm0 Do",
        tmp_path / "a.pdf",
        XObject=lambda document: Dictionary(
            Fm0=concealed.in_form(document, VISIBLE * 6 + HIDDEN + BOX)
        ),
    )
    assert looked(path)[0] == "bad"


def test_the_label_of_a_redaction_is_no_leak(tmp_path: Path) -> None:
    path = concealed.made(
        VISIBLE + "/Fm0 Do",
        tmp_path / "a.pdf",
        XObject=lambda document: Dictionary(Fm0=concealed.in_form(document, BOX + HIDDEN)),
    )
    assert looked(path)[0] == "suspect"


@pytest.mark.parametrize(
    "content",
    [
        VISIBLE,
        VISIBLE + BOX,
        VISIBLE + PAPER + HIDDEN,
        VISIBLE + BOX + "1 g " + HIDDEN,
        VISIBLE + HIDDEN + "0.5 w 72 598 m 200 598 l S",
        VISIBLE + "70 595 130 20 re S " + HIDDEN,
    ],
)
def test_what_one_sees_is_clean(tmp_path: Path, content: str) -> None:
    assert looked(concealed.made(content, tmp_path / "a.pdf")) == (Verdict.CLEAN, ())


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (concealed.note("Redact"), Kind.ANNOTATION),
        (concealed.note("Square", IC=[0, 0, 0]), Kind.ANNOTATION),
        (concealed.attached, Kind.ATTACHMENT),
    ],
)
def test_what_lies_beside_the_pages_is_suspect(tmp_path: Path, change: Any, kind: str) -> None:
    verdict, findings = looked(concealed.made(VISIBLE, tmp_path / "a.pdf", change))

    assert (verdict, {each.kind for each in findings}) == ("suspect", {kind})


def test_an_annotation_without_ground_hides_nothing(tmp_path: Path) -> None:
    path = concealed.made(VISIBLE + HIDDEN, tmp_path / "a.pdf", concealed.note("Square"))
    assert looked(path)[0] == "clean"


def test_a_thumbnail_and_a_hidden_field_are_found(tmp_path: Path) -> None:
    def change(document: Any, page: Any) -> None:
        page.Thumb = document.make_stream(b"\0")
        given: Any = {
            "Type": Name.Annot,
            "Subtype": Name.Widget,
            "FT": Name.Tx,
            "V": SECRET,
            "Rect": [0, 0, 50, 20],
        }
        fields = [
            document.make_indirect(Dictionary(T=name, F=flags, **given))
            for name, flags in (("a", 2), ("b", 4))
        ]
        page.Annots = pikepdf.Array(fields)
        document.Root.AcroForm = Dictionary(Fields=pikepdf.Array(fields))

    _, findings = looked(concealed.made(VISIBLE, tmp_path / "a.pdf", change))

    assert {each.kind for each in findings} == {Kind.ATTACHMENT, Kind.ANNOTATION}
    assert [each.text for each in findings if each.characters] == [SECRET]


def test_an_earlier_revision_that_said_more_is_found(tmp_path: Path) -> None:
    verdict, findings = looked(concealed.revised(tmp_path / "a.pdf"))

    assert verdict == "suspect"
    assert [(each.kind, sorted(each.text.split())) for each in findings] == [
        (Kind.OLD_REVISION, sorted(SECRET.split()))
    ]


def test_a_linearised_file_has_one_revision(tmp_path: Path) -> None:
    concealed.made(VISIBLE, tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as document:
        document.save(tmp_path / "b.pdf", linearize=True)
    assert looked(tmp_path / "b.pdf")[0] == "clean"


def test_a_layer_that_is_switched_off_is_found(tmp_path: Path) -> None:
    verdict, findings = looked(concealed.layered(tmp_path / "a.pdf"))

    assert (verdict, {each.kind for each in findings}) == ("suspect", {Kind.HIDDEN_LAYER})
    assert sum(each.characters for each in findings) == 13


def test_an_image_of_which_a_part_is_cut_away_is_found(tmp_path: Path) -> None:
    content = VISIBLE + "q 70 500 50 50 re W n 200 0 0 200 70 400 cm /Im0 Do Q"
    path = concealed.made(content, tmp_path / "a.pdf", XObject=image(grey=90, mark=200))

    verdict, findings = looked(path)

    assert (verdict, {each.kind for each in findings}) == ("suspect", {Kind.CLIPPED_IMAGE})


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    x=st.integers(60, 300),
    y=st.integers(60, 760),
    size=st.integers(7, 30),
    word=st.text("abcdefghkmnoprstuvwxyz", min_size=3, max_size=8),
    shade=st.floats(0, 0.2),
)
def test_a_dark_box_over_any_word_is_bad_and_the_word_alone_is_clean(
    tmp_path: Path, x: int, y: int, size: int, word: str, shade: float
) -> None:
    text = f"BT /F1 {size} Tf {x} {y} Td ({word}) Tj ET "
    box = f"{shade:.3f} g {x - 2} {y - size / 3:.2f} {size * len(word) + 4} {size * 1.4:.2f} re f"

    assert looked(concealed.made(text, tmp_path / "seen.pdf"))[0] == "clean"
    verdict, (found,) = looked(concealed.made(text + box, tmp_path / "hidden.pdf"))
    assert (verdict, found.text, found.characters) == ("bad", word, len(word))


def test_parts_of_a_file_are_joined_in_order(tmp_path: Path) -> None:
    path = concealed.made(VISIBLE + HIDDEN + BOX, tmp_path / "a.pdf")
    whole = inspect(path, 1, 10)

    assert merge([inspect(path, 2, 10), whole, whole]) == whole
    assert merge([]).pages_count == 0


def test_what_is_no_pdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(CannotRead):
        inspect(tmp_path / "a.pdf", 1, 10)


def test_real_files_three_of_twenty_seven_are_bad() -> None:
    folder = shared("bad_redactions")
    verdicts = {path.stem: looked(path)[0] for path in sorted(folder.glob("*.pdf"))}

    assert len(verdicts) == 27
    assert {name for name, verdict in verdicts.items() if verdict == "bad"} == BAD
