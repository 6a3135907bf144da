"""Everything that the page of one action shows, to a visitor and to its team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.timezone import localdate

from contrechamp.cases.domain.calendar import Dated
from contrechamp.cases.domain.facts import PRIVATE, Fact, Kind, standing
from contrechamp.cases.domain.kinds import MACHINES, ActionKind, TargetKind
from contrechamp.cases.domain.known import step as known_step
from contrechamp.cases.domain.needs import ALLOWED
from contrechamp.cases.domain.states import Status, hearing_of
from contrechamp.cases.domain.steps import Step, next_step
from contrechamp.cases.domain.tasks import Task, tasks_of
from contrechamp.cases.models import Action, Cost, FactRow, Instance, Member, Party
from contrechamp.census import published as census
from contrechamp.documents import queries as documents
from contrechamp.documents.queries.cards import newest_versions
from contrechamp.foi.queries import access as requests
from contrechamp.law.domain.items import Item
from contrechamp.law.domain.items import State as DayState
from contrechamp.watch import published as watch

from . import access
from .commission import Seat, seats
from .facts import fact, for_everybody, public_status, status_of
from .mandates import KEEPERS, shown_number

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from contrechamp.accounts.models import User

SHOWN_STEPS = (
    *("ta", "gracieux", "gracieux_rejection", "prefect", "prefect_referral", "repeal_rejection"),
    *("ta_repeal", "contract", "right_answer", "progress_due", "complaint_rejection", "ce"),
    *("ce_cap", "ta_cap", "confirmation", "urgent_cassation", "liberty_order", "liberty_appeal"),
    *("appeal", "cassation", "enforcement"),
)
BEFORE_CLAIM = frozenset(
    {
        *("ta", "ta_cap", "gracieux", "gracieux_rejection", "prefect", "contract", "ce", "ce_cap"),
        *("complaint_rejection", "progress_due", "right_answer"),
    }
)
"""Steps that are behind an action once its claim is filed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """A fact of the history, with the document that shows it where the reader may open it."""

    row: FactRow
    is_gone: bool
    document_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One action, as somebody may see it."""

    action: Action
    status: Status
    step: Step
    tasks: Sequence[Task]
    dates: Sequence[Item]
    past: Sequence[Item]
    facts: Sequence[FactLine]
    instances: Sequence[Instance]
    parties: Sequence[Party]
    costs: Sequence[Cost]
    team: Sequence[Member]
    """Empty for who is not of it."""
    target_url: str
    """Where what it attacks can be read, by this reader."""
    projects: Sequence[tuple[str, str]]
    """Name and address of each public record that it is about."""
    hearing: date | None
    role: str
    is_team: bool
    may_record: bool
    may_lead: bool
    kinds: Sequence[Kind]
    """What can be told of it, for who may record."""
    mandates: int | None = None
    """How many people mandated it, where its team tells everybody."""
    keeps_mandates: bool = False
    """The reader may read who they are."""
    seats: Sequence[Seat] = ()
    """The prefectures where the commission of a report sits."""
    removed: Sequence[Instance | Cost] = ()
    """Rows that were taken back, for who may put them back."""


def page_of(action: Action, user: User | AnonymousUser, *, now: datetime) -> Page:
    """Return what the page of an action shows: what is private only to its team."""
    role = access.role_of(user, action)
    status = status_of(action, now=now) if role else public_status(action, now=now)
    today = localdate(now)
    rows = list(action.facts.select_related("made_by").order_by("first", "made_at", "pk"))
    known = standing(fact(row) for row in rows)
    is_filed = any(each.kind is Kind.CLAIM_FILED for each in known)
    dates = [status.dates.items[name] for name in SHOWN_STEPS if name in status.dates.items]
    over = {item.step for item in dates if item.state is DayState.CLOSED}
    behind = over | (BEFORE_CLAIM if is_filed else frozenset())
    may_record = role in access.WRITERS
    return Page(
        action=action,
        status=status,
        step=known_step(status) if action.known_as else next_step(status, today=today),
        tasks=tasks_of(known, status, today=today),
        dates=[item for item in dates if item.step not in behind],
        past=[item for item in dates if item.step in behind],
        facts=_lines(rows, known, user, is_team=bool(role)),
        instances=list(courts_of(action)),
        mandates=shown_number(action, today),
        keeps_mandates=role in KEEPERS and action.kind == ActionKind.COLLECTIVE,
        seats=seats(action) if action.kind == ActionKind.REPORT else (),
        removed=_removed(action) if may_record else (),
        parties=list(action.parties.filter(removed_at=None).order_by("side", "name")),
        costs=list(_costs(action, is_team=bool(role))),
        team=list(action.members.select_related("user").order_by("made_at", "pk")) if role else [],
        target_url=target_url(action, user),
        projects=_projects(action),
        hearing=hearing_of(known, today),
        role=role,
        is_team=bool(role),
        may_record=may_record,
        may_lead=role == Member.Role.LEAD,
        kinds=_kinds(action) if may_record else (),
    )


def courts_of(action: Action) -> QuerySet[Instance]:
    """Return the courts before which an action stands or stood, as they are known now.

    In the order of filing; where public sources tell no day, in that of their entry.
    """
    rows = action.instances.filter(replaced_by=None, is_removal=False)
    return rows.order_by("pk") if action.known_as else rows.order_by("filed_on", "pk")


def _removed(action: Action) -> list[Instance | Cost]:
    gone = {"replaced_by": None, "is_removal": True}
    return [
        *action.instances.filter(**gone).order_by("pk"),
        *action.costs.filter(**gone).order_by("pk"),
    ]


def _kinds(action: Action) -> tuple[Kind, ...]:
    allowed = ALLOWED[MACHINES[ActionKind(action.kind)]]
    return tuple(kind for kind in Kind if kind in allowed)


def _costs(action: Action, *, is_team: bool) -> QuerySet[Cost]:
    """Return the money of an action: what was spent is the team's alone."""
    rows = action.costs.filter(replaced_by=None, is_removal=False).order_by("day", "pk")
    return rows if is_team else rows.exclude(kind=Cost.Kind.SPENT)


