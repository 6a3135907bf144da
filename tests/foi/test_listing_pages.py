"""Pages of a list of requests: in order, each once, and cut only where it says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contrechamp.accounts.models import User
from contrechamp.foi.models import Request
from contrechamp.foi.queries.listing import Filter, Pages, public_list
from contrechamp.foi.views import lists
from tests.people import Person

from .requests import NOW, body

pytestmark = pytest.mark.django_db


@pytest.fixture
def many() -> list[Request]:
    """Seven public requests, the latest first, and a private one among them."""
    author, town = User.objects.create(username="autrice"), body()
    rows = [
        Request(
            title=f"Le contrat de caméras {number}",
            author=author,
            body=town,
            is_public=number != 3,
            sent_on=date(2026, 3, 1) - timedelta(days=number),
            state="AWAITING",
            made_at=NOW,
            changed_at=NOW,
        )
        for number in range(8)
    ]
    Request.objects.bulk_create(rows)
    return [row for row in rows if row.is_public]


def test_pages_hold_each_public_request_once_and_in_order(many: list[Request]) -> None:
    pages = Pages(public_list(Filter()), 3)
    assert pages.count == 7
    assert not pages.is_cut
    assert [row.pk for page in pages for row in page] == [row.pk for row in many]


def test_a_cut_list_shows_the_latest_and_says_that_there_are_more(many: list[Request]) -> None:
    pages = Pages(public_list(Filter(text="contrat")), 3, most=5)
    assert (pages.count, pages.num_pages, pages.is_cut) == (5, 2, True)
    assert [row.pk for page in pages for row in page] == [row.pk for row in many[:5]]
    assert not Pages(public_list(Filter(text="contrat")), 3, most=7).is_cut


@pytest.mark.usefixtures("many")
def test_a_reader_is_told_that_a_search_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_FOUND", 5)
    assert "Plus de 5 demandes" in Person().opens("/demandes?q=contrat").text
    assert "Plus de" not in Person().opens("/demandes").text


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    "wanted",
    [Filter(), Filter(group="refus"), Filter(departement="34"), Filter(text="contrat caméras")],
)
def test_counting_a_list_reads_an_index_and_no_row(wanted: Filter) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert Pages(public_list(wanted), 3).count >= 0
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + queries[0]["sql"])
        plan = [row[3] for row in cursor.fetchall() if "foi_request" in row[3]]
    assert plan
    assert all("COVERING INDEX" in step for step in plan), plan
