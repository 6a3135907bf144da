"""Lists of requests: what a reader narrows them to, and one line of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from contrechamp.directory import queries as directory
from contrechamp.foi.domain.states import ENDED, State
from contrechamp.foi.models import Request

from .access import public
from .mailbox import is_read

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from contrechamp.accounts.models import User

GROUPS: dict[str, tuple[State, ...]] = {
    "attente": (State.SENT, State.UNDELIVERED, State.AWAITING, State.UNVERIFIED),
    "refus": (
        State.REFUSED_SILENT,
        State.REFUSED_EXPRESS,
        State.TIME_BARRED,
        State.CADA_LATE_OPEN,
    ),
    "cada": (
        State.CADA_FILED,
        State.CADA_INCOMPLETE,
        State.CADA_PENDING,
        State.REFUSAL_CONFIRMED,
    ),
    "tribunal": (State.LITIGATION, State.ENFORCE, State.CLOSED_LOST),
    "obtenu": (State.SATISFIED, State.PARTIAL),
}
"""What a reader narrows a list to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list of requests is narrowed to; empty fields narrow nothing."""

    group: str = ""
    body: str = ""
    departement: str = ""
    project: str = ""
    campaign: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One request of a list."""

    request: Request
    state: State
    act_by: date | None
    last_day: date | None


def narrowed(rows: QuerySet[Request], wanted: Filter) -> QuerySet[Request]:
    """Return the rows that a filter leaves."""
    if wanted.group in GROUPS:
        rows = rows.filter(state__in=GROUPS[wanted.group])
    if wanted.body:
        rows = rows.filter(body_id=wanted.body)
    if wanted.departement:
        rows = rows.filter(
            body__in=directory.every().filter(departement=wanted.departement).values("pk")
        )
    if wanted.project:
        rows = rows.filter(project=wanted.project)
    if wanted.campaign:
        rows = rows.filter(campaign_id=wanted.campaign)
    # The longest first: it is the rarest as a rule, and the others are then looked for in few.
    for word in sorted(wanted.text.split()[:8], key=len, reverse=True):
        bodies = directory.every().filter(name__icontains=word).values("pk")
        rows = rows.filter(Q(title__icontains=word) | Q(body__in=bodies))
    return rows


def public_list(wanted: Filter) -> QuerySet[Request]:
    """Return the public requests that have left, the latest first."""
    return narrowed(public().exclude(sent_on=None), wanted).order_by("-sent_on", "pk")


def mine(user: User) -> QuerySet[Request]:
    """Return somebody's own requests: what has a day to act by first, then the latest."""
    rows = Request.objects.filter(author=user).select_related("body")
    return rows.order_by("-changed_at", "pk")


def due(user: User | AnonymousUser, *, until: date, everybody: bool = False) -> QuerySet[Request]:
    """Return the requests whose safe day comes until a day, the soonest first.

    One's own; for editors those of everybody on demand; for a visitor the public ones.
    """
    if not user.is_authenticated:
        # Whether somebody goes to court, and until when with legal aid, is theirs to know.
        rows = public().exclude(step="ta")
    elif everybody and user.is_editor:
        rows = Request.objects.select_related("body")
    else:
        rows = Request.objects.filter(author=user).select_related("body")
    return (
        rows.filter(act_by__isnull=False, act_by__lte=until)
        .exclude(state__in=ENDED)
        .order_by("act_by", "pk")
    )


class Pages(Paginator[Request]):
    """The pages of a list: which requests stand on one is read of an index, then these alone.

    With `most`, no more than so many are counted, and none beyond is shown: `is_cut` says so.
    """

    def __init__(self, rows: QuerySet[Request], per_page: int, most: int | None = None) -> None:
        super().__init__(rows, per_page)
        self.rows, self.most = rows, most

    @cached_property
    def _counted(self) -> int:
        rows = self.rows.order_by()
        return rows.count() if self.most is None else rows[: self.most + 1].count()

    @property
    def is_cut(self) -> bool:
        """Answer whether there are more than are shown."""
        return self.most is not None and self._counted > self.most

    @cached_property
    def count(self) -> int:
        """How many requests the pages show."""
        return self._counted if self.most is None else min(self._counted, self.most)

    def page(self, number: Any) -> Page[Request]:
        """Return a page by its number; raise `InvalidPage` where there is none."""
        number = self.validate_number(number)
        end = min(number * self.per_page, self.count)
        keys = list(self.rows.values_list("pk", flat=True)[(number - 1) * self.per_page : end])
        found = {row.pk: row for row in self.rows.order_by().filter(pk__in=keys)}
        return Page([found[key] for key in keys if key in found], number, self)


def lines(rows: list[Request], *, now: datetime) -> list[Line]:
    """Return rows as they may be shown now.

    What rests on a silence is shown as one only while the mailbox is read: the cache may be older
    than the last reading.
    """
    is_fresh = is_read(now) if any(row.rests_on_silence for row in rows) else True
    return [
        Line(
            request=row,
            state=shown_state(row, is_fresh=is_fresh),
            act_by=row.act_by,
            last_day=row.last_day,
        )
        for row in rows
    ]


def shown_state(request: Request, *, is_fresh: bool) -> State:
    """Return the state to show: an unverified silence when the mailbox is not read."""
    state = State(request.state)
    if not request.rests_on_silence or is_fresh:
        return state
    return State.CADA_PENDING if state is State.REFUSAL_CONFIRMED else State.UNVERIFIED


def state_of(key: str, *, now: datetime) -> State | None:
    """Return the state to show of one request, None where there is none; for who may see it."""
    request = Request.objects.filter(pk=key).first()
    return shown_state(request, is_fresh=is_read(now)) if request else None
