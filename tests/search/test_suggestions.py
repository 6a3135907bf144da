"""What is suggested while somebody types: what is public, and never a word of a document."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from contrechamp.census import services as census
from contrechamp.search import services
from tests.observatory import NOW, Observatory
from tests.people import Person

from .conftest import Shelf, entry
from .test_census import here

__all__ = ["here"]


def suggested(who: Person, typed: str) -> list[dict[str, str]]:
    answer = who.opens(f"/recherche/suggestions.json?q={typed}")
    assert answer.status == 200
    found: list[dict[str, str]] = json.loads(answer.text)["suggestions"]
    return found


def labels(who: Person, typed: str) -> list[str]:
    return [each["label"] for each in suggested(who, typed)]


def test_places_come_with_what_tells_homonyms_apart(visitor: Person, here: Observatory) -> None:
    found = [each for each in suggested(visitor, "saint-denis") if each["kind"] == "place"]
    assert len({each["note"] for each in found}) == len(found) > 1
    assert all("commune (" in each["note"] for each in found)
    nice = suggested(visitor, "nic")[0]
    assert (nice["label"], nice["url"]) == ("Nice", "/commune/06088-nice")
    assert "habitants" in nice["note"]


@pytest.mark.parametrize("typed", ["06000", "06088", "NICE", "nicé"])
def test_a_town_is_found_by_name_or_number(visitor: Person, here: Observatory, typed: str) -> None:
    assert "Nice" in labels(visitor, typed)


@pytest.mark.parametrize("typed", ["exem", "optique", "exemple opt", "EXEMPLE"])
def test_records_are_found_by_the_beginning_of_any_word(
    visitor: Person, here: Observatory, typed: str
) -> None:
    (found,) = [each for each in suggested(visitor, typed) if each["kind"] == "actor"]
    assert found == {
        "label": "Exemple Optique",
        "note": "entreprise",
        "kind": "actor",
        "url": f"/acteur/{here.company.pk}",
    }


def test_terms_of_the_field_are_suggested_when_something_has_them(
    visitor: Person, here: Observatory
) -> None:
    assert "vidéosurveillance algorithmique" in labels(visitor, "vidéosurveillance alg")
    assert "reconnaissance faciale" not in labels(visitor, "reconnaissance")


def test_words_of_documents_are_never_suggested(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(*(entry(str(n), "Monsieur Zorglub habite ici") for n in range(9)))
    assert labels(visitor, "zorg") == []


@pytest.mark.parametrize("typed", ["", "n", " ", "%00", "*", "a" * 5000, "%22", "-nice", "é%CC%81"])
def test_little_or_nonsense_suggests_little(visitor: Person, shelf: Shelf, typed: str) -> None:
    assert len(suggested(visitor, typed)) <= 9


def test_what_is_not_public_is_not_suggested(visitor: Person, here: Observatory) -> None:
    asked = ("zorglub", "exem", "opt", "nice", "vid")
    before = [visitor.opens(f"/recherche/suggestions.json?q={typed}").content for typed in asked]
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    for name in ("Zorglub", "Exemple Optronique", "Nice caméras", "Vidéo Secrète"):
        census.add_entity(kind="actor", type="company", name=name, **by)
    services.refresh()
    after = [visitor.opens(f"/recherche/suggestions.json?q={typed}").content for typed in asked]
    assert after == before


def test_suggestions_are_short_lived_and_leave_no_cookie(
    visitor: Person, here: Observatory
) -> None:
    answer = visitor.opens("/recherche/suggestions.json?q=nice")
    assert answer.headers["Cache-Control"] == "private, max-age=60"
    assert answer.cookies == {}


def test_suggestions_cost_few_questions(
    visitor: Person,
    here: Observatory,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    visitor.opens("/recherche/suggestions.json?q=nic")
    with django_assert_max_num_queries(8):
        visitor.opens("/recherche/suggestions.json?q=nic")


def test_the_results_say_the_same_without_scripts(visitor: Person, here: Observatory) -> None:
    page = visitor.opens("/recherche?q=exemple opt").text
    assert f'<h2><a href="/acteur/{here.company.pk}">Exemple Optique</a></h2>' in page


@pytest.mark.parametrize("page", ["/", "/recherche", "/projets"])
def test_every_search_field_can_suggest(visitor: Person, here: Observatory, page: str) -> None:
    assert 'data-suggest="/recherche/suggestions.json"' in visitor.opens(page).text
