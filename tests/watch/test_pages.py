"""What visitors read of public acts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.census import queries as census_queries
from contrechamp.census import services as census
from contrechamp.foundation.shelf import Folder, Shelf
from contrechamp.project.settings import MIDDLEWARE
from contrechamp.watch import services
from contrechamp.watch.domain import counting
from contrechamp.watch.domain.counting import Counted
from contrechamp.watch.domain.deadline import notice_day, window
from contrechamp.watch.models import PublicAct
from contrechamp.web import keeping
from tests import make
from tests.people import Person
from tests.watch import invented

NOW = datetime(2025, 3, 10, 9, 0, tzinfo=UTC)
PAGES = (
    *("/actes", "/actes?semaine=2025-W11", "/actes?departement=83", "/actes/a-contester"),
    *("/actes/renouvellements", "/actes/statistiques", "/actes/flux.atom", "/actes/flux.json"),
    *("/actes/a-contester.ics", "/actes/a-contester.csv", "/actes/a-contester.json"),
    *("/actes/renouvellements.ics", "/actes/renouvellements.csv", "/actes/renouvellements.atom"),
    *("/commune/83137-toulon", "/departement/83-var", "/actes/statistiques/vols.csv"),
    "/actes/flux.atom?lieu=commune:83137",
)
ACT = "/actes/0000000000000001"

pytestmark = pytest.mark.django_db


@pytest.fixture
def readers(gazetteer: None) -> tuple[User, User]:
    return make.user("lectrice", Role.EDITOR), make.user("relecteur", Role.EDITOR)


def publish(readers: tuple[User, User], *findings: dict[str, Any], now: datetime = NOW) -> None:
    services.take_in(findings, now=now)
    ids = [each["id"] for each in findings]
    assert services.accept(ids, actor=readers[0], now=now).refused == []
    assert services.publish(ids, reviewer=readers[1], now=now).refused == []


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    day = date(2025, 3, 12)
    for name in ("views.lists", "views.acts", "views.files", "shown.records"):
        monkeypatch.setattr(f"contrechamp.watch.{name}.localdate", lambda: day)
    return day


def test_without_acts_each_page_says_what_that_means(visitor: Person) -> None:
    assert "Aucun acte n'a été publié ici cette semaine" in visitor.opens("/actes").text
    assert "ne peut être contesté" in visitor.opens("/actes/a-contester").text
    assert "Trop peu d'actes" in visitor.opens("/actes/statistiques").text


def test_a_week_shows_its_acts_by_departement(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    publish(readers, invented.video(), invented.flight())
    page = visitor.opens("/actes").text
    assert "Var (83)" in page
    assert "Collège des Platanes" in page
    assert "52 jours pour contester" in page
    before = visitor.opens("/actes?semaine=2025-W02").text
    assert "Platanes" not in before
    assert "Platanes" not in visitor.opens("/actes?departement=06").text
    assert "Platanes" in visitor.opens("/actes?lieu=commune:83137&technique=video_protection").text


def test_a_decision_that_is_published_twice_is_listed_once(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    twin = invented.video(7, duplicate_of=invented.video()["id"])
    publish(readers, invented.video(), twin)
    page = visitor.opens("/actes").text
    assert page.count('class="act"') == 1
    assert "publié aussi 1 fois" in page
    assert "Publié aussi" in visitor.opens(ACT).text


def test_an_act_shows_its_values_with_their_words_and_its_clock(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    publish(readers, invented.video())
    page = visitor.opens(ACT).text
    assert "<mark>composé de 3 caméras intérieures et de 1 caméra extérieure</mark>" in page
    assert 'href="https://www.var.gouv.fr/recueil-12.pdf"' in page
    assert "jusqu'au 3 mai 2025 (sûr)" in page or "jusqu&#x27;au" in page
    assert "5 mai 2025" in page
    assert "Tribunal administratif de Toulon" in page
    assert "n'est pas un conseil juridique" in page
    assert "ce jour ne fait courir aucun délai" in page


def test_without_proof_of_publication_there_is_no_last_day(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    finding = invented.video()
    finding["document"] = {**finding["document"], "published_on": None}
    finding["appeal"] = {"months": 2, "from": None, "act_by_safe": None, "last_day": None}
    publish(readers, finding)
    page = visitor.opens(ACT).text
    assert "Pas de preuve de publication, donc pas de dernier jour." in page
    assert "jours pour contester" not in page
    assert ACT not in visitor.opens("/actes/a-contester").text


def test_a_withdrawn_act_says_so_and_nothing_else(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    publish(readers, invented.video())
    services.withdraw([invented.video()["id"]], actor=readers[1], now=NOW, note="mal lue")
    answer = visitor.opens(ACT)
    assert answer.status == 410
    assert "Platanes" not in answer.text
    feed = visitor.opens("/actes/flux.json?lieu=commune:83137").text
    (item,) = json.loads(feed)["items"]
    assert item["title"] == "Acte retiré"
    assert item["id"].endswith(":watch:act:wf-0000000000000001")


def test_open_acts_come_soonest_first_as_page_feed_and_calendar(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    publish(readers, invented.video(), invented.flight(), invented.contract())
    page = visitor.opens("/actes/a-contester").text
    assert page.count('class="act"') == 2
    assert visitor.opens("/actes/a-contester.csv").text.count("\n") == 3
    calendar = visitor.opens("/actes/a-contester.ics").text
    assert "DTSTART;VALUE=DATE:20250503" in calendar
    feed = json.loads(visitor.opens("/actes/a-contester.json").text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert len(feed["items"]) == 2


def test_renewals_show_the_notice_four_months_before(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    publish(readers, invented.video(expires_on=date(2025, 12, 1)))
    assert "1er août 2025" in visitor.opens("/actes/renouvellements").text
    assert "DTSTART;VALUE=DATE:20250801" in visitor.opens("/actes/renouvellements.ics").text


def test_feeds_are_narrowed_to_place_technology_and_company(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    publish(readers, invented.video(), invented.flight(), invented.contract())

    def count(query: str) -> int:
        return len(json.loads(visitor.opens(f"/actes/flux.json{query}").text)["items"])

    assert count("") == 3
    assert count("?lieu=commune:83047") == 1
    assert count("?technique=aerial_camera") == 1
    assert count("?entreprise=552081317") == 1
    assert count("?departement=83") == 3
    assert count("?departement=06") == 0


def test_pages_of_places_show_their_acts(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    assert "Actes et marchés" not in visitor.opens("/commune/83137-toulon").text
    publish(readers, invented.video(), invented.contract())
    for page in ("/commune/83137-toulon", "/departement/83-var"):
        text = visitor.opens(page).text
        assert "Actes et marchés" in text, page
        assert ACT in text, page


def test_statistics_count_a_decision_once(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    twin = invented.video(7, duplicate_of=invented.video()["id"])
    publish(readers, invented.video(), twin, invented.flight(), invented.contract())
    page = visitor.opens("/actes/statistiques").text
    assert "Lumière et Câbles SA" in page
    table = visitor.opens("/actes/statistiques/cameras-par-commune.csv").text
    assert "Toulon (83),4," in table


def test_a_small_shop_is_named_nowhere(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    publish(readers, invented.shop())
    for url in (*PAGES, "/actes/0000000000000002", "/recherche?q=Tournebride"):
        text = visitor.opens(url).text
        assert "Tournebride" not in text.replace('value="Tournebride"', "").replace(
            "q=Tournebride", ""
        ) or url.startswith("/recherche"), url


def test_what_waits_changes_no_byte(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    publish(readers, invented.video())
    before = {url: visitor.opens(url).content for url in PAGES}
    waiting = [invented.shop(), invented.flight(), invented.contract(), invented.video(9)]
    services.take_in(waiting, now=NOW)
    services.accept([waiting[0]["id"]], actor=readers[0], now=NOW)
    services.reject([waiting[1]["id"]], actor=readers[0], now=NOW, reason="duplicate")
    assert {url: visitor.opens(url).content for url in PAGES} == before
    for each in waiting:
        assert visitor.opens(f"/actes/{each['id'][3:]}").status == 404


@pytest.fixture
def keeps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(keeping, "SHELF", Shelf())
    monkeypatch.setattr(keeping, "FOLDER", Folder.of(tmp_path))
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        yield


def test_kept_pages_are_dropped_when_acts_change(
    readers: tuple[User, User], today: date, keeps: None
) -> None:
    def page() -> str:
        return Client(headers={"accept-language": "fr"}).get("/actes?departement=83").text

    ban = invented.flight(9, technology="demonstration_ban", decision="ban", operator=None)
    publish(readers, invented.video())
    assert page().count('class="act"') == 1
    publish(readers, ban)
    assert page().count('class="act"') == 2
    services.withdraw([ban["id"]], actor=readers[1], now=NOW, note="mal lue")
    assert page().count('class="act"') == 1


def test_a_window_is_counted_from_publication_alone() -> None:
    found = window(date(2025, 2, 11), 2, date(2025, 4, 12))
    assert found is not None
    assert (found.safe, found.last) == (date(2025, 4, 11), date(2025, 4, 14))
    assert (found.left, found.is_open) == (-1, True)
    assert window(None, 2, date(2025, 4, 12)) is None
    assert notice_day(date(2025, 12, 31)) == date(2025, 8, 31)


def test_flights_without_a_day_are_said_apart() -> None:
    def flight(published: date | None, flown: date | None) -> Counted:
        return Counted(
            id="wf-1",
            technology="aerial_camera",
            decision="authorisation",
            published_on=published,
            event_on=flown,
            cameras=None,
            amount=None,
        )

    day = date(2025, 3, 3)
    found = counting.flights(
        [flight(day, date(2025, 3, 4)), flight(day, date(2025, 3, 6)), flight(None, day)]
    )
    assert (found.late, found.known, found.undated, found.share) == (1, 2, 1, 50)


def record_of(finding: dict[str, Any]) -> str:
    return PublicAct.objects.get(pk=finding["id"]).project


def test_the_page_of_a_project_shows_its_acts_with_the_days_left(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    publish(readers, invented.video(), invented.flight())
    project = record_of(invented.video())
    page = visitor.opens(f"/projet/{project}").text
    assert "Actes et marchés de surveillance" in page
    assert f'href="{ACT}"' in page
    assert "52 jours pour contester" in page
    assert f'href="/actes?fiche={project}"' in page
    assert "0000000000000003" not in page
    narrowed = visitor.opens(f"/actes?fiche={project}").text
    assert narrowed.count('class="act"') == 1


def test_the_page_of_a_contract_shows_its_notice(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    publish(readers, invented.contract())
    page = visitor.opens(f"/contrat/{record_of(invented.contract())}").text
    assert 'href="/actes/0000000000000004"' in page
    assert "pour contester" not in page


def test_acts_follow_a_record_that_was_merged_into_another(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    one, other = invented.video(), invented.video(5, places=(invented.LA_CRAU,))
    publish(readers, one, other)
    rows = [census_queries.get_entity(record_of(each)) for each in (one, other)]
    survivor, absorbed = census.choose_survivor(*rows)
    census.merge(survivor, absorbed, actor=readers[1], now=NOW, reason="même réseau")
    page = visitor.opens(f"/projet/{survivor.pk}").text
    assert ACT in page
    assert "/actes/0000000000000005" in page


def test_a_record_shows_nothing_of_acts_that_are_not_public(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    publish(readers, invented.video())
    project = record_of(invented.video())
    before = visitor.opens(f"/projet/{project}").content
    services.take_in([invented.video(6)], now=NOW)
    services.accept([invented.video(6)["id"]], actor=readers[0], now=NOW, project_id=project)
    assert visitor.opens(f"/projet/{project}").content == before
    services.withdraw([invented.video()["id"]], actor=readers[1], now=NOW, note="mal lue")
    assert visitor.opens(f"/projet/{project}").status == 404


def test_a_hidden_record_narrows_a_list_no_more_than_one_that_never_was(
    readers: tuple[User, User], visitor: Person, today: date
) -> None:
    publish(readers, invented.flight())
    hidden = census.add_entity(kind="project", type="trial", name="x", actor=readers[0], now=NOW)
    PublicAct.objects.update(project=hidden.pk)
    keys = (hidden.pk, "prj-0000000000")
    pages = [visitor.opens(f"/actes?fiche={key}").text.replace(key, "?") for key in keys]
    assert pages[0] == pages[1]
