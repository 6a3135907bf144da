"""The library of arguments: whole or refused, never leaning on an adverse decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from contrechamp.cases.domain import flags, grounds, lines, sources
from contrechamp.cases.domain.grounds import library, read_library
from contrechamp.cases.domain.lines import Validity
from contrechamp.cases.domain.sources import read_sources
from contrechamp.foi.domain.catalogue import catalogue
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.errors import Misconfigured

ARTICLE = """
[[source]]
code = "csi-l999-1"
kind = "article"
name = "CSI L999-1"
content = { fr = "Un texte.", en = "A text." }
valid_from = 2020-01-01
valid_to = "in force"
sure = "O"
uncertain = ["U8"]
url = "https://www.legifrance.gouv.fr/x"
reviewed_on = 2026-11-29
"""
DECISION = (
    ARTICLE.replace("csi-l999-1", "ta-exemple")
    .replace('"article"', '"decision"\ncourt = "TA Exemple"\ndecided = "2021-02"\noutcome = "for"')
    .replace('uncertain = ["U8"]', "")
)
GROUND = """
[[question]]
code = "panneaux"
label = { fr = "Y en a-t-il ?", en = "Are there any?" }
hint = { fr = "Regardez.", en = "Look." }
proved_by = ["signs"]
about = []

