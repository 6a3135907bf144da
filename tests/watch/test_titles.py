"""Lists of acts by title."""

from __future__ import annotations

import csv
import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from contrechamp.watch.domain.act_titles import number_in_title, read_title
from contrechamp.watch.domain.finding import Finding, Problem
from contrechamp.watch.domain.notice import days_of_notice, notice_of
from contrechamp.watch.scanning.titles import recognises, scan
from tests.shared import shared

CAPTURE = (
    "autorisant la captation, l’enregistrement et la transmission d’images au moyen de caméras "
)
AIR = CAPTURE + "installées sur des aéronefs"
HEAD = "numero_arrete,titre,date_publication,pdf_url\n"
HOST = "https://www.prefecturedepolice.interieur.gouv.fr/a.pdf"
JUDGED = Path(__file__).with_name("paris_titles.csv")


@pytest.mark.parametrize(
    ("title", "technology", "decision", "days"),
    [
        (
            f"Arrêté n°2025-1 {AIR} à Paris le samedi 7 juin 2025",
            "aerial_camera",
            None,
            "2025-06-07",
        ),
        (
            f"Arrêté n°2025-1 {CAPTURE}à Saint-Denis le 7 juin 2025",
            "aerial_camera",
            None,
            "2025-06-07",
        ),
        (
            "Arrêté n° 2025-2 autorisant le survol de drones de la zone de l'explosion",
            *("aerial_camera", None, None),
        ),
        (
            f"Arrêté 2025-3 modifiant l’arrêté n° 2025-1 du 2 juin 2025 {AIR} le 7 juin 2025",
            *("aerial_camera", "modification", "2025-06-07"),
        ),
        (
            "Arrêté n°2025-4 du 5 juin 2025 instituant un périmètre de protection les 7 et 8 juin",
            *("protection_perimeter", None, "2025-06-07"),
        ),
        (
            "Arrêté 2025-5 portant interdiction partielle d’une manifestation déclarée ce 7 juin",
            *("demonstration_ban", None, "2025-06-07"),
        ),
        (
            "Arrêté 2025-6 portant autorisation de l’emploi d’un traitement algorithmique des "
            "images issues d’un système de vidéoprotection du 7 juin 2025 au 9 juin 2025",
            *("algorithmic_video", None, "2025-06-07"),
        ),
        (
            "Arrêté 2025-7 autorisant la mise en œuvre de moyens de protection contre les menaces "
            "résultant d’aéronefs circulant sans personne à bord le 7 juin 2025",
            *("counter_drone", None, "2025-06-07"),
        ),
        (
            "Arrêté 2025-8 instituant un périmètre de protection pour la commémoration des "
            "attentats du 13 novembre 2015, le 7 juin 2025",
            *("protection_perimeter", None, "2025-06-07"),
        ),
    ],
)
def test_a_title_says_what_and_when(
    title: str, technology: str, decision: str | None, days: str | None
) -> None:
    read = read_title(title, date(2025, 6, 5))
    assert read is not None
    assert read.technology == technology
    assert read.decision == (decision or "authorisation")
    assert (read.intervals[0].start if read.intervals else None) == days


@pytest.mark.parametrize(
    "title",
    [
        "Arrêté autorisant un spectacle aérien public d’aéronefs sans équipage à bord le 7 juin",
        "Arrêté portant interdiction du survol par des drones et de la captation d'images",
        "Arrêté instaurant un périmètre comportant certaines mesures, supporters, le 7 juin 2025",
        "Arrêté modifiant provisoirement la circulation à l'occasion de la manifestation du 7 juin",
        "Arrêté portant interdiction de la vente d'alcool à l'occasion d'une manifestation",
        "Décision autorisant une manifestation sur la voie publique le 7 juin 2025",
        "Arrêté portant mesures de police à l'occasion de l'interdiction de la manifestation",
        "Arrêté portant interdiction de la manifestation sportive du 7 juin 2025",
    ],
)
def test_a_false_friend_among_titles_is_nothing(title: str) -> None:
    assert read_title(title, date(2025, 6, 5)) is None


def test_a_title_that_hides_a_bundle_is_a_lead() -> None:
    title = "Arrêté portant communication des arrêtés de vidéoprotection du 21 mai 2025"
    read = read_title(title, date(2025, 6, 5))
    assert read is not None
    assert read.is_lead


def test_the_number_is_taken_from_the_title_when_the_list_has_none() -> None:
    assert number_in_title("Arrêté N° 2025/01196 portant") == "2025/01196"
    assert number_in_title("Arrêté portant") is None


