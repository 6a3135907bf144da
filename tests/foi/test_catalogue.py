"""The catalogue: 33 whole lines, wordings that name documents, a ladder for each."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from contrechamp.foi.domain.catalogue import (
    COUNT,
    CatalogueFault,
    Document,
    Filling,
    Holder,
    NoPeriod,
    Step,
    boilerplate,
    catalogue,
    ladder,
    next_step,
    read,
    worded,
)
from contrechamp.foi.domain.guards import _MOTIVES
from contrechamp.foi.domain.wording import set_in_french
from contrechamp.kernel.typography import faults

TEXT = files("contrechamp").joinpath("vocabulary", "documents.toml").read_text("utf-8")
DOCUMENTS = tuple(catalogue().values())
EACH = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each.code)
FILLING = Filling(since=date(2022, 1, 1), project="Essai", supplier="Essais réunis")


def test_there_are_thirty_three_with_their_holders() -> None:
    assert [each.number for each in DOCUMENTS] == list(range(1, COUNT + 1))
    holders = {each.number: "".join(each.holders) for each in DOCUMENTS}
    assert holders[1] == "TPMO"
    assert holders[8] == "P"
    assert holders[13] == "TPMS"
    assert holders[30] == "ST"
    assert set("".join(holders.values())) == {each.value for each in Holder}


@EACH
def test_each_names_a_document_its_object_and_its_period(document: Document) -> None:
    for step in Step:
        said = worded(document, FILLING, step)
        assert "1er\u00a0janvier\u00a02022" in said
        assert "Essai" in said
        assert "?" not in said
        assert "{" not in said
        assert said[0].isupper()
        assert said.endswith(".")


@EACH
def test_each_is_set_in_french_without_a_fault(document: Document) -> None:
    texts = [worded(document, FILLING, step) for step in Step]
    texts += [document.answer, document.label.fr, document.objection.fr]
    texts += [each.fr for each in document.warnings]
    for text in texts:
        assert faults(text) == []
        assert set_in_french(text) == set_in_french(set_in_french(text))
        assert not _MOTIVES.search(text), text
        assert " de le " not in text
        assert " à le " not in text


@EACH
def test_without_project_or_supplier_it_speaks_in_general(document: Document) -> None:
    for _, said in ladder(document, Filling(since="2022")):
        assert "depuis 2022" in said
        assert "«" not in said


@EACH
def test_each_has_terms_to_look_for_among_opinions(document: Document) -> None:
    assert document.cada_terms
    assert all(term and '"' not in term and " OR " not in term for term in document.cada_terms)


def test_the_ladder_goes_from_the_whole_to_the_certificate() -> None:
    assert [step for step, _ in ladder(DOCUMENTS[0], FILLING)] == list(Step)
    assert next_step(Step.WHOLE) is Step.MASKED
    assert next_step(Step.CONSULTATION) is Step.CERTIFICATE
    assert next_step(Step.CERTIFICATE) is None


def test_what_one_types_is_printed_as_typed() -> None:
    said = worded(DOCUMENTS[0], Filling(since="2022", project="{since} : l'œil"))
    assert "« {since} : l'œil\u00a0»" in said.replace("«\u00a0", "« ")


def test_without_a_period_it_is_refused() -> None:
    with pytest.raises(NoPeriod, match="depuis quand"):
        worded(DOCUMENTS[0], Filling(since=" "))


def test_the_sixth_says_that_it_is_public_already() -> None:
    assert "publiés" in catalogue()["video-authorisations"].warnings[0].fr
    assert catalogue()["sound-sensors"].is_environmental


def test_a_document_knows_its_slots_and_its_answer_is_ready_for_a_letter() -> None:
    agreements = catalogue()["partnership-agreements"]
    assert agreements.slots == {"supplier", "since", "project"}
    assert "article L.\u00a0311-6" in agreements.answer_set


def test_what_is_the_same_for_everybody_holds_no_slot() -> None:
    ours = boilerplate(catalogue())
    assert len(ours) > COUNT * len(Step)
    assert not any("{" in each for each in ours)


FIRST = TEXT[: TEXT.index("[[document]]", TEXT.index("[[document]]") + 1)]
REST = TEXT[len(FIRST) :]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[[document]]", "[[document", "documents.toml"),
        ("[[document]]", "[[other]]", "1 to 33"),
        ("number = 1\n", "", "number missing"),
        ("number = 1\n", "number = 2\n", "1 to 33"),
        ('code = "impact-assessment"\n', "", "code missing"),
        ('code = "impact-assessment"', 'code = "dpo-opinion"', "twice"),
        ('code = "impact-assessment"', 'code = "AIPD"', "hyphens"),
        ("number = 1\n", 'number = 1\nodds = "x"\n', "odds unknown"),
        ('holders = ["T", "P", "M", "O"]', 'holders = ["X"]', "'X' is not a valid Holder"),
        ('holders = ["T", "P", "M", "O"]', "holders = []", "no holder"),
        ("hook = [", "hook = []\nx = [", "x unknown"),
        (', en = "Data-protection impact assessment"', "", "'en'"),
        ("établies depuis {since}", "établies", "no period"),
        ("concernant {project}, dans", "dans", "no object"),
        ("concernant {project}, dans", "concernant {thing} {project}, dans", "'thing'"),
        ("avec ses annexes.", "avec ses annexes ?", "asks a question"),
        ('of_named = "de l', 'of_named = ""\nanswered = "', "answered unknown"),
        (' OR AIPD OR "', ' AND AIPD OR "', "joined by OR"),
    ],
)
def test_a_line_that_is_not_whole_is_refused(old: str, new: str, fault: str) -> None:
    assert old in FIRST
    with pytest.raises(CatalogueFault, match=fault):
        read(FIRST.replace(old, new, 1) + REST)


def test_an_empty_text_or_hook_is_refused() -> None:
    at = FIRST.index("hook = [")
    line = FIRST[at : FIRST.index("\n", at)]
    with pytest.raises(CatalogueFault, match="no legal hook"):
        read(FIRST.replace(line, "hook = []") + REST)
    with pytest.raises(CatalogueFault, match="of_named is empty"):
        read(
            FIRST.replace("de l'analyse d'impact relative à la protection des données\"\nm", '"\nm')
            + REST
        )
