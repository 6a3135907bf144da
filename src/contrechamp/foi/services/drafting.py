"""Drafts: begun, written, checked, marked ready, thrown away while nothing has left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.domain.guards import Severity
from contrechamp.foi.models import Batch, Campaign, Item, Request, Requester
from contrechamp.foi.queries.drafting import findings, is_sent
from contrechamp.kernel.errors import Refused, gettext_noop

from .deriving import derive
from .recording import record

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One document to ask for: an item of the catalogue, or one's own words (no code)."""

    wording: str
    code: str = ""


@transaction.atomic
def start(
    *,
    actor: User,
    now: datetime,
    body: str = "",
    title: str = "",
    items: Sequence[Wanted] = (),
    project: str = "",
    slots: Mapping[str, str] | None = None,
    requester: Requester | None = None,
    campaign: Campaign | None = None,
    batch: Batch | None = None,
    dossier: str = "",
) -> Request:
    """Begin a draft. It belongs to its author, and nobody else sees it."""
    request = Request.objects.create(
        author=actor,
        title=title.strip(),
        body_id=body or None,
        project=project,
        slots=dict(slots or {}),
        requester=requester,
        campaign=campaign,
        batch=batch,
        dossier=dossier,
        made_at=now,
        changed_at=now,
    )
    _write_items(request, items)
    derive(request, now=now)
    return request


@transaction.atomic
def write(
    request: Request,
    *,
    actor: User,
    now: datetime,
    items: Sequence[Wanted] | None = None,
    **fields: object,
) -> Request:
    """Write a draft anew: `title`, `text`, `body_id`, `requester`, `channel`, `slots`, `project`,
    `is_environmental`. What was ready is a draft again. Raise `Refused` once it has left.
    """
    locked = Request.objects.select_for_update().get(pk=request.pk)
    _check_not_sent(locked)
    for name in ("title", "text", "body_id", "requester", "channel", "slots", "project"):
        if name in fields:
            setattr(locked, name, fields[name])
    locked.is_environmental = bool(fields.get("is_environmental", locked.is_environmental))
    locked.changed_at = now
    locked.save()
    if items is not None:
        locked.items.all().delete()
        _write_items(locked, items)
    if locked.state == "READY":
        record(locked, Kind.REOPENED, first=localdate(now), actor=actor, now=now)
    return locked


def _write_items(request: Request, items: Sequence[Wanted]) -> None:
    Item.objects.bulk_create(
        Item(request=request, position=number, code=item.code, wording=item.wording.strip())
        for number, item in enumerate((each for each in items if each.wording.strip()), 1)
    )


@transaction.atomic
def mark_ready(request: Request, *, actor: User, now: datetime) -> Request:
    """Say that a draft may leave. Raise `Refused` with the first guard that blocks."""
    locked = Request.objects.select_for_update().get(pk=request.pk)
    _check_not_sent(locked)
    for finding in findings(locked, today=localdate(now)):
        if finding.severity is Severity.STOPS:
            raise Refused(finding.sentence, **finding.values)
    if locked.state != "READY":
        record(locked, Kind.READY, first=localdate(now), actor=actor, now=now)
        locked.refresh_from_db()
    return locked


@transaction.atomic
def throw_away(request: Request, *, actor: User) -> None:
    """Delete a draft. What has left is never deleted: it is withdrawn."""
    locked = Request.objects.select_for_update().get(pk=request.pk)
    _check_not_sent(locked)
    locked.facts.filter(corrects__isnull=False).delete()
    locked.delete()


def _check_not_sent(request: Request) -> None:
    if is_sent(request):
        raise Refused(
            gettext_noop(
                "Cette demande est partie : elle ne se récrit plus. Écrivez une précision, ou une "
                "nouvelle demande."
            )
        )


def day_of(now: datetime) -> date:
    """Return the civil day in Paris of a moment."""
    return localdate(now)
