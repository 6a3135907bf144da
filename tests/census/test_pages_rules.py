"""The rules behind the pages, on plain values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contrechamp.census.forms.notices import Gate
from contrechamp.census.shown import days, money, timeline
from contrechamp.census.shown.evidence import crop_of
from contrechamp.census.shown.facts import End, ShownFact, make_fact
from contrechamp.census.shown.histories import compare
from contrechamp.census.templatetags.census_status import fact_rows
from contrechamp.census.views.data import safe_cell
from contrechamp.kernel import uncertain

SUBJECT = End(id="prj-0000000000", name="Essai", kind="project", type="trial", url="/p")


def fact(code: str = "budget", **more: object) -> ShownFact:
    given = {"id": "clm-0000000000", "subject": SUBJECT, "target": None, "value": "1"} | more
    return make_fact(code=code, **given)  # type: ignore[arg-type]


def test_a_day_is_never_invented() -> None:
    assert days.written("2021-03") == "mars 2021"
    assert days.written("2021-03-09") == "9 mars 2021"
    assert days.written("2021") == "2021"
    assert days.written("~2018") == "vers 2018"
    assert days.written("avant 2019-02") == "avant février 2019"
    assert days.written("2017/2019") == "entre 2017 et 2019"
    assert days.between("2021-03-09", "2021-04-01") == "du 9 mars 2021 au 1 avril 2021"
    assert days.since("2021-03-09") == "depuis le 9 mars 2021"
    assert days.until("2021") == "jusqu'à 2021"


@settings(deadline=None)  # A busy machine is no wrong answer.
@given(st.text(max_size=30))
def test_any_text_has_words(text: str) -> None:
    assert isinstance(days.written(text), str)
    assert isinstance(days.since(text), str)


@settings(deadline=None)
@given(st.lists(st.tuples(
    st.sampled_from(["awarded", "paid", "maximum"]), st.sampled_from(["excl", "incl", "unknown"]),
    st.decimals(0, 10**6, places=2),
), max_size=20))  # fmt: skip
def test_sums_neither_mix_nor_lose(rows: list[tuple[str, str, Decimal]]) -> None:
    facts = [
        fact(amount=amount, amount_kind=kind, tax=tax, currency="EUR") for kind, tax, amount in rows
    ]

    sums = money.add_up(facts)

    assert sum((one.value for one in sums), Decimal(0)) == sum((a for *_, a in rows), Decimal(0))
    assert len(sums) == len({(kind, tax) for kind, tax, _ in rows})
    assert len({one.label for one in sums}) == len(sums), "two sums never look alike"


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    parts = compare(before, after)

    assert "".join(part.text for part in parts if part.op != "ins") == before
    assert "".join(part.text for part in parts if part.op != "del") == after


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=5))
def test_a_crop_lies_on_the_page(corners: list[tuple[float, float]]) -> None:
    rects = [[min(x, 0.9), min(y, 0.9), 0.95, 0.95] for x, y in corners]

    crop = crop_of("/image", rects, 1697)

    _, top, width, height = map(int, crop.box.split())
    assert top >= 0
    assert top + height <= 1697
    assert width == 1200
    assert all(top <= rect.y <= top + height for rect in crop.rects)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["2019", "2021-03", "vers 2018", "avant 2020", "2022-02-01"])))
def test_a_fact_is_drawn_over_the_days_that_its_text_may_mean(texts: list[str]) -> None:
    facts = [
        fact("stage", id=f"clm-{n:010d}", value="running", from_text=text)
        for n, text in enumerate(texts)
    ]

    drawn = timeline.timeline(facts)

    assert (drawn is None) == (not texts)
    for mark in drawn.drawing.marks if drawn else ():
        when = uncertain.parse(mark.event.thing.from_text)
        assert (mark.event.earliest, mark.event.from_latest) == (when.earliest, when.latest)
        assert bool(mark.point) == (mark.event.thing.from_text == "2022-02-01")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_rows_hold_no_markup_of_people(text: str) -> None:
    wicked = f"<script>{text}</script>\"'>"
    subject = End(id="x", name=wicked, kind="actor", type="company", url="/a?b=1&c=\"'")
    row = fact("supplies", subject=subject, target=SUBJECT, value=None, is_backward=True)

    html = str(fact_rows([row], True, True))

    assert "<script>" not in html
    assert html.count("<a ") == 3


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_a_cell_is_never_a_formula(sign: str) -> None:
    assert safe_cell(f"{sign}1") == f"'{sign}1"
    assert safe_cell("Nice") == "Nice"


def test_the_gate_slows_one_address_and_forgets_it_after_an_hour() -> None:
    gate = Gate(per_hour=2)

    assert [gate.lets_in("a", clock=1), gate.lets_in("a", clock=2)] == [True, True]
    assert not gate.lets_in("a", clock=3)
    assert gate.lets_in("b", clock=3)
    assert gate.lets_in("a", clock=3700)


def test_a_form_is_taken_once() -> None:
    gate = Gate()

    assert gate.use("t", clock=1)
    assert not gate.use("t", clock=2)
