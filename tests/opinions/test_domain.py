"""Rules on opinions: outcomes, what was asked for, masking, odds, the data that travels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.opinions.domain import kinds, masked, odds_of, outcome_of, read_query, read_senses
from contrechamp.opinions.domain.bodies import BODY_LABELS, body_of
from contrechamp.opinions.domain.kinds import edition, kind_of, surveillance_query
from contrechamp.opinions.domain.known import known
from contrechamp.opinions.domain.outcomes import LABELS, MEANINGS, MOTIVE_LABELS, Outcome, motive_of
from contrechamp.opinions.domain.subject import asked_for


@pytest.mark.parametrize(
    ("cell", "outcome", "motives"),
    [
        ("Favorable", "FAVOURABLE", []),
        ("Favorable/Sauf vie privée", "RESERVES", ["PRIVACY"]),
        ("Favorable / Sauf secret des affaires", "RESERVES", ["BUSINESS"]),
        ("Favorable, Défavorable/Sécurité publique", "RESERVES", ["SECURITY"]),
        ("Favorable, Sans objet/Communiqué", "FAVOURABLE", ["GIVEN"]),
        ("Favorable, Incompétence/Juridictionnel", "RESERVES", ["COURTS"]),
        ("Défavorable", "UNFAVOURABLE", []),
        ("Défavorable/Préparatoire, Sans objet/Inexistant", "UNFAVOURABLE", ["PREPARATORY"]),
        ("Sans objet/Inexistant", "WITHOUT_OBJECT", ["NOT_EXISTING"]),
        ("Irrecevable/Documentation, établissement de document", "INADMISSIBLE", ["INFORMATION"]),
        ("Incompétence", "NOT_COMPETENT", []),
        ("Désistement", "OTHER", []),
        ("", "OTHER", []),
    ],
)
def test_a_sense_has_its_class_and_its_motive(cell: str, outcome: str, motives: list[str]) -> None:
    senses, unknown = read_senses(cell)
    assert unknown == ()
    assert outcome_of(senses) == outcome
    assert [sense.motive for sense in senses if sense.motive][: len(motives)] == motives


def test_an_unknown_sense_is_told_and_hides_nothing() -> None:
    senses, unknown = read_senses("Peut-être, Favorable")
    assert unknown == ("Peut-être",)
    assert outcome_of(senses) is Outcome.FAVOURABLE


def test_a_comma_in_a_motive_begins_no_sense() -> None:
    senses, _ = read_senses("Irrecevable/Documentation, établissement de document, Favorable")
    assert [sense.outcome for sense in senses] == [Outcome.INADMISSIBLE, Outcome.FAVOURABLE]
    assert senses[0].published == "Irrecevable/Documentation, établissement de document"


def test_each_class_and_motive_has_its_words() -> None:
    assert set(LABELS) == set(MEANINGS) == set(Outcome)
    assert motive_of("Quelque chose d'autre") == "OTHER"
    assert motive_of("") == ""
    assert motive_of("Sûreté de l'État") == "SECURITY"
    assert "OTHER" in MOTIVE_LABELS


def test_the_object_is_what_was_asked_for() -> None:
    assert asked_for("Le plan.", "Autre chose.") == "Le plan."


@pytest.mark.parametrize(
    "text",
    [
        "Monsieur X a saisi la commission d'accès aux documents administratifs, à la suite du refus"
        " opposé par le maire de Boisclair à sa demande de communication du plan des caméras."
        "\n\nLa commission rappelle le permis.",
        "X a saisi la CADA, à la suite du refus opposé par le préfet à sa demande de communication"
        " du plan des caméras. En réponse à la demande, le préfet a parlé du permis.",
    ],
)
def test_without_an_object_it_is_read_in_the_opinion(text: str) -> None:
    said = asked_for("", text)
    assert "plan des caméras" in said
    assert "permis" not in said
    assert "saisi" not in said


def test_without_the_usual_words_it_is_the_first_paragraph() -> None:
    assert asked_for("", "Le plan des caméras.\n\nAutre chose.") == "Le plan des caméras."
    assert asked_for("", "") == ""


@given(st.text(max_size=200), st.text(max_size=400))
def test_what_was_asked_for_never_fails(subject: str, text: str) -> None:
    assert len(asked_for(subject, text)) <= 4_000


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Monsieur Paul MARTINEAU a saisi", "Monsieur […] a saisi"),
        ("M. DUBOISIER et Mme Lenoirel", "M. […] et Mme […]"),
        ("MM. Boisé et Clairon demandent", "MM. […] demandent"),
        ("Madame de La Rochette-Vive écrit", "Madame […] écrit"),
        ("Maître J.-P. Grandin, avocat", "Maître […], avocat"),
        ("Me Grandin, conseil", "Me […], conseil"),
        ("Mlle d'Aubeterre", "Mlle […]"),
    ],
)
def test_a_name_after_a_civil_title_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        *("Monsieur le maire de Boisclair", "Madame la préfète", "Monsieur X", "Madame Y.", "M. X"),
        *("Messieurs X et Y", "Mesures Techniques", "FEMME Debout", "les Médias Français"),
        *("Madame, Monsieur,", "Menace Terroriste", "Monsieur X… a saisi"),
    ],
)
def test_a_function_and_a_hidden_name_stay(text: str) -> None:
    assert masked(text) == text


@given(st.text(alphabet="MmeR. lXaéoDUPONT'-,\n", max_size=80))
def test_masking_again_changes_nothing(text: str) -> None:
    assert masked(masked(text)) == masked(text)


def test_few_opinions_give_no_share() -> None:
    few = odds_of({"FAVOURABLE": 3, "UNFAVOURABLE": 1, "WITHOUT_OBJECT": 40})
    assert (few.count, few.share, few.aside) == (4, None, 40)
    assert odds_of({"FAVOURABLE": 3, "RESERVES": 1, "UNFAVOURABLE": 1}).share == 80
    assert odds_of({}).share is None


@pytest.mark.parametrize(
    ("name", "body"),
    [
        *(("Mairie de Boisclair", "COMMUNE"), ("Ministère de l'Intérieur", "MINISTRY")),
        *(("Préfecture de police", "POLICE"), ("Préfecture du Var", "PREFECTURE")),
        *(("Conseil départemental de l'ordre des médecins", "OTHER"), ("", "")),
        ("Conseil départemental du Var", "COUNCIL"),
    ],
)
def test_the_sort_of_a_body_is_guessed_by_its_name(name: str, body: str) -> None:
    assert body_of(name) == body
    assert not body or body in BODY_LABELS


def test_the_catalogue_has_its_33_kinds() -> None:
    assert list(kinds()) == list(range(1, 34))
    assert len({kind.slug for kind in kinds().values()}) == 33
    for kind in kinds().values():
        assert read_query(kind.query).match, kind.slug
        assert kind.label("fr") != kind.label("en-gb")
        assert kind_of(kind.slug) == kind
    assert kind_of("zorglub") is None
    assert read_query(surveillance_query()).match
    assert len(edition()) == 16


def test_the_known_opinions_say_no_more_than_is_known() -> None:
    assert len(known()) == 10
    for number, told in known().items():
        assert number.isdecimal()
        assert len(number) == 8
        assert set(told.kinds) <= set(kinds())
        assert told.fr != told.en
    read = {number for number, told in known().items() if told.outcome is not Outcome.NOT_READ}
    assert read == {"20162974", "20192284"}
