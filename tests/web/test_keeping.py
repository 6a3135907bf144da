"""Pages that are the same for every visitor are made once, and again when the public changes."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings

from contrechamp.foundation.signals import public_changed
from contrechamp.project.settings import MIDDLEWARE
from contrechamp.web import keeping
from contrechamp.web.keeping import Kept, Shelf
from tests import make

FRENCH = {"accept-language": "fr"}


def page(size: int, until: float = 10.0) -> Kept:
    return Kept(b"x" * size, b"", (), 'W/"x"', until)


def test_the_shelf_forgets_what_nobody_asked_for_longest() -> None:
    shelf = Shelf(most=250)
    shelf.put("a", page(100))
    shelf.put("b", page(100))
    shelf.get("a", now=0)

    shelf.put("c", page(100))

    assert [key for key in "abc" if shelf.get(key, now=0)] == ["a", "c"]


def test_a_page_put_again_is_counted_once() -> None:
    shelf = Shelf(most=250)
    for _ in range(5):
        shelf.put("a", page(100))
    shelf.put("b", page(100))

    assert shelf.get("a", now=0)
    assert shelf.get("b", now=0)


def test_a_page_that_is_too_old_is_made_again() -> None:
    shelf = Shelf()
    shelf.put("a", page(1, until=10))

    assert shelf.get("a", now=9.9)
    assert shelf.get("a", now=10.1) is None


@pytest.fixture
def keeps(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[Shelf]:
    shelf = Shelf()
    monkeypatch.setattr(keeping, "SHELF", shelf)
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        yield shelf


def kept(shelf: Shelf) -> int:
    return len(shelf._pages)


def test_a_visitors_page_is_kept_and_packed(keeps: Shelf) -> None:
    first = Client(headers=FRENCH).get("/")
    second = Client(headers={**FRENCH, "accept-encoding": "gzip"}).get("/")

    assert kept(keeps) == 1
    assert gzip.decompress(second.content) == first.content
    assert second["Content-Encoding"] == "gzip"
    assert "default-src 'none'" in second["Content-Security-Policy"]
    assert not second.cookies


def test_who_has_the_page_is_told_that_it_is_still_so(keeps: Shelf) -> None:
    first = Client(headers=FRENCH).get("/")

    again = Client(headers={**FRENCH, "if-none-match": first["ETag"]}).get("/")

    assert (again.status_code, again.content) == (304, b"")


def test_each_language_has_its_own(keeps: Shelf) -> None:
    french = Client(headers=FRENCH).get("/").text
    english = Client(headers={"accept-language": "en"}).get("/").text

    assert 'lang="fr"' in french
    assert 'lang="en"' in english


def test_what_is_public_changes_and_the_page_is_made_again(keeps: Shelf) -> None:
    Client(headers=FRENCH).get("/")
    public_changed.send(object, refs=["census:entity:prj-0000000000"])

    Client(headers=FRENCH).get("/")

    assert kept(keeps) == 2


def test_who_is_signed_in_gets_their_own_page(keeps: Shelf) -> None:
    client = Client(headers=FRENCH)
    client.force_login(make.user("noor"))

    answer = client.get("/")

    assert kept(keeps) == 0
    assert "ETag" not in answer.headers
    assert "Se déconnecter" in answer.text


def test_a_page_with_a_token_is_never_kept(keeps: Shelf) -> None:
    assert "csrfmiddlewaretoken" in Client(headers=FRENCH).get("/connexion/").text
    assert kept(keeps) == 0


def test_what_is_not_there_is_not_kept(keeps: Shelf) -> None:
    assert Client(headers=FRENCH).get("/projet/prj-0000000000").status_code == 404
    assert kept(keeps) == 0
