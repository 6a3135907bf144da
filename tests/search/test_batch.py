"""A list of names in all documents: read, searched, shown, sent."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.census import services as census
from contrechamp.cli.main import contrechamp
from contrechamp.kernel.errors import Refused
from contrechamp.search import services
from contrechamp.search.domain.batch import MOST_NAMES, decode, read_names
from contrechamp.search.queries import search_names
from tests.documents import made
from tests.observatory import Observatory
from tests.people import Person

from .conftest import Shelf, entry
from .test_census import here

__all__ = ["here"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Thales\n\n  IDEMIA \n", ["Thales", "IDEMIA"]),
        ("Dupont, Durand et Cie\nThales", ["Dupont, Durand et Cie", "Thales"]),
        ("nom;siren\nThales;552059024\nIDEMIA;", ["Thales", "IDEMIA"]),
        ("siren,nom\n552059024,Thales\n1,IDEMIA", ["Thales", "IDEMIA"]),
        ('"Thales, SA",1\n"IDEMIA",2', ["Thales, SA", "IDEMIA"]),
        ("Fournisseur\nThales", ["Thales"]),
        ("Thales\nTHALES\nthalès", ["Thales"]),
        ("Thales\tParis\nIDEMIA\tLyon", ["Thales", "IDEMIA"]),
    ],
)
def test_a_list_is_read_as_people_write_it(text: str, names: list[str]) -> None:
    assert list(read_names(text).names) == names


def test_what_is_left_out_is_told() -> None:
    found = read_names("Thales\nthales\nX\n?")
    assert (found.names, found.repeated, found.too_short) == (("Thales",), 1, ("X", "?"))


@pytest.mark.parametrize(
    "text", ["", " \n", "x", "\n".join(f"n{n}" for n in range(MOST_NAMES + 1))]
)
def test_an_empty_or_endless_list_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_names(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read_names(text)
    except Refused:
        return
    assert len(set(found.names)) == len(found.names) > 0


@given(st.binary(max_size=200))
def test_any_file_is_a_text(content: bytes) -> None:
    decode(content)


def test_files_of_spreadsheets_are_read() -> None:
    assert decode("Société".encode("cp1252")) == "Société"
    assert decode("Société".encode("utf-8-sig")) == "Société"
    assert decode("Société".encode("utf-16")) == "Société"


def two_documents(shelf: Shelf) -> None:
    one, other = "a" * 64, "b" * 64
    shelf.publishes(
        entry("1", "La société Exemple Optique fournit.", document=one, page=1),
        entry("2", "Encore EXEMPLE OPTIQUE.", document=one, page=2),
        entry("3", "Exemple Optique ici aussi.", document=other, page=7),
        entry("4", "Un exemple, et de l'optique.", document=other, page=8),
        entry("5", "Exemple Optique", kind="fact"),
    )


def test_a_name_is_counted_in_documents_and_pages(shelf: Shelf) -> None:
    two_documents(shelf)
    found, nowhere = search_names(["exemple optique", "Zorglub"])
    assert (found.documents, found.pages, len(found.passages)) == (2, 3, 3)
    assert (nowhere.documents, nowhere.pages, nowhere.passages) == (0, 0, ())


def test_a_journalist_pastes_names_and_sees_where_they_stand(visitor: Person, shelf: Shelf) -> None:
    two_documents(shelf)
    page = visitor.sends("/recherche/liste", names="Exemple Optique\nZorglub")
    assert page.status == 200
    assert "<mark>Exemple Optique</mark>" in page.text
    assert "dans aucun document" in page.text
    assert page.cookies == {}


def test_a_file_is_read_in_place_of_the_pasted_names(visitor: Person, shelf: Shelf) -> None:
    two_documents(shelf)
    file = SimpleUploadedFile("noms.csv", b"id;nom\n1;Exemple Optique\n2;Zorglub")
    page = visitor.sends("/recherche/liste", names="", file=file)
    assert "<mark>Exemple Optique</mark>" in page.text


def test_five_hundred_names_are_shown_page_by_page(visitor: Person, shelf: Shelf) -> None:
    shelf.publishes(entry("1", "nom421"))
    names = "\n".join(f"nom{n}" for n in range(500))
    first = visitor.sends("/recherche/liste", names=names)
    assert "500 noms cherchés" in first.text
    assert "noms 1 à 50 sur 500" in first.text
    ninth = visitor.sends("/recherche/liste", names=names, page="9")
    assert "noms 401 à 450 sur 500" in ninth.text
    assert "<mark>nom421</mark>" in ninth.text


@pytest.mark.parametrize("names", ["", "x", "\0"])
def test_a_list_without_names_is_answered_beside_the_field(
    visitor: Person, shelf: Shelf, names: str
) -> None:
    page = visitor.sends("/recherche/liste", names=names)
    assert page.status == 400
    assert "aucun nom" in page.text
    assert 'aria-invalid="true"' in page.text


def test_the_pages_of_a_list_cost_few_questions(
    here: Observatory,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        rows = search_names([f"caméras{n}" for n in range(49)] + ["Exemple Optique"])
    assert (rows[-1].documents, rows[-1].pages) == (1, 1)
    assert rows[-1].record_url == f"/acteur/{here.company.pk}"


def test_the_table_names_each_document_with_its_pages(
    visitor: Person,
    here: Observatory,
) -> None:
    answer = visitor.sends("/recherche/liste.csv", names="caméras\nExemple Optique\n=Zorglub")
    rows = list(csv.DictReader(answer.text[1:].splitlines()))
    assert [row["nom"] for row in rows] == ["caméras", "Exemple Optique", "'=Zorglub"]
    assert rows[0]["pages"] == "2"
    assert rows[1]["adresse"] == f"http://testserver/documents/{here.sha256}"
    assert rows[2]["pages_du_nom"] == "0"


def test_the_terminal_searches_a_list_too(
    here: Observatory,
    tmp_path: Path,
) -> None:
    path = tmp_path / "noms.csv"
    path.write_text("nom\nExemple Optique\nZorglub\n")
    said = CliRunner().invoke(contrechamp, ["search", "--batch", str(path), "--json"])
    rows = json.loads(said.stdout)["names"]
    assert [(row["name"], row["documents"], row["pages"]) for row in rows] == [
        ("Exemple Optique", 1, 1),
        ("Zorglub", 0, 0),
    ]
    table = CliRunner().invoke(contrechamp, ["search", "--batch", str(path), "--csv"])
    assert "Zorglub,0,0" in table.stdout
    both = CliRunner().invoke(contrechamp, ["search", "drone", "--batch", str(path)])
    assert both.exit_code == 2


def test_what_is_not_public_changes_no_row(visitor: Person, here: Observatory) -> None:
    def answers() -> list[bytes]:
        names = "Exemple Optique\nZorglub\ncaméras"
        return [
            visitor.sends(f"/recherche/liste{ending}", names=names).content
            for ending in ("", ".csv")
        ]

    before = answers()
    made.document(
        texts=[("Zorglub, Exemple Optique et des caméras",)], by=here.author, title="Zorglub",
        state="DRAFT", access="TEAM", published_at=None,
    )  # fmt: skip
    census.add_entity(kind="actor", type="company", name="Zorglub", actor=here.author, now=made.NOW)
    services.refresh(wait=True)
    assert answers() == before
