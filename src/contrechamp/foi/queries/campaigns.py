"""Campaigns: the same question to many bodies, and how far each has answered.

What visitors get is counted from public requests alone; nobody's name is among it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from contrechamp.directory import queries as directory
from contrechamp.foi.domain.states import State
from contrechamp.foi.models import Campaign, Request

from .access import public, visible_to
from .listing import shown_state
from .mailbox import is_read

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from contrechamp.accounts.models import User
    from contrechamp.directory.models import Body

OBTAINED = {State.SATISFIED, State.PARTIAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A body of a campaign: asked or not, and where the request stands."""

    body: Body
    request: Request | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a campaign is: of so many bodies, how many were asked, answered, gave something."""

    bodies: int
    asked: int
    answered: int
    obtained: int

    @property
    def share(self) -> int:
        """The percentage of the bodies that were asked."""
        return round(100 * self.asked / self.bodies) if self.bodies else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A campaign, as somebody may see it."""

    campaign: Campaign
    lines: Sequence[Line]
    progress: Progress


def shown_to(user: User | AnonymousUser) -> QuerySet[Campaign]:
    """Return the campaigns that somebody may see: public ones; editors see those under way too."""
    is_editor = bool(user.is_authenticated and user.is_editor)
    rows = Campaign.objects.all() if is_editor else Campaign.objects.filter(is_public=True)
    return rows.order_by("closed_at", "-made_at", "pk")


def find_campaign(slug: str, user: User | AnonymousUser) -> Campaign | None:
    """Return the campaign of that address, or None."""
    return shown_to(user).filter(Q(slug=slug) | Q(pk=slug)).first()


def page_of(campaign: Campaign, *, now: datetime) -> Page:
    """Return a campaign as everybody sees it: from what is public of its requests."""
    asked = {row.body_id: row for row in _asked([campaign.pk])}
    bodies = _bodies([*campaign.bodies, *(key for key in asked if key)])
    is_fresh = is_read(now)
    lines = [
        Line(
            body=body,
            request=asked.get(body.pk),
            state=shown_state(asked[body.pk], is_fresh=is_fresh) if body.pk in asked else None,
        )
        for body in bodies
    ]
    return Page(campaign=campaign, lines=lines, progress=_progress(lines))


def progress_of(campaigns: Sequence[Campaign], *, now: datetime) -> dict[str, Progress]:
    """Return how far several campaigns are, by key, with one question for all."""
    rows: dict[str, dict[str, Request]] = {}
    for row in _asked([each.pk for each in campaigns]):
        rows.setdefault(row.campaign_id or "", {})[row.body_id or ""] = row
    is_fresh = is_read(now)
    found = {}
    for each in campaigns:
        asked = rows.get(each.pk, {})
        states = [shown_state(row, is_fresh=is_fresh) for row in asked.values()]
        found[each.pk] = _counted(len({*each.bodies, *asked}), states, list(asked.values()))
    return found


def _asked(keys: Sequence[str]) -> Iterable[Request]:
    """Return the public requests that have left, the latest of each body last."""
    rows = public().filter(campaign__in=keys, body__isnull=False).exclude(sent_on=None)
    return rows.order_by("sent_on", "pk")


def _bodies(keys: Sequence[str]) -> list[Body]:
    rows = directory.by_keys(dict.fromkeys(keys))
    return sorted(rows, key=lambda body: (body.folded, body.pk))


def _progress(lines: Sequence[Line]) -> Progress:
    states = [line.state for line in lines if line.state is not None]
    return _counted(len(lines), states, [line.request for line in lines if line.request])


def _counted(bodies: int, states: Sequence[State], rows: Sequence[Request]) -> Progress:
    answered = sum(row.first_answer_on is not None for row in rows)
    return Progress(
        bodies=bodies,
        asked=len(rows),
        answered=answered,
        obtained=sum(state in OBTAINED for state in states),
    )


def listed(campaign: Campaign) -> str:
    """Return the bodies of a campaign as a list to be pasted: name and key, one a line."""
    return "\n".join(f"{body.name} ; {body.pk}" for body in _bodies(campaign.bodies))


def own_of(campaign: Campaign, user: User) -> list[Request]:
    """Return what somebody asked, or drafts, for a campaign: for their eyes alone."""
    rows = visible_to(user).filter(campaign=campaign, author=user)
    return list(rows.order_by("-changed_at", "pk"))
