"""Searches that people keep for themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from contrechamp.kernel.errors import Refused
from contrechamp.search import services
from contrechamp.search.models import SavedSearch
from tests.people import Person

from .conftest import Shelf, entry

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def keeps(who: Person, name: str = "Drones", query: str = "q=drone") -> SavedSearch:
    answer = who.sends("/recherches/enregistrer", name=name, query=query)
    assert answer.status == 302
    assert who.user
    return SavedSearch.objects.get(owner=who.user, query=query, removed_at=None)


def test_a_member_saves_a_search_from_its_results(noor: Person, shelf: Shelf) -> None:
    shelf.publishes(entry("1", "drone"))
    assert "Enregistrer" in noor.opens("/recherche?q=drone").text
    answer = noor.sends("/recherches/enregistrer", name="Drones", query="q=drone&suite=x&tri=date")
    assert "La recherche est enregistrée." in noor.follows(answer).text
    assert SavedSearch.objects.get().query == "q=drone"


def test_a_visitor_is_not_asked_to_save(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(entry("1", "drone"))
    page = visitor.opens("/recherche?q=drone")
    assert "/recherches/enregistrer" not in page.text
    assert "/recherche.jsonfeed?q=drone" in page.text


def test_what_came_since_is_told_until_it_is_marked_as_seen(noor: Person, shelf: Shelf) -> None:
    shelf.publishes(entry("1", "drone", at=NOW))
    mine = keeps(noor)
    assert "Rien de nouveau" in noor.opens("/recherches").text
    shelf.publishes(entry("2", "drone", at=timezone.now() + timedelta(seconds=1)))
    assert "1 nouveauté" in noor.opens("/recherches").text
    page = noor.opens(f"/recherches/{mine.pk}").text
    assert page.index("Titre 2") < page.index("Avant") < page.index("Titre 1")

    services.mark_seen(mine, now=timezone.now() + timedelta(seconds=2))
    assert "Rien de nouveau" in noor.opens("/recherches").text


def test_marking_as_seen_never_goes_back(noor: Person, shelf: Shelf) -> None:
    mine = keeps(noor)
    services.mark_seen(mine, now=NOW)
    assert SavedSearch.objects.get().seen_at == mine.seen_at
    answer = noor.sends(f"/recherches/{mine.pk}/vu")
    assert "marqué comme vu" in noor.follows(answer).text


def test_a_search_is_renamed_removed_and_taken_back(noor: Person, shelf: Shelf) -> None:
    mine = keeps(noor)
    noor.sends(f"/recherches/{mine.pk}/renommer", name="Aéronefs <b>")
    assert "Aéronefs &lt;b&gt;" in noor.opens("/recherches").text

    gone = noor.follows(noor.sends(f"/recherches/{mine.pk}/supprimer"))
    assert "est supprimée" in gone.text
    assert noor.opens(f"/recherches/{mine.pk}").status == 404
    back = noor.follows(noor.sends(f"/recherches/{mine.pk}/reprendre"))
    assert back.status == 200
    assert "Aéronefs" in noor.opens("/recherches").text


def test_saved_twice_is_saved_once(noor: Person, shelf: Shelf) -> None:
    first = keeps(noor)
    assert keeps(noor, name="Autre nom").pk == first.pk
    assert SavedSearch.objects.get().name == "Autre nom"


def test_taking_back_what_was_saved_again_leaves_one(noor: Person, shelf: Shelf) -> None:
    first = keeps(noor)
    services.remove_search(first, now=timezone.now())
    second = keeps(noor)
    assert services.restore_search(SavedSearch.objects.get(pk=first.pk)).pk == second.pk


def test_what_was_removed_is_deleted_after_a_day(noor: Person, shelf: Shelf) -> None:
    mine = keeps(noor)
    services.remove_search(mine, now=timezone.now() - timedelta(days=2))
    keeps(noor, query="q=capteur")
    assert not SavedSearch.objects.filter(pk=mine.pk).exists()


def test_there_is_a_limit_and_a_sentence_for_it(noor: Person, shelf: Shelf) -> None:
    assert noor.user
    for number in range(services.MOST_SAVED):
        services.save_search(owner=noor.user, name="x", query=f"q={number}", now=NOW)
    with pytest.raises(Refused, match="50"):
        services.save_search(owner=noor.user, name="x", query="q=autre", now=NOW)


@pytest.mark.parametrize("query", ["", "tri=date", "q=", "suite=zzz", "x=1"])
def test_a_search_that_asks_nothing_is_not_saved(noor: Person, shelf: Shelf, query: str) -> None:
    answer = noor.sends("/recherches/enregistrer", name="Rien", query=query)
    assert answer.location.startswith("/recherche?")
    assert not SavedSearch.objects.exists()


def test_another_persons_searches_do_not_exist(
    noor: Person, marianne: Person, shelf: Shelf
) -> None:
    mine = keeps(noor)
    other, never = marianne.opens(f"/recherches/{mine.pk}"), marianne.opens("/recherches/rch-x")
    assert other.status == never.status == 404
    assert "Drones" not in marianne.opens("/recherches").text
    assert marianne.sends(f"/recherches/{mine.pk}/renommer", name="À moi").status == 404
    assert SavedSearch.objects.get().name == "Drones"
    # The same search of somebody else is another row.
    assert keeps(marianne).pk != mine.pk


def test_saved_searches_change_nothing_for_visitors(
    visitor: Person, noor: Person, shelf: Shelf
) -> None:
    shelf.publishes(entry("1", "drone"))
    pages = ("/recherche?q=drone", "/recherche.atom?q=drone", "/recherche.jsonfeed?q=drone")
    before = [visitor.opens(page).content for page in pages]
    keeps(noor)
    assert [visitor.opens(page).content for page in pages] == before
