from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime

import pytest

from tests.people import Person

from .conftest import Shelf, entry, order


def test_an_empty_search_gives_advice(visitor: Person) -> None:
    page = visitor.opens("/recherche")
    assert page.status == 200
    assert "Pour mieux chercher" in page.text


def test_a_visitor_finds_a_page_with_its_passage(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(order("1", page=12, title="Arrêté du préfet"))
    page = visitor.opens("/recherche?q=camera")

    assert "1 résultat" in page.text
    assert "<mark>caméras</mark>" in page.text
    assert 'href="/shelf/1?q=camera"' in page.text
    assert "page 12" in page.text
    assert "Trouvé dans le texte" in page.text


def test_marks_do_not_let_html_through(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(entry("1", "<script>drone</script>", title="<b>drone</b>"))
    page = visitor.opens("/recherche?q=drone<script>")
    assert "<script>drone" not in page.text
    assert "<b>" not in page.text


def test_facets_are_links_that_narrow_and_widen(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(order("1"), order("2", date=date(2020, 1, 1), kind="fact"))
    page = visitor.opens("/recherche?q=cameras")
    assert 'href="?q=cameras&amp;annee=2020"' in page.text

    narrowed = visitor.opens("/recherche?q=cameras&annee=2020")
    assert "1 résultat" in narrowed.text
    assert '<a class="chip" href="?q=cameras"' in narrowed.text


def test_a_filter_in_the_words_is_the_same(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(order("1"), order("2", kind="fact"))
    assert "1 résultat" in visitor.opens("/recherche?q=cameras+type:fait").text


def test_a_synonym_is_found_and_said(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(entry("1", "La vidéoprotection de la ville"))
    page = visitor.opens("/recherche?q=vidéosurveillance")
    assert "par un synonyme : vidéoprotection" in page.text


def test_few_results_ask_whether_another_word_was_meant(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(entry("1", "La vidéoprotection de la ville"))
    page = visitor.opens("/recherche?q=vidéoprotction")
    assert "Vouliez-vous dire" in page.text
    assert 'href="?q=vid%C3%A9oprotection"' in page.text


def test_a_word_of_withdrawn_things_is_not_suggested(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(entry("1", "hippocampe"), entry("2", "rien"))
    shelf.withdraws("shelf:page:1")
    assert "hippocampe" not in visitor.opens("/recherche?q=hipocampe").text


def test_one_of_the_words_will_do_when_nothing_has_all(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(entry("1", "drone"))
    page = visitor.opens("/recherche?q=drone+sous-marin")
    assert "Voici ce qui en contient au moins un" in page.text
    assert "1 résultat" in page.text


def test_results_go_on_without_a_ceiling(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(*(entry(str(n), "drone") for n in range(45)))
    seen: set[str] = set()
    cursor = ""
    while True:
        answer = json.loads(visitor.opens(f"/recherche.json?q=drone&suite={cursor}").text)
        assert answer["total"] == 45
        seen |= {row["id"] for row in answer["results"]}
        cursor = answer["next"]
        if not cursor:
            break
    assert len(seen) == 45


def test_a_cursor_that_we_did_not_give_is_refused_with_a_sentence(
    visitor: Person, shelf: Shelf
) -> None:
    page = visitor.opens("/recherche?q=drone&suite=zzz")
    assert page.status == 409
    assert "suite de résultats" in page.text


def test_nothing_found_says_what_to_try(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(entry("1", "drone"))
    page = visitor.opens("/recherche?q=introuvable")
    assert "Aucun résultat" in page.text
    assert "n'est pas forcément absent" in page.text.replace("&#x27;", "'")


def test_json_has_the_shape_that_was_promised(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(order("abc/12", page=12))
    answer = json.loads(visitor.opens("/recherche.json?q=cameras").text)

    assert answer["exact"] is True
    assert answer["facets"]["kind"] == [
        {"value": "page", "label": "Pages de documents", "count": 1}
    ]
    (row,) = answer["results"]
    assert row["id"] == "abc/12"
    assert row["page"] == 12
    assert row["place"] == ["06088"]
    assert row["date"] == "2021-03-04"
    assert row["status"] == "documented"
    assert {"text": "caméras", "mark": True} in row["snippet"]


def test_csv_holds_all_results_and_no_formula(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(*(entry(str(n), "drone", title="=1+1") for n in range(30)))
    rows = list(csv.DictReader(visitor.opens("/recherche.csv?q=drone").text[1:].splitlines()))
    assert len(rows) == 30
    assert {row["titre"] for row in rows} == {"'=1+1"}


def test_a_search_is_a_feed_that_changes_with_its_results_only(
    visitor: Person, shelf: Shelf
) -> None:
    shelf.publishes(entry("1", "drone \x01", at=datetime(2026, 5, 1, tzinfo=UTC)))
    first = visitor.opens("/recherche.atom?q=drone")
    assert first.status == 200
    assert "<updated>2026-05-01T00:00:00+00:00</updated>" in first.text
    assert visitor.opens("/recherche.atom?q=drone").text == first.text
    shelf.publishes(entry("2", "drone", at=datetime(2026, 5, 2, tzinfo=UTC)))
    assert "shelf:page:2" in visitor.opens("/recherche.atom?q=drone").text


@pytest.mark.parametrize("ending", ["", ".json", ".atom", ".csv"])
@pytest.mark.parametrize(
    "query", ["q=%22", "q=%00", "q=-", "q=*", "q=" + "a" * 5000, "annee=x&type="]
)
def test_odd_addresses_are_answered(visitor: Person, shelf: Shelf, ending: str, query: str) -> None:
    shelf.publishes(entry("1", "drone"))
    assert visitor.opens(f"/recherche{ending}?{query}").status == 200
