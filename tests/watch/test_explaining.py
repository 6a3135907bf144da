"""Why something was found or turned away: the rules that spoke, with their words."""

from __future__ import annotations

import json
import re
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from contrechamp.cli.main import contrechamp
from contrechamp.kernel.errors import Refused
from contrechamp.watch.domain import reading, voting
from contrechamp.watch.domain.act import Act, Context
from contrechamp.watch.domain.bundles import orders_of
from contrechamp.watch.domain.contracts.weighing import joined, votes, weigh
from contrechamp.watch.domain.reading import TURNED
from contrechamp.watch.scanning.explaining import Explained, explain
from contrechamp.watch.scanning.run import scan
from tests.shared import shared
from tests.watch.acts import act, acts_of, order
from tests.watch.deals import row, write_rows

HERE = Context(departement="83")
VIDEO = """ARRÊTÉ PRÉFECTORAL
portant autorisation d'installation d'un système de vidéoprotection
Commune de TOULON
(Collège des Platanes)
Le Préfet du Var,
Vu le code de la sécurité intérieure ;
ARRÊTE
Article 1 : Le collège est autorisé à installer un système de vidéoprotection composé de
3 caméras intérieures et de 1 caméra extérieure, enregistrée sous le numéro 2025/0101.
Article 2 : Le délai maximum de conservation est de 30 jours.
Fait à Toulon, le 3 mars 2025
"""


def rules(one: Act) -> list[str]:
    return [why.rule for why in reading.turned(one, HERE)]


@pytest.mark.parametrize(
    ("one", "rule"),
    [
        (act("Arrêté portant fermeture d'une route.\nArticle 1 : Elle est fermée."), "no_stem"),
        (
            order(
                "portant délégation de signature",
                "Article 1 : Délégation est donnée pour les systèmes de vidéoprotection.",
            ),
            "video_protection.persons",
        ),
        (
            order(
                "portant composition de la commission départementale de vidéoprotection",
                "Article 1 : Sont désignés les membres de la vidéoprotection.",
            ),
            "video_protection.persons",
        ),
        (
            order(
                "portant sur un système de vidéoprotection",
                "Article 1 : Le carrefour est aménagé.\nArticle 2 : Exécution.",
            ),
            "video_protection.not_in_articles",
        ),
        (
            order(
                "portant interdiction de survol par des drones",
                "Article 1 : Le survol par tout drone est interdit.",
            ),
            "aircraft.ban",
        ),
        (
            order(
                "instituant les périmètres de protection du captage",
                "Article 1 : Un périmètre de protection rapprochée est institué.",
                basis="code de la santé publique",
            ),
            "measures.perimeter_without_basis",
        ),
    ],
)
def test_an_act_that_is_no_finding_names_the_rule_that_turned_it_away(one: Act, rule: str) -> None:
    assert not list(reading.read(one, HERE))
    assert rule in rules(one)


def test_every_rule_that_is_named_says_what_it_means() -> None:
    code = Path(voting.__file__).parent
    named = {
        found
        for path in (*code.glob("*.py"), code / "contracts" / "weighing.py")
        for found in re.findall(r'(?:Turned|Vote)\(\s*"([a-z_.]+)"', path.read_text("utf-8"))
    }
    assert len(named) > 20
    assert named <= set(voting.RULES)


def test_a_reader_turns_away_exactly_what_it_does_not_read() -> None:
    """On orders of the real bulletins: to explain is to ask the rule that decides."""
    seen = 0
    for _, one in islice(acts_of(shared("raa_var")), 0, None, 3):
        flat = one.pages.folded
        asked = [reader for stems, reader in reading.READERS if stems.search(flat)]
        for each in orders_of(one) if asked else ():
            for reader in asked:
                drafts = [draft for draft in reader(each, HERE) if not draft.is_lead]
                assert bool(drafts) != bool(TURNED[reader](each, HERE)), one.number
                seen += 1
    assert seen > 40


@pytest.mark.parametrize(
    ("text", "cpv", "supplier"),
    [
        ("Extension de la vidéoprotection urbaine", "32323500", "SNEF"),
        ("Maintenance des caméras", "32323500", ""),
        ("Fourniture d'équipements", "32323500", ""),
        ("Vidéoprojecteurs pour les écoles", None, ""),
        ("Inspection vidéo des réseaux d'assainissement", None, ""),
        ("Vidéo-verbalisation et lecture de plaques LAPI", "35125300", "Survision"),
    ],
)
def test_the_votes_of_a_contract_give_its_confidence(
    text: str, cpv: str | None, supplier: str
) -> None:
    heard = votes(text, cpv, suppliers=supplier)
    weighed = weigh(text, cpv, suppliers=supplier)
    confidence = joined([vote.chance for vote in heard if vote.chance > 0])
    if weighed is None:
        assert confidence < 0.5
        assert heard
    else:
        assert confidence == weighed.confidence


