"""Audit your own: a resident gives a table, reads what it says, and nothing of it stays."""

from __future__ import annotations

import html
import re
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from contrechamp.lab.own import samples
from contrechamp.web.models import KeptAudit
from contrechamp.web.queries import own as reads
from contrechamp.web.services import own as services
from tests.people import Answer, Person

pytestmark = pytest.mark.django_db
START, COLUMNS, RESULT = (
    "/labo/vos-donnees",
    "/labo/vos-donnees/colonnes",
    "/labo/vos-donnees/resultat",
)
HIDDEN = re.compile(r'<input type="hidden" name="table" value="([^"]+)"')
CHOSEN = {"kind": "decisions", "score": "score", "outcome": "constat", "group": "quartier"}
PATROLS = {"day": "jour", "box": "case", "predicted": "prevu", "recorded": "faits"}


def sealed(answer: Answer) -> str:
    found = HIDDEN.search(answer.text)
    assert found
    return html.unescape(found[1])


def gives(person: Person, name: str = "decisions") -> str:
    return sealed(person.sends(COLUMNS, sample=name))


def computes(person: Person, **more: Any) -> Answer:
    return person.sends(RESULT, table=gives(person), **(CHOSEN | more))


def keeps(person: Person, **more: Any) -> KeptAudit:
    answer = computes(person, **{"as": "keep", "days": "30"} | more)
    assert answer.status == 302
    return KeptAudit.objects.get(pk=answer.location.split("/")[-2])


def test_a_resident_reads_what_a_table_says(visitor: Person) -> None:
    page = visitor.opens(START)
    assert "Rien n'est gardé" in html.unescape(page.text)
    chosen = visitor.sends(COLUMNS, file=SimpleUploadedFile("t.csv", samples.decisions()))
    assert chosen.status == 200
    assert "Choisir les colonnes" in chosen.text
    assert '<option value="score" selected>' in chosen.text
    said = visitor.sends(RESULT, table=sealed(chosen), **CHOSEN, threshold="6")
    assert said.status == 200
    assert "désigne à tort" in said.text
    assert "Ce que cela ne prouve pas" in said.text
    assert said.text.count('class="plot plot-') == 6
    assert "Hameaux" not in said.text
    assert "Autres groupes" in said.text


def test_another_threshold_is_another_page_without_giving_the_table_again(visitor: Person) -> None:
    first = computes(visitor, threshold="5")
    again = visitor.sends(RESULT, table=sealed(first), **CHOSEN, threshold="7,5")
    assert "Taux par groupe au seuil 7,5" in again.text


def test_a_table_of_patrols_is_held_against_a_count(visitor: Person) -> None:
    chosen = visitor.sends(COLUMNS, sample="patrols")
    assert "prévisions et des faits" in chosen.text
    said = visitor.sends(RESULT, table=sealed(chosen), kind="patrols", **PATROLS)
    assert "sans aucun logiciel" in said.text
    assert "Rejeu" in said.text


def test_a_pasted_table_is_read_too(visitor: Person) -> None:
    answer = visitor.sends(COLUMNS, pasted=samples.decisions().decode().replace(";", "\t"))
    assert "Choisir les colonnes" in answer.text


def test_somebody_who_chooses_the_other_kind_gets_its_columns(visitor: Person) -> None:
    answer = visitor.sends(COLUMNS, table=gives(visitor), kind="patrols")
    assert "Case de la carte" in answer.text
    assert "choisissez" in answer.text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "vide"),
        (b"nom,score\nMarie,3\n", "Retirez ces colonnes"),
        (b"\x89PNG\r\n\x1a\n\0\0", "ligne"),
    ],
)
def test_what_cannot_be_read_is_told_on_the_same_page(
    visitor: Person, body: bytes, said: str
) -> None:
    answer = visitor.sends(COLUMNS, file=SimpleUploadedFile("t.csv", body))
    assert answer.status == 422
    assert said in html.unescape(answer.text)
    assert "Un fichier" in answer.text
    assert "Marie" not in answer.text


def test_a_table_that_is_too_large_is_told_and_goes_to_no_disk(
    visitor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: object, **kwargs: object) -> None:
        raise AssertionError("a file was begun")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", never)
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", never)
    body = b"a,b\n" + b"1,2\n" * 1_000_000
    answer = visitor.sends(COLUMNS, file=SimpleUploadedFile("t.csv", body))
    assert answer.status == 422
    assert "dépasse 2 Mo" in answer.text
    assert "contrechamp lab audit" in answer.text


def test_no_answer_to_a_table_may_be_kept_on_the_way(visitor: Person) -> None:
    for answer in (visitor.sends(COLUMNS, sample="decisions"), computes(visitor)):
        assert "no-store" in answer.headers["Cache-Control"]
        assert "noindex" in answer.text


