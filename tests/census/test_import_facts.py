"""Facts written by hand, and the starter census that is written so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contrechamp.accounts.domain import Role
from contrechamp.census import published
from contrechamp.census.models import Change, Claim, Entity, ImportRun, Published
from contrechamp.census.services import add_claim, add_evidence, starter
from contrechamp.kernel.errors import Refused
from tests import make
from tests.census.exchange import LATER, NOW, bring, rows, write

pytestmark = pytest.mark.django_db
DOC = Path(__file__).parents[2] / "docs/reference/facts-format.md"
ACTS = (
    "number,date,insee,town,siren,site,cameras,days,expires,url,page\n"
    "83-2025-001,2025-01-03,83137,TOULON,218301372,Gare,12,30,2030-01-03,https://a.example/a,4\n"
    "83-2025-002,2025-01-04,83137,TOULON,218301372,Port,,30,,https://a.example/b,\n"
)
CONTRACTS = (
    "id;buyer;buyer_siret;supplier;supplier_siret;object;amount;date;cpv\n"
    "m1;Ville;21060088800015;Visia;55205902400000;Caméras;1 234,50;2019-03;\n"
)
HEAD = "format: contrechamp.facts\nversion: 1\ndataset: essai\n"
ENTITY = "entities:\n- {ref: a, kind: actor, type: company, name: Visia}\n"


def example(folder: Path) -> Path:
    """Return the file that the reference page shows."""
    blocks = re.findall(r"```yaml\n(.*?)```", DOC.read_text(), re.DOTALL)
    write(folder, "actes.csv", ACTS)
    write(folder, "marches.csv", CONTRACTS)
    return write(folder, "exemple.yaml", "".join(blocks))


def test_the_example_of_the_reference_page_is_read(tmp_path: Path) -> None:
    path = example(tmp_path)
    report = bring(path, "facts")
    assert report["counts"] == {}

    act = Entity.objects.get(name="Caméras : Gare, TOULON")
    said = {claim.property: claim for claim in act.claims.all()}
    assert said["cameras_authorised"].value == 12
    assert said["located_in"].target is not None
    assert said["located_in"].target.territory == "commune:83137"
    proof = said["retention_days"].evidence.get()
    assert (proof.register, proof.record_id, proof.page) == ("raa", "83-2025-001", 4)
    assert not Claim.objects.filter(subject__name__contains="Port", property="cameras_authorised")
    awarded = Claim.objects.get(property="awarded_to")
    assert (str(awarded.amount), awarded.tax) == ("1234.50", "excl")
    town = Entity.objects.get(identifiers__value="21060088800015")
    assert town.name == "Ville d'Exempleville"

    before = rows()
    bring(path, "facts", now=LATER)
    assert rows() == before


def test_a_changed_file_changes_only_what_differs(tmp_path: Path) -> None:
    path = example(tmp_path)
    bring(path, "facts")
    changed = path.read_text().replace('from: "2019-11"', 'from: "2019-12"')
    report = bring(write(tmp_path, "exemple.yaml", changed), "facts", now=LATER)
    assert (report["edges"]["updated"], report["edges"]["created"]) == (1, 0)
    claim = Claim.objects.get(property="participates_in", target__name__contains="Micros")
    assert claim.from_text == "2019-12"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: b\n", "format"),
        ("format: contrechamp.facts\nversion: 2\n", "version"),
        (HEAD + "entites: []\n", "entities"),
        (HEAD + "entities:\n- {ref: a, kind: acteur, name: A}\n", "ligne 5"),
        (HEAD + "entities:\n- {ref: a, kind: actor, type: compagny, name: A}\n", "company"),
        (HEAD + 'entities:\n- {ref: "siren:210600889", kind: actor, name: A}\n', "SIREN"),
        (HEAD + ENTITY + "claims:\n- {subject: b, property: summary, value: x}\n", "ligne 7"),
        (HEAD + ENTITY + "claims:\n- {subject: a, property: sumary, value: x}\n", "summary"),
        (HEAD + ENTITY + "claims:\n- {subject: a, property: founded_on, value: 0218-10-29}\n", "7"),
        (HEAD + ENTITY + 'claims:\n- {subject: a, property: summary, value: x, from: "2019-13"}\n',
         "ligne 7"),
        (HEAD + ENTITY + "claims:\n- {subject: a, property: supplies, target: a}\n", "ligne 7"),
        (HEAD + ENTITY + 'claims:\n- {subject: a, property: supplies, target: "commune:06088"}\n',
         "ligne 7"),
        (HEAD + ENTITY + "claims:\n- {subject: a, property: summary, value: x,"
         " evidence: {source: y}}\n", "source"),
        (HEAD + "entities: [\n", "Ligne"),
        (HEAD + "tables:\n- {file: ../x.csv, each: {claims: []}}\n", "hors du dossier"),
        (HEAD + "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n", "champ"),
        (HEAD + "title: &t [*t]\n", "lui-même"),
    ],
)  # fmt: skip
def test_a_mistake_refuses_the_file_and_says_where(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        bring(write(tmp_path, "x.yaml", text), "facts")
    assert Entity.objects.count() == 0


def test_a_bomb_of_aliases_is_not_unfolded(tmp_path: Path) -> None:
    levels = "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 12))
    with pytest.raises(Refused, match="trop grand"):
        bring(write(tmp_path, "x.yaml", HEAD + "a0: &a0 [x]\n" + levels), "facts")


def test_an_unknown_commune_refuses_the_file(tmp_path: Path) -> None:
    text = HEAD + "entities:\n- {ref: p, kind: project, type: trial, name: P}\nclaims:\n"
    text += '- {subject: p, property: located_in, target: "commune:99999"}\n'
    with pytest.raises(Refused, match="99999"):
        bring(write(tmp_path, "x.yaml", text), "facts")
    assert Entity.objects.count() == 0


def test_a_name_that_may_be_a_persons_is_held(tmp_path: Path) -> None:
    text = HEAD + "entities:\n- {ref: a, kind: actor, type: company, name: Camille Exemple}\n"
    report = bring(write(tmp_path, "x.yaml", text), "facts")
    assert report["counts"] == {"person_suspected": 1}
    assert Entity.objects.get().person_hold


def test_two_files_that_say_the_same_share_one_claim(tmp_path: Path) -> None:
    text = HEAD + 'entities:\n- {ref: "siren:552059024", kind: actor, type: company, name: Visia}\n'
    text += 'claims:\n- {subject: "siren:552059024", property: founded_on, value: "1999",'
    first = text + ' evidence: {kind: url, url: "https://a.example/1"}}\n'
    second = text + ' evidence: {kind: url, url: "https://a.example/2"}}\n'
    bring(write(tmp_path, "1.yaml", first), "facts")
    bring(write(tmp_path, "2.yaml", second.replace("essai", "autre")), "facts", now=LATER)
    assert Claim.objects.get().evidence.count() == 2


# The starter census


def small_starter(folder: Path) -> Path:
    example(folder)
    return folder


def test_the_starter_is_published_by_two_accounts_and_loading_it_twice_changes_nothing(
    tmp_path: Path,
) -> None:
    folder = small_starter(tmp_path)
    (pack,) = starter.load_starter(now=NOW, folder=folder)
    assert (pack.refused, pack.facts) == ([], pack.published)
    assert {f.is_read_alone for f in published.facts()} == {False}
    before = rows()
    (again,) = starter.load_starter(now=LATER, folder=folder)
    assert rows() == before
    assert not again.is_changed
    assert starter.starter_status(folder=folder)[0].facts == pack.facts


def test_removing_the_starter_leaves_nothing(tmp_path: Path) -> None:
    folder = small_starter(tmp_path)
    starter.load_starter(now=NOW, folder=folder)
    removal = starter.remove_starter(now=LATER, folder=folder)
    assert (removal.kept_facts, removal.kept_records) == (0, [])
    for model in (Entity, Claim, Change, ImportRun, Published):
        assert model._default_manager.count() == 0


def test_what_others_built_on_stays(tmp_path: Path) -> None:
    folder = small_starter(tmp_path)
    starter.load_starter(now=NOW, folder=folder)
    town = Entity.objects.get(name="Ville d'Exempleville")
    noor = make.user("noor", Role.MEMBER)
    claim = add_claim(subject=town, property="description", value="À nous.", actor=noor, now=LATER)
    add_evidence(claim, kind="url", url="https://a.example/n", actor=noor, now=LATER)
    removal = starter.remove_starter(now=LATER, folder=folder)
    assert removal.kept_records == ["Ville d'Exempleville"]
    assert [each.pk for each in Claim.objects.all()] == [claim.pk]


def test_our_own_starter_is_read_without_a_mistake() -> None:
    packs = starter.load_starter(now=NOW)
    assert [pack.refused for pack in packs if pack.refused] == []
    assert sum(pack.published for pack in packs) >= 300
    assert not Entity.objects.filter(person_hold=True).exists()
