# ruff: noqa: E501  The lines are cut where those of a bulletin are.
"""From the bytes of a bulletin to the decisions that it hides, on a bulletin made up for it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from contrechamp.watch.domain import bulletins
from contrechamp.watch.domain.finding import Finding, as_json
from contrechamp.watch.scanning.run import scan
from tests.watch import bulletin


def found_in(folder: Path, text: str, name: str = "recueil.txt") -> list[Finding]:
    (folder / name).write_text(text, encoding="utf-8")
    return scan([folder], jobs=1).findings


def test_pages_end_at_footers_even_when_a_year_sticks_to_their_number() -> None:
    sheets = bulletins.sheets_of_text(bulletin.small())
    assert [sheet.number for sheet in sheets] == list(range(1, 13))
    assert sheets[4].act == bulletin.BUNDLE
    assert sheets[4].title == " ".join(bulletin.TITLE.split())
    assert "1/2" not in sheets[4].body
    assert sheets[4].body.rstrip().endswith("conformément")


def test_pages_of_a_file_that_has_its_own_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = found_in(tmp_path / "a", bulletin.small())
    other = found_in(tmp_path / "b", bulletin.small(with_pages=True))
    assert [each.locator.page for each in one] == [each.locator.page for each in other]
    assert [each.cameras for each in one] == [each.cameras for each in other]


def test_the_cover_says_when_it_was_published() -> None:
    text = bulletin.small()
    assert bulletins.published_on(text) == date(2025, 2, 3)
    assert bulletins.published_on("PUBLIÉ LE  1er AOÛT 2026") == date(2026, 8, 1)
    assert bulletins.published_on("rien") is None


def test_a_bundle_gives_its_orders_and_never_itself(tmp_path: Path) -> None:
    found = found_in(tmp_path, bulletin.small())
    assert [each.decision for each in found] == [
        "authorisation",
        "authorisation",
        "refusal",
        "modification",
    ]
    assert [each.locator.bundle.index for each in found if each.locator.bundle] == [1, 2, 3, 4]
    assert [(each.locator.page, each.locator.last_page) for each in found] == [
        (5, 6),
        (7, 8),
        (9, 10),
        (11, 12),
    ]


def test_the_body_wins_over_the_inner_contents_and_says_so(tmp_path: Path) -> None:
    refused = found_in(tmp_path, bulletin.small())[2]
    assert refused.decision == "refusal"
    assert "summary_differs" in refused.warnings


def test_communes_are_recognised_inside_the_departement(tmp_path: Path) -> None:
    found = found_in(tmp_path, bulletin.small())
    assert [(each.places[0].insee, each.places[0].how) for each in found] == [
        ("83137", "exact"),
        ("83073", "article"),
        ("83144", "prefix"),
        ("83064", "exact"),
    ]


def test_the_numbers_are_read_where_they_are_decided(tmp_path: Path) -> None:
    one, two, refused, changed = found_in(tmp_path, bulletin.small())
    assert one.cameras is not None
    assert (one.cameras.indoor, one.cameras.outdoor, one.cameras.total) == (2, 1, 3)
    assert two.cameras is not None
    assert two.cameras.total == 3
    assert refused.cameras is None
    assert changed.cameras is not None
    assert (changed.cameras.added, changed.cameras.total) == (4, 126)
    assert changed.cameras.public_road == 95
    assert one.retention_days == 15
    assert one.file_numbers == ("2025/0012",)
    assert refused.file_numbers == ("2025/0031",)
    assert changed.file_numbers == ("2021/0811", "2022/0206", "2024/0562")
    assert one.duration_years == 5
    assert one.act is not None
    assert one.act.signed_on == date(2024, 12, 10)
    assert one.expires_on == date(2029, 12, 10)
    assert changed.expires_on is None


def test_the_days_left_follow_from_the_publication_alone(tmp_path: Path) -> None:
    (tmp_path / "recueil.json").write_text(
        json.dumps({"name": "Recueil", "first_seen_on": "2025-07-21T10:00:00+00:00"}), "utf-8"
    )
    appeal = found_in(tmp_path, bulletin.small())[0].appeal
    assert appeal is not None
    assert (appeal.from_, appeal.act_by_safe, appeal.last_day) == (
        date(2025, 2, 3),
        date(2025, 4, 3),
        date(2025, 4, 4),
    )
    without = bulletin.small().replace("PUBLIÉ LE 3 FÉVRIER 2025", "")
    (tmp_path / "x").mkdir()
    silent = found_in(tmp_path / "x", without, "sansdate.txt")[0].appeal
    assert silent is not None
    assert (silent.from_, silent.act_by_safe, silent.last_day) == (None, None, None)


def test_every_quote_stands_on_the_page_that_is_named(tmp_path: Path) -> None:
    text = bulletin.small()
    pages = {sheet.number: sheet.body for sheet in bulletins.sheets_of_text(text)}
    for each in found_in(tmp_path, text):
        assert each.evidence
        for proof in each.evidence.values():
            assert proof.page is not None
            assert proof.quote in pages[proof.page]
            assert 0 < len(proof.quote) <= 300
            assert 0 < proof.confidence < 1


def test_nobody_is_named_in_what_is_printed(tmp_path: Path) -> None:
    lines = json.dumps([as_json(each) for each in found_in(tmp_path, bulletin.small())])
    for name in ("Octave", "TOURNEBRIDE", "Tournebride", "VALBERG"):
        assert name not in lines


def test_a_shop_is_private_and_a_library_is_not(tmp_path: Path) -> None:
    library, shop, *_ = found_in(tmp_path, bulletin.small())
    assert library.beneficiary is not None
    assert library.beneficiary.publish
    assert library.beneficiary.class_ == "commune"
    assert shop.beneficiary is not None
    assert not shop.beneficiary.publish
    assert shop.beneficiary.label_fr == "Locaux privés : boulangerie"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_text"),
        (b" \n\n ", "empty_text"),
        (b"Bonjour, ceci est une lettre.", "no_acts"),
        (("/0 /1 /2 \u25a1 /12 /7 " * 40).encode(), "unreadable_text"),
    ],
)
def test_what_cannot_be_read_is_one_clear_problem(
    tmp_path: Path, content: bytes, code: str
) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    (tmp_path / "b.txt").write_text(bulletin.small(), "utf-8")
    scanned = scan([tmp_path], jobs=1)
    assert code in {each.code for each in scanned.problems}
    assert len(scanned.findings) == 4


def test_a_truncated_pdf_and_a_text_of_windows(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type /Cat")
    (tmp_path / "b.txt").write_bytes(bulletin.small().encode("cp1252", "replace"))
    scanned = scan([tmp_path], jobs=1)
    assert [(each.document, each.code) for each in scanned.problems] == [
        (f"{tmp_path.name}/a.pdf", "broken")
    ]
    assert len(scanned.findings) == 4
    assert all("encoding_guessed" in each.warnings for each in scanned.findings)


def test_an_empty_text_beside_a_broken_pdf_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"nothing")
    (tmp_path / "a.txt").write_text(bulletin.small(), "utf-8")
    scanned = scan([tmp_path], jobs=1)
    assert scanned.documents == 1
    assert len(scanned.findings) == 4


def test_the_same_order_in_two_bulletins_is_one_decision(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(bulletin.small(), "utf-8")
    later = bulletin.small().replace("3 FÉVRIER", "9 FÉVRIER").replace("00007", "00009")
    (tmp_path / "b.txt").write_text(later, "utf-8")
    found = scan([tmp_path], jobs=1).findings
    assert [bool(each.duplicate_of) for each in found] == [False] * 4 + [True] * 4
    assert {each.duplicate_of for each in found[4:]} == {each.id for each in found[:4]}


def test_one_and_two_processes_say_the_same(tmp_path: Path) -> None:
    for name in "abcde":
        (tmp_path / f"{name}.txt").write_text(
            bulletin.small().replace("2025", f"202{ord(name) % 3 + 4}"), "utf-8"
        )
    one, two = scan([tmp_path], jobs=1), scan([tmp_path], jobs=2)
    assert [as_json(each) for each in one.findings] == [as_json(each) for each in two.findings]


def test_a_delegation_of_signature_decides_nothing(tmp_path: Path) -> None:
    text = (
        bulletin.CREST
        + "ARRÊTÉ PRÉFECTORAL n° 2025/12\nportant délégation de signature en matière de vidéoprotection\n"
        "Le Préfet du Var,\nVu le code de la sécurité intérieure ;\nARRETE\n"
        "Article 1 – Délégation est donnée à la directrice pour signer les autorisations de systèmes\n"
        "de vidéoprotection. Elle est autorisée à signer.\nArticle 2 – L'arrêté est abrogé.\n"
    )
    assert found_in(tmp_path, text) == []


def test_members_of_a_commission_and_staff_who_watch_are_no_decision(tmp_path: Path) -> None:
    for number, title in enumerate(
        (
            "portant modification de la composition de la commission départementale de vidéoprotection",
            "portant habilitation à la vidéoprotection",
            "portant désignation des personnes habilitées à visionner la vidéosurveillance",
        )
    ):
        text = (
            f"ARRÊTÉ PRÉFECTORAL\n{title}\nLe Préfet,\nVu le code ;\nARRETE\n"
            "Article 1 – Sont autorisés à visionner les images de vidéoprotection : le chef.\n"
        )
        assert found_in(tmp_path, text, f"n{number}.txt") == []


def test_a_single_order_of_another_prefecture_is_read(tmp_path: Path) -> None:
    text = (
        "PRÉFET DU GARD\nArrêté n° 30-2025-04-02-00011\n"
        "portant autorisation d'un système de vidéoprotection\nCommune de NÎMES\n"
        "Le préfet du Gard,\nVu le code de la sécurité intérieure, notamment l'article L252-1 ;\n"
        "ARRÊTE\nArticle 1er : Le maire de Nîmes est autorisé à installer, à la piscine municipale à\n"
        "NÎMES (30000), un système de vidéoprotection de 12 caméras, dossier n° 2025/0044.\n"
        "Article 2 : La durée de conservation des images est fixée à 30 jours.\n"
        "Fait à Nîmes, le 2 avril 2025\n"
    )
    (found,) = found_in(tmp_path, text)
    assert found.places[0].insee == "30189"
    assert found.cameras is not None
    assert found.cameras.total == 12
    assert found.retention_days == 30
    assert found.file_numbers == ("2025/0044",)
    assert found.court == "Tribunal administratif de Nîmes"
