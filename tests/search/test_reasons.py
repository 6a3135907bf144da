"""Why something is a result, as the words say it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.foundation import vocabulary
from contrechamp.search.domain import (
    Atom,
    Clause,
    Parsed,
    Reason,
    Synonyms,
    literally,
    parse,
    reasons_for,
)

LIST = Synonyms(row["terms"] for row in vocabulary.terms("synonyms").values())


def why(typed: str, title: str = "", text: str = "", also: str = "") -> tuple[Reason, ...]:
    return reasons_for(LIST.expand(parse(typed)), title=title, text=text, also=also)


def test_a_word_as_it_was_typed_or_in_another_form() -> None:
    assert why("drone", text="Un drone") == (Reason("drone", "typed", "drone", ("text",)),)
    assert why("camera", title="Des caméras") == (Reason("camera", "form", "caméras", ("title",)),)


def test_a_synonym_is_told_only_when_the_word_itself_is_not_there() -> None:
    (told,) = why("CCTV", text="La vidéoprotection")
    assert (told.how, told.found) == ("synonym", "vidéoprotection")
    (told,) = why("CCTV", text="La vidéoprotection (CCTV)")
    assert told.how == "typed"


def test_a_synonym_of_several_words_is_shown_as_it_stands() -> None:
    (told,) = why("LAPI", text="la lecture automatisée de plaques")
    assert (told.how, told.found) == ("synonym", "lecture automatisée de plaques")


def test_each_part_of_a_query_has_its_own_reason() -> None:
    told = why('nice "trente jours" algorithm*', title="Nice", text="trente jours", also="x")
    assert [each.how for each in told] == ["typed", "typed"]
    assert [each.where for each in told] == [("title",), ("text",)]
    (told_begun,) = why("algorithm*", text="Algorithmique")
    assert (told_begun.how, told_begun.found) == ("begins", "Algorithmique")


def test_a_number_is_found_among_other_names() -> None:
    assert why("210600888", title="Nice", also="210600888")[0].where == ("name",)


def test_a_corrected_word_is_told() -> None:
    clause = Clause((Atom(("drene",)), Atom(("drone",), typed=False, corrected=True)))
    (told,) = reasons_for(Parsed((clause,)), title="", text="Le drone", also="")
    assert (told.how, told.typed, told.found) == ("corrected", "drene", "drone")


def test_what_is_excluded_is_no_reason() -> None:
    assert why("-drone", text="drone") == ()


def test_words_taken_literally_have_no_other_form() -> None:
    parsed = literally(parse("caméras vidéo*"))
    assert reasons_for(parsed, title="", text="caméra", also="") == ()
    assert parsed.clauses[1].atoms[0].prefix


@given(st.text(max_size=40), st.text(max_size=60), st.text(max_size=20))
def test_a_reason_shows_words_that_stand_there(typed: str, text: str, title: str) -> None:
    for reason in why(typed, title=title, text=text):
        assert reason.where
        assert all(part in f"{title} {text}" for part in reason.found.split())


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("vidéosurveillance", "vidéoprotection"),
        ("CCTV", "vidéoprotection"),
        ("VSA", "vidéosurveillance algorithmique"),
        ("vidéosurveillance augmentée", "caméras intelligentes"),
        ("LAPI", "lecture automatisée de plaques"),
        ("number plate recognition", "LAPI"),
        ("drone", "aéronef"),
        ("UAS", "drone"),
        ("facial recognition", "reconnaissance faciale"),
        ("bodycam", "caméra-piéton"),
        ("caméras individuelles", "caméra-piéton"),
        ("CSU", "centre de supervision urbain"),
        ("AIPD", "analyse d'impact"),
        ("DPIA", "AIPD"),
        ("RGPD", "GDPR"),
        ("prefpol", "préfecture de police"),
        ("boîtes noires", "algorithmes de renseignement"),
        ("predictive policing", "police prédictive"),
        ("marché public", "commande publique"),
        ("MAPA", "procédure adaptée"),
    ],
)
def test_the_words_of_the_field_find_each_other(typed: str, other: str) -> None:
    (told,) = why(typed, text=other)
    assert told.how == "synonym"


def test_no_term_is_in_two_groups() -> None:
    """Else two things that are not the same would be taken for each other."""
    seen: dict[tuple[str, ...], str] = {}
    for code, row in vocabulary.terms("synonyms").items():
        for term in row["terms"]:
            (clause,) = parse(f'"{term}"').clauses
            key = clause.atoms[0].words
            assert seen.setdefault(key, code) == code, term


def test_what_was_added_is_told_as_the_list_writes_it() -> None:
    ((typed, others),) = LIST.added(LIST.expand(parse("videosurveillance")))
    assert typed == "videosurveillance"
    assert {"vidéoprotection", "CCTV"} <= set(others)
