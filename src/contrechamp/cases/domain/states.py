"""Where an action stands: a view of its facts, of a day, and of whether a silence was verified.

The tables are those of the design note `cases.md`, 3; sub-files (reconsideration, prefect) and
urgent branches are flags and tasks beside the state of the main file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contrechamp.law.domain.items import Item, Reading

from .clock import Dates, dates_of
from .facts import (
    OF_PUBLICATION,
    Fact,
    Kind,
    Reply,
    after,
    day_in,
    first_of,
    last_of,
    of_kind,
    standing,
)
from .kinds import MACHINES, ActionKind, Machine, TargetKind, is_access


class State(StrEnum):
    """Where an action stands."""

    DRAFT = "DRAFT"
    WATCHING = "WATCHING"
    OPEN_UNLIMITED = "OPEN_UNLIMITED"
    WINDOW_OPEN = "WINDOW_OPEN"
    RECONSIDERATION = "RECONSIDERATION"
    CLOSED_LATE = "CLOSED_LATE"
    CLAIM_FILED = "CLAIM_FILED"
    URGENT_SUSPENSION = "URGENT_SUSPENSION"
    URGENT_LIBERTY = "URGENT_LIBERTY"
    URGENT_MEASURES = "URGENT_MEASURES"
    PENDING = "PENDING"
    JUDGED = "JUDGED"
    APPEAL = "APPEAL"
    ENFORCE = "ENFORCE"
    CLOSED = "CLOSED"
    FILED = "FILED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    IN_PROGRESS = "IN_PROGRESS"
    SILENCE_UNVERIFIED = "SILENCE_UNVERIFIED"
    SILENT_REJECTED = "SILENT_REJECTED"
    REVIVED = "REVIVED"
    COMPLAINT_CLOSED = "COMPLAINT_CLOSED"
    OUTCOME = "OUTCOME"
    SENT = "SENT"
    PROPOSED = "PROPOSED"
    """The commission proposes to suspend or to remove: the prefect decides."""
    ANSWERED = "ANSWERED"


ENDED = frozenset({State.CLOSED, State.OUTCOME, State.ANSWERED})
WINDOWS = frozenset(
    {State.WINDOW_OPEN, State.RECONSIDERATION, State.SILENT_REJECTED, State.COMPLAINT_CLOSED}
)
"""States in which somebody has to act before a day."""


class Flag(StrEnum):
    """What is said beside the state."""

    PUBLICATION_UNPROVEN = "PUBLICATION_UNPROVEN"
    RECONSIDERATION_LATE = "RECONSIDERATION_LATE"
    RECONSIDERATION_TWICE = "RECONSIDERATION_TWICE"
    RECONSIDERATION_VOID = "RECONSIDERATION_VOID"
    PREFECT_ASKED = "PREFECT_ASKED"
    PREFECT_REFERRED = "PREFECT_REFERRED"
    LEGAL_AID = "LEGAL_AID"
    CLAIM_LATE = "CLAIM_LATE"
    SUSPENDED = "SUSPENDED"
    NOTHING_TO_CONFIRM = "NOTHING_TO_CONFIRM"
    CONFIRM = "CONFIRM"
    DEEMED_WITHDRAWN = "DEEMED_WITHDRAWN"
    LIBERTY_PENDING = "LIBERTY_PENDING"
    MEASURES_PENDING = "MEASURES_PENDING"
    LOSES_OBJECT = "LOSES_OBJECT"
    LAWYER = "LAWYER"
    AFTER_SAFE = "AFTER_SAFE"
    SEEN_NO_PROOF = "SEEN_NO_PROOF"
    NO_SILENT_REJECTION = "NO_SILENT_REJECTION"
    ACT_WITHDRAWN = "ACT_WITHDRAWN"
    REPORT_STOPS_NOTHING = "REPORT_STOPS_NOTHING"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where an action stands on a day, and which step of the clock matters now."""

    state: State
    flags: frozenset[Flag]
    dates: Dates
    step: str = ""
    """`ta`, `ce`, `contract`, `confirmation`, `appeal`, `enforcement` …"""

    @property
    def item(self) -> Item | None:
        """Return the step that matters now, with its days."""
        return self.dates.items.get(self.step)


Found = tuple[State, str]


