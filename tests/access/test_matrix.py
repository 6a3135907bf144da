"""Every URL × every person. A URL without a row fails; what one may not know of is a 404.

How to write a row: `tests/access/rows/__init__.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access import rows
from tests.access.rows import GONE, SIGN_IN, Row, World
from tests.people import Answer, Person

PEOPLE = ("visitor", "noor", "marianne", "amina", "io")
ROWS: list[Row] = [
    row
    for module in iter_modules(rows.__path__)
    for row in import_module(f"{rows.__name__}.{module.name}").ROWS
]
CELLS = [
    pytest.param(row, person, expected, id=f"{person} {row}")
    for row in ROWS
    for person, expected in zip(PEOPLE, row.cells, strict=True)
]
HIDDEN = [
    pytest.param(row, id=str(row)) for row in ROWS if row.cells[0] == GONE and row.method == "GET"
]


@pytest.mark.parametrize(("row", "person", "expected"), CELLS)
def test_who_gets_what(row: Row, person: str, expected: str, people: dict[str, Person]) -> None:
    answer = _tries(row, people[person], people)

    assert (SIGN_IN if answer.asks_to_sign_in else str(answer.status)) == expected


@pytest.mark.parametrize("row", HIDDEN)
def test_what_is_hidden_answers_like_what_never_was(row: Row, people: dict[str, Person]) -> None:
    assert row.never is not None, "a row that is hidden needs `never`"
    answer = _tries(row, people["visitor"], people)
    never = people["visitor"].opens(reverse(row.name, args=row.never) + row.query)

    assert never.status == 404
    assert answer.content == never.content
    assert answer.headers == never.headers


def test_every_url_has_a_row() -> None:
    assert set(_names(get_resolver())) - {row.name for row in ROWS} == set()


def test_every_row_has_its_url() -> None:
    assert {row.name for row in ROWS} - set(_names(get_resolver())) == set()


def _tries(row: Row, who: Person, people: dict[str, Person]) -> Answer:
    users = {name: person.user for name, person in people.items() if person.user}
    world = World(**users)
    url = reverse(row.name, args=row.thing(world)) + row.query
    if row.method == "GET":
        return who.opens(url)
    return who.sends(url, **(row.fields(world) if callable(row.fields) else row.fields))


def _names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
