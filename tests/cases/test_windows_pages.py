"""What visitors get of the windows of a territory: pages, feeds, calendars, panels, mails."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils.translation import override

from contrechamp.cases import services
from contrechamp.cases.domain.windows import Sort, Why
from contrechamp.cases.followed import name, news
from contrechamp.cases.models import Window
from contrechamp.cases.queries.windows import of_record
from contrechamp.cases.shown import windows as said
from contrechamp.foundation.shelf import Folder, Shelf
from contrechamp.project.settings import MIDDLEWARE
from contrechamp.watch import services as watch
from contrechamp.watch.models import Alert
from contrechamp.web import keeping
from tests import make
from tests.cases.test_windows import act_of, publish
from tests.people import Person
from tests.watch import invented

ATOM = "{http://www.w3.org/2005/Atom}"
TODAY = date(2026, 3, 12)
pytestmark = pytest.mark.django_db


def to(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let pages be read on a day."""
    for module in ("views.windows", "shown.panels"):
        monkeypatch.setattr(f"contrechamp.cases.{module}.localdate", lambda: day)


@pytest.fixture
def today(gazetteer: None, monkeypatch: pytest.MonkeyPatch) -> date:
    to(monkeypatch, TODAY)
    return TODAY


def window(key: str, safe: str = "", last: str = "", **more: Any) -> Window:
    """Write one line of the list."""
    fields: dict[str, Any] = {
        "sort": Sort.ACT,
        "title": f"Fenêtre {key}",
        "url": f"/actes/{key}",
        "act_by_safe": safe or None,
        "last_day": last or safe or None,
        "rank": 0 if safe else 2,
        "why": "" if safe else Why.NO_PROOF,
        "court": "Tribunal administratif de Toulon",
        "departement": "83",
        "technology": "video_protection",
        "shown_at": datetime(2026, 3, 1, 9, tzinfo=UTC),
        "changed_at": datetime(2026, 3, 1, 9, tzinfo=UTC),
    }
    return Window.objects.create(pk=f"act-{key}", **(fields | more))


def test_the_most_urgent_comes_first_and_what_is_unknown_last(today: date, visitor: Person) -> None:
    window("d")
    window("c", rank=1, why=Why.REVEALED)
    window("b", "2026-04-20", "2026-04-21")
    window("a", "2026-03-14", "2026-03-16")
    window("e", "2026-03-11", "2026-03-12")
    window("f", "2026-03-10", "2026-03-11")
    page = visitor.opens("/actions/delais").text
    order = [page.index(f"Fenêtre {key}") for key in ("e", "a", "b", "c", "d")]
    assert order == sorted(order)
    assert "Fenêtre f" not in page
    for words in ("Décompte usuel seulement", "Derniers jours", "Sans délai", "Date à établir"):
        assert words in page
    assert "Var (83)" in page
    assert "Décision révélée par des documents" in page
    assert "Rien ne prouve le jour de la publication" in page
    closed = visitor.opens("/actions/delais?statut=closed").text
    assert "Fenêtre f" in closed
    assert "Fenêtre a" not in closed


def test_nothing_open_is_said(today: date, visitor: Person) -> None:
    assert "Rien n'est ouvert ici aujourd'hui" in visitor.opens("/actions/delais").text


