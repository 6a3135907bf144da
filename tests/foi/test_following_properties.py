"""Whatever is told of a request, in whatever order: it stands somewhere, and its page opens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contrechamp.foi import services
from contrechamp.foi.domain.composable import SLUGS, objection
from contrechamp.foi.domain.facts import SILENT, Fact, Kind, Proof, standing
from contrechamp.foi.domain.possible import BY_HAND, possible
from contrechamp.foi.domain.recording import check_fact
from contrechamp.foi.domain.states import Silence, status
from contrechamp.foi.domain.steps import next_step
from contrechamp.foi.models import FactRow
from contrechamp.kernel.errors import Refused

from .requests import asked, at

BEGUN = date(2026, 1, 15)
TODAY = date(2027, 3, 1)
KINDS = sorted(BY_HAND - {Kind.WITHDRAWN})
TOLD = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 400), st.integers(0, 6)), max_size=14
)
SENT = (
    Fact(id="f1", kind=Kind.READY, first=BEGUN, last=BEGUN),
    Fact(id="f2", kind=Kind.SENT, first=BEGUN, last=BEGUN),
    Fact(id="f3", kind=Kind.ACCEPTED, first=BEGUN, last=BEGUN, proof=Proof.SMTP_OF_RELAY),
)


def legal(told: list[tuple[Kind, int, int]]) -> tuple[Fact, ...]:
    """Return the facts that may follow one another, of those told: the others are refused."""
    facts = list(SENT)
    for number, (kind, days, width) in enumerate(told):
        first = BEGUN + timedelta(days)
        values = {"sense": "favourable", "outcome": "annulled"} if kind in ENDING else {}
        new = Fact(
            id=f"t{number}", kind=kind, first=first, last=first + timedelta(width), values=values
        )
        try:
            check_fact(facts, new, today=TODAY)
        except Refused:
            continue
        facts.append(new)
    return tuple(facts)


ENDING = {Kind.CADA_OPINION, Kind.JUDGED}


@settings(max_examples=150, deadline=None)
@given(told=TOLD, days=st.integers(0, 430), is_verified=st.booleans())
def test_a_request_always_stands_somewhere(
    told: list[tuple[Kind, int, int]], days: int, is_verified: bool
) -> None:
    facts, today = legal(told), BEGUN + timedelta(days)
    found = status(facts, today=today, silence=Silence(is_verified=is_verified))
    step = next_step(found, today=today)
    assert step.sentence.format(**step.values)
    assert possible(facts, today=today) <= BY_HAND
    for kind in SLUGS.values():
        assert isinstance(objection(kind, standing(facts), found), str)


@settings(max_examples=150, deadline=None)
@given(
    told=TOLD,
    silent=st.sampled_from([Kind.FOLLOWED_UP, Kind.AUTOMATIC_REPLY, Kind.NOTE]),
    at_day=st.integers(0, 400),
    days=st.integers(0, 430),
)
def test_a_reminder_or_an_absence_moves_neither_date_nor_state(
    told: list[tuple[Kind, int, int]], silent: Kind, at_day: int, days: int
) -> None:
    assert silent in SILENT
    facts, today = legal(told), BEGUN + timedelta(days)
    day = BEGUN + timedelta(at_day)
    more = (*facts, Fact(id="z", kind=silent, first=day, last=day))
    verified = Silence(is_verified=True)
    before = status(facts, today=today, silence=verified)
    after = status(more, today=today, silence=verified)
    assert (before.state, before.step) == (after.state, after.step)
    assert before.dates.items == after.dates.items


@pytest.mark.django_db
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=TOLD)
def test_every_page_of_what_is_told_opens(
    told: list[tuple[Kind, int, int]], transactional_page: Client
) -> None:
    from django.db import transaction

    with transaction.atomic():
        request = asked(on="01-15", received="01-16")
        for kind, days, _ in told:
            now = at((BEGUN + timedelta(days)).isoformat())
            try:
                with transaction.atomic():
                    services.record(request, kind, first=now.date(), actor=request.author, now=now)
            except Refused:
                continue
        transactional_page.force_login(request.author)
        for name in ("request", "note"):
            answer = transactional_page.get(reverse(f"foi:{name}", args=[request.pk]))
            assert answer.status_code == 200
        assert FactRow.objects.filter(request=request).exists()
        transaction.set_rollback(True)


@pytest.fixture
def transactional_page() -> Client:
    return Client()
