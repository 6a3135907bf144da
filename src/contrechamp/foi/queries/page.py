"""Everything that the page of one request shows, to a visitor and to those who see to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate

from contrechamp.documents import queries as documents
from contrechamp.documents.queries.cards import newest_versions
from contrechamp.foi.domain.facts import Fact, Kind, of_kind, standing
from contrechamp.foi.domain.states import ENDED, Status
from contrechamp.foi.domain.steps import Step, next_step
from contrechamp.foi.models import FactRow, Item, Reply, Request, ShownMessage
from contrechamp.law.domain.items import Item as LawItem
from contrechamp.mail import queries as mail

from . import access
from .facts import fact, status_for_everybody, status_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from contrechamp.accounts.models import User
    from contrechamp.mail.domain.silence import Blocker
    from contrechamp.mail.models import Outgoing

MOST_LETTERS = 100
SHOWN_STEPS = (
    "acknowledgement_due",
    "implied_refusal",
    "cada",
    "cada_cap",
    "cada_opinion",
    "authority_position",
    "confirmed_refusal",
    "motives",
    "ta",
    "ta_cap",
    "enforcement",
    "cassation",
)
FIRST_STEPS = frozenset(SHOWN_STEPS[:4])
PUBLIC_KINDS = frozenset(Kind) - {
    Kind.READY,
    Kind.REOPENED,
    Kind.NOTE,
    Kind.NOTHING_CAME,
    Kind.LEGAL_AID_ASKED,
    Kind.LEGAL_AID_DECIDED,
}
"""What of a file everybody may know: not who needs legal aid, nor what its people note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """A fact of the history, with who recorded it for those who see to the request."""

    row: FactRow
    fact: Fact
    is_gone: bool
    """Corrected or taken back: shown to those who see to the request, struck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One request, as somebody may see it."""

    request: Request
    status: Status
    step: Step
    blockers: Sequence[Blocker]
    """Why a silence is not verified; empty for visitors: it tells of letters nobody has read."""
    items: Sequence[Item]
    dates: Sequence[LawItem]
    """Steps of the clock that concern it now, in their order."""
    past: Sequence[LawItem]
    """Steps that came before where it stands."""
    facts: Sequence[FactLine]
    messages: Sequence[ShownMessage]
    obtained: Sequence[Paper]
    """Documents that came, of those that the reader may open."""
    replies: Sequence[Reply]
    """To be read; empty for visitors."""
    outgoing: Sequence[Outgoing]
    may_edit: bool
    days_taken: int | None
    """From receipt to the first answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document that came, as somebody may open it."""

    title: str
    url: str
    item: str
    is_public: bool


def page_of(request: Request, user: User | AnonymousUser, *, now: datetime) -> Page:
    """Return what the page of a request shows: what is private only to those who see to it."""
    may_edit = access.may_edit(user, request)
    status, blockers = (
        status_of(request, now=now) if may_edit else (status_for_everybody(request, now=now), ())
    )
    today = localdate(now)
    rows = list(request.facts.select_related("made_by").order_by("first", "made_at", "pk"))
    facts = {row.pk: fact(row) for row in rows}
    messages = request.shown.order_by("day", "pk")
    gone = _gone(status)
    return Page(
        request=request,
        status=status,
        step=next_step(status, today=today),
        blockers=blockers,
        items=_items(request, facts),
        dates=[each for each in _dates(status) if each.step not in gone],
        past=[each for each in _dates(status) if each.step in gone],
        facts=_facts(rows, facts, may_edit=may_edit),
        messages=list(messages if may_edit else messages.filter(is_public=True)),
        obtained=papers(request, user),
        replies=list(request.replies.filter(state=Reply.State.UNREAD).order_by("day", "pk"))
        if may_edit
        else [],
        outgoing=list(mail.outgoing_of(request.pk)) if may_edit else [],
        may_edit=may_edit,
        days_taken=request.days_to_answer,
    )


def letters(user: User, *, everybody: bool = False) -> list[Reply]:
    """Return the letters that wait to be read, the oldest first: of one's own requests, or all."""
    rows = Reply.objects.filter(state=Reply.State.UNREAD).select_related("request", "request__body")
    if not (everybody and user.is_editor):
        rows = rows.filter(request__author=user)
    return list(rows.order_by("day", "pk")[:MOST_LETTERS])


def papers(request: Request, user: User | AnonymousUser) -> list[Paper]:
    """Return the documents that came of a request and that somebody may open."""
    rows = list(request.obtained.select_related("item").order_by("pk"))
    there = documents.visible_to(user).filter(pk__in=[row.document for row in rows])
    versions = {each.document_id: each for each in newest_versions(list(there))}
    public = set(documents.public().filter(pk__in=list(versions)).values_list("pk", flat=True))
    return [
        Paper(
            title=versions[row.document].document.title,
            url=reverse("documents:document", args=[versions[row.document].file_id]),
            item=row.item.wording if row.item else "",
            is_public=row.document in public,
        )
        for row in rows
        if row.document in versions
    ]


def _dates(status: Status) -> list[LawItem]:
    items = status.dates.items
    return [items[name] for name in SHOWN_STEPS if name in items]


def _gone(status: Status) -> frozenset[str]:
    """Return the steps that are behind a request: those of its first stage once at the CADA."""
    if status.state in ENDED:
        return frozenset(SHOWN_STEPS)
    return FIRST_STEPS if "confirmed_refusal" in status.dates.items else frozenset()


def _items(request: Request, facts: Mapping[str, Fact]) -> list[Item]:
    """Return what was asked for. What nobody said more of follows the answer to the whole."""
    items = list(request.items.order_by("position"))
    known = standing(facts.values())
    whole = None
    if of_kind(known, Kind.DOCUMENTS):
        whole = Item.Outcome.OBTAINED
    elif of_kind(known, Kind.REFUSED) and not of_kind(known, Kind.PARTIAL):
        whole = Item.Outcome.REFUSED
    for item in items:
        if whole is not None and item.outcome == Item.Outcome.ASKED:
            item.outcome = whole
    return items


def _facts(rows: Sequence[FactRow], facts: Mapping[str, Fact], *, may_edit: bool) -> list[FactLine]:
    there = {each.id for each in standing(facts.values())}
    return [
        FactLine(row=row, fact=facts[row.pk], is_gone=row.pk not in there)
        for row in rows
        if may_edit or (row.pk in there and facts[row.pk].kind in PUBLIC_KINDS)
    ]


def asked_on(facts: Sequence[Fact]) -> date | None:
    """Return the day on which the request left, or None."""
    sent = of_kind(facts, Kind.SENT)
    return sent[-1].first if sent else None
