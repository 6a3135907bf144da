"""The page that names the door for sources."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.people import Person

ONION = "a2b3c4d5e6f7" * 4 + "abcdefgh.onion"


@pytest.fixture
def _door(settings: LazySettings, tmp_path: Path) -> None:
    said = tmp_path / "statement.txt"
    said.write_text("Déclaration signée\nDate : 2026-11-29\n")
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, door=ONION, door_statement=str(said))


@pytest.mark.usefixtures("_door")
def test_it_names_the_door_to_everybody_alike(visitor: Person, marianne: Person) -> None:
    page = visitor.opens("/alerter")

    assert ONION in page.text
    assert "Déclaration signée" in page.text
    assert page.content == marianne.opens("/alerter").content
    assert page.content == Person(language="en").opens("/alerter").content


@pytest.mark.usefixtures("_door")
def test_nothing_else_loads_and_nothing_is_asked(visitor: Person) -> None:
    page = visitor.opens("/alerter")
    style = re.search(r"<style>(.*?)</style>", page.text, re.DOTALL)

    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page.headers["Content-Security-Policy"]
    assert "script-src 'none'" in page.headers["Content-Security-Policy"]
    assert not re.search(r"<(script|link|img|form|iframe)\b|\bsrc=|url\(", page.text)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in page.headers


def test_without_a_door_it_says_so(visitor: Person) -> None:
    page = visitor.opens("/alerter").text

    assert "Pas de porte ici" in page
    assert "There is no door here" in page
    assert "pas encore de boîte" in visitor.opens("/aller/source").text.replace("\xa0", " ")


@pytest.mark.usefixtures("_door")
def test_the_way_of_sources_leads_there(visitor: Person) -> None:
    assert 'href="/alerter"' in visitor.opens("/aller/source").text


@pytest.mark.parametrize("name", ["example.org", "a.onion", ONION + "/x"])
def test_a_name_that_is_no_onion_is_never_shown(
    visitor: Person, settings: LazySettings, name: str
) -> None:
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, door=name)

    assert name not in visitor.opens("/alerter").text
