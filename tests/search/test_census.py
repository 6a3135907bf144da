"""Search over what the rooms really offer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from contrechamp.accounts.models import User
from contrechamp.census import services as census
from contrechamp.documents import services as documents
from contrechamp.search import services
from contrechamp.search.queries import Query, search, search_everything
from tests.observatory import NOW, Observatory, observatory
from tests.people import Person


@pytest.fixture
def here(marianne: Person, amina: Person, tmp_path: Path, settings: Settings) -> Observatory:
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, data=tmp_path)
    assert marianne.user
    assert amina.user
    made = observatory(author=marianne.user, editor=amina.user)
    services.refresh(wait=True)
    return made


def test_records_facts_and_pages_are_found(here: Observatory) -> None:
    found = search(Query(text="vidéosurveillance Nice"))
    assert {"project", "page"} <= {result.entry.kind for result in found.results}
    (page,) = search(Query(text='"conservées trente jours"', kind=("page",))).results
    assert page.url.startswith(f"/documents/{here.sha256}/page/2?q=")
    assert any(piece.mark for piece in page.snippet)


def test_a_town_is_shown_first_by_name_or_number(visitor: Person, here: Observatory) -> None:
    for typed in ("Nice", "06000", "06088", "NICE"):
        page = visitor.opens(f"/recherche?q={typed}").text
        assert '<a href="/commune/06088-nice">Nice</a>' in page, typed


def test_a_page_is_found_in_what_holds_its_town(here: Observatory) -> None:
    assert search(Query(text="caméras", place=("departement:06",), kind=("page",))).total == 1
    assert search(Query(text="caméras lieu:06088 type:page")).total == 1
    assert search(Query(text="caméras lieu:Cannes type:page")).total == 0


def test_a_document_that_is_withdrawn_is_gone_before_anything_is_indexed(
    visitor: Person, here: Observatory
) -> None:
    before = search(Query(text="caméras", kind=("page",))).total
    documents.withdraw_document(here.document, actor=here.editor, reason="erreur", now=NOW)
    # The index has not been told yet: what waits is hidden all the same.
    assert (before, search(Query(text="caméras", kind=("page",))).total) == (1, 0)
    services.refresh()
    assert "quarante-deux" not in visitor.opens("/recherche?q=caméras").text


def test_private_rows_change_no_result(visitor: Person, here: Observatory) -> None:
    pages = ("/recherche?q=Nice", "/recherche.json?q=caméras", "/recherche?q=zorglub")
    before = [visitor.opens(page).content for page in pages]
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    secret = census.add_entity(kind="actor", type="company", name="Zorglub Nice caméras", **by)
    census.add_claim(subject=secret, property="supplies", target=here.city, **by)
    services.refresh()

    assert [visitor.opens(page).content for page in pages] == before


def test_the_operator_finds_drafts_and_leaves_no_trace(
    here: Observatory, settings: Settings, io: Person
) -> None:
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    secret = census.add_entity(kind="actor", type="company", name="Zorglub", **by)
    census.add_claim(subject=secret, property="supplies", target=here.city, **by)
    data: Path = settings.CONTRECHAMP.data
    kept = {path for path in data.rglob("*") if path.is_file()}
    operator: User | None = io.user

    found = search_everything(Query(text="zorglub"), operator)
    assert {result.entry.kind for result in found.results} == {"actor", "fact"}
    assert search(Query(text="zorglub")).total == 0
    assert {path for path in data.rglob("*") if path.is_file()} == kept
