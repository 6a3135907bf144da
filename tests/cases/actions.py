"""Actions of invented teams, through the house's own verbs."""

from __future__ import annotations

from datetime import UTC, date, datetime

from contrechamp.accounts.models import User
from contrechamp.cases import services
from contrechamp.cases.domain.facts import Kind, Proof
from contrechamp.cases.domain.kinds import ActionKind, TargetKind
from contrechamp.cases.models import Action
from contrechamp.cases.services import NewAction
from tests import make


def at(text: str, hour: int = 10) -> datetime:
    """Return a moment of a day of 2026 written `01-15`, or of another year written whole."""
    day = date.fromisoformat(text if len(text) > 5 else f"2026-{text}")
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def opened(
    author: User | None = None,
    *,
    on: str = "01-20",
    kind: ActionKind = ActionKind.ANNULMENT,
    published: str = "01-15",
    title: str = "Contre les caméras de Valbrume",
    **fields: object,
) -> Action:
    """Return a private action against an act that was published on a day."""
    return services.open_action(
        NewAction(
            kind=kind,
            title=title,
            target_kind=TargetKind(str(fields.pop("target_kind", TargetKind.ACT))),
            published_on=at(published).date() if published else None,
            court="Tribunal administratif de Toulon",
            **fields,  # type: ignore[arg-type]
        ),
        actor=author or make.user("meneuse"),
        now=at(on),
    )


def record(action: Action, kind: Kind, on: str, **fields: object) -> Action:
    """Record a fact on its own day."""
    services.record(
        action,
        kind,
        first=at(on).date(),
        actor=action.author,
        now=at(on),
        proof=Proof(str(fields.pop("proof", Proof.RECEIPT))),
        values=fields,
    )
    action.refresh_from_db()
    return action


def judged(action: Action, outcome: str = "WON") -> Action:
    """Return the action once it was judged."""
    record(action, Kind.CLAIM_FILED, "03-02", number="2600001")
    return record(action, Kind.JUDGED, "10-05", outcome=outcome)
