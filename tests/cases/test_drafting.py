"""Choices and texts of a paper as values: what two people do at once is kept of both."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.cases.domain.drafting import (
    Changed,
    Choices,
    OwnMean,
    Standing,
    Written,
    check_text,
    frozen_of,
    merged,
    moved,
    read_choices,
    standing_of,
    thawed,
    withdrawn,
)
from contrechamp.cases.domain.papers import PaperKind, compose
from contrechamp.kernel.errors import Refused

from .drafts import cameras, processing

KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True).map(tuple)


@given(seen=KEYS, mine=KEYS, theirs=KEYS)
def test_two_who_tick_at_once_both_have_their_way(
    seen: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    start = Choices(means=seen)
    first = merged(start, seen=start, means=mine, facts=())
    both = set(merged(first, seen=start, means=theirs, facts=()).means)
    assert set(first.means) == set(mine)
    assert both >= (set(mine) | set(theirs)) - set(seen)
    assert not both & (set(seen) - set(mine))
    assert not both & (set(seen) - set(theirs))


@given(keys=KEYS.filter(bool), data=st.data())
def test_to_move_a_means_loses_none(keys: tuple[str, ...], data: st.DataObject) -> None:
    key, beside = data.draw(st.sampled_from(keys)), data.draw(st.sampled_from(keys))
    after = moved(Choices(means=keys), key, beside).means
    assert sorted(after) == sorted(keys)
    assert after.index(key) == keys.index(beside)
    with pytest.raises(Refused):
        moved(withdrawn(Choices(means=keys), key), key, beside)


def test_choices_are_read_as_they_were_kept() -> None:
    own = OwnMean(title="Un moyen", text="#x* @y", facts=("clm-0000000000",), is_external=True)
    choices = Choices(
        means=("necessite", "own-0000000000"),
        own={"own-0000000000": own},
        facts=("clm-0000000000",),
        options={"enjoin": "de cesser"},
    )
    assert read_choices(json.loads(json.dumps(choices.as_json()))) == choices


@pytest.mark.parametrize("kind", [PaperKind.ANNULMENT, PaperKind.GRACIEUX, PaperKind.COMPLAINT])
def test_a_final_paper_is_read_as_it_was_kept(kind: PaperKind) -> None:
    paper = compose(kind, processing() if kind is PaperKind.COMPLAINT else cameras())
    again = thawed(json.loads(json.dumps(frozen_of(paper))), paper.exhibits)
    assert again.sections == paper.sections
    assert not again.is_draft
    assert (again.sender, again.addressee, again.day) == (paper.sender, paper.addressee, paper.day)


def test_a_text_written_on_what_another_changed_is_kept_apart() -> None:
    with pytest.raises(Changed):
        check_text("Mon texte.", seen=1, latest=2)
    with pytest.raises(Refused):
        check_text(" \r\n ", seen=1, latest=1)
    assert check_text("a\r\nb ", seen=1, latest=1) == "a\nb"


def test_a_text_stands_to_the_facts_by_what_its_writer_had_read() -> None:
    assert standing_of(Written(), "b") is Standing.COMPUTED
    assert standing_of(Written(is_own=True, basis="b"), "b") is Standing.OWN
    assert standing_of(Written(is_own=True, basis="a"), "b") is Standing.BEHIND
