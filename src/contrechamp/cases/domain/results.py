"""How an action ended, from when until when, and what it changes for what it attacked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .facts import Fact, Kind, Outcome, Reply, after, first_of, last_of, of_kind
from .kinds import ActionKind
from .outcomes import WON
from .states import is_suspended

FILINGS = (
    *(Kind.CLAIM_FILED, Kind.LIBERTY_FILED, Kind.MEASURES_FILED, Kind.COMPLAINT_FILED),
    *(Kind.REPORT_SENT, Kind.GRACIEUX_RECEIVED, Kind.HIERARCHICAL_RECEIVED, Kind.PREFECT_ASKED),
)
ENDS = (
    *(Kind.JUDGED, Kind.SETTLED, Kind.LIBERTY_RULED, Kind.MEASURES_RULED, Kind.ACT_WITHDRAWN),
    *(Kind.COMPLAINT_OUTCOME, Kind.REPORT_ANSWERED, Kind.REPORT_PREFECT, Kind.PREFECT_REFERRED),
)
RULED = (Kind.JUDGED, Kind.LIBERTY_RULED, Kind.MEASURES_RULED, Kind.COMPLAINT_OUTCOME)
OF_REPLY = {
    Reply.NOTHING: Outcome.LOST,
    Reply.NOT_COMPETENT: Outcome.INADMISSIBLE,
    Reply.ADVICE: Outcome.PARTLY,
    Reply.SUSPEND: Outcome.WON,
    Reply.REMOVE: Outcome.WON,
}
RECONSIDERED = (ActionKind.GRACIEUX, ActionKind.HIERARCHICAL)


def outcome_of(facts: Sequence[Fact], kind: ActionKind) -> str:
    """Return how an action ended as a code of `Outcome`, empty while nothing says so."""
    if of_kind(facts, Kind.SETTLED):
        return Outcome.SETTLED
    if judged := last_of(facts, *RULED):
        return str(judged.values.get("outcome") or "")
    if kind in RECONSIDERED and of_kind(facts, Kind.ACT_WITHDRAWN):
        return Outcome.WON
    if kind is ActionKind.PREFECT and of_kind(facts, Kind.PREFECT_REFERRED):
        return Outcome.WON
    if answer := last_of(facts, Kind.REPORT_ANSWERED, Kind.REPORT_PREFECT):
        what = answer.values.get("what")
        return OF_REPLY[Reply(str(what))] if what in tuple(Reply) else ""
    return ""


def filed_on(facts: Sequence[Fact]) -> date | None:
    """Return the day on which the action was first brought before whoever decides."""
    found = first_of(facts, *FILINGS)
    return found.first if found else None


def over_on(facts: Sequence[Fact]) -> date | None:
    """Return the day of what ended it."""
    found = last_of(facts, *ENDS)
    return found.first if found else None


class Change(StrEnum):
    """What a judgment, or its like, means for what was attacked."""

    SUSPENDED = "SUSPENDED"
    ANNULLED = "ANNULLED"
    PARTLY = "PARTLY"
    STOPPED = "STOPPED"
    REJECTED = "REJECTED"
    RESUMED = "RESUMED"
    """Rejected after a suspension, which ends with it."""
    NO_OBJECT = "NO_OBJECT"
    WITHDRAWN = "WITHDRAWN"
    REFERRED = "REFERRED"
    SETTLED = "SETTLED"


STAGES = {
    Change.SUSPENDED: "suspended",
    Change.ANNULLED: "annulled",
    Change.STOPPED: "suspended",
    Change.RESUMED: "running",
    Change.WITHDRAWN: "abandoned",
}
"""What a change suggests of how far a project is (vocabulary `stages`); a person decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One thing that was decided, on its day. `source`: the fact that tells it."""

    source: str
    change: Change
    first: date
    last: date
    number: str = ""
    ecli: str = ""
    document: str = ""
    is_over: bool = False
    """A later decision took its place: a suspension ends with the judgment."""

    @property
    def stage(self) -> str:
        """Return the stage that it suggests, empty for none."""
        return "" if self.is_over else STAGES.get(self.change, "")


def results_of(facts: Sequence[Fact]) -> tuple[Result, ...]:
    """Return what was decided, in order; `facts` are those that stand."""
    return tuple(_results(facts))


def change_of(outcome: str, *, was_suspended: bool = False, is_urgent: bool = False) -> Change:
    """Return what an outcome means; an urgent judge stops, one on the merits annuls."""
    if outcome == Outcome.SETTLED:
        return Change.SETTLED
    if outcome == Outcome.NO_OBJECT:
        return Change.NO_OBJECT
    if outcome in WON:
        if is_urgent:
            return Change.STOPPED
        return Change.PARTLY if outcome == Outcome.PARTLY else Change.ANNULLED
    return Change.RESUMED if was_suspended else Change.REJECTED


def _results(facts: Sequence[Fact]) -> Iterator[Result]:
    for fact in facts:
        change = _change(facts, fact)
        if change is None:
            continue
        is_over = change is Change.SUSPENDED and not is_suspended(facts)
        later = of_kind(after(facts, fact), Kind.JUDGED)
        yield Result(
            source=fact.id,
            change=change,
            first=fact.first,
            last=fact.last,
            number=str(fact.values.get("number") or ""),
            ecli=str(fact.values.get("ecli") or ""),
            is_over=is_over or bool(later),
        )


def _change(facts: Sequence[Fact], fact: Fact) -> Change | None:
    simple = {
        Kind.SUSPENSION_GRANTED: Change.SUSPENDED,
        Kind.SETTLED: Change.SETTLED,
        Kind.ACT_WITHDRAWN: Change.WITHDRAWN,
        Kind.PREFECT_REFERRED: Change.REFERRED,
    }
    if fact.kind in simple:
        return simple[fact.kind]
    outcome = str(fact.values.get("outcome") or "")
    if fact.kind in (Kind.LIBERTY_RULED, Kind.MEASURES_RULED):
        return change_of(outcome, is_urgent=True) if outcome else None
    if fact.kind is Kind.JUDGED and outcome:
        before = facts[: facts.index(fact)]
        return change_of(outcome, was_suspended=is_suspended(before))
    return None
