"""A request repeats no six words of a private text; what we say to everybody does not count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.foi.domain.boilerplate import boilerplate
from contrechamp.foi.domain.following import follow_up
from contrechamp.foi.domain.letter import compose
from contrechamp.foi.domain.secrecy import Run, shared_runs, words_of

from .facts import REPLY_TO, exchange, request

PRIVATE = "Le prestataire a livré en secret douze caméras pilotées depuis la cave de la mairie."


def test_six_words_in_a_row_are_found_where_the_draft_has_them() -> None:
    draft = "Les factures des douze caméras pilotées depuis la cave, depuis 2022."
    (run,) = shared_runs(draft, PRIVATE)
    assert run == Run(words="douze caméras pilotées depuis la cave", start=17, end=54, count=6)
    assert draft[run.start : run.end] == run.words


def test_five_words_are_not() -> None:
    assert shared_runs("douze caméras pilotées depuis la rue", PRIVATE) == ()


@pytest.mark.parametrize(
    "draft",
    [
        "DOUZE CAMERAS PILOTEES DEPUIS LA CAVE",
        "douze caméras, pilotées (depuis) la « cave »",
        "douze came\u0301ras pilo\u00adtées depuis\u00a0la cave",
        "douze-caméras/pilotées—depuis la\ncave",
        "ｄｏｕｚｅ caméras pilotées depuis la cave",
    ],
)
def test_case_accents_marks_and_invisible_signs_hide_nothing(draft: str) -> None:
    (run,) = shared_runs(draft, PRIVATE)
    assert run.count == 6
    assert draft[run.start : run.end] == run.words


def test_words_cut_at_the_end_of_a_line_are_mended() -> None:
    cut = PRIVATE.replace("pilotées", "pilo-\n  tées")
    assert shared_runs("douze caméras pilotées depuis la cave", cut)


def test_ligatures_are_opened() -> None:
    assert words_of("L’Œuvre, l'œil ; Straße") == ["l", "oeuvre", "l", "oeil", "strasse"]


def test_a_longer_run_is_one_run_and_two_runs_are_two() -> None:
    draft = f"{PRIVATE[:-1]} puis encore : {PRIVATE}"
    runs = shared_runs(draft, PRIVATE)
    assert [run.count for run in runs] == [15, 15]


def test_our_own_letters_betray_nothing() -> None:
    ours = boilerplate()
    letter = compose(request())
    apart = "\n".join(f"{each} mot{at}" for at, each in enumerate(ours))
    assert shared_runs(letter.text, apart, ours=ours) == ()
    held = f"{' '.join(letter.paragraphs)} {PRIVATE}".replace(REPLY_TO, "")
    assert shared_runs("\n".join(follow_up(exchange()).paragraphs[1:]), held, ours=ours) == ()


def test_a_private_sentence_is_found_though_it_stands_in_a_letter() -> None:
    letter = compose(request(items=(f"Le rapport : {PRIVATE}",)))
    assert [run.count for run in shared_runs(letter.text, PRIVATE, ours=boilerplate())] == [15]


def test_a_run_has_a_word() -> None:
    assert [run.words for run in shared_runs("a b", "b c", 1)] == ["b"]
    with pytest.raises(ValueError, match="at least one word"):
        shared_runs("a", "a", 0)


def test_five_hundred_pages_are_read_at_once() -> None:
    page = " ".join(f"mot{at % 977} terme{at % 331}" for at in range(250))
    long = "\n".join([page] * 500 + [PRIVATE])
    draft = "\n".join([compose(request()).text, PRIVATE])
    # A search that were quadratic would not end: the run says where it hangs.
    assert shared_runs(draft, long)


WORDS = st.lists(st.sampled_from("abc"), max_size=30)


@given(WORDS, WORDS, st.integers(1, 4))
def test_it_finds_what_a_plain_search_finds(draft: list[str], other: list[str], size: int) -> None:
    expected = {
        at
        for at in range(len(draft) - size + 1)
        if any(draft[at : at + size] == other[to : to + size] for to in range(len(other)))
        and len(draft[at : at + size]) == size
    }
    found = shared_runs(" ".join(draft), " ".join(other), size)
    covered = {at for run in found for at in range(run.start // 2, run.end // 2 - size + 2)}
    assert expected <= covered
    assert all(run.count >= size and run.end - run.start == 2 * run.count - 1 for run in found)
    assert covered <= {at + shift for at in expected for shift in range(size)}


@given(st.text(), st.text())
def test_any_text_can_be_read(draft: str, other: str) -> None:
    for run in shared_runs(draft, other, 2):
        assert draft[run.start : run.end] == run.words


@given(st.lists(st.sampled_from(["été", "Œil", "x", "42"]), min_size=6, max_size=12))
def test_a_text_always_repeats_itself(words: list[str]) -> None:
    (run,) = shared_runs(" ".join(words), "\n".join(words))
    assert run.count == len(words)
