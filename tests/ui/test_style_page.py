"""The style page shows everything that pages are made of, and nothing is made of anything else."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

import contrechamp
from contrechamp.ui import measures, specimens
from tests.people import Person

PACKAGE = Path(contrechamp.__file__).parent
SOURCES = Path(__file__).parents[2] / "assets" / "src"


def classes_of(sheet: Path) -> set[str]:
    """Return the classes that a style sheet speaks of."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    selectors = [
        part for part in re.findall(r"([^{};]+)\{", text) if not part.strip().startswith("@")
    ]
    return {name for part in selectors for name in re.findall(r"\.([a-z][\w-]*)", part)}


@cache
def written() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of all that may name a class: templates, code that draws, our scripts."""
    paths = [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.py"), *SOURCES.glob("*.js")]
    return words("\n".join(path.read_text() for path in paths if "static" not in path.parts))


def words(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the whole words of a text, and those that a value ends (`state-{{ code }}`)."""
    whole = re.findall(r"(?<![\w-])[a-z][\w-]*(?![\w-])", text)
    begun = re.findall(r"(?<![\w-])([a-z][\w-]*)(?:\{\{|\$?\{)", text)
    return frozenset(whole), frozenset(begun)


def is_named(name: str, known: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Answer whether a class is written in full or in part."""
    return name in known[0] or any(name[:at] in known[1] for at in range(1, len(name)))


OF_OTHERS = ("maplibregl-",)
"""Classes of what a library draws, which our sheets may dress."""


class Page(HTMLParser):
    """The classes and ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.classes: set[str] = set()
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "class":
                self.classes |= set((value or "").split())
            if name == "id":
                self.ids.append(value or "")


@pytest.mark.django_db
def test_every_component_is_on_the_style_page(visitor: Person) -> None:
    shown = Page(visitor.opens("/style").text).classes
    assert classes_of(SOURCES / "site.css") - shown == set()
    assert classes_of(SOURCES / "style.css") - shown == set()


@pytest.mark.parametrize("sheet", sorted(SOURCES.glob("*.css")), ids=lambda sheet: sheet.name)
def test_no_class_is_left_without_a_use(sheet: Path) -> None:
    ours = {name for name in classes_of(sheet) if not name.startswith(OF_OTHERS)}
    assert {name for name in ours if not is_named(name, written())} == set()


def test_a_class_without_a_use_is_found_out() -> None:
    assert is_named("state-draft", words('<b class="tag state-{{ code }}">'))
    assert not is_named("state-draft", words('<b class="tag">estate-draft</b>'))


@pytest.mark.django_db
def test_drawn_twice_it_still_has_each_id_once(visitor: Person) -> None:
    ids = Page(visitor.opens("/style").text).ids
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.django_db
def test_it_shows_each_component_in_both_themes_with_its_markup(visitor: Person) -> None:
    text = visitor.opens("/style").text
    assert text.count("theme theme-light") == text.count("theme theme-dark") == len(specimens.SHOWN)
    assert "&lt;dl class=&quot;shortcuts&quot;&gt;" in text
    assert len(text.encode()) < 150_000


@pytest.mark.django_db
def test_it_measures_the_colours_that_are_served(visitor: Person) -> None:
    text = visitor.opens("/style").text
    assert "deuteranopia (Machado 2009)" in text
    assert "<code>--on-action</code>" in text
    assert all(pair.light >= pair.least for pair in measures.measures().pairs)


@pytest.mark.django_db
def test_without_style_sheets_it_says_so(
    visitor: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(measures, "SHEET", tmp_path / "none.css")
    measures.measures.cache_clear()
    try:
        assert "rien à mesurer" in visitor.opens("/style").text
    finally:
        measures.measures.cache_clear()


def test_every_partial_that_it_names_exists() -> None:
    named = {name for _, _, names in specimens.SHOWN for name in names.split(", ") if name}
    assert [name for name in named if not (PACKAGE / "ui" / "templates" / name).exists()] == []
    kept = {path.stem for path in (PACKAGE / "ui" / "templates" / "ui" / "specimens").iterdir()}
    assert kept == {slug for slug, _, _ in specimens.SHOWN}
