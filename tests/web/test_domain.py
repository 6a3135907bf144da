from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from xml.etree import ElementTree as Xml

from hypothesis import given
from hypothesis import strategies as st

from contrechamp.web.domain.atom import Entry, atom
from contrechamp.web.domain.money import WIDTH, Payment, sums
from contrechamp.web.domain.questions import QUESTIONS, letter_of, open_questions

AT = datetime(2025, 3, 1, tzinfo=UTC)
amounts = st.decimals(min_value=0, max_value=10**9, places=2)
payments = st.lists(
    st.builds(
        Payment,
        amount=amounts,
        kind=st.sampled_from(["awarded", "paid", "maximum"]),
        tax=st.sampled_from(["excl", "incl", "unknown"]),
        year=st.none() | st.integers(1995, 2030),
    ),
    max_size=30,
)


# Money


@given(payments)
def test_no_amount_is_lost_or_counted_twice(paid: list[Payment]) -> None:
    found = sums(paid)
    assert sum((one.total for one in found), Decimal(0)) == sum(
        (payment.amount for payment in paid), Decimal(0)
    )
    assert sum(one.count for one in found) == len(paid)


@given(payments)
def test_only_what_is_alike_is_added_up(paid: list[Payment]) -> None:
    keys = [(one.kind, one.tax, one.currency) for one in sums(paid)]
    assert len(keys) == len(set(keys))
    assert set(keys) == {(p.kind, p.tax, p.currency) for p in paid}


@given(payments)
def test_bars_are_years_in_a_row_that_fit(paid: list[Payment]) -> None:
    for one in sums(paid):
        years = [bar.year for bar in one.bars]
        assert years == list(range(years[0], years[0] + len(years))) if years else True
        assert len(years) <= 30
        assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH + 1 for bar in one.bars)
        assert all(bar.y >= 0 and bar.height >= 0 for bar in one.bars)


def test_what_has_no_date_is_said_apart() -> None:
    paid = [
        Payment(amount=Decimal(10), kind="paid", tax="excl", year=2020),
        Payment(amount=Decimal(5), kind="paid", tax="excl"),
    ]
    (one,) = sums(paid)
    assert (one.total, one.undated, one.undated_count) == (Decimal(15), Decimal(5), 1)
    assert [(bar.year, bar.amount) for bar in one.bars] == [(2020, Decimal(10))]


# Questions


@given(st.sets(st.sampled_from([code for one in QUESTIONS for code in one.answered_by])))
def test_the_more_is_known_the_less_is_asked(known: set[str]) -> None:
    asked = open_questions(known, has_projects=True)
    assert set(asked) <= set(open_questions((), has_projects=True))
    assert all(not set(question.answered_by) & known for question in asked)


def test_results_are_asked_only_of_what_exists() -> None:
    codes = {question.code for question in open_questions((), has_projects=False)}
    assert "results" not in codes
    assert "cameras" in codes


def test_a_letter_names_the_place_the_document_and_the_law() -> None:
    for question in QUESTIONS:
        letter = letter_of(question, kind="commune", name="Toulon")
        assert letter.startswith("Madame, Monsieur le maire,")
        assert "pour Toulon" in letter
        assert question.document in letter
        assert "L. 311-1" in letter


# Feeds


def test_a_feed_is_the_same_bytes_whenever_it_is_made() -> None:
    entries = [Entry(key="clm-1", title="Nice\x00 & co", path="/fait/clm-1", at=AT, summary="été")]
    made = [
        atom(
            title="Contrechamp",
            site="https://exemple.org:8000",
            page="/",
            address="/flux.atom",
            key="flux",
            entries=entries,
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    feed = Xml.fromstring(made[0])  # noqa: S314  our own
    assert feed.findtext("{*}id") == "tag:exemple.org,2026:flux"
    assert feed.findtext("{*}entry/{*}title") == "Nice & co"
    assert feed.findtext("{*}updated") == "2025-03-01T00:00:00+00:00"


def test_an_empty_feed_is_a_feed() -> None:
    made = atom(title="x", site="http://a", page="/", address="/f", key="k", entries=[])
    assert Xml.fromstring(made).findtext("{*}updated")  # noqa: S314  our own
