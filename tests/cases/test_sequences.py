"""Whatever is told, corrected, taken back, put back, an action stands where its facts say."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from contrechamp.cases.domain.calendar import Dated, entries
from contrechamp.cases.domain.facts import Fact, Kind, Outcome, Proof, Reply, of_kind, standing
from contrechamp.cases.domain.kinds import MACHINES, ActionKind, TargetKind
from contrechamp.cases.domain.needs import ALLOWED, NEEDS
from contrechamp.cases.domain.recording import check_fact
from contrechamp.cases.domain.states import Flag, State, Status, status
from contrechamp.cases.domain.tasks import tasks_of
from contrechamp.kernel.errors import Refused
from contrechamp.kernel.icalendar import Entry

from .actions import at
from .facts import facts

START, TODAY = date(2026, 1, 1), date(2027, 6, 30)
AT_COURT = {State.CLAIM_FILED, State.PENDING, State.URGENT_SUSPENSION}
VALUES: dict[Kind, dict[str, object]] = {
    Kind.JUDGED: {"outcome": Outcome.WON},
    Kind.SUSPENSION_REFUSED: {"why": "NO_DOUBT"},
    Kind.HEARING: {"day": "2026-12-01"},
    Kind.COMPLETION_ASKED: {"day": "2026-12-02"},
    Kind.INQUIRY_CLOSES: {"day": "2026-12-03"},
    Kind.MEMORANDUM: {"day": "2026-12-04"},
    Kind.COMPLAINT_FILED: {
        **{"has_standing": True, "controller": "Ville", "processing": "Caméras"},
        **{"contact": "Lettre", "statutes": "Article 2"},
    },
    Kind.REPORT_SENT: {"system": "Rue", "difficulty": "Vue", "is_public_place": True},
    Kind.REPORT_ANSWERED: {"what": Reply.SUSPEND},
    Kind.REPORT_PREFECT: {"what": Reply.NOTHING},
}


@dataclass
class File:
    """The facts of one action, every one that was accepted."""

    kind: ActionKind
    rows: list[Fact] = field(default_factory=list)

    def take(self, new: Fact) -> bool:
        """Append a fact, unless the rules refuse it."""
        try:
            check_fact(
                self.rows,
                new,
                kind=self.kind,
                target=TargetKind.ACT,
                today=TODAY,
                mandates=1,
            )
        except Refused:
            return False
        self.rows.append(new)
        return True

    @property
    def known(self) -> tuple[Fact, ...]:
        return standing(self.rows)

    @property
    def now(self) -> Status:
        return status(self.rows, kind=self.kind, target=TargetKind.ACT, today=TODAY)

    def fact(self, kind: Kind, day: date, **fields: str) -> Fact:
        return Fact(
            id=f"f{len(self.rows):04}",
            kind=kind,
            first=day,
            last=day,
            proof=Proof.COLLECTION,
            values=VALUES.get(kind, {}),
            **fields,
        )

    def back(self, old: Fact) -> Fact:
        return replace(self.fact(old.kind, old.first, corrects=old.id), values={"is_removal": True})


def holds(file: File) -> None:
    """What must be true of any file."""
    known, now = file.known, file.now
    tasks_of(known, now, today=TODAY)
    for fact in known:
        if fact.kind in NEEDS:
            before = [each for each in known if each.first <= fact.last]
            assert of_kind(before, *NEEDS[fact.kind][0]), fact
    if not of_kind(known, Kind.CLAIM_FILED):
        assert now.state not in AT_COURT
        assert (
            not {Flag.SUSPENDED, Flag.CONFIRM, Flag.DEEMED_WITHDRAWN, Flag.CLAIM_LATE} & now.flags
        )
    if not of_kind(known, Kind.SUSPENSION_GRANTED):
        assert Flag.SUSPENDED not in now.flags
    if not of_kind(known, Kind.REPORT_SENT):
        assert now.state not in {State.SENT, State.PROPOSED, State.ANSWERED}
    if not of_kind(known, Kind.COMPLAINT_FILED):
        assert now.state not in {State.FILED, State.ACKNOWLEDGED, State.IN_PROGRESS, State.OUTCOME}


days = st.integers(0, 500).map(lambda count: START + timedelta(days=count))


@tries(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(list(ActionKind)))
def test_any_legal_sequence_leaves_the_state_right(data: st.DataObject, kind: ActionKind) -> None:
    file = File(kind)
    kinds = sorted(ALLOWED[MACHINES[kind]])
    for _ in range(data.draw(st.integers(3, 14))):
        what = data.draw(st.sampled_from(["tell", "tell", "tell", "back", "again", "correct"]))
        if what == "tell":
            file.take(file.fact(data.draw(st.sampled_from(kinds)), data.draw(days)))
        elif what == "back" and file.known:
            old = data.draw(st.sampled_from(file.known))
            before = file.now
            if file.take(file.back(old)):
                holds(file)
                removal = file.rows[-1]
                again = replace(
                    file.fact(old.kind, old.first, corrects=removal.id), id=f"{old.id}b"
                )
                if data.draw(st.booleans()) and file.take(replace(again, values=old.values)):
                    after = file.now
                    assert (after.state, after.step, after.flags) == (
                        before.state,
                        before.step,
                        before.flags,
                    )
        elif what == "correct" and file.known:
            old = data.draw(st.sampled_from(file.known))
            file.take(file.fact(old.kind, data.draw(days), corrects=old.id))
        holds(file)


@tries(max_examples=40, deadline=None)
@given(st.data())
def test_a_calendar_keeps_each_event_once_and_its_number_only_grows(data: st.DataObject) -> None:
    file, numbers = File(ActionKind.ANNULMENT), dict[str, Entry]()
    for _ in range(8):
        kinds = sorted(ALLOWED[MACHINES[file.kind]])
        file.take(file.fact(data.draw(st.sampled_from(kinds)), data.draw(days)))
        one = Dated(
            key="cse-0000000001",
            title="Une action",
            url="https://exemple.invalid",
            at=at("01-01"),
            kind=file.kind,
            target=TargetKind.ACT,
            facts=tuple(file.rows),
        )
        found = list(entries([one], today=TODAY))
        assert len({each.key for each in found}) == len(found)
        left_out = set(numbers) - {each.key for each in found}
        assert all(numbers[key].last < TODAY for key in left_out), "one ahead was left out"
        for each in found:
            assert each.key not in numbers or each.sequence >= numbers[each.key].sequence
            numbers[each.key] = each


FILED = (
    "PUBLISHED 01-15",
    "CLAIM_FILED 02-10",
    "SUSPENSION_ASKED 02-11",
    "SUSPENSION_REFUSED 03-02 why=NO_DOUBT",
)


def test_what_others_rest_on_is_taken_back_last() -> None:
    rows = facts(*FILED)
    file = File(ActionKind.ANNULMENT, rows)
    claim = next(each for each in rows if each.kind is Kind.CLAIM_FILED)
    assert not file.take(file.back(claim))
    for kind in (Kind.SUSPENSION_REFUSED, Kind.SUSPENSION_ASKED, Kind.CLAIM_FILED):
        assert file.take(file.back(next(each for each in file.known if each.kind is kind)))
    assert (
        status(file.rows, kind=file.kind, target=TargetKind.ACT, today=date(2026, 2, 20)).state
        is State.WINDOW_OPEN
    )
    assert not file.now.flags & {Flag.CONFIRM, Flag.DEEMED_WITHDRAWN}


def test_a_claim_is_not_moved_after_what_rests_on_it() -> None:
    file = File(ActionKind.ANNULMENT, facts(*FILED))
    claim = next(each for each in file.known if each.kind is Kind.CLAIM_FILED)
    late = file.fact(Kind.CLAIM_FILED, date(2026, 3, 1), corrects=claim.id)
    assert not file.take(late)
    assert file.take(replace(late, first=date(2026, 2, 1), last=date(2026, 2, 1)))


def test_a_hearing_that_took_place_is_not_cancelled_by_the_judgment() -> None:
    rows = facts(
        "PUBLISHED 01-15",
        "CLAIM_FILED 02-10",
        "HEARING 03-01 day=2026-04-10",
        "JUDGED 05-01 outcome=WON",
    )
    one = Dated(
        key="cse-0000000001",
        title="Une action",
        url="https://exemple.invalid",
        at=at("01-01"),
        kind=ActionKind.ANNULMENT,
        target=TargetKind.ACT,
        facts=rows,
    )
    found = {each.key.partition("-f")[0]: each for each in entries([one], today=date(2026, 5, 2))}
    assert not found["hearing"].is_cancelled
    assert found["ta-cse-0000000001"].is_cancelled
    early = facts("PUBLISHED 01-15", "CLAIM_FILED 02-10", "HEARING 03-01 day=2026-07-10")
    ended = [*early, replace(facts("WITHDRAWN 04-01")[0], id="f9")]
    gone = entries([replace(one, facts=ended)], today=date(2026, 5, 2))
    assert next(each for each in gone if each.key.startswith("hearing")).is_cancelled


@pytest.mark.parametrize("kind", list(ActionKind))
def test_every_kind_of_action_can_be_abandoned_and_taken_up_again(kind: ActionKind) -> None:
    file = File(kind)
    assert file.take(file.fact(Kind.WITHDRAWN, START))
    assert file.now.state is State.CLOSED
    assert file.take(file.back(file.known[0]))
    assert file.now.state is not State.CLOSED