[[ground]]
code = "sans-panneau"
theme = "donnees"
title = { fr = "Sans panneau", en = "No sign" }
summary = { fr = "Il en faut.", en = "They are needed." }
argument = "Il n'y en a pas."
opened_by = [{ panneaux = "no" }]
closed_by = [{ panneaux = "yes" }]
supports = ["csi-l999-1"]
against = []
proved_by = ["signs"]
counter = ["Il y en a."]
technologies = []
valid_from = 2020-01-01
valid_to = "in force"
sure = "O"
uncertain = []
reviewed_on = 2026-11-29
"""


def test_every_ground_has_what_a_reader_needs() -> None:
    found = library()
    assert len(found.grounds) >= 20
    for ground in found.grounds.values():
        assert ground.supports
        assert ground.counter
        assert ground.proved_by
        assert set(ground.proved_by) <= set(catalogue())
        assert found.support_of(ground, date(2026, 11, 29)), ground.code


def test_the_topics_of_the_issue_are_all_there() -> None:
    needed = {
        *("necessite", "base-legale", "analyse-d-impact", "information", "duree-non-fixee"),
        *("conservation", "but-non-dit", "but-hors-liste", "biometrie", "mineurs", "marche"),
        *("reglement-ia", "sans-autorisation", "autorisation-echue", "video-algorithmique"),
        *("drones-sans-arrete", "drones-trop-longs", "son"),
    }
    assert needed <= set(library().grounds)


def test_the_families_are_those_of_the_vocabulary() -> None:
    families = {code for code, term in terms("technologies").items() if term["type"] == "family"}
    assert families == grounds.FAMILIES


def test_an_adverse_decision_is_never_proposed_in_support() -> None:
    found = library()
    assert not found.sources.newest("ce-489990").may_support
    for ground in found.grounds.values():
        for day in (date(2020, 1, 1), date(2024, 6, 1), date(2026, 11, 29)):
            quoted = {one.code for one in found.support_of(ground, day)}
            assert quoted.isdisjoint({"ce-489990", "ta-caen-2303004", "ce-442364", "cc-2023-850"})


def test_a_decision_set_aside_is_listed_beside_the_one_that_did_it() -> None:
    ground = library().grounds["video-algorithmique"]
    adverse = [one.code for one in library().adverse_to(ground)]
    assert adverse.index("ce-489990") < adverse.index("ta-caen-2303004")


def test_the_seed_of_precedents_is_there() -> None:
    names = " ".join(one.name for one in library().sources.every())
    for number in ("1901249", "440442", "2104478", "2105328", "2303004", "489990"):
        assert number in names


def test_the_day_of_the_facts_picks_the_version_of_a_text() -> None:
    found = library().sources
    before, after = (
        found.at("csi-l251-1", date(2021, 6, 1)),
        found.at("csi-l251-1", date(2024, 1, 1)),
    )
    assert before is not None
    assert after is not None
    assert before.content.fr != after.content.fr
    assert found.at("aia-5", date(2024, 6, 1)) is None


def test_a_text_not_yet_in_force_does_not_support_but_a_later_decision_does() -> None:
    found = library()
    early = {one.code for one in found.support_of(found.grounds["biometrie"], date(2017, 1, 1))}
    assert "rgpd-9" not in early
    assert "cedh-glukhin" in early


def test_both_numbers_of_a_renumbered_article_are_known() -> None:
    one = library().sources.newest("csi-r252-16")
    assert (one.name, one.formerly, one.uncertain) == ("CSI R252-16", "R252-10", ("U8",))


def test_search_finds_by_word_number_and_technique_without_accents() -> None:
    found = library()
    assert [one.code for one in found.search("L252-4")] == ["autorisation-echue"]
    assert "biometrie" in {one.code for one in found.search("donnees BIOMETRIQUES")}
    assert found.search("zorglub") == ()
    assert {one.code for one in found.search("", theme="drones")} == {
        "drones-sans-arrete",
        "drones-trop-longs",
    }
    about = {one.code for one in found.search("", technology="lapi")}
    assert "plaques" in about
    assert "logements" not in about


def test_a_source_tells_which_grounds_quote_it() -> None:
    codes = [one.code for one in library().grounds_on("ce-489990")]
    assert codes == ["video-algorithmique"]


def test_a_sentence_is_said_in_french_where_we_do_not_speak_the_language() -> None:
    words = library().grounds["son"].title
    assert words.in_language("en-GB") == words.en
    assert words.in_language("de") == words.fr


def test_days_overlap_or_not() -> None:
    open_, old = Validity(date(2020, 1, 1), None), Validity(date(2010, 1, 1), date(2019, 12, 31))
    assert not open_.overlaps(old)
    assert not old.overlaps(open_)
    assert open_.overlaps(Validity(date(2019, 1, 1), date(2020, 1, 1)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[[source]]", "[[source", "TOML"),
        ('code = "csi-l999-1"', 'code = "CSI L999"', "code"),
        ('code = "csi-l999-1"', "", "code"),
        ('sure = "O"', "", "sure"),
        ('sure = "O"', 'sure = "X"', "sure"),
        ('name = "CSI L999-1"', 'name = ""', "name"),
        ('kind = "article"', 'kind = "rumour"', "kind"),
        ('kind = "article"', 'kind = "decision"', "court"),
        ('kind = "article"', 'kind = "article"\nodd = 1', "odd"),
        (', en = "A text."', "", "content"),
        ("valid_from = 2020-01-01", 'valid_from = "2020"', "valid_from"),
        ('valid_to = "in force"', "valid_to = 2019-01-01", "commencer"),
        ("www.legifrance.gouv.fr", "www.legifrance.example", "organisme public"),
        ("https://", "http://", "organisme public"),
        ('uncertain = ["U8"]', 'uncertain = ["U99"]', "U99"),
        ('sure = "O"', 'sure = "O"\noverturned_by = "csi-l999-1"', "annule"),
    ],
)
def test_a_source_that_is_not_whole_is_refused(old: str, new: str, said: str) -> None:
    assert old in ARTICLE
    with pytest.raises(Misconfigured) as no:
        read_sources(ARTICLE.replace(old, new))
    assert said in str(no.value)


def test_two_versions_of_a_text_may_not_hold_on_one_day() -> None:
    with pytest.raises(Misconfigured, match="deux versions"):
        read_sources(ARTICLE + ARTICLE.replace("2020-01-01", "2021-01-01"))
    ended = ARTICLE.replace('"in force"', "2020-12-31")
    assert len(read_sources(ended + ARTICLE.replace("2020-01-01", "2021-01-01")).every()) == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('opened_by = [{ panneaux = "no" }]', 'opened_by = [{ autre = "no" }]', "opened_by"),
        ('opened_by = [{ panneaux = "no" }]', 'opened_by = [{ panneaux = "bof" }]', "opened_by"),
        ('opened_by = [{ panneaux = "no" }]', "opened_by = [{}]", "opened_by"),
        ('opened_by = [{ panneaux = "no" }]', "opened_by = []", "opened_by"),
        ('closed_by = [{ panneaux = "yes" }]', 'closed_by = [{ panneaux = "no" }]', "mêmes"),
        ('supports = ["csi-l999-1"]', 'supports = ["nulle-part"]', "nulle-part"),
        ("against = []", 'against = ["csi-l999-1"]', "contraire"),
        ('proved_by = ["signs"]\nabout', 'proved_by = ["rien"]\nabout', "rien"),
        ('theme = "donnees"', 'theme = "cuisine"', "cuisine"),
        ("technologies = []", 'technologies = ["vsa_fall"]', "vsa_fall"),
        ("reviewed_on = 2026-11-29", 'reviewed_on = "hier"', "reviewed_on"),
        ('code = "panneaux"', 'code = "autres"', "opened_by"),
        ("counter = ", "contre = ", "counter"),
    ],
)
def test_a_ground_that_is_not_whole_is_refused(old: str, new: str, said: str) -> None:
    assert old in GROUND
    rests_on = read_sources(ARTICLE)
    assert len(read_library(GROUND, rests_on).grounds) == 1
    with pytest.raises(Misconfigured) as no:
        read_library(GROUND.replace(old, new), rests_on)
    assert said in str(no.value)


def test_a_ground_that_leans_on_an_adverse_decision_is_refused() -> None:
    leaning = GROUND.replace("csi-l999-1", "ta-exemple")
    assert read_library(leaning, read_sources(DECISION)).grounds
    adverse = read_sources(DECISION.replace('outcome = "for"', 'outcome = "against"'))
    with pytest.raises(Misconfigured, match="contraire"):
        read_library(leaning, adverse)


def test_a_code_is_there_once_and_a_question_serves() -> None:
    rests_on = read_sources(ARTICLE)
    with pytest.raises(Misconfigured, match="deux fois"):
        read_library(GROUND + GROUND[GROUND.index("[[ground]]") :], rests_on)
    idle = GROUND[: GROUND.index("[[ground]]")].replace('"panneaux"', '"autre"')
    with pytest.raises(Misconfigured, match="autre"):
        read_library(GROUND + idle, rests_on)


def test_a_flag_without_words_or_without_rule_is_refused() -> None:
    text = lines.vocabulary(flags.FILE)
    with pytest.raises(Misconfigured, match="sa règle"):
        flags.read_kinds(text[: text.rindex("[[flag]]")], sources.sources())
    with pytest.raises(Misconfigured, match="sa règle"):
        flags.read_kinds(text.replace('"homes"', '"houses"'), sources.sources())


def test_the_library_never_holds_an_address_outside_public_bodies() -> None:
    assert {one.url.split("/")[2] for one in library().sources.every()} <= sources.PUBLIC_BODIES


def test_what_was_set_aside_names_by_what() -> None:
    one = library().sources.newest("ta-caen-2303004")
    assert one.overturned_by == "ce-489990"
    assert not replace(one).may_support
