"""Time, as people see it and take it away."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from contrechamp.census import services as census
from contrechamp.census.models import Claim
from contrechamp.chronicle.shown import page as shown_page
from tests.observatory import NOW, Observatory, observatory, proof
from tests.people import Person

LATER = NOW + timedelta(days=3)


@pytest.fixture
def here(marianne: Person, amina: Person) -> Observatory:
    assert marianne.user
    assert amina.user
    return observatory(author=marianne.user, editor=amina.user)


def say(here: Observatory, subject: Any, code: str, **values: Any) -> Claim:
    """A fact that is written, read and published."""
    by: dict[str, Any] = {"actor": here.author, "now": values.pop("now", NOW)}
    claim = census.add_claim(subject=subject, property=code, **values, **by)
    census.add_evidence(claim, **proof(here.sha256, here.quote), **by)
    census.submit([claim.pk], **by)
    report = census.publish([claim.pk], reviewer=here.editor, now=by["now"])
    assert not report.refused
    return claim


def listed(text: str) -> set[str]:
    return set(re.findall(r'<a class="tl-text" href="(/fait/[^"]+)"', text))


def drawn(text: str) -> set[str]:
    return set(re.findall(r'<a href="(/fait/[^"]+)" class="tl-', text))


def test_an_empty_observatory_says_what_will_be_here(visitor: Person) -> None:
    page = visitor.opens("/chronologie").text
    assert "Rien de daté" in page
    assert visitor.opens("/chronologie.csv").status == 200
    assert visitor.opens("/chronologie.ics").text.endswith("END:VCALENDAR\r\n")


def test_the_drawing_and_the_list_have_the_same_facts_and_proofs(
    visitor: Person, here: Observatory
) -> None:
    page = visitor.opens("/chronologie").text
    dated = {f"/fait/{claim.pk}" for claim in here.claims if claim.from_text}
    assert len(dated) == 3
    assert drawn(page) == dated
    assert dated <= listed(page)
    assert page.count(f'href="/documents/{here.sha256}/page/2#') >= 3
    assert 'style="' not in page


def test_what_has_no_date_is_below_with_its_count(visitor: Person, here: Observatory) -> None:
    page = visitor.opens("/chronologie").text
    assert "6 faits sans date" in page
    assert page.index("sans-date") < page.index(f"/fait/{here.kept.pk}")


def test_a_month_is_a_stretch_and_a_day_is_a_point(visitor: Person, here: Observatory) -> None:
    page = visitor.opens("/chronologie").text
    marks = dict(re.findall(r'<a href="/fait/([^"]+)" class="tl-[^"]*">(.*?)</a>', page, re.DOTALL))
    month, year, day = (here.claims[n].pk for n in (1, 2, 6))
    assert "tl-is-unsure" in marks[month]
    assert "tl-is-unsure" in marks[year]
    assert '<use href="#tl-documented"' in marks[day]
    assert "novembre 2023" in page
    assert "1 novembre 2023" not in page


@pytest.mark.parametrize("of", ["project", "city", "company", "technology", "contract"])
def test_every_kind_of_record_has_its_time(visitor: Person, here: Observatory, of: str) -> None:
    record = getattr(here, of)
    answer = visitor.opens(f"/chronologie?de={record.pk}")
    assert answer.status == 200
    assert f"<h1>Chronologie : {record.name}" in answer.text


def test_a_territory_has_the_time_of_what_is_in_it(visitor: Person, here: Observatory) -> None:
    nice = visitor.opens("/chronologie?de=commune:06088").text
    cannes = visitor.opens("/chronologie?de=commune:06029").text
    assert f"/fait/{here.claims[1].pk}" in nice
    assert "Délibération du conseil municipal de Nice" not in cannes
    assert "Rien de daté" in cannes
    assert f"/fait/{here.claims[1].pk}" in visitor.opens("/chronologie?de=region:93").text


def test_a_name_is_enough_and_an_unclear_one_is_asked_back(
    visitor: Person, here: Observatory
) -> None:
    assert "Chronologie : Exemple Optique" in visitor.opens("/chronologie?de=exemple optique").text
    assert "Rien de publié sous ce nom" in visitor.opens("/chronologie?de=zorglub").text
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    other = census.add_entity(kind="actor", type="company", name="Exemple Sonore", **by)
    say(here, other, "founded_on", value="2001")
    asked = visitor.opens("/chronologie?de=exemple&du=2001").text
    assert "Laquelle de ces fiches" in asked
    assert f"?de={other.pk}&amp;du=2001" in asked


def test_a_merged_record_is_found_under_its_old_name(visitor: Person, here: Observatory) -> None:
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    other = census.add_entity(kind="actor", type="company", name="Exemple Optik", **by)
    say(here, other, "founded_on", value="2001")
    census.merge(here.company, other, actor=here.editor, now=NOW, reason="la même")
    kept = visitor.opens(f"/chronologie?de={here.company.pk}")
    gone = visitor.opens(f"/chronologie?de={other.pk}")
    assert "Créée" in kept.text or "Créée" in gone.text
    assert kept.status == gone.status == 200


def test_filters_narrow_the_time(visitor: Person, here: Observatory) -> None:
    def facts(query: str) -> int:
        return len(json.loads(visitor.opens(f"/chronologie.json?couches=1&{query}").text)["rows"])

    assert facts("") == 3
    assert facts("type=actor") == 1
    assert facts("statut=alleged") == 0
    assert facts("statut=documented") == 3
    assert facts("du=2024") == 0
    assert facts("au=2022") == 0
    assert facts("du=2023-11&au=2023-11") == 3, "the year may be November"
    assert facts("du=2023-02&au=2023-02") == 1, "only the year may be February"
    assert facts(f"technologie={here.technology.pk}") == 2
    assert facts("lieu=commune:06029") == 0


@pytest.mark.parametrize(
    "query",
    [
        "du=hier&au=2023-02-31",
        "du=9999&au=0001",
        "du=1800&au=2199",
        "page=zero",
        "page=999",
        "type=zorglub&statut=%00&couche=x",
        "de=prj-0000000000",
        "de=commune:99999",
        "lieu=%F0%9F%98%80",
        "technologie=tec-0000000000",
        "de=" + "é" * 500,
    ],
)
def test_nonsense_is_answered_with_a_sentence(
    visitor: Person, here: Observatory, query: str
) -> None:
    assert visitor.opens(f"/chronologie?{query}").status == 200


def test_a_date_that_cannot_be_read_is_named(visitor: Person, here: Observatory) -> None:
    assert "« hier » n" in visitor.opens("/chronologie?du=hier").text


def test_too_much_is_drawn_together_and_every_fact_is_in_the_list(
    visitor: Person, here: Observatory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown_page, "MOST_MARKS", 2)
    monkeypatch.setattr(shown_page, "PER_PAGE", 2)
    page = visitor.opens("/chronologie").text
    assert page.count('class="tl-column') == 3
    assert "tl-loose" in page, "a year is not put into a month"
    opened = re.findall(r'class="tl-column[^"]*" href="(\?[^"]+)"', page)
    assert all(
        visitor.opens(f"/chronologie{url.replace('&amp;', '&')}").status == 200 for url in opened
    )
    second = visitor.opens("/chronologie?page=2").text
    dated = {f"/fait/{claim.pk}" for claim in here.claims if claim.from_text}
    assert (listed(page) | listed(second)) >= dated
    assert "Les mêmes nombres, en tableau" in page


def test_the_law_is_on_the_same_axis_and_says_how_it_counted(
    visitor: Person, here: Observatory
) -> None:
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    cctv = census.ensure_technology("video_surveillance", **by)
    say(here, here.project, "uses_technology", target=cctv)
    say(here, here.project, "authorising_act", value="06-2023-1", from_text="2023-05-09")
    page = visitor.opens(f"/chronologie?de={here.project.pk}").text
    assert "Fin des cinq ans de l" in page
    assert "9 mai 2028" in page
    assert "CSI L252-4" in page
    assert "à vérifier" in page
    assert "Deux mois pour contester" not in page, "its publication is not known"
    without = visitor.opens(f"/chronologie?de={here.project.pk}&couches=1").text
    assert "Fin des cinq ans" not in without


def test_two_months_are_drawn_when_the_collection_has_its_day(
    visitor: Person, here: Observatory
) -> None:
    by: dict[str, Any] = {"actor": here.author, "now": NOW}
    source: dict[str, Any] = {"kind": "register", "register": "raa", "record_id": "06-2023-2"}
    acts = []
    for number, dated in (("06-2023-2", "2023-05-12"), ("06-2023-3", "2023-05")):
        claim = census.add_claim(
            subject=here.project,
            property="authorising_act",
            value=number,
            from_text="2023-05-09",
            **by,
        )
        census.add_evidence(claim, **source, dated_text=dated, **by)
        acts.append(claim.pk)
    census.submit(acts, **by)
    assert not census.publish(acts, reviewer=here.editor, now=NOW).refused
    data = json.loads(visitor.opens(f"/chronologie.json?de={here.project.pk}").text)
    [window] = [row for row in data["rows"] if row["famille"] == "Horloge du droit"]
    assert "06-2023-2" in window["quoi"], "a month of publication begins no period"
    assert (window["au_plus_tot"], window["au_plus_tard"]) == ("2023-05-12", "2023-07-12")


def test_files_say_the_same_as_the_page(visitor: Person, here: Observatory) -> None:
    page = visitor.opens("/chronologie").text
    rows = list(
        csv.DictReader(io.StringIO(visitor.opens("/chronologie.csv").text.lstrip("\ufeff")))
    )
    data = json.loads(visitor.opens("/chronologie.json").text)["rows"]
    assert [row["id"] for row in rows] == [row["id"] for row in data]
    facts = {row["page"].removeprefix("http://testserver") for row in rows if row["statut"]}
    assert facts == drawn(page)
    november = next(
        row for row in rows if row["quand"].endswith("novembre 2023") and row["jour_connu"] == "0"
    )
    assert (november["au_plus_tot"], november["debut_au_plus_tard"]) == ("2023-11-01", "2023-11-30")
    assert all(row["preuve"] for row in rows)


def test_the_calendar_names_facts_for_ever_and_invents_no_day(
    visitor: Person, here: Observatory
) -> None:
    first, second = (visitor.opens("/chronologie.ics") for _ in range(2))
    assert first.headers["Content-Type"].startswith("text/calendar")
    assert first.content == second.content
    text = first.text.replace("\r\n ", "")
    for claim in here.claims:
        assert (f"UID:{claim.pk}@testserver" in text) == bool(claim.from_text)
    events = text.split("BEGIN:VEVENT")
    month = next(one for one in events if here.claims[1].pk in one)
    assert "DTSTART;VALUE=DATE:20231101" in month
    assert "DTEND;VALUE=DATE:20231201" in month
    assert "STATUS:TENTATIVE" in month
    assert all(len(line.encode()) <= 75 for line in first.text.split("\r\n"))


def test_records_and_territories_lead_to_their_time(visitor: Person, here: Observatory) -> None:
    record = visitor.opens(f"/projet/{here.project.pk}").text
    assert f"/chronologie?de={here.project.pk}" in record
    assert f"/depuis?de={here.project.pk}" in record
    assert "/chronologie?de=commune:06088" in visitor.opens("/commune/06088-nice").text


# What changed


def test_what_was_published_since_a_day_is_there_and_not_before(
    visitor: Person, here: Observatory
) -> None:
    page = visitor.opens("/depuis/2026-03-01").text
    assert "Ce qui a changé depuis le 1er\xa0mars 2026" in page
    assert here.kept.pk in page
    assert "Délibération du conseil municipal de Nice" in page
    after = visitor.opens("/depuis/2026-03-03").text
    assert here.kept.pk not in after
    assert "Rien n" in after


def test_a_correction_shows_word_for_word_what_was_before(
    visitor: Person, here: Observatory
) -> None:
    claim = Claim.objects.get(pk=here.kept.pk)
    by: dict[str, Any] = {"actor": here.author, "now": LATER}
    census.change_claim(claim.pk, expected_version=claim.version, value=31, reason="relu", **by)
    census.submit([claim.pk], **by)
    census.publish([claim.pk], reviewer=here.editor, now=LATER)
    page = visitor.opens("/depuis/2026-03-04").text
    assert "<del>30</del>" in page
    assert "<ins>31</ins>" in page
    data = json.loads(visitor.opens("/depuis/2026-03-04.json").text)
    assert data["counts"]["changed"] == 1
    [line] = data["changes"]
    assert line["differences"][0] == {"field": "valeur", "before": "30", "after": "31"}
    assert "30 → 31" in visitor.opens("/depuis/2026-03-04.atom").text
    assert "Rien n" in visitor.opens("/depuis/2026-03-06").text


def test_what_was_withdrawn_is_said_as_far_as_the_public_history_says_it(
    visitor: Person, here: Observatory
) -> None:
    by: dict[str, Any] = {"actor": here.editor, "now": LATER}
    census.withdraw([here.kept.pk], reason="faux", tell=True, **by)
    census.withdraw([here.claims[1].pk], reason="une personne", **by)
    page = visitor.opens("/depuis/2026-03-04").text
    assert "<del>conservation des images (jours)</del>" in page
    assert "faux" in page
    assert f'href="/fait/{here.kept.pk}"' not in page, "it has no page any more"
    assert "une personne" not in page, "what is not told is as if it had never been"
    assert json.loads(visitor.opens("/depuis/2026-03-04.json").text)["counts"]["withdrawn"] == 1


def test_between_two_days_only_these(visitor: Person, here: Observatory) -> None:
    say(here, here.project, "area_km2", value=72, now=LATER)
    first = visitor.opens("/depuis/2026-03-01/jusqu/2026-03-02").text
    second = visitor.opens("/depuis/2026-03-03/jusqu/2026-03-06").text
    assert "surface" not in first
    assert "surface" in second
    assert here.kept.pk not in second


def test_a_record_or_a_territory_has_its_own_changes(visitor: Person, here: Observatory) -> None:
    def lines(query: str) -> set[str]:
        data = json.loads(visitor.opens(f"/depuis/2026-03-01.json?{query}").text)
        return {line["fact"] for line in data["changes"] if line["fact"]}

    every = lines("")
    assert lines(f"de={here.contract.pk}") == {here.claims[7].pk, here.claims[8].pk}
    assert lines(f"fiche={here.contract.pk}") == lines(f"de={here.contract.pk}")
    assert lines("lieu=commune:06029") == set()
    assert here.kept.pk in lines("lieu=commune:06088") <= every
    assert here.kept.pk in lines(f"technologie={here.technology.pk}")


def test_all_changes_can_be_read_page_by_page(
    visitor: Person, here: Observatory, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contrechamp.chronicle.views import changes

    monkeypatch.setattr(changes, "FILE", 4)
    url, found, pages = "/depuis/2026-03-01.json", [], 0
    while url:
        data = json.loads(visitor.opens(url).text)
        found += [(line["record"], line["fact"]) for line in data["changes"]]
        url, pages = data["next"], pages + 1
    whole = json.loads(visitor.opens("/depuis/2026-03-01.json").text)["counts"]
    assert pages > 2
    assert len(found) == len(set(found)) == sum(whole.values())


def test_the_feed_is_well_formed_and_keeps_its_tag(visitor: Person, here: Observatory) -> None:
    answer = visitor.opens("/depuis/2026-03-01.atom")
    entries = ElementTree.fromstring(answer.content).findall("{http://www.w3.org/2005/Atom}entry")  # noqa: S314
    assert len(entries) == 15
    again = visitor.browser.get(
        "/depuis/2026-03-01.atom", headers={"if-none-match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_the_form_takes_dates_as_people_write_them(visitor: Person, here: Observatory) -> None:
    assert visitor.opens("/depuis?jour=2026-03-01").location == "/depuis/2026-03-01"
    assert visitor.opens("/depuis?jour=mars 2026").location == "/depuis/2026-03-01"
    asked = visitor.opens(f"/depuis?jour=2026-03-01&jusqu=2026-03&de={here.project.pk}").location
    assert asked == f"/depuis/2026-03-01/jusqu/2026-03-31?de={here.project.pk}"
    assert "« hier » n" in visitor.opens("/depuis?jour=hier").text
    assert visitor.opens("/depuis?jour=1850").location == "/depuis/2000-01-01"


@pytest.mark.parametrize(
    "url",
    ["/depuis/hier", "/depuis/1850-01-01", "/depuis/2026-03-01?de=prj-0000000000",
     "/depuis/2026-02-30", "/depuis/2026-03-01/jusqu/x", "/depuis/2026-03-01.json?lieu=nulle:part"],
)  # fmt: skip
def test_a_time_that_is_none_is_not_found(visitor: Person, here: Observatory, url: str) -> None:
    assert visitor.opens(url).status == 404


def test_an_odd_cursor_ends_the_list(visitor: Person, here: Observatory) -> None:
    for cursor in ("x", "2026-03-02", "2026-03-02T10:30:00|a|b", "%00|%00"):
        assert visitor.opens(f"/depuis/2026-03-01?avant={cursor}").status == 200


def test_another_spelling_of_a_day_has_one_address(visitor: Person, here: Observatory) -> None:
    assert visitor.opens("/depuis/2026-03").location == "/depuis/2026-03-01"
    assert visitor.opens("/depuis/2026-03-05/jusqu/2026-03-01").location == (
        "/depuis/2026-03-01/jusqu/2026-03-05"
    )
