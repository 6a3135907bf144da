"""What a page gives to others: its picture, its frame, its citation, told once and everywhere."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as Xml

import pytest

from contrechamp.accounts.domain import Role
from tests import make
from tests.observatory import Observatory, observatory
from tests.people import Person

MOST_FRAME = 20_000
STATIC = Path(__file__).parents[2] / "src/contrechamp/ui/static"
META = re.compile(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">')
FORMS = {
    "bib": "application/x-bibtex; charset=utf-8",
    "csl": "application/vnd.citationstyles.csl+json; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


@pytest.fixture
def here(db: None) -> Observatory:
    author = make.user("marianne", Role.MEMBER)
    return observatory(author=author, editor=make.user("amina", Role.EDITOR))


def pages(here: Observatory) -> list[str]:
    return [
        f"/projet/{here.project.pk}",
        f"/acteur/{here.company.pk}",
        f"/contrat/{here.contract.pk}",
        f"/fait/{here.kept.pk}",
        f"/documents/{here.sha256}",
        f"/documents/passages/{here.quote.pk}",
        "/projets",
        "/commune/06088-nice",
        "/accueil",
    ]


def test_each_page_has_a_picture_with_its_words(here: Observatory) -> None:
    visitor = Person()
    for page in pages(here)[:5]:
        said = dict(META.findall(visitor.opens(page).text))
        image = unescape(said["og:image"]).removeprefix("http://testserver")
        answer = visitor.opens(image)
        assert image == f"/image{page}.png"
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")
        assert said["og:image:alt"]
        assert said["twitter:card"] == "summary_large_image"
        assert said["og:title"] == said["twitter:title"] != ""


def test_a_page_without_a_picture_of_its_own_shows_that_of_the_site(here: Observatory) -> None:
    said = dict(META.findall(Person().opens("/methode/").text))
    assert said["og:image"].endswith("/image/site.png")
    assert Person().opens("/image/site.png").status == 200


def test_a_page_that_is_not_there_tells_nothing_of_its_address(db: None) -> None:
    answer = Person().opens("/projet/prj-0000000000")
    assert META.findall(answer.text) == []
    assert "prj-0000000000" not in answer.text


def test_a_picture_is_not_sent_twice(here: Observatory) -> None:
    address = f"/image/projet/{here.project.pk}.png"
    visitor = Person()
    tag = visitor.opens(address).headers["ETag"]
    again = visitor.browser.get(address, headers={"if-none-match": tag})
    assert again.status_code == 304
    assert again.content == b""


def test_a_frame_is_light_live_and_without_scripts(here: Observatory) -> None:
    css = (STATIC / "ui/embed.css").stat().st_size
    for page in pages(here):
        answer = Person().opens(f"/integrer{page}")
        assert answer.status == 200, page
        assert "<script" not in answer.text
        assert len(answer.content) + css <= MOST_FRAME
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer.headers


def test_no_other_page_may_be_framed(here: Observatory) -> None:
    for page in ("/", *pages(here)[:5]):
        policy = Person().opens(page).headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy


def test_a_kept_frame_may_be_framed_the_second_time_too(here: Observatory) -> None:
    for _ in range(2):
        answer = Person().opens(f"/integrer/fait/{here.kept.pk}")
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]


def test_a_quote_shows_its_words_and_where_they_stand(here: Observatory) -> None:
    answer = Person().opens(f"/integrer/documents/passages/{here.quote.pk}")
    assert here.quote.exact in answer.text
    assert here.document.title in answer.text
    landing = Person().opens(f"/documents/passages/{here.quote.pk}")
    assert landing.location == f"/documents/{here.sha256}/page/2#{here.quote.pk}"


def test_the_page_holds_the_frame_and_a_plain_quotation_to_copy(here: Observatory) -> None:
    text = Person().opens(f"/fait/{here.kept.pk}").text
    shown = unescape(text)
    assert f'<iframe src="http://testserver/integrer/fait/{here.kept.pk}"' in shown
    assert f'<blockquote cite="http://testserver/fait/{here.kept.pk}">' in shown
    assert "&lt;iframe" in text
    assert "<iframe" not in text


@pytest.mark.parametrize("form", ["json", "xml"])
def test_oembed_answers_with_the_frame(form: str, here: Observatory) -> None:
    address = f"http://testserver/projet/{here.project.pk}"
    answer = Person().opens(f"/oembed?url={quote(address, safe='')}&format={form}&maxwidth=300")
    if form == "json":
        said = json.loads(answer.content)
    else:
        said = {each.tag: each.text for each in Xml.fromstring(answer.content)}  # noqa: S314
    assert said["version"] == "1.0"
    assert said["type"] == "rich"
    assert str(said["width"]) == "300"
    assert f'src="http://testserver/integrer/projet/{here.project.pk}"' in said["html"]


def test_oembed_is_found_from_the_page_and_knows_a_quote_by_its_place(here: Observatory) -> None:
    text = Person().opens(f"/projet/{here.project.pk}").text
    found = re.search(r'type="application/json\+oembed" href="([^"]+)"', text)
    assert found
    assert Person().opens(unescape(found[1])).status == 200
    place = f"http://testserver/documents/{here.sha256}/page/2#{here.quote.pk}"
    said = json.loads(Person().opens(f"/oembed?url={quote(place, safe='')}").content)
    assert f"/integrer/documents/passages/{here.quote.pk}" in said["html"]


@pytest.mark.parametrize("form", FORMS)
def test_citations_come_as_files(form: str, here: Observatory) -> None:
    for page in pages(here):
        answer = Person().opens(f"/citer/{form}{page}")
        assert answer.status == 200, page
        assert answer.headers["Content-Type"] == FORMS[form]
        assert answer.headers["Content-Disposition"].startswith(
            'attachment; filename="contrechamp-'
        )
        assert "http://testserver/" in answer.text


def test_the_box_is_there_without_scripts_in_both_languages(here: Observatory) -> None:
    text = Person().opens(f"/projet/{here.project.pk}").text
    assert 'lang="fr">Contrechamp. «' in text
    assert 'lang="en">Contrechamp, “' in text
    assert "@misc{contrechamp-prj-" in text
    for form in FORMS:
        assert f'href="/citer/{form}/projet/{here.project.pk}"' in text
