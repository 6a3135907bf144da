"""What a person sees of opinions, on pages, in files, in search and in the terminal."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from contrechamp.cli.commands.opinions import command
from contrechamp.opinions import plug, services
from contrechamp.opinions.domain import Citing, Mention
from contrechamp.opinions.shown import opinions as shown
from tests.observatory import NOW
from tests.opinions import invented
from tests.people import Person, Text

pytestmark = pytest.mark.django_db
NAMED = "Madame Zélie Tournebroche a saisi la commission.\n\nElle est d'avis de donner."


def test_the_list_counts_before_it_draws(visitor: Person, tmp_path: Path) -> None:
    invented.bring(tmp_path)
    page = visitor.opens("/avis-cada")
    assert "4 avis" in page.text
    assert page.text.index("<table") < page.text.index("small-bar")
    assert "Trop peu pour donner une part." in page.text
    assert "ne sont pas des chances" in page.text
    assert "20990004" not in page.text, "a building permit is not about surveillance"
    assert "20990004" in visitor.opens("/avis-cada?sujet=tous").text


def test_enough_opinions_give_a_share(visitor: Person, tmp_path: Path) -> None:
    invented.bring(tmp_path, *(invented.row(f"2099000{at}") for at in range(5)))
    assert "Soit 100 %." in visitor.opens("/avis-cada").text


@pytest.mark.parametrize(
    ("query", "number"),
    [
        *(("q=logiciel", "20990002"), ("issue=defavorable", "20990003")),
        *(("document=drones", "20990006"), ("q=permis&sujet=tous", "20990004")),
        ("q=drnoes&administration=Boisclair&annee=2022", "20990006"),
    ],
)
def test_a_search_finds(visitor: Person, tmp_path: Path, query: str, number: str) -> None:
    two = [invented.row(f"2099001{at}", subject="La liste des drones.") for at in range(2)]
    invented.bring(tmp_path, *invented.many(), *two)
    assert f"/avis-cada/{number}" in visitor.opens(f"/avis-cada?{query}").text


@pytest.mark.parametrize(
    "query",
    ["annee=zorglub", "issue=x&document=y", "page=999", "q=%22%29%28", "annee=²²²²", "q=%00"],
)
def test_an_odd_question_is_answered(visitor: Person, tmp_path: Path, query: str) -> None:
    invented.bring(tmp_path)
    assert visitor.opens(f"/avis-cada?{query}").status == 200


def test_nothing_found_says_what_to_do(visitor: Person) -> None:
    assert "Retirez un filtre" in visitor.opens("/avis-cada?q=zorglub").text


def test_an_opinion_is_shown_in_plain_french(visitor: Person, tmp_path: Path) -> None:
    invented.bring(tmp_path, invented.row(subject="", text=NAMED))
    page = visitor.opens(f"/avis-cada/{invented.NUMBER}")
    assert "favorable sous réserves ou en partie" in page.text
    assert "https://www.data.gouv.fr/explore/cada/20990001/" in page.text
    assert "Lu par la machine" in page.text
    assert "ne change pas les délais" in page.text
    assert "10 mars 2022" in page.text
    assert "Citer cette page" in page.text


@pytest.mark.parametrize(
    "url",
    [
        *("/avis-cada", "/avis-cada.csv", "/avis-cada.json", "/avis-cada.atom"),
        *(f"/avis-cada/{invented.NUMBER}{end}" for end in ("", ".json", ".csv")),
        "/avis-cada.jsonfeed",
    ],
)
def test_a_name_is_masked_wherever_an_opinion_is(visitor: Person, tmp_path: Path, url: str) -> None:
    invented.bring(tmp_path, invented.row(text=NAMED, subject=f"Vidéoprotection, {NAMED}"))
    page = visitor.opens(url)
    assert page.status == 200
    assert "Tournebroche" not in page.text
    assert "[…]" in page.text or "\\u2026" in page.text


def test_a_name_is_in_no_entry_of_search_and_no_row_of_an_export(tmp_path: Path) -> None:
    invented.bring(tmp_path, invented.row(text=NAMED, subject=f"Vidéoprotection, {NAMED}"))
    offered = [*plug._all(), *plug._some([f"opinions:opinion:{invented.NUMBER}"]), *plug._rows()]
    assert len(offered) == 3
    assert "Tournebroche" not in str(offered)


def test_an_opinion_known_by_a_citation_says_so(visitor: Person) -> None:
    services.load_known(now=NOW)
    page = visitor.opens("/avis-cada/20204505")
    assert "issue non lue" in page.text
    assert "connaissons cet avis par une citation" in page.text
    assert "Résumé par nous" in page.text
    assert "20204505" not in visitor.opens("/avis-cada?issue=favorable").text


def test_requests_that_cite_it_are_named(
    visitor: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    invented.bring(tmp_path)
    mention = Mention(title="Une demande à Boisclair", url="/demandes/x")
    offer = Citing(label="Demandes", cited_by=lambda number: [mention])
    monkeypatch.setattr(shown, "offered", lambda kind: iter([offer]))
    assert "Une demande à Boisclair" in visitor.opens(f"/avis-cada/{invented.NUMBER}").text


def test_a_search_is_taken_away_as_it_is_shown(visitor: Person, tmp_path: Path) -> None:
    invented.bring(tmp_path)
    rows = list(csv.reader(io.StringIO(visitor.opens("/avis-cada.csv?issue=defavorable").text[1:])))
    assert [row[0] for row in rows[1:]] == ["20990003"]
    data = json.loads(visitor.opens("/avis-cada.json?sujet=tous").content)
    assert len(data["opinions"]) == 6


def run(*args: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(command, args)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def test_the_command_tells_all_as_one_object(tmp_path: Path) -> None:
    path = invented.file_of(tmp_path, invented.many())
    code, out, _ = run("import", str(path), "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["read"], told["new"], told["faults"], told["dry_run"]) == (6, 6, [], False)
    code, out, _ = run("find", "vidéoprotection", "--json")
    assert code == 0
    assert json.loads(out)["counts"] == {"RESERVES": 1}
    assert "20990001" in run("find", "vidéoprotection")[1]


def test_the_command_names_the_lines_it_did_not_understand(tmp_path: Path) -> None:
    path = invented.file_of(tmp_path, [invented.row(), invented.row("20990002", part="")])
    path.write_text(path.read_text("utf-8").replace("20990002", "2"), "utf-8")
    code, out, err = run("import", str(path))
    assert code == 3
    assert "laissées de côté : 1" in Text(out)
    assert "ligne 5" in err
    told = json.loads(run("import", str(path), "--json")[1])
    assert told["faults"][0]["line"] == 5
    assert told["same"] == 1
