"""The calculator's pages and the interface, as a visitor sees them."""

from __future__ import annotations

import json

import pytest

from contrechamp.law.domain.clock import derive
from tests.people import Person

from .vectors import events

SILENCE = "/delais?quoi=received&jour=2026-01-15"

pytestmark = pytest.mark.django_db


def test_an_answer_never_is_one_bare_date(visitor: Person) -> None:
    page = visitor.opens(SILENCE).text
    assert "Saisir la CADA" in page
    assert "14 avril 2026</strong> (sûr)" in page
    assert "dernier jour dans la lecture usuelle : 15 avril 2026" in page
    assert "CRPA R343-1" in page
    assert "conseil juridique" in page
    assert page.count('<details class="law-count">') == 3


def test_the_reading_moves_the_last_day_alone(visitor: Person) -> None:
    page = visitor.opens(f"{SILENCE}&lecture=strict").text
    assert "14 avril 2026</strong> (sûr)" in page
    assert "dernier jour dans la lecture stricte : 14 avril 2026" in page


def test_what_cannot_be_counted_is_told_and_the_form_keeps_what_was_written(
    visitor: Person,
) -> None:
    answer = visitor.opens("/delais?quoi=received&jour=2026-02-30")
    assert answer.status == 200
    assert "2026-02-30 » n" in answer.text
    assert 'value="2026-02-30"' in answer.text
    assert "existe pas" in visitor.opens("/delais?quoi=&jour=2026-02-20").text


def test_a_count_is_told_in_words_in_both_languages(visitor: Person) -> None:
    facts = "quoi=published&jour=2026-02-13&quoi=gracieux_received&jour=2026-04-15"
    page = visitor.opens(f"/delais?{facts}&distance=1").text
    assert "13 février 2026, plus 3 mois francs" in page
    assert "recours gracieux reçu après ce jour : sans effet" in page
    english = Person(language="en").opens(f"/delais?{facts}").text
    assert "Go to the administrative court" in english
    assert "plus 2 franc months" in english


def test_facts_older_than_the_rule_are_told_to_be_verified(visitor: Person) -> None:
    assert "2005-1755" in visitor.opens("/delais?quoi=received&jour=2010-01-15").text


def test_each_open_question_and_each_rule_is_listed(visitor: Person) -> None:
    questions, rules = (
        visitor.opens("/delais/incertitudes").text,
        visitor.opens("/delais/regles").text,
    )
    assert all(f'id="U{number}"' in questions for number in range(1, 13))
    assert "foi.cada" in rules
    assert "CE, 13 juillet 2016, n° 387763" in rules
    assert "13 Jul 2016" in Person(language="en").opens("/delais/regles").text


def test_the_interface_gives_the_items_of_the_command(visitor: Person) -> None:
    expected = [item.as_json() for item in derive(events("received=2026-01-15"))]
    for address in ("/api/deadlines", "/api/v1/deadlines"):
        assert json.loads(visitor.opens(f"{address}?event=received:2026-01-15").content) == expected
        assert visitor.opens(f"{address}?event=received:2026-02-30").status == 422
        assert visitor.opens(f"{address}?event=received:2026-01-15&lecture=usual").status == 422


def test_a_refusal_names_events_as_the_form_does(visitor: Person) -> None:
    asked = "quoi=received&jour=2026-01-15&quoi=refusal_notified&jour=2026-01-02"
    page = visitor.opens(f"/delais?{asked}").text
    assert "vérifiez les deux dates" in page
    assert "Refus écrit de cette demande reçu »" in page.replace("\u00a0", " ")
    assert "« refusal_notified" not in page.replace("\u00a0", " ")
