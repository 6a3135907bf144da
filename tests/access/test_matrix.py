"""Every URL × every person. A URL without a row fails; what one may not know of is a 404.

How to write a row: `tests/access/rows/__init__.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access import headers, rows
from tests.access.rows import GONE, OK, SIGN_IN, Row, World
from tests.people import Answer, Person

PEOPLE = ("visitor", "noor", "marianne", "amina", "io")
ROWS: list[Row] = [
    row
    for module in iter_modules(rows.__path__)
    for row in import_module(f"{rows.__name__}.{module.name}").ROWS
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_who_gets_what(row: Row, people: dict[str, Person]) -> None:
    """Each asks for the same thing, in a state that nobody before them has changed."""
    url, fields = _asked(row, people)
    answers = {name: _tries(row, url, fields, people[name]) for name in PEOPLE}

    assert {name: _seen(answer) for name, answer in answers.items()} == dict(
        zip(PEOPLE, row.cells, strict=True)
    )
    if row.method == "GET" and row.cells[0] == OK:
        headers.check_visitor(row, answers["visitor"])
    if row.method == "GET" and row.cells[2] == OK:
        headers.check_page(answers["marianne"])
    if row.method == "GET" and row.cells[0] == GONE:
        assert row.never is not None, "a row that is hidden needs `never`"
        never = people["visitor"].opens(reverse(row.name, args=row.never) + row.query)
        assert never.status == 404
        assert answers["visitor"].content == never.content
        assert answers["visitor"].headers == never.headers


def test_every_url_has_a_row() -> None:
    assert set(_names(get_resolver())) - {row.name for row in ROWS} == set()


def test_every_row_has_its_url() -> None:
    assert {row.name for row in ROWS} - set(_names(get_resolver())) == set()


def _asked(row: Row, people: dict[str, Person]) -> tuple[str, Mapping[str, Any]]:
    world = World(**{name: person.user for name, person in people.items() if person.user})
    url = reverse(row.name, args=row.thing(world)) + row.query
    return url, row.fields(world) if callable(row.fields) else row.fields


def _tries(row: Row, url: str, fields: Mapping[str, Any], who: Person) -> Answer:
    """Ask, and undo what came of it."""
    with transaction.atomic():
        answer = who.opens(url) if row.method == "GET" else who.sends(url, **fields)
        transaction.set_rollback(True)
    return answer


def _seen(answer: Answer) -> str:
    return SIGN_IN if answer.asks_to_sign_in else str(answer.status)


def _names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