def _write(path: Path, rows: list[tuple[str, str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        csv.writer(file).writerows([*row, HOST] for row in rows)
    return path


def test_a_list_gives_findings_with_proof_court_and_places(tmp_path: Path) -> None:
    title = f"Arrêté n°2025-1 {CAPTURE}installées sur deux hélicoptères de la gendarmerie nationale"
    rows = [
        ("2025-1", f"{title} à Nanterre (92) le samedi 7 juin 2025", "06/06/2025"),
        ("2025-2", "Arrêté modifiant la circulation", "06/06/2025"),
        ("2025-1", f"{title} à Nanterre (92) le samedi 7 juin 2025", "07/06/2025"),
    ]
    path = _write(tmp_path / "list.csv", rows)
    assert recognises(path)
    [found] = scan(path, "list.csv", "raa")
    assert isinstance(found, Finding)
    assert found.locator.records == (0, 2)
    assert found.court == "Tribunal administratif de Paris"
    assert found.document.published_how == "listing"
    assert found.document.published_on == date(2025, 6, 6)
    assert [place.insee for place in found.places] == ["92050"]
    assert found.aircraft is not None
    assert (found.aircraft.count, found.aircraft.manned) == (2, True)
    assert found.operator is not None
    assert found.operator.class_ == "gendarmerie"
    assert all(
        each.records == (0, 2) and each.quote in rows[0][1] for each in found.evidence.values()
    )
    assert days_of_notice(found) == 1


def test_json_and_other_encodings_are_read_too(tmp_path: Path) -> None:
    row = {
        "numero": "2025-1",
        "titre": f"Arrêté {AIR} le 7 juin 2025",
        "date_publication": "2025-06-01",
    }
    as_json = tmp_path / "list.json"
    as_json.write_text(json.dumps([row]), "utf-8")
    old = tmp_path / "old.csv"
    old.write_bytes(
        "numero;titre;date_publication\n1;Arrêté portant interdiction d'une manifestation "
        "le 7 juin 2025;01/06/2025\n".encode("cp1252")
    )
    for path in (as_json, old):
        assert recognises(path)
        assert len(list(scan(path, path.name, "raa"))) == 1


def test_what_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    empty = tmp_path / "list.csv"
    empty.write_bytes(b"")
    [problem] = scan(empty, "list.csv", "raa")
    assert isinstance(problem, Problem)
    assert problem.code == "empty_text"
    dated = _write(tmp_path / "d.csv", [("1", f"Arrêté {AIR} le 7 juin 2025", "31/02/2025")])
    codes = [each.code for each in scan(dated, "d.csv", "raa") if isinstance(each, Problem)]
    assert codes == ["bad_date"]


def test_a_register_of_contracts_is_not_a_list_of_titles(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("titre,date_publication,montant,siret\nx,y,z,w\n")
    assert not recognises(path)


def test_the_titles_of_the_city_give_nothing() -> None:
    path = shared("bovp_paris/arretes.csv")
    assert recognises(path)
    assert list(scan(path, "arretes.csv", "raa")) == []


def test_kind_and_day_of_the_titles_judged_by_hand() -> None:
    """`paris_titles.csv`: 200 titles drawn by hash, judged by reading (kind, days of the event)."""
    with shared("prefpolice_paris/arretes.csv").open(encoding="utf-8") as file:
        rows = {
            sha256("|".join(key).encode()).hexdigest()[:12]: row
            for row in csv.DictReader(file)
            for key in [(row["numero_arrete"], " ".join(row["titre"].split()))]
        }
    with JUDGED.open(encoding="utf-8") as file:
        judged = list(csv.DictReader(file))
    assert len(judged) == 200
    wrong = []
    for each in judged:
        row = rows[each["key"]]
        day, month, year = map(int, row["date_publication"].split("/"))
        read = read_title(row["titre"], date(year, month, day))
        kind = "none" if read is None else "lead" if read.is_lead else read.technology
        days = " ".join(f"{i.start[:10]}/{i.end[:10]}" for i in read.intervals) if read else ""
        if (kind, days) != (each["kind"], each["days"]):
            wrong.append(each["number"])
    assert len(wrong) <= 4, wrong


def test_most_flights_of_paris_were_published_at_most_one_day_before() -> None:
    path = shared("prefpolice_paris/arretes.csv")
    found = [each for each in scan(path, "arretes.csv", "raa") if isinstance(each, Finding)]
    notice = notice_of(found)
    assert notice.flights == notice.dated + len(notice.undated)
    assert notice.dated > 530
    assert notice.share is not None
    assert 0.58 < notice.share < 0.67