def test_a_status_changes_at_midnight_in_paris(
    gazetteer: None, visitor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 22:30 UTC on 14 March it is the 14th in Paris still; at 23:30 UTC it is the 15th."""
    window("a", "2026-03-14", "2026-03-16")
    for moment, words in (
        (datetime(2026, 3, 14, 22, 30, tzinfo=UTC), "Derniers jours"),
        (datetime(2026, 3, 14, 23, 30, tzinfo=UTC), "Décompte usuel seulement"),
    ):
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        assert words in visitor.opens("/actions/delais").text


def test_a_kept_page_expires_at_midnight(
    gazetteer: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(keeping, "SHELF", Shelf())
    monkeypatch.setattr(keeping, "FOLDER", Folder(tmp_path))
    window("a", "2026-03-14", "2026-03-16")
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        for moment, words in (
            (datetime(2026, 3, 14, 22, 59, tzinfo=UTC), "Derniers jours"),
            (datetime(2026, 3, 14, 23, 1, tzinfo=UTC), "Décompte usuel seulement"),
        ):
            monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
            for _ in range(2):
                assert words in Client().get("/actions/delais").content.decode()


def test_of_a_record_with_many_undated_acts_the_newest_come_first(today: date) -> None:
    for key, number in (("c", "2014-07"), ("a", "2012-31"), ("b", "2013-02"), ("d", "")):
        window(key, number=number, record="prj-aaaaaaaaaa")
    window("e", number="2011-01", dated_on="2011-02-03", record="prj-aaaaaaaaaa")
    found = of_record("prj-aaaaaaaaaa", most=4, today=today)
    assert [row.pk for row in found] == ["act-e", "act-c", "act-b", "act-a"]


def test_a_month_is_a_table_of_its_days(today: date, visitor: Person) -> None:
    window("a", "2026-03-14", "2026-03-16")
    window("b", "2026-03-14", "2026-03-16")
    page = visitor.opens("/actions/delais/calendrier?mois=2026-03&departement=83").text
    assert "mars 2026" in page
    assert 'href="/actions/delais?departement=83&amp;jour=2026-03-14"' in page
    assert "2<span> délais</span>" in page
    assert "<script" not in page.partition('<table class="window-month"')[2].partition("</table")[0]
    assert "avril 2026" in visitor.opens("/actions/delais/calendrier?mois=2026-04").text
    for odd in ("zorglub", "2026-13", "1999-01", "2099-01"):
        assert "mars 2026" in visitor.opens(f"/actions/delais/calendrier?mois={odd}").text


def test_all_forms_tell_the_same(today: date, visitor: Person) -> None:
    window("a", "2026-03-14", "2026-03-16", published_on="2026-01-14")
    window("b")
    told = json.loads(visitor.opens("/actions/delais.json").text)
    assert [one["status"] for one in told["windows"]] == ["last_days", "unknown"]
    assert told["windows"][0]["act_by_safe"] == "2026-03-14"
    rows = list(csv.DictReader(io.StringIO(visitor.opens("/actions/delais.csv").text[1:])))
    assert [row["id"] for row in rows] == ["act-a", "act-b"]
    assert rows[0]["last_day"] == "2026-03-16"
    feed = json.loads(visitor.opens("/actions/delais.jsonfeed").text)
    assert len(feed["items"]) == 2
    assert visitor.opens("/actes-contestables.atom").status == 200


def test_an_entry_of_the_feed_is_renewed_when_its_status_changes(
    today: date, visitor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    window("a", "2026-04-14", "2026-04-15")
    seen = []
    for day in (TODAY, date(2026, 4, 7), date(2026, 4, 15)):
        to(monkeypatch, day)
        tree = Xml.fromstring(visitor.opens("/actions/delais.atom").text)  # noqa: S314
        (entry,) = tree.findall(f"{ATOM}entry")
        seen.append([entry.findtext(f"{ATOM}{part}") for part in ("id", "updated", "title")])
    assert len({key for key, _, _ in seen}) == 1
    assert [str(updated)[:16] for _, updated, _ in seen] == [
        "2026-03-01T09:00",
        "2026-04-06T22:00",
        "2026-04-14T22:00",
    ]
    assert [str(title).rpartition(" — ")[2] for _, _, title in seen] == [
        "délai ouvert",
        "derniers jours",
        "décompte usuel seulement",
    ]


def test_the_calendar_rings_before_the_safe_day_and_cancels_what_is_gone(
    today: date, visitor: Person
) -> None:
    row = window("a", "2026-03-14", "2026-03-16", published_on="2026-01-14")
    text = visitor.opens("/actions/delais.ics").text.replace("\r\n ", "")
    events = text.split("BEGIN:VEVENT")[1:]
    assert len(events) == 2
    assert "UID:window-act-a@" in events[0]
    assert "DTSTART;VALUE=DATE:20260314" in events[0]
    assert events[0].count("BEGIN:VALARM") == 3
    assert "UID:window-last-act-a@" in events[1]
    assert "DTSTART;VALUE=DATE:20260316" in events[1]
    assert "VALARM" not in events[1]
    assert "délai franc de 2 mois" in text
    Window.objects.filter(pk=row.pk).update(gone_at=datetime(2026, 3, 13, tzinfo=UTC), sequence=1)
    text = visitor.opens("/actions/delais.ics").text
    assert text.count("STATUS:CANCELLED") == 2
    assert "SEQUENCE:1" in text
    assert "UID:window-act-a@" in text
    assert "Fenêtre a" not in visitor.opens("/actions/delais").text


def test_a_project_has_its_own_feed_and_calendar(today: date, visitor: Person) -> None:
    claim = act_of(dated_text="2026-01-22")
    window("other", "2026-04-14")
    base = f"/projet/{claim.subject_id}/delais"
    feed, calendar = visitor.opens(f"{base}.atom").text, visitor.opens(f"{base}.ics").text
    assert "83-2026-01-20-00004" in feed
    assert "Fenêtre other" not in feed
    assert f"UID:window-{claim.pk}@" in calendar
    assert visitor.opens("/projet/prj-0000000000/delais.ics").status == 404


def test_the_page_of_a_project_and_of_its_fact_say_who_judges_and_until_when(
    today: date, visitor: Person
) -> None:
    claim = act_of(dated_text="2026-01-22")
    for url in (f"/projet/{claim.subject_id}", f"/fait/{claim.pk}"):
        page = visitor.opens(url).text
        assert "Quels recours, devant qui" in page, url
        assert "22 mars 2026" in page
        assert "23 mars 2026" in page
        assert "Tribunal administratif de Toulon" in page
        assert "Comment c'est compté" in page
    unknown = act_of()
    page = visitor.opens(f"/fait/{unknown.pk}").text
    assert "publication non établie" in page
    assert "La source ne donne pas le jour exact" in page


def test_a_page_of_thousands_of_windows_is_light(today: date, visitor: Person) -> None:
    kept = [
        window(
            f"{n}", f"2026-0{4 + n % 5}-{1 + n % 28:02}", title=f"Vidéoprotection {'x' * 90} {n}"
        )
        for n in range(3)
    ]
    rows = []
    for n in range(3000):
        fields = {field.name: getattr(kept[n % 3], field.name) for field in Window._meta.fields}
        rows.append(Window(**fields | {"id": f"act-z{n}", "departement": f"{n % 95 + 1:02}"}))
    Window.objects.bulk_create(rows)
    for url in ("/actions/delais", "/actions/delais?page=40", "/actions/delais/calendrier"):
        assert len(visitor.opens(url).text.encode()) < 120_000, url


# Mails


def test_an_alert_tells_new_windows_and_those_of_seven_days(
    gazetteer: None, noor: Person, django_capture_on_commit_callbacks: Any
) -> None:
    publish(invented.video(), now=datetime(2025, 3, 10, 9, 0, tzinfo=UTC))
    page = noor.opens("/actes/alertes?subject=windows&key=departement%3D83").text
    assert "Délais ouverts : Var" in page
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"address": "noor@example.org", "pace": "daily", "subject": "windows"}
        noor.sends("/actes/alertes/ajouter", key="departement=83", **sent)
    alert = Alert.objects.get()
    start = datetime(2025, 3, 10, 8, 0, tzinfo=UTC)
    Alert.objects.update(confirmed_at=start, told_until=start)
    mail.outbox.clear()
    # The mail of the day after tells what is new; then it is silent until seven days are left.
    assert watch.send_digests(start + timedelta(days=1, minutes=6)) == 1
    first = mail.outbox[-1]
    assert "Collège des Platanes" in first.body
    assert "3 mai 2025" in first.body.replace("\u00a0", " ")
    assert "List-Unsubscribe-Post" in first.extra_headers
    for days in range(2, 47):
        watch.send_digests(start + timedelta(days=days, minutes=7))
    assert len(mail.outbox) == 1
    for days in range(47, 60):
        watch.send_digests(start + timedelta(days=days, minutes=8))
    assert len(mail.outbox) == 2
    assert "Il reste sept jours ou moins" in mail.outbox[-1].body
    assert Client().post(f"/actes/alertes/fin/{alert.token}").status_code == 200
    assert not Alert.objects.exists()


def test_an_alert_in_english_is_in_english(gazetteer: None) -> None:
    publish(invented.video(), now=datetime(2025, 3, 10, 9, 0, tzinfo=UTC))
    since, until = datetime(2025, 3, 9, tzinfo=UTC), datetime(2025, 3, 12, tzinfo=UTC)
    with override("en"):
        assert name("", 0) == "the whole country"
        (line,) = news("technique=video_protection", 0, since, until)
    assert "published act" in line.summary
    assert "Until" in line.summary


def test_what_is_no_list_is_nothing_to_follow(gazetteer: None) -> None:
    assert name("departement=83", 0) == "Var"
    for key in ("zorglub=1", "statut=open", "jour=2026-01-01", "departement=zzz"):
        assert name(key, 0) is None


def test_every_sort_and_status_has_its_words() -> None:
    assert set(said.SORTS) == set(said.WHAT) == set(said.BASES) == set(Sort)
    make.user("personne")
    assert services.rebuild(now=datetime(2026, 3, 1, tzinfo=UTC)) == 0