def status(
    facts: Sequence[Fact],
    *,
    kind: ActionKind,
    target: TargetKind,
    today: date,
    reading: Reading = Reading.USUAL,
) -> Status:
    """Return where an action stands on a day, from the facts known until then."""
    known = standing(fact for fact in facts if fact.first <= today)
    access = is_access(target)
    dates = dates_of(known, today=today, is_access=access, reading=reading)
    machine = MACHINES[kind]
    state, step = _state(known, dates, today, machine)
    flags = frozenset(_flags(known, dates, today, state, machine, access=access))
    if Flag.CONFIRM in flags:
        step = "confirmation"
    item = dates.items.get(step)
    if state in WINDOWS and item and item.act_by_safe and today > item.act_by_safe:
        flags |= {Flag.AFTER_SAFE}
    return Status(state=state, flags=flags, dates=dates, step=step)


def _state(facts: Sequence[Fact], dates: Dates, today: date, machine: Machine) -> Found:
    if of_kind(facts, Kind.WITHDRAWN, Kind.SETTLED):
        return State.CLOSED, ""
    if found := _judged(facts, dates, today, machine):
        return found
    if machine is Machine.COMPLAINT:
        return _complaint(facts, dates, today)
    if machine is Machine.REPORT:
        return _report(facts)
    if found := _at_court(facts):
        return found
    if machine is Machine.URGENT:
        return _urgent_alone(facts, dates, today)
    if machine is Machine.CONTRACT:
        return _contract(facts, dates, today)
    return _window(facts, dates, today)


def _judged(facts: Sequence[Fact], dates: Dates, today: date, machine: Machine) -> Found | None:
    """A judgment: open to appeal, to be carried out, or the end."""
    judged = last_of(facts, Kind.JUDGED)
    if judged is None:
        return None
    then = after(facts, judged)
    if of_kind(then, Kind.CARRIED_OUT):
        return State.CLOSED, ""
    step = "cassation" if "cassation" in dates.items else "appeal"
    if of_kind(then, Kind.APPEALED):
        return State.APPEAL, ""
    if judged.values.get("term") or of_kind(then, Kind.ENFORCEMENT_ASKED):
        return State.ENFORCE, "enforcement"
    window = dates.items.get(step)
    # After the CNIL the Conseil d'État is the first and the last judge (C5).
    is_last = machine is Machine.COMPLAINT
    if is_last or (window and window.last_day and today > window.last_day):
        return State.CLOSED, ""
    return State.JUDGED, step


def _at_court(facts: Sequence[Fact]) -> Found | None:
    """The claim is filed: waiting, with a suspension asked, or under inquiry."""
    filed = first_of(facts, Kind.CLAIM_FILED)
    if filed is None:
        return None
    asked = last_of(facts, Kind.SUSPENSION_ASKED)
    ruled = last_of(facts, Kind.SUSPENSION_GRANTED, Kind.SUSPENSION_REFUSED)
    if asked and not (ruled and ruled in after(facts, asked)):
        return State.URGENT_SUSPENSION, ""
    if ruled or of_kind(after(facts, filed), *INQUIRY):
        return State.PENDING, ""
    return State.CLAIM_FILED, ""


INQUIRY = (
    Kind.COMPLETION_ASKED,
    Kind.COMPLETION_DONE,
    Kind.MEMORANDUM,
    Kind.MEMORANDUM_SENT,
    Kind.INQUIRY_CLOSES,
    Kind.HEARING,
)


def _urgent_alone(facts: Sequence[Fact], dates: Dates, today: date) -> Found:
    """A référé-liberté or useful measures, without a claim on the merits."""
    for filed, ruled, state in (
        (Kind.LIBERTY_FILED, Kind.LIBERTY_RULED, State.URGENT_LIBERTY),
        (Kind.MEASURES_FILED, Kind.MEASURES_RULED, State.URGENT_MEASURES),
    ):
        asked, said = last_of(facts, filed), last_of(facts, ruled)
        if asked is None:
            continue
        if said is None or said not in after(facts, asked):
            return state, ""
        if of_kind(after(facts, said), Kind.LIBERTY_APPEALED):
            return State.APPEAL, ""
        window = dates.items.get("liberty_appeal")
        if filed is Kind.LIBERTY_FILED and window and window.last_day:
            return (State.JUDGED if today <= window.last_day else State.CLOSED), "liberty_appeal"
        return State.CLOSED, ""
    return State.DRAFT, ""


