from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.foundation import vocabulary
from contrechamp.search.domain import (
    Atom,
    Filter,
    Parsed,
    Sought,
    Synonyms,
    excerpt,
    fold,
    mark,
    parse,
    stem,
    tokens,
)

LIST = Synonyms([["vidéosurveillance", "vidéoprotection"], ["LAPI", "lecture de plaques"]])


def words(parsed: Parsed) -> list[tuple[str, ...]]:
    return [clause.atoms[0].words for clause in parsed.clauses]


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Caméras", "cameras"), ("CŒUR", "coeur"), ("ex æquo", "exaequo"), ("vidéo\u00ad", "video")],
)
def test_case_accents_and_invisible_signs_do_not_count(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    "family",
    [
        "caméra caméras camera CAMERAS",
        "arrêté arrêtés arretes",
        "déployer déployé déployées déploiement deploiements",
        "préfectoral préfectoraux",
        "installer installation installées",
        "algorithme algorithmique algorithmiques",
        "biométrie biométrique",
        "autoriser autorisation autorisées",
        "drone drones",
    ],
)
def test_forms_of_one_word_have_one_stem(family: str) -> None:
    assert len({stem(fold(word)) for word in family.split()}) == 1


@pytest.mark.parametrize("pair", ["Nice Nîmes", "police politique", "drone droit", "83 830"])
def test_other_words_have_other_stems(pair: str) -> None:
    one, other = pair.split()
    assert stem(fold(one)) != stem(fold(other))


@given(st.text(alphabet="aàbcéèêëiîïoôuùûçœæ", min_size=1))
def test_accents_never_change_a_stem(word: str) -> None:
    assert stem(fold(word)) == stem(fold(fold(word)))


def test_words_whose_accents_stand_apart_are_whole() -> None:
    assert tokens("pre\u0301fet de l\u2019Ouest") == ["prefet", "de", "l", "ouest"]


def test_words_phrases_exclusions_and_beginnings_are_read() -> None:
    parsed = parse('caméras "lecture automatisée" -privé vidéo*')

    assert words(parsed) == [("cameras",), ("lecture", "automatisee"), ("prive",), ("video",)]
    assert parsed.clauses[1].atoms[0].exact
    assert parsed.clauses[2].is_negated
    assert parsed.clauses[3].atoms[0].prefix


def test_articles_are_passed_over_unless_they_are_all_there_is() -> None:
    assert words(parse("l'usage des drones")) == [("usage",), ("drones",)]
    assert words(parse("de la")) == [("de",), ("la",)]


def test_an_acts_number_is_sought_in_its_order() -> None:
    assert parse("83-2025-042").clauses[0].atoms == (Atom(("83", "2025", "042"), exact=True),)


def test_a_compound_that_is_excluded_is_excluded_as_a_whole() -> None:
    (clause,) = parse("-Saint-Denis").clauses
    assert clause.atoms == (Atom(("saint", "denis"), exact=True),)


def test_fields_are_facets() -> None:
    parsed = parse('type:projets année:2021 -statut:allégué lieu:"Saint-Denis" titre:Nice')

    assert parsed.filters == (
        Filter("kind", "project"),
        Filter("year", "2021"),
        Filter("status", "alleged", is_negated=True),
        Filter("place", "Saint-Denis"),
    )
    assert parsed.clauses[0].in_title


def test_a_field_that_does_not_exist_is_words() -> None:
    assert words(parse("https://exemple.fr"))[0] == ("https",)


@pytest.mark.parametrize("text", ['"', '"lecture', "«  »", "-", "*", ":", '""', "a:", "-*", "“x"])
def test_what_is_left_open_is_no_error(text: str) -> None:
    parse(text)


@given(st.text())
def test_nothing_that_can_be_typed_is_an_error(text: str) -> None:
    parsed = LIST.expand(parse(text))
    excerpt(text, Sought.of(parsed))


def test_a_synonym_is_sought_too() -> None:
    (clause,) = LIST.expand(parse("vidéosurveillance")).clauses
    assert clause.atoms == (Atom(("videosurveillance",)), Atom(("videoprotection",), typed=False))


def test_several_words_may_be_one_term() -> None:
    (clause,) = LIST.expand(parse("lectures de plaque")).clauses
    assert clause.atoms[1] == Atom(("lapi",), typed=False)


@pytest.mark.parametrize("text", ['"vidéosurveillance"', "-vidéosurveillance", "vidéosurveill*"])
def test_what_is_quoted_excluded_or_begun_has_no_synonyms(text: str) -> None:
    assert all(len(clause.atoms) == 1 for clause in LIST.expand(parse(text)).clauses)


def test_the_list_of_synonyms_can_be_read() -> None:
    groups = vocabulary.terms("synonyms")
    assert all(len(row["terms"]) > 1 for row in groups.values())
    assert all(set(row["label"]) == {"fr", "en"} for row in groups.values())


def test_passages_are_marked_where_the_words_stand() -> None:
    text = "Rien. " * 100 + "Des caméras filment la rue. " + "Rien. " * 100
    pieces = excerpt(text, Sought.of(parse("camera rue")))

    assert [piece.text for piece in pieces if piece.mark] == ["caméras", "rue"]
    assert len("".join(piece.text for piece in pieces)) < 300
    assert pieces[0].text == "… "


def test_a_phrase_is_marked_as_one() -> None:
    pieces = mark("lecture automatisée de plaques", Sought.of(parse('"automatisée de plaques"')))
    assert [piece.text for piece in pieces if piece.mark] == ["automatisée de plaques"]


@given(st.text(), st.text(min_size=1, max_size=5))
def test_marking_changes_no_letter(text: str, query: str) -> None:
    assert "".join(piece.text for piece in mark(text, Sought.of(parse(query)))) == text