def explained(path: Path, identifier: str) -> Explained:
    (one,) = explain(identifier, [path])
    return one


def test_each_field_of_a_finding_names_its_rule_words_and_measure(tmp_path: Path) -> None:
    (tmp_path / "recueil.txt").write_text(VIDEO, "utf-8")
    (found,) = scan([tmp_path]).findings
    one = explained(tmp_path, found.id)
    assert one.is_finding
    fields = {spoke.field: spoke for spoke in one.fields}
    assert fields["cameras"].rule == "video_protection.cameras"
    assert "3 caméras intérieures" in (fields["cameras"].quote or "")
    assert fields["cameras"].judged == (78, 79)
    (how,) = one.derivation
    assert how["how"] == "smallest"
    assert how["value"] == one.confidence == found.confidence
    assert json.loads(json.dumps(one.as_json()))["identifier"] == found.id


def test_words_of_negative_lists_speak_against_a_finding(tmp_path: Path) -> None:
    text = VIDEO.replace("Vu le code", "Vu l'avis de la commission départementale ;\nVu le code")
    (tmp_path / "recueil.txt").write_text(text, "utf-8")
    (found,) = scan([tmp_path]).findings
    against = explained(tmp_path, found.id).against
    assert [(spoke.rule, spoke.quote) for spoke in against] == [
        ("negative.delegation", "commission départementale")
    ]


def test_an_act_is_asked_for_by_its_number(tmp_path: Path) -> None:
    turned = order(
        "portant délégation de signature",
        "Article 1 : Délégation est donnée à M. Untel pour la vidéoprotection.",
    ).pages.text
    text = f"Sommaire\n\n83-2025-05-12-00003\n\n{turned}\nPréfecture - 83-2025-05-12-00003 - X 3\n"
    (tmp_path / "recueil.txt").write_text(text, "utf-8")
    one = explained(tmp_path, "83-2025-05-12-00003")
    assert not one.is_finding
    assert "video_protection.persons" in {spoke.rule for spoke in one.against}
    assert "Untel" not in json.dumps(one.as_json())


def test_a_contract_tells_its_chances_and_one_that_is_none_what_was_missing(
    tmp_path: Path,
) -> None:
    rows = [
        row(id="A1", objet="Extension de la vidéoprotection", codeCPV="32323500"),
        row(id="B2", objet="Inspection vidéo des réseaux d'assainissement", codeCPV="90470000"),
    ]
    path = write_rows(tmp_path / "marches.json", *rows)
    (found,) = scan([path]).findings
    one = explained(path, found.id)
    assert [part["rule"] for part in one.derivation] == ["contracts.words", "contracts.cpv"]
    assert round(joined([part["value"] for part in one.derivation]), 2) == one.confidence
    none = explained(path, "B2")
    assert not none.is_finding
    assert none.against


def test_what_is_not_in_the_files_is_not_explained(tmp_path: Path) -> None:
    (tmp_path / "recueil.txt").write_text(VIDEO, "utf-8")
    assert explain("wf-0000000000000000", [tmp_path]) == []
    assert explain("83-2020-01-01-00001", [tmp_path]) == []


def test_the_command_explains_in_words_and_as_json(tmp_path: Path) -> None:
    (tmp_path / "recueil.txt").write_text(VIDEO, "utf-8")
    (found,) = scan([tmp_path]).findings
    words = ["watch", "explain", found.id, str(tmp_path)]
    said = CliRunner().invoke(contrechamp, words)
    assert said.exit_code == 0
    assert "video_protection.cameras" in said.stdout
    line = json.loads(CliRunner().invoke(contrechamp, [*words, "--json"]).stdout)
    assert (line["type"], line["identifier"]) == ("explanation", found.id)
    assert line["fields"][0]["rule"].startswith("video_protection.")
    for wrong in ("wf-0000000000000000", "83-2020-01-01-00001"):
        refused = CliRunner().invoke(contrechamp, ["watch", "explain", wrong, str(tmp_path)])
        assert isinstance(refused.exception, Refused)
