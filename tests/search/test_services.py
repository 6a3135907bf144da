from __future__ import annotations

import fcntl
import shutil
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from django.conf import settings
from django.db import transaction

from contrechamp.foundation.signals import public_changed
from contrechamp.search import services
from contrechamp.search.models import Dirty
from contrechamp.search.queries import Query, engine, search
from tests.people import Person

from .conftest import Shelf, entry


def total(text: str) -> int:
    return search(Query(text=text)).total


def test_what_is_published_is_found_at_once(shelf: Shelf) -> None:
    shelf.publishes(entry("1", "drone"))
    assert total("drone") == 1
    assert not Dirty.objects.exists()


def test_what_is_withdrawn_is_forgotten_before_the_answer(shelf: Shelf) -> None:
    shelf.publishes(entry("1", "drone"), entry("2", "drone"))
    shelf.withdraws("shelf:page:1")
    assert total("drone") == 1
    assert not Dirty.objects.exists()


def test_nothing_is_noted_when_the_change_is_taken_back(shelf: Shelf) -> None:
    class Stop(Exception):
        pass

    def change() -> None:
        with transaction.atomic():
            public_changed.send(Shelf, refs=["shelf:page:1"])
            raise Stop

    with pytest.raises(Stop):
        change()
    assert not Dirty.objects.exists()


def test_what_waits_for_another_writer_is_hidden_already(shelf: Shelf) -> None:
    shelf.publishes(entry("1", "drone"), entry("2", "drone"))
    with (Path(settings.CONTRECHAMP.data) / "search.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shelf.withdraws("shelf:page:1")
        assert Dirty.objects.count() == 1
        results = search(Query(text="drone"))
        assert results.total == 1
        assert [each.count for each in results.facets["kind"]] == [1]

    assert services.refresh()
    assert engine().near("drone", limit=5)
    assert total("drone") == 1


def test_a_writer_that_dies_loses_nothing(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.publishes(entry("1", "drone"))
    index = engine()

    def dies() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(index, "commit", dies)
        with pytest.raises(KeyboardInterrupt):
            shelf.publishes(entry("2", "drone"))
    index._writer = None  # type: ignore[attr-defined]  # What the process held is gone with it.

    assert Dirty.objects.count() == 1
    services.refresh()
    assert total("drone") == 2
    assert not Dirty.objects.exists()


def test_when_very_much_waits_all_of_it_is_hidden(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.publishes(*(entry(str(n), "drone") for n in range(5)))
    monkeypatch.setattr("contrechamp.search.queries.index.CHECKED_DIRTY", 2)
    services.note([f"shelf:page:{n}" for n in range(3)])
    assert total("drone") == 2


def test_a_thing_that_left_without_a_word_is_not_shown_nor_counted(shelf: Shelf) -> None:
    shelf.publishes(entry("1", "drone"), entry("2", "drone"))
    shelf.loses("shelf:page:1")

    results = search(Query(text="drone"))
    assert (results.total, len(results.results)) == (1, 1)
    assert results.stale == ("shelf:page:1",)
    assert results.facets["kind"][0].count == 1


def test_a_rebuild_makes_the_same_index_from_the_database(shelf: Shelf) -> None:
    shelf.publishes(entry("1", "drone"), entry("2", "drone caméra"))
    shelf.loses("shelf:page:1")
    services.note(["shelf:page:1"])
    seen: list[int] = []

    assert services.rebuild(seen.append) == 1
    assert seen == [1]
    assert (total("drone"), total("caméra")) == (1, 1)
    assert not Dirty.objects.exists()
    assert len(list((settings.CONTRECHAMP.data / "index").glob("*/meta.json"))) == 1


def test_so_much_at_once_and_the_rest_later(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services.indexing, "BATCH", 2)
    shelf.publishes(entry("0", "drone"))
    services.note([f"shelf:page:{n}" for n in range(6)])
    assert not services.refresh(most=2)
    assert Dirty.objects.count() == 4
    assert services.refresh()


def test_the_same_words_are_asked_of_every_index_without_its_private_things(shelf: Shelf) -> None:
    """The leak property, for what never was public: it is never put in the index."""
    shelf.publishes(entry("1", "drone"))
    before = search(Query(text="drone"))
    public_changed.send(Shelf, refs=["shelf:page:private", "other:draft:1"])
    services.refresh()
    after = search(Query(text="drone"))
    assert replace(after, took_ms=0) == replace(before, took_ms=0)


def test_an_index_that_was_removed_is_made_again_by_the_next_search(
    shelf: Shelf, visitor: Person
) -> None:
    shelf.publishes(entry("1", "drone"))
    shutil.rmtree(settings.CONTRECHAMP.data / "index")
    assert "1 résultat" in visitor.opens("/recherche?q=drone").text


def test_a_large_index_is_not_made_anew_while_somebody_waits(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.publishes(*(entry(str(n), "drone") for n in range(3)))
    shutil.rmtree(settings.CONTRECHAMP.data / "index")
    monkeypatch.setattr(services.indexing, "REBUILD_BATCH", 2)
    news: list[object] = []
    monkeypatch.setattr("contrechamp.search.services.indexing.too_much.send", news.append)

    assert not services.refresh(most=200)
    assert len(news) == 1
    assert not engine().exists()
    with monkeypatch.context() as patched:  # Whoever asks next does not read it all again.
        patched.setattr(services.indexing, "public_entries", lambda: 1 / 0)
        assert not services.refresh(most=200)
    assert len(news) == 1
    assert services.refresh(wait=True)
    assert total("drone") == 3


def test_what_failed_half_way_is_not_indexed_with_what_comes_next(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.publishes(entry("1", "drone"))
    with monkeypatch.context() as patched:
        patched.setattr(engine(), "commit", lambda: 1 / 0)
        shelf.publishes(entry("2", "drone"))
        assert Dirty.objects.count() == 1
    shelf.withdraws("shelf:page:2")
    assert total("drone") == 1


def test_the_right_to_write_is_kept_until_the_index_is_tidied_up(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.publishes(entry("1", "drone"))
    tidy = Event()
    monkeypatch.setattr(engine(), "settle", lambda patience=None: tidy.wait(patience))
    monkeypatch.setattr(services.indexing, "PATIENCE_S", 0)
    shelf.publishes(entry("2", "drone"))
    assert total("drone") == 2
    services.note(["shelf:page:1"])
    assert not services.refresh()
    tidy.set()
    assert services.refresh(wait=True)
