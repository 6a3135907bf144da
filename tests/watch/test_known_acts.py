"""Acts whose facts the census holds already."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from contrechamp.accounts.domain import Role
from contrechamp.accounts.services import system_account
from contrechamp.watch import published, services
from contrechamp.watch.domain import known_acts, public
from contrechamp.watch.domain.known_acts import FactTable, KnownAct, Survey
from contrechamp.watch.models import Found, PublicAct
from contrechamp.watch.queries import lessons
from tests import make

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
SURVEY = Survey(sha256="ab" * 32, departement="83", publisher="Préfecture")
SYSTEM = {
    **{"name": "Vidéoprotection : École — Ampus"},
    **{"id": "83003-ecole", "insee": "83003", "town": "Ampus", "holder": "Commune d'Ampus"},
    **{"decision_property": "authorising_act", "signed": "2026-10-02", "number": "2026/0001"},
    **{"cameras": "12", "public_way": "5", "days": "15", "act": "83-2026-10-02-00001"},
    **{"page": "7", "bulletin": "RAA n° 900", "url": "https://www.example.org/raa.pdf"},
    **{"survey_page": "2", "published": "2026-10-09", "years": "5", "expires": "2031-10-02"},
    "survey_quote": "Ampus (École), Commune d'Ampus ; 12 caméras autorisées, dont 5 sur la voie"
    " publique ; images gardées 15 jours ; dossier n° 2026/0001 (acte 83-2026-10-02-00001, page 7"
    " du recueil).",
}
FLIGHT = {
    **{"number": "2026-01234", "published": "2026-10-30", "from": "2026-10-31"},
    **{"to": "2026-11-01", "craft": "helicopter", "url": "https://www.example.org/vol.pdf"},
}


def _table(row: dict[str, str]) -> FactTable:
    return FactTable(path="essai.csv", sha256="cd" * 32, dataset="essai", rows=[row])


def _system() -> KnownAct:
    (act,) = known_acts.systems(_table(SYSTEM), SURVEY)
    return act


def _flight(**changed: str) -> KnownAct:
    (act,) = known_acts.flights(_table({**FLIGHT, **changed}))
    return act


def test_each_value_is_proved_by_its_words_of_our_survey() -> None:
    finding = _system().finding
    said = {name: proof["quote"] for name, proof in finding["evidence"].items()}
    assert said["cameras"] == "12 caméras autorisées, dont 5 sur la voie publique"
    assert said["retention_days"] == "images gardées 15 jours"
    assert said["places"] == "Ampus"
    assert {proof["document"] for proof in finding["evidence"].values()} == {SURVEY.sha256}
    assert finding["locator"]["page"] == 7


def test_what_is_watched_is_named_beside_the_public_body() -> None:
    assert _system().finding["beneficiary"]["printed"] == "Commune d'Ampus, École"


def test_the_time_to_challenge_runs_from_the_publication() -> None:
    assert _system().finding["appeal"]["act_by_safe"] == "2026-12-09"


def test_the_crew_of_a_helicopter_is_known() -> None:
    assert _flight().finding["aircraft"]["manned"] is True
    assert _flight(craft="aircraft").finding["aircraft"]["manned"] is None


def test_a_title_tells_one_flight_from_another() -> None:
    dated, undated = _flight().finding, _flight(**{"from": "", "to": ""}).finding
    assert public.days(dated) == (date(2026, 10, 31), date(2026, 11, 1))
    assert public.title(dated, "Vol", when="31 octobre 2026").endswith("— 31 octobre 2026")
    assert public.title(undated, "Vol").endswith("— n° 2026-01234")
    assert public.title(undated, "Flight", english=True).endswith("— 2026-01234")


@pytest.mark.django_db
def test_they_are_published_once_without_new_claims() -> None:
    author, reviewer = make.user("auteure"), make.user("relectrice", Role.EDITOR)
    acts = [_system(), _flight()]
    done = services.bring_known(acts, author=author, reviewer=reviewer, now=NOW)
    assert done == (2, [])
    assert services.bring_known(acts, author=author, reviewer=reviewer, now=NOW) == (0, [])
    assert [found.claims for found in Found.objects.all()] == [[], []]
    titles = {act.title for act in published.open_acts(date(2026, 11, 29))}
    assert any("Ampus" in title for title in titles)
    assert published.next_due(date(2026, 11, 29)) == date(2031, 10, 2)


@pytest.mark.django_db
def test_what_somebody_withdrew_is_not_brought_again() -> None:
    author, reviewer = make.user("auteure"), make.user("relectrice", Role.EDITOR)
    services.bring_known([_system()], author=author, reviewer=reviewer, now=NOW)
    key = _system().finding["id"]
    services.withdraw([key], actor=reviewer, now=NOW, note="essai")
    services.bring_known([_system()], author=author, reviewer=reviewer, now=NOW)
    assert not PublicAct.objects.filter(withdrawn_at=None)


@pytest.mark.django_db
def test_they_teach_nothing_about_what_the_machine_reads() -> None:
    author, reviewer = system_account("depart"), make.user("relectrice", Role.EDITOR)
    services.bring_known([_system(), _flight()], author=author, reviewer=reviewer, now=NOW)
    assert lessons.effect().findings == 0


@pytest.mark.django_db
def test_they_are_removed_without_a_trace() -> None:
    author, reviewer = make.user("auteure"), make.user("relectrice", Role.EDITOR)
    services.bring_known([_system(), _flight()], author=author, reviewer=reviewer, now=NOW)
    assert services.remove_known(author=author) == 2
    assert not Found.objects.exists()
    assert not PublicAct.objects.exists()