def _contract(facts: Sequence[Fact], dates: Dates, today: date) -> Found:
    window = dates.items.get("contract")
    if window is None or window.last_day is None:
        return State.WATCHING, ""
    return (State.CLOSED_LATE if today > window.last_day else State.WINDOW_OPEN), "contract"


def _window(facts: Sequence[Fact], dates: Dates, today: date) -> Found:
    """Before the court: nothing proven, open, being reconsidered, too late."""
    if of_kind(facts, Kind.ACT_WITHDRAWN):
        return State.CLOSED, ""
    window = dates.items.get("ta")
    if window is None:
        if of_kind(facts, Kind.NEVER_PUBLISHED):
            return State.OPEN_UNLIMITED, ""
        return State.WATCHING, ""
    if any(one.is_waiting(today) for one in dates.asked):
        return State.RECONSIDERATION, "ta"
    if window.last_day and today > window.last_day and not _aid_waits(facts, window):
        return State.CLOSED_LATE, _repeal_step(dates)
    return State.WINDOW_OPEN, "ta"


def _repeal_step(dates: Dates) -> str:
    return "ta_repeal" if "ta_repeal" in dates.items else ""


def _aid_waits(facts: Sequence[Fact], window: Item) -> bool:
    """Answer whether legal aid was asked inside the window and nothing is decided (D21)."""
    asked = first_of(facts, Kind.LEGAL_AID_ASKED)
    if asked is None or of_kind(facts, Kind.LEGAL_AID_DECIDED):
        return False
    return window.last_day is not None and asked.last <= window.last_day


def _complaint(facts: Sequence[Fact], dates: Dates, today: date) -> Found:
    if not of_kind(facts, Kind.COMPLAINT_FILED):
        return State.DRAFT, ""
    if of_kind(facts, Kind.COMPLAINT_OUTCOME):
        return State.OUTCOME, ""
    pursued = last_of(facts, Kind.COMPLAINT_PURSUED)
    closed = last_of(facts, Kind.COMPLAINT_CLOSED)
    if pursued and not (closed and closed in after(facts, pursued)):
        return State.REVIVED, ""
    if found := _at_court(facts):
        return found
    window = dates.items.get("ce")
    is_over = bool(window and window.last_day and today > window.last_day)
    if closed:
        return (State.CLOSED_LATE if is_over else State.COMPLAINT_CLOSED), "ce"
    if "complaint_rejection" in dates.items:
        if found := _silence(facts, window, today):
            return found
    elif of_kind(facts, Kind.COMPLAINT_PROGRESS):
        return State.IN_PROGRESS, ""
    registered = of_kind(facts, Kind.COMPLAINT_REGISTERED)
    return (State.ACKNOWLEDGED if registered else State.FILED), "complaint_rejection"


def _silence(facts: Sequence[Fact], window: Item | None, today: date) -> Found | None:
    """The three months are over: a rejection, once somebody has looked that nothing came."""
    if window is None or window.not_before is None or today < window.not_before:
        return None
    if window.last_day and today > window.last_day:
        return State.CLOSED_LATE, ""
    looked = [f for f in of_kind(facts, Kind.NOTHING_CAME) if f.first >= window.not_before]
    return (State.SILENT_REJECTED if looked else State.SILENCE_UNVERIFIED), "ce"


def _report(facts: Sequence[Fact]) -> Found:
    if of_kind(facts, Kind.REPORT_PREFECT):
        return State.ANSWERED, ""
    if answer := last_of(facts, Kind.REPORT_ANSWERED):
        is_proposed = answer.values.get("what") in (Reply.SUSPEND, Reply.REMOVE)
        return (State.PROPOSED if is_proposed else State.ANSWERED), ""
    return (State.SENT if of_kind(facts, Kind.REPORT_SENT) else State.DRAFT), ""


def must_confirm(facts: Sequence[Fact]) -> bool:
    """Answer whether the main claim still has to be confirmed (T7).

    A cassation dispenses with it; a new suspension request inside the month counts as one.
    """
    refused = last_of(facts, Kind.SUSPENSION_REFUSED)
    if refused is None or refused.values.get("why") != "NO_DOUBT":
        return False
    then = after(facts, refused)
    done = of_kind(
        then, Kind.CLAIM_CONFIRMED, Kind.URGENT_CASSATION, Kind.SUSPENSION_ASKED, Kind.JUDGED
    )
    return not done


