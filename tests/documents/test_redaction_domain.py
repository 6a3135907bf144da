"""Where words to hide stand, how wide a box becomes, what a plan may say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.documents.domain.layout import Rect
from contrechamp.documents.domain.redaction.finding import find, parts
from contrechamp.documents.domain.redaction.growth import STEP_PT, grown, touches
from contrechamp.documents.domain.redaction.leaks import check_elsewhere, check_picture
from contrechamp.documents.domain.redaction.plan import (
    BadPlan,
    Plan,
    Term,
    read_box,
    read_plan,
    read_terms,
)

REASONS = ("private_person", "contact")
NAME = Term("Noémie Delépine-Roux")


def seen(text: str, term: Term, **how: bool) -> list[str]:
    return [text[start:end] for start, end in find(text, term, **how)]


@pytest.mark.parametrize(
    "text",
    [
        "Madame Noémie Delépine-Roux, née à Villeneuve",
        "NOEMIE DELEPINE-ROUX",
        "noemie\ndelepine roux",
        "Noémie Delé-\npine-Roux",
        "NoémieDelépineRoux",
        "N o é m i e D e l é p i n e R o u x",
        "No\u00adémie Delépine\u2011Roux",
    ],
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert len(find(text, NAME)) == 1


@pytest.mark.parametrize("text", ["Marchandeau", "Rnarchandeau", "Marchandcau", "MARCHANDEAU2"])
def test_a_machine_may_have_misread_it(text: str) -> None:
    assert seen(text, Term("Marchandeau")) == [text.rstrip("2")]


def test_a_letter_is_wrong_only_where_a_machine_read() -> None:
    assert seen("Morchandeau", Term("Marchandeau")) == []
    assert seen("Morchandeau", Term("Marchandeau"), misread=True) == ["Morchandeau"]


def test_a_whole_word_is_not_the_beginning_of_another() -> None:
    assert seen("En Martinique, Martin.", Term("Martin")) == ["Martin"]
    assert seen("En Martinique", Term("Martin", whole_word=False)) == ["Martin"]
    assert seen("MonsieurMartin", Term("Martin")) == ["Martin"]


@pytest.mark.parametrize(
    "text", ["06 12 34 56 78", "0612345678", "06.12.34.56.78", "+33 6 12 34 56 78", "0033612345678"]
)
def test_a_telephone_number_is_found_however_it_is_grouped(text: str) -> None:
    assert len(find(f"Tél. {text} le matin", Term("06 12 34 56 78"))) == 1
    assert len(find(f"Tél. {text} le matin", Term("", kind="telephone"))) == 1


@pytest.mark.parametrize(
    ("kind", "text", "no"),
    [
        ("email", "a.b-c@mairie.example", "10 euros @ la pièce"),
        ("iban", "FR76 3000 6000 0112 3456 7890 189", "FR76 3000 6000 0112 3456 7890 188"),
        ("plate", "AB-123-CD", "ART-123-CD"),
    ],
)
def test_kinds_of_words_are_found(kind: str, text: str, no: str) -> None:
    assert seen(f"voir {text}, merci", Term("", kind=kind)) == [text]
    assert seen(f"voir {no}, merci", Term("", kind=kind)) == []


def test_a_part_that_stands_alone_tells_the_whole() -> None:
    text = "Delépine reste, elépin aussi ; la République et le maire non."
    assert [text[a:b] for a, b in parts(text, NAME)] == ["Delépine", "elépin"]
    assert parts("rue de la République", Term("12 rue de la République")) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_finding_never_fails_and_stays_inside_the_text(text: str, words: str) -> None:
    for misread in (False, True):
        for start, end in find(text, Term(f"x{words}"), misread=misread):
            assert 0 <= start < end <= len(text)
    for start, end in parts(text, Term(f"x{words}")):
        assert 0 <= start < end <= len(text)


@given(st.floats(0, 0.9), st.floats(0.001, 0.09), st.floats(0, 1))
def test_a_box_grows_to_a_step_or_to_the_end_of_the_line(
    x0: float, wide: float, end: float
) -> None:
    rect = Rect(x0, 0.5, x0 + wide, 0.51)
    box = grown(rect, 595, 842, end)
    assert box.x0 <= rect.x0
    assert box.x1 >= rect.x1
    assert touches(box, rect)
    steps = (box.x1 - box.x0) * 595 / STEP_PT
    assert abs(steps - round(steps)) < 0.01 or box.x1 >= min(end, 1.0) - 0.001


def test_a_plan_is_read_and_written_alike() -> None:
    data = {
        "terms": [
            {"text": "Delépine", "reason": "private_person", "whole_word": False},
            {"kind": "email", "reason": "contact"},
        ],
        "boxes": [
            {"page": 2, "rect": [0.1, 0.2, 0.3, 0.4], "reason": "contact"},
            {"page": 3, "rect": [0, 0, 1, 1], "reason": "contact", "from": "screening"},
        ],
        "keep": [{"page": 1, "rect": [0, 0, 1, 0.1]}],
    }
    plan = read_plan(data, REASONS)
    assert read_plan(plan.as_json(), REASONS) == plan
    assert len(plan.terms) == 2
    assert [box.source for box in plan.boxes] == ["box", "screening"]


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"words": []},
        {"terms": ["secretmot"]},
        {"terms": [{"text": "secretmot", "reason": "because"}]},
        {"terms": [{"text": "!", "reason": "contact"}]},
        {"terms": [{"kind": "secretmot", "reason": "contact"}]},
        {"boxes": [{"page": 0, "rect": [0, 0, 1, 1], "reason": "contact"}]},
        {"boxes": [{"page": 1, "rect": [0, 0, 7, 1], "reason": "contact"}]},
        {"keep": [{"page": 1}]},
    ],
)
def test_a_bad_plan_is_refused_without_its_words(data: Any) -> None:
    with pytest.raises(BadPlan) as refused:
        read_plan(data, REASONS)
    assert "secretmot" not in str(refused.value)


def test_words_are_in_no_representation() -> None:
    plan = Plan(terms=read_terms(["Delépine", " "], "contact", REASONS, kinds=["iban"]))
    assert "Del" not in repr(plan) + repr(plan.terms)
    assert len(plan.terms) == 2


def test_a_box_is_read_from_words() -> None:
    assert read_box("3:.1,.2,.3,.4", "contact").rect == Rect(0.1, 0.2, 0.3, 0.4)
    for text in ("x:1,2", "1:0,0,0,0", "0:0,0,1,1", "1"):
        with pytest.raises(BadPlan):
            read_box(text, "contact")


def test_the_same_sentence_elsewhere_blocks_until_it_is_decided() -> None:
    sentence = "Le marché est signé par Noémie Delépine-Roux pour la commune de Villeneuve."
    other = ("p. 1", f"Compte rendu. {sentence.upper()} Fin.")
    terms = (NAME,)
    assert not check_elsewhere([sentence], [other], terms).passed
    assert check_elsewhere([sentence], [other], terms, is_decided=True).passed
    assert check_elsewhere([sentence], [("p. 1", "Noémie Delépine-Roux")], terms).passed


def test_a_word_that_is_nearly_the_same_may_stay_where_it_is_written() -> None:
    terms = (Term("commune"),)

    def passes(read: str, left: str) -> bool:
        return check_picture({}, [], {}, {1: read}, terms, {}, {1: left}).passed

    assert passes("les communes du Var", "les communes du Var")
    assert not passes("la comnune du Var", "la du Var")
    assert not passes("la commune du Var", "la commune du Var")
