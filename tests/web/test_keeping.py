"""Pages that are the same for every visitor are made once, and again when the public changes."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from contrechamp.foundation.shelf import Folder, Shelf
from contrechamp.foundation.signals import public_changed
from contrechamp.project.settings import MIDDLEWARE
from contrechamp.web import keeping
from tests import make

FRENCH = {"accept-language": "fr"}


@pytest.fixture
def keeps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, db: None) -> Iterator[Shelf]:
    shelf = Shelf()
    monkeypatch.setattr(keeping, "SHELF", shelf)
    monkeypatch.setattr(keeping, "FOLDER", Folder.of(tmp_path))
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


def test_another_process_answers_with_the_same_page(
    keeps: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.FOLDER.open_empty()
    first = Client(headers=FRENCH).get("/carte")

    monkeypatch.setattr(keeping, "SHELF", Shelf())  # It has a memory of its own,
    monkeypatch.setattr(keeping, "FOLDER", Folder(keeping.FOLDER._root))  # and the same folder.
    monkeypatch.setattr(keeping, "_keep", None)  # To make it anew would fail.
    second = Client(headers=FRENCH).get("/carte")

    assert second.content == first.content
    assert second["ETag"] == first["ETag"]
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_nothing_of_before_is_left_when_the_public_changes(keeps: Shelf) -> None:
    keeping.FOLDER.open_empty()
    Client(headers=FRENCH).get("/")
    before = list(keeping.FOLDER._root.iterdir())
    public_changed.send(object, refs=["census:entity:prj-0000000000"])

    Client(headers=FRENCH).get("/")

    after = list(keeping.FOLDER._root.iterdir())
    assert (len(before), len(after)) == (1, 1)
    assert before != after


def test_what_a_member_sees_reaches_no_folder(keeps: Shelf) -> None:
    keeping.FOLDER.open_empty()
    client = Client(headers=FRENCH)
    client.force_login(make.user("noor"))

    client.get("/")

    assert list(keeping.FOLDER._root.iterdir()) == []


def test_what_somebody_typed_reaches_no_folder(keeps: Shelf) -> None:
    keeping.FOLDER.open_empty()

    assert Client(headers=FRENCH).get("/recherche?q=zorglub").status_code == 200

    assert kept(keeps) == 1
    assert list(keeping.FOLDER._root.rglob("*")) == []


def test_what_follows_the_edition_is_made_again_soon(keeps: Shelf) -> None:
    for address in ("/", "/recherche?q=Nice"):
        Client(headers=FRENCH).get(address)

    home, search = sorted((page.until for page in keeps._pages.values()), reverse=True)
    assert home - search > keeping.SOON_S
