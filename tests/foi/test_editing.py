"""A letter changed by hand keeps its legal parts, and its documents where they stood."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.foi.domain import catalogue, editing, telling
from contrechamp.foi.domain.filling import Entry, chosen, default_since, filling_of, title_of
from contrechamp.foi.domain.guards import BodyFacts, Draft, DraftItem
from contrechamp.foi.domain.letter import LetterFacts, compose
from contrechamp.foi.domain.paper import Addressee, Items, Paragraph
from contrechamp.foi.domain.requester import Kind, Requester

TODAY = date(2026, 1, 15)
WHO = Requester(kind=Kind.ASSOCIATION, name="Les Yeux ouverts", number="W991234567")
LETTER = compose(
    LetterFacts(
        requester=WHO,
        body=Addressee(name="Mairie de Valbrume"),
        items=("Le contrat.", "L'avenant."),
        about="Le contrat",
        reference="req-0000000000",
        day=TODAY,
        reply_to="req@exemple.invalid",
    )
)


def test_what_is_not_changed_is_the_same_letter() -> None:
    text = editing.check_text(editing.editable(LETTER))
    assert editing.blocks_of(text, LETTER.items) == LETTER.blocks


@pytest.mark.parametrize("part", editing.PARTS, ids=lambda part: part.code)
def test_each_part_that_is_lost_is_said(part: editing.Part) -> None:
    text = part.pattern.sub("", editing.editable(LETTER))
    assert [each.code for each in editing.lost(text)] == [part.code]
    with pytest.raises(editing.Mutilated):
        editing.check_text(text)


def test_a_letter_too_long_is_refused() -> None:
    with pytest.raises(editing.Mutilated, match="raccourcissez"):
        editing.check_text(editing.editable(LETTER) + "mot " * 5000)


def test_documents_stand_where_their_line_stands_once() -> None:
    blocks = editing.blocks_of(f"Avant {editing.MARK} après\n\n{editing.MARK}\n\nfin", ("un",))
    assert blocks == (Paragraph("Avant"), Items(("un",)), Paragraph("après"), Paragraph("fin"))


@given(st.text(max_size=200))
def test_no_word_of_ones_own_is_lost(text: str) -> None:
    kept = " ".join(
        block.text for block in editing.blocks_of(text, ()) if isinstance(block, Paragraph)
    )
    plain = editing._MARK.sub(" ", text.replace("\r\n", "\n"))
    assert "".join(kept.split()) == "".join(plain.split())


def test_what_the_catalogue_words_follows_what_fills_it() -> None:
    before = filling_of({"since": "2022-01-01"}, TODAY)
    after = filling_of({"since": "2020-01-01", "project": "Vidéo"}, TODAY)
    first = chosen((), codes=["camera-list"], own=["Le rapport 2023"], before=before, after=before)
    then = chosen(first, codes=["camera-list"], own=["Le rapport 2023"], before=before, after=after)
    assert "2020" in then[0].wording
    assert "Vidéo" in then[0].wording
    assert then[1] == first[1]


def test_what_was_reworded_is_never_overwritten() -> None:
    filling = filling_of({}, TODAY)
    mine = (Entry("camera-list", "La liste des caméras, sans plan"),)
    assert (
        chosen(
            mine,
            codes=["camera-list"],
            own=[],
            before=filling,
            after=filling_of({"since": "2019-01-01"}, TODAY),
        )
        == mine
    )


def test_an_unknown_code_asks_for_nothing() -> None:
    filling = filling_of({}, TODAY)
    assert chosen((), codes=["zorglub"], own=[], before=filling, after=filling) == ()


def test_four_whole_years_are_asked_for_when_nothing_is_said() -> None:
    assert default_since(TODAY) == date(2022, 1, 1)
    assert filling_of({"since": "l'été 2021"}, TODAY).since == "l'été 2021"


def test_a_title_is_made_of_what_is_asked() -> None:
    assert title_of([Entry("camera-list", "x")], "Vidéo") == "Liste des caméras : Vidéo"
    assert title_of([]) == ""


def drafted(*items: DraftItem) -> Draft:
    return Draft(
        requester=WHO, body=BodyFacts(key="", name=""), items=items, about="", object_key=""
    )


def test_no_wording_of_the_catalogue_is_too_precise() -> None:
    filling = catalogue.Filling(since=TODAY, project="Vidéo urbaine", supplier="Exemple Optique")
    items = [
        DraftItem(text=catalogue.worded(each, filling), code=each.code)
        for each in catalogue.catalogue().values()
    ]
    assert list(telling.precise_findings(drafted(*items))) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Le courriel du 12 mars 2024 au prestataire", "12 mars 2024"),
        ("La note du 03/04/2023", "03/04/2023"),
        ("Le rapport n° 2024-113 du service", "n° 2024-113"),
        ("La note « Phase deux du déploiement »", "Phase deux du déploiement"),
        ("Le dossier DGS/2023-45", "DGS/2023-45"),
    ],
)
def test_what_only_a_reader_of_the_document_knows_is_told(text: str, words: str) -> None:
    found = list(telling.precise_findings(drafted(DraftItem(text=text))))
    assert [each.values["words"] for each in found] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Le contrat conclu depuis le 1er janvier 2022",
        "Le registre prévu par la loi n° 78-17",
        "L'avis n° 20192284 de la CADA",
    ],
)
def test_a_period_and_a_law_are_no_secret(text: str) -> None:
    assert list(telling.precise_findings(drafted(DraftItem(text=text)))) == []
