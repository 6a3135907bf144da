"""Where words stand: rectangles of a passage, passages of a rectangle, marks in a text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.documents.domain import layout, passages
from contrechamp.documents.domain.layout import Rect, Sign, Word

LINE_ONE = [Word(0, 2, 0.1, 0.1, 0.2, 0.12), Word(3, 8, 0.22, 0.1, 0.4, 0.12)]
LINE_TWO = [Word(9, 12, 0.1, 0.14, 0.25, 0.16)]
WORDS = [*LINE_ONE, *LINE_TWO]


def test_a_passage_has_one_rectangle_per_line() -> None:
    assert layout.rects_of(WORDS, 0, 12) == [
        Rect(0.1, 0.1, 0.4, 0.12),
        Rect(0.1, 0.14, 0.25, 0.16),
    ]


def test_a_word_that_is_cited_in_part_is_marked_in_part() -> None:
    (rect,) = layout.rects_of(WORDS, 1, 2)
    assert rect == Rect(0.15, 0.1, 0.2, 0.12)


def test_a_rectangle_gives_the_words_whose_middle_it_holds() -> None:
    assert layout.span_of(WORDS, [Rect(0, 0.09, 0.5, 0.13)]) == (0, 8)
    assert layout.span_of(WORDS, [Rect(0.5, 0.5, 0.6, 0.6)]) is None


@given(st.integers(0, 12), st.integers(0, 12))
def test_rectangles_stay_inside_the_words(start: int, end: int) -> None:
    for rect in layout.rects_of(WORDS, start, end):
        assert 0.1 <= rect.x0 <= rect.x1 <= 0.4
        assert rect.y0 in {0.1, 0.14}


@pytest.mark.parametrize(
    "values",
    [[0.1, 0.1], [0.1, 0.1, 0.1, 0.1], [0, 0, 2, 1], [float("nan"), 0, 1, 1], [0.5, 0.5, 0.5, 0.9]],
)
def test_a_rectangle_that_is_none_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match=r"rectangle|fractions"):
        layout.check_rect(values)


def test_corners_may_come_in_any_order() -> None:
    assert layout.check_rect([0.9, 0.8, 0.1, 0.2]) == Rect(0.1, 0.2, 0.9, 0.8)


def _signs(text: str) -> list[Sign]:
    return [Sign(sign, n / 100, 0.1, (n + 1) / 100, 0.2) for n, sign in enumerate(text)]


def test_each_word_gets_the_box_of_its_signs() -> None:
    words = layout.align(_signs("ab cde"), "ab\ncde")
    assert words == [Word(0, 2, 0.0, 0.1, 0.02, 0.2), Word(3, 6, 0.03, 0.1, 0.06, 0.2)]


def test_signs_that_the_text_lacks_do_not_shift_the_rest() -> None:
    words = layout.align(_signs("ab# cde"), "ab cde")
    assert words[-1] == Word(3, 6, 0.04, 0.1, 0.07, 0.2)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70))))
def test_the_pieces_of_a_text_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [(start, end, str(number)) for number, (start, end) in enumerate(spans)]
    found = layout.pieces(text, marks)

    assert "".join(piece.text for piece in found) == text
    for start, end, key in marks:
        marked = "".join(piece.text for piece in found if key in piece.keys)
        assert marked == text[max(start, 0) : max(end, 0)]


@given(st.text(st.sampled_from("Aab.!? \n«1"), max_size=200))
def test_sentences_hold_every_word_once(text: str) -> None:
    spans = layout.sentences(text)

    assert "".join("".join(text[s:e].split()) for s, e in spans) == "".join(text.split())
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "Vu l'art. L. 252-1 du code. M. Durand signe.\nArticle 2 : Le maire exécute."
    assert [text[s:e] for s, e in layout.sentences(text)] == [
        "Vu l'art. L. 252-1 du code.",
        "M. Durand signe.",
        "Article 2 : Le maire exécute.",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("camera", ["caméras"]),
        ("CAMÉRAS", ["caméras"]),
        ('"reconnaissance faciale"', ["Reconnaissance\nfaciale"]),
        ("oeuvre", ["œuvre"]),
        ("vidéo*", ["vidéoprotection"]),
        ("l'œuvre", ["l", "œuvre"]),
        ("-camera commune:06088", []),
        ("lapi", []),
        ("", []),
    ],
)
def test_words_are_found_whatever_accents_case_and_plural(query: str, found: list[str]) -> None:
    text = "Les caméras de vidéoprotection, la Reconnaissance\nfaciale ; l'œuvre des LAPINS."
    hits = passages.occurrences(text, passages.terms(query))

    assert [text[s:e] for s, e in hits] == found


@given(st.text(max_size=80), st.text(max_size=30))
def test_a_search_never_fails_and_stays_inside_the_text(text: str, query: str) -> None:
    for start, end in passages.occurrences(text, passages.terms(query)):
        assert 0 <= start < end <= len(text)


def test_an_extract_shows_the_words_around_a_hit() -> None:
    text = "mot " * 60 + "caméra " + "mot " * 60
    (extract,) = passages.extracts(text, passages.occurrences(text, passages.terms("camera")))

    assert [piece.text for piece in extract.pieces if piece.keys] == ["caméra"]
    assert extract.cut_before
    assert extract.cut_after


@given(st.text(st.sampled_from("Aab.: \n-1"), max_size=200))
def test_a_text_that_flows_is_the_same_text(text: str) -> None:
    assert "".join(layout.flow(text)) == text


def test_lines_flow_but_for_titles_lists_and_paragraphs() -> None:
    text = (
        "ARRÊTÉ\n"
        "Le maire est autorisé à installer un système de\n"
        "vidéoprotection composé de douze caméras, pour\n"
        "une durée de cinq ans renouvelable une fois.\n"
        "Article 2 : le public est informé par affiches,\n"
        "- à chaque entrée."
    )
    assert [part.strip()[:8] for part in layout.flow(text)] == [
        "ARRÊTÉ", "Le maire", "Article ", "- à chaq",
    ]  # fmt: skip
