"""A census as large as it can become: what a page weighs, and the pages of its list."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from html import unescape
from importlib import import_module
from itertools import cycle

import pytest

from contrechamp.atlas.domain.symbols import SYMBOLS, UNSAID
from contrechamp.census import published
from contrechamp.places import queries as places
from tests.people import Person

pytestmark = pytest.mark.usefixtures("gazetteer", "large")
LEAN = 150_000
CODES = sorted(SYMBOLS.keys() - {UNSAID})


@pytest.fixture
def large(gazetteer: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put projects everywhere: in all départements, in each commune of the one with the most."""
    communes = [one.key for one in places.communes_of("departement:62")]
    large = places.communes_of("country:FR").order_by("-population")[:2_000]
    where = [*communes * 2, *[one.key for one in large]]
    lines = [
        published.ProjectLine(
            id=f"prj-{number:010}",
            name="Projet",
            type="deployment",
            counts={"facts": 1, "DOCUMENTED": 1},
            territories=(key,),
            technologies=(code,),
            years=frozenset({1990 + number % 36}),
        )
        for number, (key, code) in enumerate(zip(where, cycle(CODES), strict=False))
    ]
    numbers = [
        published.NumberLine(
            claim=f"clm-{number:010}",
            record=line.id,
            name="",
            value=1_234,
            earliest=date(2020, 1, 1),
            at=datetime(2026, 1, 1, tzinfo=UTC),
            territories=line.territories,
        )
        for number, line in enumerate(lines)
    ]
    monkeypatch.setattr(published, "project_lines", lambda: lines)
    monkeypatch.setattr(published, "numbers", lambda name: numbers)
    reading = import_module("contrechamp.atlas.queries.survey")
    monkeypatch.setattr(reading, "_families", lambda keys: {key: {key} for key in keys})


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?mesure=cameras-1000&au=2024&tri=-cameras",
        "?lieu=departement:62",
        "?lieu=departement:62&mesure=cameras-1000&technologie=drones&au=2024",
        "?lieu=region:32",
    ],
)
def test_pages_are_lean_however_much_is_published(visitor: Person, query: str) -> None:
    page = visitor.opens(f"/carte{query}")
    assert page.text.count('<th scope="row">') <= 36
    assert len(page.content) < LEAN


def test_the_pages_of_the_list_hold_each_row_once(visitor: Person) -> None:
    address, names, pages = "/carte?lieu=departement:62&type=deployment&tri=nom", [], 0
    url = address
    while url:
        page = visitor.opens(url).text
        found = re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', page)
        names += [unescape(name) for name in found]
        after = re.search(r'href="([^"]+)" rel="next"', page)
        url = after[1].replace("&amp;", "&") if after else ""
        assert not url or url.startswith(address)
        assert not url or url.endswith("#list")
        pages += 1
    assert pages == -(-len(names) // 36) > 10
    rows = csv.DictReader(io.StringIO(visitor.opens(address.replace("?", ".csv?")).text))
    assert names == [row["name"] for row in rows]
    shapes = json.loads(visitor.opens(address.replace("?", ".geojson?")).text)
    assert len(shapes["features"]) == len(names)


def test_a_page_that_is_not_there_is_the_nearest(visitor: Person) -> None:
    first, last = visitor.opens("/carte").text, visitor.opens("/carte?page=3").text
    assert 'rel="prev"' not in first
    assert 'href="/carte?page=2#list"' in first
    assert "Lignes 1 à 36 sur" in first.replace("\u00a0", " ")
    assert 'href="/carte?page=2#list" rel="prev"' in last
    main = first[first.index("<main") :]
    for asked in ("0", "x", "-1"):
        page = visitor.opens(f"/carte?page={asked}").text
        assert page[page.index("<main") :] in (main, last[last.index("<main") :])
    assert 'href="/carte#list" rel="prev"' in visitor.opens("/carte?page=2").text