def is_suspended(facts: Sequence[Fact]) -> bool:
    """Answer whether the act is suspended until the judgment."""
    granted = last_of(facts, Kind.SUSPENSION_GRANTED)
    return granted is not None and not of_kind(after(facts, granted), Kind.JUDGED)


def _flags(
    facts: Sequence[Fact],
    dates: Dates,
    today: date,
    state: State,
    machine: Machine,
    *,
    access: bool,
) -> list[Flag]:
    before_court = state in {State.WINDOW_OPEN, State.RECONSIDERATION, State.CLOSED_LATE}
    published = first_of(facts, Kind.PUBLISHED)
    window = dates.items.get("ta")
    confirm = dates.items.get("confirmation")
    refused = last_of(facts, Kind.SUSPENSION_REFUSED)
    claim = first_of(facts, Kind.CLAIM_FILED)
    is_due = must_confirm(facts) and state is not State.CLOSED
    is_gone = bool(confirm and confirm.last_day and today > confirm.last_day)
    said = {
        Flag.PUBLICATION_UNPROVEN: state is State.WATCHING and machine is Machine.COURT,
        Flag.SEEN_NO_PROOF: bool(published and published.proof not in OF_PUBLICATION),
        Flag.RECONSIDERATION_LATE: any(not one.in_time for one in dates.asked),
        Flag.RECONSIDERATION_TWICE: any(
            len(of_kind(facts, kind)) > 1
            for kind in (Kind.GRACIEUX_RECEIVED, Kind.HIERARCHICAL_RECEIVED)
        ),
        Flag.RECONSIDERATION_VOID: access
        and bool(of_kind(facts, Kind.GRACIEUX_RECEIVED, Kind.HIERARCHICAL_RECEIVED)),
        Flag.PREFECT_ASKED: before_court and bool(of_kind(facts, Kind.PREFECT_ASKED)),
        Flag.PREFECT_REFERRED: bool(of_kind(facts, Kind.PREFECT_REFERRED)),
        Flag.LEGAL_AID: bool(window and before_court and _aid_waits(facts, window)),
        Flag.CLAIM_LATE: bool(
            claim and window and window.last_day and claim.first > window.last_day
        ),
        Flag.SUSPENDED: is_suspended(facts) and state is not State.CLOSED,
        Flag.NOTHING_TO_CONFIRM: state is State.PENDING
        and refused is not None
        and refused.values.get("why") == "NO_URGENCY",
        Flag.CONFIRM: is_due and not is_gone,
        Flag.DEEMED_WITHDRAWN: is_due and is_gone,
        Flag.LIBERTY_PENDING: machine is not Machine.URGENT
        and _waits(facts, Kind.LIBERTY_FILED, Kind.LIBERTY_RULED),
        Flag.MEASURES_PENDING: machine is not Machine.URGENT
        and _waits(facts, Kind.MEASURES_FILED, Kind.MEASURES_RULED),
        Flag.LOSES_OBJECT: state is State.REVIVED and claim is not None,
        Flag.LAWYER: machine is Machine.CONTRACT or state in {State.JUDGED, State.APPEAL},
        Flag.NO_SILENT_REJECTION: state is State.IN_PROGRESS,
        Flag.REPORT_STOPS_NOTHING: machine is Machine.REPORT and state is not State.CLOSED,
        Flag.ACT_WITHDRAWN: bool(of_kind(facts, Kind.ACT_WITHDRAWN)),
    }
    return [flag for flag, holds in said.items() if holds]


def _waits(facts: Sequence[Fact], filed: Kind, ruled: Kind) -> bool:
    asked, said = last_of(facts, filed), last_of(facts, ruled)
    return asked is not None and not (said and said in after(facts, asked))


def hearing_of(facts: Sequence[Fact], today: date) -> date | None:
    """Return the next hearing, None when none is to come."""
    days = [day_in(fact) or fact.first for fact in of_kind(facts, Kind.HEARING)]
    return min((day for day in days if day >= today), default=None)
