"""Fact cards: their page, their forms, and where they stand beside."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from pytest_django import DjangoAssertNumQueries

from contrechamp.lab import facts
from contrechamp.web.shown import cards as shown
from tests.census import facts as made
from tests.people import Person


def test_every_card_says_out_of_how_many_and_what_is_answered(visitor: Person) -> None:
    text = unescape(visitor.opens("/labo/fiches").text)
    for card in facts.shown():
        assert f'id="{card.id}"' in text
        for words in (card.claim, card.denominator, card.reply):
            assert shown.say(words) in text


def test_what_was_read_in_a_report_is_told_as_such(visitor: Person) -> None:
    text = unescape(visitor.opens("/labo/fiches?sujet=gunshots").text)
    told = re.findall(r"<dt>Source</dt><dd>\s*(d'après|<a)", text)
    cards = [card for card in facts.shown() if card.topic == "gunshots"]
    assert told.count("d'après") == sum(card.seen == "secondary" for card in cards)
    assert told.count("<a") == sum(card.seen == "primary" for card in cards)


def test_a_technique_shows_the_cards_of_its_family(visitor: Person) -> None:
    data = json.loads(visitor.opens("/labo/fiches.json?technique=fr_identification").text)
    assert {card["id"] for card in data["cards"]} >= {"cardiff-2017", "met-2025"}
    assert not any(card["topic"] == "gunshots" for card in data["cards"])


def test_nobody_pays_a_read_for_the_cards(
    visitor: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert "Saint-Étienne" in shown.panel(["audio_surveillance"])
        assert shown.ground_panel("son")
        assert not shown.panel([])
        assert not shown.panel(["drones"])


def test_a_panel_shows_both_sides() -> None:
    drawn = shown.panel(["facial_recognition"])
    assert "Chiffre des critiques" in drawn
    assert "Chiffre de l&#x27;autre côté" in drawn


@pytest.mark.django_db
def test_cards_stand_beside_a_project_of_the_same_technique(visitor: Person) -> None:
    project = made.project(name="Micros de la gare")
    technique = made.entity("Surveillance sonore", "technology", "family")
    made.published(
        made.claim(project, "uses_technology", target=technique),
        made.claim(project, "retention_days"),
    )
    page = visitor.opens(f"/projet/{project.pk}").text
    assert 'id="chiffres-connus"' in page
    assert "/labo/fiches#chicago-2021" in page


@pytest.mark.django_db
def test_cards_stand_beside_a_legal_argument(visitor: Person) -> None:
    assert "/labo/fiches#orleans-2024" in visitor.opens("/droit/son").text


def test_feeds_name_each_card_once(visitor: Person) -> None:
    keys = re.findall(r"<id>([^<]+)</id>", visitor.opens("/labo/fiches.atom").text)
    assert len(keys) == len(set(keys)) == len(facts.shown()) + 1