def _lines(
    rows: Sequence[FactRow],
    known: Sequence[Fact],
    user: User | AnonymousUser,
    *,
    is_team: bool,
) -> list[FactLine]:
    there = {each.id for each in known}
    kept = [row for row in rows if is_team or (row.pk in there and Kind(row.kind) not in PRIVATE)]
    urls = _documents([row.document for row in kept if row.document], user)
    return [
        FactLine(row=row, is_gone=row.pk not in there, document_url=urls.get(row.document, ""))
        for row in kept
    ]


def _documents(keys: Sequence[str], user: User | AnonymousUser) -> dict[str, str]:
    """Return the address of each document that somebody may open."""
    if not keys:
        return {}
    rows = list(documents.visible_to(user).filter(pk__in=keys))
    return {each.document_id: f"/documents/{each.file_id}" for each in newest_versions(rows)}


def target_url(action: Action, user: User | AnonymousUser) -> str:
    """Return where what an action attacks can be read, empty where this reader may not."""
    kind, key = TargetKind(action.target_kind), action.target
    if kind is TargetKind.ACT:
        act = watch.find_act(key)
        return act.url if act and not act.withdrawn_at else ""
    if kind is TargetKind.REQUEST:
        there = requests.visible_to(user).filter(pk=key).exists()
        return f"/demandes/{key}" if there else ""
    record = census.find_records([key]).get(key) if key else None
    return record.url if record else ""


def _projects(action: Action) -> list[tuple[str, str]]:
    found = census.find_records(action.projects)
    return [(found[key].name, found[key].url) for key in action.projects if key in found]


def dated(action: Action, *, site: str, is_team: bool, is_secret: bool = False) -> Dated:
    """Return an action as its calendar tells it.

    Nothing that is its team's alone moves a byte of what a visitor gets, not even the numbering.
    """
    rows = list(action.facts.order_by("made_at", "pk"))
    if not is_team:
        rows = [row for row in rows if Kind(row.kind) not in PRIVATE]
    # Of what public sources tell no period is counted.
    facts = [] if action.known_as else [fact(row) for row in rows]
    return Dated(
        key=action.pk,
        title=action.title,
        url=f"{site}/actions/{action.pk}",
        at=max((row.made_at for row in rows), default=action.made_at),
        kind=ActionKind(action.kind),
        target=TargetKind(action.target_kind),
        facts=facts if is_team else for_everybody(facts),
        is_secret=is_secret,
    )
