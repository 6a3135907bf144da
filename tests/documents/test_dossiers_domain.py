"""Numbers, names and measures of a dossier; lists of what is to be in one."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.documents.domain.dossiers import (
    LONGEST_NAME,
    Cover,
    Dossier,
    Exhibit,
    Passage,
    Statement,
    cited,
    exhibit_name,
    flowing,
)
from contrechamp.documents.domain.layouts import FULL, STRIP_HEIGHT, size_words, strip_of
from contrechamp.documents.domain.stamping import placed
from contrechamp.documents.services.dossiers import read_list
from contrechamp.kernel.errors import Refused

HASH = "ab" * 32
QUOTE = "q-7h3kq0w2xz"
CLAIM = "clm-7h3kq0w2xz"


def exhibit(**fields: object) -> Exhibit:
    given: dict[str, object] = {"sha256": HASH, "title": "Délibération", "bytes": 1, "pages": 1}
    return Exhibit(**(given | fields))  # type: ignore[arg-type]


def test_a_file_is_named_by_its_number_its_date_and_its_title() -> None:
    named = exhibit_name(7, exhibit(title="Arrêté n° 12 : cœur de ville", dated="2023-11-03"))
    assert named == "07-2023-11-03-arrete-n-12-coeur-de-ville.pdf"


def test_a_date_that_is_a_guess_is_not_in_the_name() -> None:
    assert exhibit_name(1, exhibit(dated="vers 2018")) == "01-deliberation.pdf"


@given(st.text(max_size=300), st.integers(1, 99), st.sampled_from(["", "pdf"]))
def test_a_name_is_one_that_every_platform_bears(title: str, number: int, ending: str) -> None:
    named = exhibit_name(number, exhibit(title=title), ending)
    assert len(named) <= LONGEST_NAME
    assert named.isascii()
    assert named.count(".") == 1
    assert named.startswith(f"{number:02}")


def test_exhibits_are_numbered_as_they_are_first_cited() -> None:
    passages = [Passage(sha256=key, page_from=1, page_to=1) for key in ("b", "a", "b", "c")]
    statements = [Statement(sentence="…", passages=(each,)) for each in passages]
    assert cited(statements) == ["b", "a", "c"]
    bound = Dossier(
        cover=Cover(title="…", day="2026-01-01"),
        statements=tuple(statements),
        exhibits=tuple(exhibit(sha256=key) for key in cited(statements)),
    )
    assert bound.number_of("a") == 2


def test_words_flow_and_what_cannot_be_printed_is_left_out() -> None:
    assert flowing("Les\ncaméras\x00 \x0c sont\tlà") == "Les caméras sont là"


@given(st.floats(0, 0.9), st.floats(0.01, 0.1), st.floats(0.2, 4), st.floats(50, 2000))
def test_a_strip_fits_on_the_paper(top: float, tall: float, ratio: float, width: float) -> None:
    strip = strip_of([(0.1, top, 0.9, top + tall)], ratio, width)
    assert strip is not None
    assert 0 <= strip[0] < strip[1] <= 1
    assert strip[2] <= FULL
    assert strip[2] * ratio * (strip[1] - strip[0]) <= STRIP_HEIGHT + 1


def test_without_a_place_there_is_no_strip() -> None:
    assert strip_of([], 1.4, 595) is None


def test_sizes_are_written_as_one_reads_them() -> None:
    assert size_words(12, "fr") == "12\u00a0octets"
    assert size_words(1_234_000, "fr") == "1,2\u00a0Mo"
    assert size_words(1_234_000, "en") == "1.2\u00a0MB"


@given(st.sampled_from([0, 90, 180, 270, 450]), st.floats(10, 500), st.floats(10, 500))
def test_a_corner_that_one_sees_is_a_corner_of_the_page(
    rotation: int, wide: float, high: float
) -> None:
    box = (20.0, 30.0, 20 + wide, 30 + high)
    (a, b, c, d, e, f), seen_wide, seen_high = placed(box, rotation)
    for x, y in ((0.0, 0.0), (seen_wide, 0.0), (0.0, seen_high), (seen_wide, seen_high)):
        ux, uy = a * x + c * y + e, b * x + d * y + f
        assert min(abs(ux - box[0]), abs(ux - box[2])) < 1e-6
        assert min(abs(uy - box[1]), abs(uy - box[3])) < 1e-6


@pytest.mark.parametrize(
    "text",
    [
        f"Douze caméras\t/documents/{HASH}/page/2#{QUOTE}\n{CLAIM}\n",
        f"# un commentaire\n\nDouze caméras | {QUOTE}\n/fait/{CLAIM}\n",
        f"phrase;passage\nDouze caméras;{QUOTE}\n{CLAIM};\n",
        json.dumps([{"sentence": "Douze caméras", "quote": QUOTE}, CLAIM]),
        json.dumps([["Douze caméras", QUOTE], {"claim": CLAIM}]),
        f'{{"sentence": "Douze caméras", "quote": "{QUOTE}"}}\n{{"claim": "{CLAIM}"}}',
    ],
)
def test_a_list_is_read_in_each_of_its_forms(text: str) -> None:
    pair, claim = read_list(text)
    assert (pair.sentence, pair.quote) == ("Douze caméras", QUOTE)
    assert claim.claim == CLAIM


def test_a_page_with_its_words_will_do_for_a_quote() -> None:
    (pair,) = read_list(f"Douze caméras\t/documents/{HASH}/page/12\tau nombre de douze")
    assert (pair.sha256, pair.page, pair.exact) == (HASH, 12, "au nombre de douze")
    (whole,) = read_list(f"La délibération\t/documents/{HASH}")
    assert (whole.sha256, whole.page) == (HASH, 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "vide"),
        ("Douze caméras\tici", "Ligne 1"),
        (f"{CLAIM}\nn'importe quoi", "Ligne 2"),
        ("[1, 2", "JSON"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_list(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Refused):
        assert read_list(text)
