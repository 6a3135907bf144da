"""Pages of three shapes become lines with their day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from contrechamp.watch.domain.feeds import NoFeed, read_feed
from contrechamp.watch.domain.happenings import compare, has_vanished, is_late, is_silent
from contrechamp.watch.domain.listed import day_in
from contrechamp.watch.domain.listing import Step, read_page
from contrechamp.watch.domain.sites import Site, WrongConfiguration, read_site

from .site import card, download, page

URL = "https://www.pays-invente.example/Publications/Recueil"
NOW = datetime(2031, 3, 2, 10, tzinfo=UTC)


def test_a_card_gives_a_file_with_the_day_of_its_detail() -> None:
    text = page(
        card("/contenu/telechargement/1/2/file/raa-9.pdf", "RAA n° 9", "Publié le 04/02/2031")
    )
    (item,) = read_page(text.encode(), URL, Site()).items
    assert item.url == "https://www.pays-invente.example/contenu/telechargement/1/2/file/raa-9.pdf"
    assert (item.title, item.published_on, item.published_how) == (
        "RAA n° 9",
        date(2031, 2, 4),
        "listing",
    )


def test_a_link_to_a_download_is_named_without_its_detail() -> None:
    (item,) = read_page(page(download("/x/raa.pdf", "RAA n° 8")).encode(), URL, Site()).items
    assert (item.title, item.published_on) == ("RAA n° 8", date(2031, 2, 3))


def test_the_name_says_the_day_when_the_page_does_not() -> None:
    text = page(download("/x/raa.pdf", "RAA du 1er août 2031", detail="PDF - 2 Mb"))
    (item,) = read_page(text.encode(), URL, Site()).items
    assert (item.published_on, item.published_how) == (date(2031, 8, 1), "name")


def test_a_page_leads_to_pages_of_its_site_alone_and_not_to_old_years() -> None:
    text = page(
        card("/Recueil/2031", "Recueils 2031"),
        card("/Recueil/2019", "Recueils 2019"),
        card("https://elsewhere.example/", "Ailleurs"),
        card("/Recueil/aide", "Aide"),
        '<ul class="fr-pagination__list"><li><a class="fr-pagination__link '
        'fr-pagination__link--next" href="?page=2">Suivante</a></li></ul>',
    )
    read = read_page(text.encode(), URL, Site(since_year=2030, skip=("^Aide$",)))
    assert read.steps == (Step(url="https://www.pays-invente.example/Recueil/2031", year=2031),)
    assert [step.url for step in read.more] == [f"{URL}?page=2"]


def test_a_menu_is_sent_with_its_form() -> None:
    text = page(
        '<form method="post" action="/chercher"><input type="hidden" name="jeton" value="7">'
        '<select name="annee-liste-docs"><option value="">Choisir</option>'
        '<option value="a1" title="Année 2031">2031</option></select></form>'
    )
    (step,) = read_page(text.encode(), URL, Site()).steps
    assert step == Step(
        url="https://www.pays-invente.example/chercher",
        data=(("jeton", "7"), ("annee-liste-docs", "a1")),
        method="post",
        year=2031,
    )


def test_a_page_that_asks_for_a_browser_is_known() -> None:
    text = "<html><body><noscript>Please enable JavaScript</noscript><script>x()</script></body>"
    assert read_page(text.encode(), URL, Site()).needs_scripts
    assert not read_page(page().encode(), URL, Site()).needs_scripts


@pytest.mark.parametrize(
    "raw",
    [
        {"starts": []},
        {"start": ["file:///etc/passwd"]},
        {"start": "https://x.example"},
        {"year": "("},
        {"date": "(\\d+)"},
        {"depth": 99},
        {"depth": True},
        {"successive": "yes"},
        {"pages": "a[href"},
        {"note": 3},
        {"skip": ["["]},
    ],
)
def test_a_configuration_that_cannot_be_meant_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(WrongConfiguration):
        read_site(raw)


def test_days_are_read_from_names() -> None:
    assert day_in("RAA du 3 février 2031") == date(2031, 2, 3)
    assert day_in("raa_2031-02-03.pdf") == date(2031, 2, 3)
    assert day_in("RAA spécial 31.02.2031") is None


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel><item><title>N° 1</title><link>https://x.example/p</link>"
        '<enclosure url="https://x.example/1.pdf"/>'
        "<pubDate>Mon, 03 Feb 2031 08:00:00 +0100</pubDate></item></channel></rss>",
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>N° 1</title>'
        '<link href="https://x.example/p"/><link rel="enclosure" href="1.pdf"/>'
        "<published>2031-02-03T08:00:00Z</published></entry></feed>",
        '{"items": [{"title": "N° 1", "url": "https://x.example/p", "date_published": '
        '"2031-02-03T08:00:00Z", "attachments": [{"url": "1.pdf"}]}]}',
    ],
    ids=["rss", "atom", "json"],
)
def test_a_feed_gives_its_enclosures(text: str) -> None:
    (item,) = read_feed(text.encode(), "https://x.example/feed")
    assert (item.url, item.title, item.published_on) == (
        "https://x.example/1.pdf",
        "N° 1",
        date(2031, 2, 3),
    )


@pytest.mark.parametrize("text", ["<html></html>", "{}", "nothing", ""])
def test_what_is_no_feed_is_said(text: str) -> None:
    with pytest.raises(NoFeed):
        read_feed(text.encode(), URL)


def test_not_found_twice_counts_when_it_is_a_day_apart() -> None:
    assert not has_vanished(None, NOW)
    assert not has_vanished(NOW - timedelta(hours=23), NOW)
    assert has_vanished(NOW - timedelta(hours=24), NOW)


def test_silence_is_three_times_the_usual_gap() -> None:
    days = [date(2031, 1, 1) + timedelta(days=2 * each) for each in range(10)]
    assert not is_silent(days, days[-1] + timedelta(days=6))
    assert is_silent(days, days[-1] + timedelta(days=7))
    assert not is_silent(days[:4], date(2035, 1, 1))


def test_an_act_is_late_when_its_event_came_before_it() -> None:
    flight = {"intervals": [{"start": "2031-02-03T10:00", "end": "2031-02-03T12:00"}]}
    assert is_late(flight, date(2031, 2, 4))
    assert not is_late(flight, date(2031, 2, 3))
    assert not is_late(flight, None)


def decision(identifier: str, number: str, cameras: int) -> dict[str, object]:
    return {
        "id": identifier,
        "technology": "video_protection",
        "act": {"number": number},
        "cameras": {"total": cameras},
    }


def test_two_versions_are_compared_decision_by_decision() -> None:
    before = [decision("wf-1", "99-1", 3), decision("wf-2", "99-2", 3), decision("wf-3", "99-3", 1)]
    after = [decision("wf-4", "99-1", 3), decision("wf-5", "99-2", 8), decision("wf-6", "99-9", 1)]
    assert compare(before, after) == {
        "added": ["wf-6"],
        "removed": ["wf-3"],
        "changed": ["wf-5"],
    }
