"""The mandates of a collective complaint: read by who leads it and its counsel, by nobody else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from contrechamp.cases.domain.kinds import ActionKind
from contrechamp.cases.domain.mandates import Counted, in_force, shown
from contrechamp.cases.models import Action, Mandate, Member

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

KEEPERS = (Member.Role.LEAD, Member.Role.COUNSEL)
"""Who reads mandates; who leads adds and changes them."""


def kept_by(user: User) -> QuerySet[Action]:
    """Return the collective complaints whose mandates somebody may read."""
    seats = Member.objects.filter(user=user, role__in=KEEPERS).values("action")
    return Action.objects.filter(pk__in=seats, kind=ActionKind.COLLECTIVE)


def mandates_of(action: Action) -> QuerySet[Mandate]:
    """Return every mandate of an action, erased ones too, in order."""
    return action.mandates.order_by("number")


def mandates_on(action: Action, day: date) -> int:
    """Return how many mandates are in force on a day; 0 for an action that takes none."""
    if action.kind != ActionKind.COLLECTIVE:
        return 0
    return in_force(
        (
            Counted(day=given, revoked_on=revoked, is_erased=erased is not None)
            for given, revoked, erased in action.mandates.values_list(
                "day", "revoked_on", "erased_at"
            )
        ),
        day,
    )


def shown_number(action: Action, today: date) -> int | None:
    """Return how many mandates everybody may read of, None for none."""
    if not action.shows_mandates:
        return None
    return shown(mandates_on(action, today), is_wanted=True)
