"""What is to be done until when: dated tasks, the red ones first in every view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from contrechamp.kernel.dates import add_months
from contrechamp.kernel.errors import gettext_noop

from .facts import Fact, Kind, after, day_in, last_of, of_kind
from .states import ENDED, Flag, State, Status

YEARLY = 12
"""Months after the CNIL's last word at which one asks again."""
ASK_COMMISSION = 2
"""Months after which one asks the commission or the prefect again: no text gives them a period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do: its safe day, the last usual one where they differ, a plain sentence."""

    key: str
    """What it is, for ever: part of the identifier of its event in a calendar."""
    sentence: str
    act_by: date
    last_day: date | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    is_red: bool = False
    """Rights are lost if it is not done."""
    basis: str = ""


OF_STEP: Mapping[str, tuple[str, bool]] = {
    "ta": (gettext_noop("Déposer la requête au tribunal administratif"), True),
    "ce": (gettext_noop("Saisir le Conseil d'État"), True),
    "contract": (gettext_noop("Contester la validité du contrat, avec un avocat"), True),
    "confirmation": (
        gettext_noop("Confirmer la requête au fond, sinon elle est réputée abandonnée"),
        True,
    ),
    "urgent_cassation": (
        gettext_noop("Se pourvoir en cassation contre l'ordonnance qui refuse la suspension"),
        False,
    ),
    "liberty_appeal": (gettext_noop("Faire appel devant le Conseil d'État, sans avocat"), False),
    "ta_repeal": (gettext_noop("Attaquer le refus d'abroger"), True),
    "prefect": (gettext_noop("Demander au préfet de déférer l'acte"), False),
    "appeal": (gettext_noop("Faire appel du jugement, avec un avocat"), False),
    "cassation": (gettext_noop("Se pourvoir en cassation, avec un avocat aux Conseils"), False),
}
BEFORE_COURT = frozenset({State.WINDOW_OPEN, State.RECONSIDERATION, State.WATCHING})


def tasks_of(facts: Sequence[Fact], status: Status, *, today: date) -> tuple[Task, ...]:
    """Return what is to be done from a day on, the soonest first. `facts` are those that stand."""
    return tuple(task for task in every_task(facts, status) if _is_ahead(task, today))


def every_task(facts: Sequence[Fact], status: Status) -> tuple[Task, ...]:
    """Return what is to be done, what is past too, the soonest first."""
    if status.state in ENDED:
        return ()
    found = [
        *_steps(facts, status),
        *_inquiry(facts),
        *_yearly(facts, status),
        *_report(facts, status),
    ]
    return tuple(sorted(found, key=lambda task: (task.act_by, task.key)))


def _is_ahead(task: Task, today: date) -> bool:
    return (task.last_day or task.act_by) >= today


def _steps(facts: Sequence[Fact], status: Status) -> Iterator[Task]:
    for step in _live(facts, status):
        item = status.dates.items.get(step)
        if item is None or item.act_by_safe is None:
            continue
        sentence, is_red = OF_STEP[step]
        yield Task(
            key=step,
            sentence=sentence,
            act_by=item.act_by_safe,
            last_day=item.last_day,
            is_red=is_red,
            basis=item.basis[0],
        )


def _live(facts: Sequence[Fact], status: Status) -> Iterator[str]:
    """Yield the steps that somebody may still take where an action stands."""
    state = status.state
    if state in BEFORE_COURT:
        yield from ("ta", "contract")
        if not of_kind(facts, Kind.PREFECT_ASKED):
            yield "prefect"
    if state in {State.SILENT_REJECTED, State.COMPLAINT_CLOSED, State.SILENCE_UNVERIFIED}:
        yield "ce"
    if Flag.CONFIRM in status.flags:
        yield "confirmation"
    refused = last_of(facts, Kind.SUSPENSION_REFUSED)
    if refused and not of_kind(after(facts, refused), Kind.URGENT_CASSATION, Kind.JUDGED):
        yield "urgent_cassation"
    ruled = last_of(facts, Kind.LIBERTY_RULED)
    if ruled and not of_kind(after(facts, ruled), Kind.LIBERTY_APPEALED):
        yield "liberty_appeal"
    if of_kind(facts, Kind.REPEAL_ASKED) and not of_kind(facts, Kind.CLAIM_FILED):
        yield "ta_repeal"
    if state in {State.JUDGED, State.ENFORCE}:
        yield from ("appeal", "cassation")


