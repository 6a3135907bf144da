"""Uwazi's CSV: a plan says what each column is; titles are the only identity."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from contrechamp.census.models import Claim, Entity
from contrechamp.kernel.errors import Refused
from tests.census.exchange import LATER, bring, rows, write

pytestmark = pytest.mark.django_db

CSV = (
    "Title,Date added,Template,Résumé,name__en,SIREN,Clients,Période,Source,Carte,"
    "Documents,Attachments,Published\n"
    'Visia,2024-01-01,Entreprise,"Vend, <b>beaucoup</b>",Visia Ltd,552059024,'
    "Ville A|Perdue,2018/01/02~2019/03/04,page|https://a.example/1,,/files/a.pdf,,Published\n"
    "Ville A,2024-01-01,Collectivité,,,,,,,48.1|2.2,,,Published\n"
    "Visia,2024-01-02,Entreprise,,,,Ville A,,https://a.example/2,,,,Published\n"
)
PLAN = """
dataset: ailleurs
templates:
  Entreprise:
    kind: actor
    type: company
    columns:
      Résumé: {role: value, property: summary}
      name__en: {role: name}
      SIREN: {role: identifier, scheme: siren}
      Clients: {role: relation, relation: supplies, to: Collectivité}
      Période: {role: from}
      Source: {role: source}
      Carte: {role: ignore}
  Collectivité:
    kind: actor
    type: authority
    columns: {}
"""


def test_a_first_run_writes_the_plan_to_fill_in(tmp_path: Path) -> None:
    path = write(tmp_path, "export.csv", CSV)
    with pytest.raises(Refused, match=r"export\.map\.yaml"):
        bring(path, "uwazi")
    plan = (tmp_path / "export.map.yaml").read_text()
    assert '"SIREN": {role: identifier, scheme: siren}' in plan
    assert '"Entreprise":' in plan
    assert '"Title": {role: title}' in plan
    report = bring(path, "uwazi")
    assert report["nodes"]["created"] == 2


def test_columns_become_claims_with_their_sources(tmp_path: Path) -> None:
    path, plan = write(tmp_path, "export.csv", CSV), write(tmp_path, "plan.yaml", PLAN)
    report = bring(path, "uwazi", map=plan)

    visia = Entity.objects.get(name="Visia")
    assert visia.keys == {"uwazi:ailleurs": ["Entreprise;Visia"]}
    assert visia.identifiers.get(scheme="siren").value == "552059024"
    assert visia.names.get(lang="en").text == "Visia Ltd"
    summary = Claim.objects.get(property="summary")
    assert summary.value == "Vend, <b>beaucoup</b>"
    assert summary.from_text == "2018-01-02"
    assert {each.url for each in summary.evidence.filter(kind="url")} == {"https://a.example/1"}
    sold = Claim.objects.get(property="supplies")
    assert {each.url for each in sold.evidence.filter(kind="url")} == {
        "https://a.example/1",
        "https://a.example/2",
    }
    assert report["counts"] == {
        "column_unmapped": 1,
        "edge_repeated": 1,
        "node_repeated": 1,
        "relation_lost": 1,
        "source_file_only": 1,
    }
    before = rows()
    bring(path, "uwazi", map=plan, now=LATER)
    assert rows() == before


def test_a_zip_of_several_sheets_is_one_import(tmp_path: Path) -> None:
    plan = write(tmp_path, "plan.yaml", PLAN)
    header, first, second, third = CSV.strip().split("\n")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("1.csv", f"{header}\n{first}\n")
        archive.writestr("2.csv", f"{header}\n{second}\n{third}\n")
        archive.writestr("files/a.pdf", "x")
    report = bring(write(tmp_path, "export.zip", out.getvalue()), "uwazi", map=plan)
    assert report["nodes"]["created"] == 2
    assert report["edges"]["created"] == 1
    found = [i["message"] for i in report["issues"] if i["code"] == "source_file_only"]
    assert "documents add" in found[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Title,Template\nA,B\nC", "ligne 3"),
        ('Title,Template\n"A,B\n', "ligne 2"),
        ("Nom,Nom\nA,B\n", "première ligne"),
    ],
)
def test_a_broken_sheet_is_refused_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    plan = write(tmp_path, "plan.yaml", PLAN)
    with pytest.raises(Refused, match=words):
        bring(write(tmp_path, "x.csv", text), "uwazi", map=plan)


@pytest.mark.parametrize(
    "plan",
    [
        "templates: []\n",
        "templates: {A: {kind: thing}}\n",
        "templates: {A: {kind: actor, columns: {B: {role: value, property: sumary}}}}\n",
        "templates: {A: {kind: actor, columns: {B: {role: valeur}}}}\n",
        "templates: {A: [\n",
    ],
)
def test_a_wrong_plan_says_what_is_wrong(tmp_path: Path, plan: str) -> None:
    path = write(tmp_path, "plan.yaml", plan)
    with pytest.raises(Refused):
        bring(write(tmp_path, "x.csv", CSV), "uwazi", map=path)
