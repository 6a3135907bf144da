"""Searches that people keep for themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from contrechamp.kernel.errors import Refused
from contrechamp.search import services
from contrechamp.search.models import SavedSearch
from contrechamp.watch import services as watch
from contrechamp.watch.models import Alert
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


@pytest.fixture
def alert(noor: Person, shelf: Shelf) -> Alert:
    """An alert by mail of a search that Noor saved."""
    shelf.publishes(entry("1", "Un drone survole la gare.", at=NOW - timedelta(hours=1)))
    mine = keeps(noor)
    noor.sends(
        "/actes/alertes/ajouter",
        address="noor@example.org",
        pace="daily",
        subject="search",
        key=mine.pk,
    )
    Alert.objects.update(confirmed_at=NOW, told_until=NOW)
    mail.outbox.clear()
    return Alert.objects.get()


def test_the_list_of_searches_leads_to_a_mail_of_their_news(noor: Person, alert: Alert) -> None:
    door = f"/actes/alertes?subject=search&amp;key={alert.key}"
    assert door in noor.opens("/recherches").text
    assert door in noor.opens(f"/recherches/{alert.key}").text
    assert "Recherche « Drones »" in noor.opens("/actes/alertes").text


def test_what_is_new_in_a_saved_search_is_mailed_once(
    noor: Person, shelf: Shelf, alert: Alert
) -> None:
    shelf.publishes(
        entry("2", "Un autre drone, à Nice.", at=NOW + timedelta(hours=2)),
        entry("3", "Une borne de tri.", at=NOW + timedelta(hours=2)),
    )
    assert watch.send_digests(NOW + timedelta(days=1, hours=1)) == 1
    (sent,) = mail.outbox
    assert sent.subject == "Recherche « Drones » : 1 nouvelle"
    assert "Titre 2\nPages de documents\nUn autre drone, à Nice.\n" in sent.body
    assert "/shelf/2" in sent.body
    assert "Titre 1" not in sent.body
    assert "Titre 3" not in sent.body
    assert watch.send_digests(NOW + timedelta(days=3)) == 0


def test_what_is_only_like_a_saved_search_is_no_news(shelf: Shelf, alert: Alert) -> None:
    shelf.withdraws("shelf:page:1")
    shelf.publishes(entry("2", "Un drame à la gare.", at=NOW + timedelta(hours=2)))
    assert watch.send_digests(NOW + timedelta(days=1, hours=1)) == 0


def test_nothing_is_told_while_the_index_waits_and_nothing_is_lost(
    shelf: Shelf, alert: Alert, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.publishes(entry("2", "Un autre drone.", at=NOW + timedelta(hours=2)))
    with monkeypatch.context() as patch:
        patch.setattr(services, "refresh", lambda **how: False)
        assert watch.send_digests(NOW + timedelta(days=1, hours=1)) == 0
    assert watch.send_digests(NOW + timedelta(days=1, hours=2)) == 1


def test_an_alert_of_a_search_that_was_removed_is_silent(
    noor: Person, shelf: Shelf, alert: Alert
) -> None:
    services.remove_search(SavedSearch.objects.get(), now=timezone.now())
    shelf.publishes(entry("2", "Un autre drone.", at=NOW + timedelta(hours=2)))
    assert watch.send_digests(NOW + timedelta(days=1, hours=1)) == 0
    assert "recherche supprimée" in noor.opens("/actes/alertes").text


def test_nobody_follows_the_search_of_somebody_else(marianne: Person, alert: Alert) -> None:
    mine, never = (f"/actes/alertes?subject=search&key={key}" for key in (alert.key, "rch-x"))
    assert marianne.opens(mine).status == marianne.opens(never).status == 404
    sent = {"address": "m@example.org", "pace": "daily", "subject": "search", "key": alert.key}
    assert marianne.sends("/actes/alertes/ajouter", **sent).status == 404
    assert Alert.objects.count() == 1
