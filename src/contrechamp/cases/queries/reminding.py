"""Whom an action has to remind of what, and how each of them wants it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from contrechamp.cases.domain.kinds import TargetKind
from contrechamp.cases.domain.states import ENDED
from contrechamp.cases.models import Action, Member, Reminder, Reminding
from contrechamp.foi.queries import access as requests
from contrechamp.kernel.dates import add_days
from contrechamp.law.domain.reminding import ALARMS

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

TOLD = (Member.Role.LEAD, Member.Role.MEMBER, Member.Role.COUNSEL)
"""Who is reminded: a reader has nothing to do."""


def to_watch(today: date) -> QuerySet[Action]:
    """Return the actions of which something may have to be said on a day."""
    near = Action.objects.filter(act_by__lte=add_days(today, max(ALARMS)))
    return near.exclude(state__in=ENDED).order_by("pk")


def team_of(action: Action) -> list[User]:
    """Return who of a team is to be reminded."""
    rows = action.members.filter(role__in=TOLD, user__is_active=True).select_related("user")
    return [row.user for row in rows.order_by("pk")]


def wishes_of(owner: User) -> Reminding:
    """Return how somebody wants to be reminded; unsaved where they never said."""
    return Reminding.objects.filter(owner=owner).first() or Reminding(owner=owner)


def hides_titles(owner: int) -> bool:
    """Answer whether somebody wants no title in mails and agendas, by the key of their account."""
    return Reminding.objects.filter(owner_id=owner, hides_titles=True).exists()


def is_secret(action: Action) -> bool:
    """Answer whether a mail or an agenda must not name an action.

    It is about a request that is private, or that is linked to a source's dossier.
    """
    if action.target_kind != TargetKind.REQUEST:
        return False
    return not requests.public().filter(pk=action.target, dossier="").exists()


def unseen(owner: User) -> list[Reminder]:
    """Return what somebody has not put away, what loses rights first."""
    rows = Reminder.objects.filter(owner=owner, seen_at=None, action__members__user=owner)
    rows = rows.exclude(action__state__in=ENDED).select_related("action")
    return list(rows.order_by("-is_red", "day", "pk")[:100])