def test_nothing_is_kept_unless_it_is_asked(visitor: Person) -> None:
    computes(visitor)
    computes(visitor, **{"as": "pdf"})
    assert not KeptAudit.objects.exists()


def test_a_form_needs_its_token() -> None:
    answer = Client(enforce_csrf_checks=True).post(COLUMNS, {"sample": "decisions"})
    assert answer.status_code == 403


@pytest.mark.parametrize("forged", ["", "x", "eJwDAAAAAAE=:1abc:zzzz", "é" * 3000])
def test_a_table_that_we_did_not_seal_is_refused(visitor: Person, forged: str) -> None:
    answer = visitor.sends(RESULT, table=forged, **CHOSEN)
    assert answer.status == 409
    assert "trop ancienne" in answer.text


def test_a_column_that_is_not_there_is_told_beside_its_field(visitor: Person) -> None:
    answer = computes(visitor, score="nulle part", threshold="beaucoup")
    assert answer.status == 422
    assert "errorlist" in answer.text
    assert "par exemple 5 ou 0,5" in answer.text


def test_a_table_that_says_nothing_is_told_beside_the_columns(visitor: Person) -> None:
    answer = computes(visitor, reference="Ailleurs")
    assert answer.status == 422
    assert "Choisir les colonnes" in answer.text
    assert "Ailleurs" in answer.text


def test_a_result_is_taken_away_as_paper_data_and_tables(visitor: Person) -> None:
    paper = computes(visitor, **{"as": "pdf"})
    assert paper.headers["Content-Type"] == "application/pdf"
    text = pypdfium2.PdfDocument(paper.content)[0].get_textpage().get_text_range()
    assert "Ce que cela ne prouve pas" in text.replace("\u00a0", " ")
    data = computes(visitor, **{"as": "json"})
    assert '"contrechamp.lab.own/1"' in data.text
    rates = computes(visitor, **{"as": "csv-rates"})
    assert rates.text.startswith("\ufeffgroup,people,selection,selection_low,selection_high")
    assert computes(visitor, **{"as": "csv-nothing"}).status == 404


def test_a_visitor_keeps_a_result_and_deletes_it(visitor: Person, noor: Person) -> None:
    answer = computes(visitor, **{"as": "keep", "days": "7"})
    own_page = visitor.opens(answer.location)
    kept = KeptAudit.objects.get()
    assert kept.until == timezone.localdate() + timedelta(days=7)
    assert kept.owner_id is None
    address = f"{START}/garde/{kept.pk}"
    assert address in own_page.text
    assert "désigne à tort" in noor.opens(address).text
    assert noor.opens(f"{address}.json").status == 200
    assert noor.opens(f"{address}.pdf").content.startswith(b"%PDF")
    assert noor.sends(f"{address}/mauvais").status == 404
    assert visitor.sends(answer.location).status == 302
    assert noor.opens(address).status == 404
    assert not KeptAudit.objects.exists()


def test_what_is_kept_holds_no_row_of_the_table(visitor: Person) -> None:
    kept = keeps(visitor)
    assert len(str(kept.content)) < 60_000
    assert "Hameaux" not in str(kept.content)


def test_a_member_finds_what_she_keeps_and_nobody_else_does(
    noor: Person, marianne: Person, visitor: Person
) -> None:
    kept = keeps(noor)
    assert kept.owner == noor.user
    assert kept.pk in noor.opens(START).text
    assert kept.pk not in marianne.opens(START).text
    assert kept.pk not in visitor.opens(START).text


def test_what_is_over_is_gone(visitor: Person) -> None:
    kept = keeps(visitor)
    last = kept.until
    assert reads.find_kept(kept.pk, last)
    assert reads.find_kept(kept.pk, last + timedelta(days=1)) is None
    assert services.forget_ended(today=last) == 0
    assert services.forget_ended(today=last + timedelta(days=1)) == 1


def test_a_seal_is_over_after_hours(visitor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    table = gives(visitor)
    monkeypatch.setattr(services, "SEALED_S", -1)
    assert visitor.sends(RESULT, table=table, **CHOSEN).status == 409


def test_the_result_is_light_without_scripts(visitor: Person) -> None:
    assert len(visitor.opens(START).content) < 60_000
    report = computes(visitor)
    assert len(report.content) - len(sealed(report)) < 150_000


def test_it_is_all_in_english_too(visitor: Person) -> None:
    visitor.browser.cookies["django_language"] = "en"
    said = computes(visitor)
    assert "What this does not prove" in said.text
    assert "wrongly flags" in said.text
    assert "Ce que" not in said.text


DAY = date(2026, 3, 1)


def test_a_public_document_can_be_taken_and_no_other(visitor: Person, tmp_path: Path) -> None:
    assert reads.public_table("0" * 64, 100) is None
    assert reads.public_table("/etc/passwd", 100) is None
    answer = visitor.sends(COLUMNS, document="https://example.org/t.csv")
    assert answer.status == 422
