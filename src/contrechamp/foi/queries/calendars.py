"""The days of requests: for calendars, for lists of what is due, for reminders."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.timezone import localdate

from contrechamp.foi.domain.calendar import Deadline
from contrechamp.foi.domain.facts import ANSWERS, Kind, for_everybody, of_kind, standing
from contrechamp.foi.domain.overtaking import overtaken, vanished
from contrechamp.foi.domain.reminders import Link, Watched
from contrechamp.foi.domain.states import ENDED, State
from contrechamp.foi.models import CalendarFeed, Reply, Request
from contrechamp.kernel.dates import add_days
from contrechamp.mail import queries as mail

from .access import public
from .facts import fact, status_now, status_of
from .page import PUBLIC_KINDS

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

AT_ONCE = 200
SAYING_NOTHING = frozenset({Kind.NOTE, Kind.READY, Kind.REOPENED})
"""Facts that move no day."""
AHEAD = 14
"""Days before a safe day from which reminders look."""


def deadlines(
    rows: Iterable[Request], *, site: str, now: datetime, is_private: bool
) -> Iterator[Deadline]:
    """Yield the dated steps of requests, overtaken ones too.

    Nothing that is not public moves a byte of a public calendar, not even its numbering.
    """
    today = localdate(now)
    for request in _with_facts(rows):
        kept = sorted(request.facts.all(), key=lambda row: (row.made_at, row.pk))
        facts = [fact(row) for row in kept]
        status = status_now(request, facts, now=now)
        closed = overtaken(standing(facts), status.state)
        items = status.dates.items
        if is_private:
            telling = [row for row in kept if row.kind not in SAYING_NOTHING]
        else:
            telling = [row for row in kept if row.kind in PUBLIC_KINDS]
            facts = list(for_everybody(facts))
            items = status_now(request, facts, now=now).dates.items
        gone = vanished(facts, today)
        for item, is_gone in (
            *((item, item.step in closed) for item in items.values()),
            *((item, True) for item in gone),
        ):
            yield Deadline(
                request=request.pk,
                item=item,
                title=request.title,
                url=f"{site}{reverse('foi:request', args=[request.pk])}",
                at=max((row.made_at for row in telling), default=request.made_at),
                sequence=len(telling),
                is_overtaken=is_gone,
                is_linked=bool(request.dossier),
            )


def _with_facts(rows: Iterable[Request]) -> Iterator[Request]:
    """Yield requests with their facts, read part by part."""
    waiting = iter(rows)
    while part := list(islice(waiting, AT_ONCE)):
        prefetch_related_objects(part, "facts")
        yield from part


def of_person(user: User) -> QuerySet[Request]:
    """Return the requests whose days concern somebody: their own, sent."""
    return _dated(Request.objects.filter(author=user))


def of_everybody() -> QuerySet[Request]:
    """Return the requests of the whole observatory that have left, for its editors."""
    return _dated(Request.objects.all())


def of_public() -> QuerySet[Request]:
    """Return the public requests that have left."""
    # Not by the day to act by, as one's own: legal aid moves it.
    return _dated(public()).order_by("-sent_on", "pk")


def _dated(rows: QuerySet[Request]) -> QuerySet[Request]:
    return rows.exclude(sent_on=None).select_related("body").order_by("act_by", "pk")


def digest(token: str) -> str:
    """Return what is kept of the token of a feed."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_feed(token: str) -> CalendarFeed | None:
    """Return the feed that a token opens, None when there is none, or it was revoked."""
    return (
        CalendarFeed.objects.select_related("owner")
        .filter(digest=digest(token), revoked_at=None, owner__is_active=True)
        .first()
    )


def rows_of(feed: CalendarFeed) -> QuerySet[Request]:
    """Return the requests of a feed. Who is no editor any more gets their own alone."""
    everybody = feed.scope == CalendarFeed.Scope.COLLECTIVE and feed.owner.is_editor
    return of_everybody() if everybody else of_person(feed.owner)


def to_watch(today: date) -> QuerySet[Request]:
    """Return the requests of which something may have to be said on a day."""
    near = Q(act_by__gte=today, act_by__lte=add_days(today, AHEAD))
    changed = Q(derived_on=today)
    links = Q(replies__state=Reply.State.UNREAD, replies__kind="PORTAL")
    rows = Request.objects.filter(near | changed | links).exclude(sent_on=None)
    return rows.exclude(state__in=ENDED).select_related("author").distinct()


def watched(request: Request, *, now: datetime) -> Watched:
    """Return what reminders need to know of a request."""
    facts = standing(fact(row) for row in request.facts.all())
    status, _ = status_of(request, now=now)
    items = status.dates.items
    answered = bool(of_kind(facts, *ANSWERS))
    at_cada = bool(of_kind(facts, Kind.CADA_FILED))
    step = "cada" if not at_cada else "ta"
    birth = items.get("implied_refusal")
    due = items.get("acknowledgement_due")
    window = items.get(step)
    is_waiting = not answered and not at_cada
    born = status.dates.is_confirmed if at_cada else status.dates.is_silent
    return Watched(
        request=request.pk,
        items=tuple(items.values()),
        overtaken=overtaken(facts, status.state) | _not_yet(status.state),
        acknowledgement_due_on=due.last_day
        if due and is_waiting and not of_kind(facts, Kind.ACKNOWLEDGED)
        else None,
        answer_due_on=birth.not_before if birth and is_waiting else None,
        silence_from=window.not_before if window and born and (is_waiting or at_cada) else None,
        is_silence_verified=status.rests_on_silence,
        links=_links(request),
    )


def _not_yet(state: State) -> frozenset[str]:
    """Return the steps that are not to be taken yet where a request stands."""
    if state is State.AWAITING:
        return frozenset({"cada"})
    return frozenset({"ta"}) if state is State.CADA_PENDING else frozenset()


def _links(request: Request) -> tuple[Link, ...]:
    """Return the download links that nobody has seen to."""
    keys = request.replies.filter(state=Reply.State.UNREAD, kind="PORTAL")
    found = []
    for key in keys.values_list("message", flat=True):
        incoming = mail.find_incoming(key)
        day = _ends(incoming.parsed.get("portal") if incoming else None)
        if day:
            found.append(Link(key=key, ends_on=day))
    return tuple(found)


def _ends(portal: Any) -> date | None:
    """Return the day on which a link ends, of a message's summary."""
    ends = portal.get("expires_on") if isinstance(portal, dict) else None
    return date.fromisoformat(ends[:10]) if isinstance(ends, str) else None