ANSWERED_BY: Mapping[Kind, tuple[Kind, ...]] = {
    Kind.COMPLETION_ASKED: (Kind.COMPLETION_DONE, Kind.JUDGED),
    Kind.MEMORANDUM: (Kind.MEMORANDUM_SENT, Kind.JUDGED),
    Kind.INQUIRY_CLOSES: (Kind.JUDGED,),
    Kind.HEARING: (Kind.JUDGED, Kind.SUSPENSION_GRANTED, Kind.SUSPENSION_REFUSED),
}
OF_FACT: Mapping[Kind, tuple[str, bool, str]] = {
    Kind.COMPLETION_ASKED: (
        gettext_noop("Envoyer au tribunal ce qu'il demande pour régulariser"),
        True,
        "CJA R612-1",
    ),
    Kind.MEMORANDUM: (gettext_noop("Répondre au mémoire reçu"), False, "CJA R611-1"),
    Kind.INQUIRY_CLOSES: (
        gettext_noop("Clôture de l'instruction : plus rien n'est pris en compte après"),
        True,
        "CJA R613-1",
    ),
    Kind.HEARING: (gettext_noop("Audience"), False, "CJA R711-2"),
}


def _inquiry(facts: Sequence[Fact]) -> Iterator[Task]:
    """Yield what the court has set a day for."""
    for kind, (sentence, is_red, basis) in OF_FACT.items():
        for fact in of_kind(facts, kind):
            day = day_in(fact)
            if day is None or of_kind(after(facts, fact), *ANSWERED_BY[kind]):
                continue
            yield Task(
                key=f"{kind.lower()}-{fact.id}",
                sentence=sentence,
                act_by=day,
                is_red=is_red,
                basis=basis,
            )


def _yearly(facts: Sequence[Fact], status: Status) -> Iterator[Task]:
    """Yield a reminder a year after the CNIL's last word."""
    told = last_of(facts, Kind.COMPLAINT_PROGRESS, Kind.COMPLAINT_PURSUED)
    if told and status.state in {State.IN_PROGRESS, State.REVIVED}:
        yield Task(
            key="yearly",
            sentence=gettext_noop("Demander à la CNIL où en est la plainte"),
            act_by=add_months(told.last, YEARLY),
            basis="RGPD 78(2)",
        )


OF_REPORT: Mapping[State, tuple[tuple[Kind, ...], str, str]] = {
    State.SENT: (
        (Kind.REPORT_SENT, Kind.REPORT_REGISTERED, Kind.REPORT_INSPECTED),
        gettext_noop("Demander à la commission où en est le signalement"),
        "CSI L253-5",
    ),
    State.PROPOSED: (
        (Kind.REPORT_ANSWERED,),
        gettext_noop("Demander au préfet ce qu'il décide de la proposition"),
        "CSI R253-2",
    ),
}


def _report(facts: Sequence[Fact], status: Status) -> Iterator[Task]:
    """Yield when to ask the commission, then the prefect, what they make of a report."""
    if status.state not in OF_REPORT:
        return
    kinds, sentence, basis = OF_REPORT[status.state]
    if fact := last_of(facts, *kinds):
        yield Task(
            key=f"report-{status.state.lower()}",
            sentence=sentence,
            act_by=add_months(fact.last, ASK_COMMISSION),
            basis=basis,
        )
