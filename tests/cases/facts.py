"""Facts of invented actions, written as `CLAIM_FILED 2026-03-02 number=2600001`."""

from __future__ import annotations

from datetime import date

from contrechamp.cases.domain.facts import Fact, Kind, Proof
from contrechamp.cases.domain.kinds import ActionKind, TargetKind
from contrechamp.cases.domain.recording import check_fact
from contrechamp.cases.domain.states import Status, status
from contrechamp.cases.domain.tasks import Task, tasks_of

PROOFS = {Kind.PUBLISHED: Proof.COLLECTION}
COMPLETE = {
    "has_standing": "1",
    "controller": "Ville de Valbrume",
    "processing": "vidéo augmentée",
    "contact": "courrier du 2 janvier",
}


def day(text: str) -> date:
    """Return a day of 2026 written `01-15`, or of another year written whole."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def facts(*lines: str) -> list[Fact]:
    """Return the facts that lines tell, numbered in their order."""
    return [fact(line, f"f{number:03}") for number, line in enumerate(lines)]


def fact(line: str, id: str = "new") -> Fact:
    """Return the fact that one line tells."""
    kind, on, *values = line.split()
    said: dict[str, object] = {
        name: value for name, _, value in (each.partition("=") for each in values)
    }
    proof = Proof(str(said.pop("proof", PROOFS.get(Kind(kind), Proof.SAID))))
    if kind == Kind.COMPLAINT_FILED and "incomplete" not in said:
        said = {**COMPLETE, **said}
    first, _, last = on.partition("..")
    return Fact(
        id=id, kind=Kind(kind), first=day(first), last=day(last or first), proof=proof, values=said
    )


def stands(
    today: str,
    *lines: str,
    kind: ActionKind = ActionKind.ANNULMENT,
    target: TargetKind = TargetKind.ACT,
) -> Status:
    """Return where an action of these facts stands on a day."""
    return status(facts(*lines), kind=kind, target=target, today=day(today))


def due(today: str, *lines: str, kind: ActionKind = ActionKind.ANNULMENT) -> dict[str, Task]:
    """Return by key what is to be done."""
    found = stands(today, *lines, kind=kind)
    return {task.key: task for task in tasks_of(facts(*lines), found, today=day(today))}


def check(
    line: str,
    *before: str,
    kind: ActionKind = ActionKind.ANNULMENT,
    target: TargetKind = TargetKind.ACT,
    today: str = "2027-12-31",
    mandates: int = 0,
) -> None:
    """Check that a fact may follow others."""
    known = facts(*before)
    check_fact(known, fact(line), kind=kind, target=target, today=day(today), mandates=mandates)
