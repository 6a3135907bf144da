"""Facts of an action: recorded, taken back, put back. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.cases.domain.facts import PRIVATE, Fact, Kind, Proof, standing
from contrechamp.cases.domain.freezing import FILINGS, is_filed
from contrechamp.cases.domain.kinds import ActionKind, TargetKind
from contrechamp.cases.domain.recording import check_fact
from contrechamp.cases.models import Action, FactRow, new_fact_id
from contrechamp.cases.queries.facts import facts_of
from contrechamp.cases.queries.mandates import mandates_on
from contrechamp.cases.signals import changed
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.law.domain.record import BACK_ALREADY, GONE, NOT_TAKEN_BACK, check_taking_back

from .announcing import announce
from .deriving import derive
from .exhibiting import freeze_numbers, give_numbers_back

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@transaction.atomic
def record(
    action: Action,
    kind: Kind,
    *,
    first: date,
    actor: User,
    now: datetime,
    last: date | None = None,
    proof: Proof = Proof.SAID,
    values: Mapping[str, object] | None = None,
    document: str = "",
    note: str = "",
    corrects: str = "",
) -> FactRow:
    """Record a fact and derive what follows. The same fact told twice is kept once.

    Raise `Refused` when it cannot follow what is known (`domain.recording`).
    """
    locked = Action.objects.select_for_update().get(pk=action.pk)
    new = Fact(
        id=new_fact_id(),
        kind=kind,
        first=first,
        last=last or first,
        proof=proof,
        values=dict(values or {}),
        corrects=corrects,
    )
    if corrects:
        _check_reason(locked, new, note)
    elif again := _same(locked, new, note):
        return again
    check_fact(
        facts_of(locked),
        new,
        kind=ActionKind(locked.kind),
        target=TargetKind(locked.target_kind),
        today=localdate(now),
        mandates=mandates_on(locked, new.last),
    )
    row = FactRow.objects.create(
        id=new.id,
        action=locked,
        kind=kind,
        first=new.first,
        last=new.last,
        proof=proof,
        values=new.values,
        corrects_id=corrects or None,
        document=document,
        note=note,
        made_by=actor,
        made_at=now,
    )
    if kind not in PRIVATE:  # What its team alone knows changes no date that others read.
        Action.objects.filter(pk=locked.pk).update(changed_at=now)
    derive(locked, now=now)
    if kind in FILINGS:
        _keep_numbers(locked)
    if locked.is_public and kind not in PRIVATE:
        announce(action)
    action.refresh_from_db()
    transaction.on_commit(lambda: changed.send(None, action=locked))
    return row


def _keep_numbers(action: Action) -> None:
    """Freeze the numbers of the exhibits, or give them back where a filing was a mistake."""
    if is_filed(standing(facts_of(action))):
        freeze_numbers(action)
    else:
        give_numbers_back(action)


def _check_reason(action: Action, new: Fact, note: str) -> None:
    """Raise `Refused` for a correction without a reason, or of what is corrected already."""
    there = action.facts.filter(pk=new.corrects)
    if not there.exists() or action.facts.filter(corrects=new.corrects).exists():
        raise Refused(GONE)
    is_back = there.filter(values__is_removal=True).exists()
    if not note.strip() and not is_back:
        raise Refused(gettext_noop("Dites pourquoi cette mention est corrigée."))


def _same(action: Action, new: Fact, note: str) -> FactRow | None:
    """Return the row that says the very same already, and that nothing has corrected."""
    rows = action.facts.filter(
        kind=new.kind, first=new.first, last=new.last, proof=new.proof, note=note
    )
    gone = set(action.facts.exclude(corrects=None).values_list("corrects_id", flat=True))
    return next((r for r in rows if r.pk not in gone and r.values == dict(new.values)), None)


@transaction.atomic
def take_back(fact_id: str, *, actor: User, now: datetime, note: str) -> FactRow:
    """Say that a fact was entered by mistake: it stays to be read, and counts no more.

    Raise `Refused` without a reason, or for a fact that is corrected already.
    """
    old = FactRow.objects.select_related("action").get(pk=fact_id)
    check_taking_back(note, is_corrected=FactRow.objects.filter(corrects=old).exists())
    return record(
        old.action,
        Kind(old.kind),
        first=old.first,
        last=old.last,
        proof=Proof(old.proof),
        values={"is_removal": True},
        corrects=old.pk,
        note=note.strip(),
        actor=actor,
        now=now,
    )


def put_back(fact_id: str, *, actor: User, now: datetime) -> FactRow:
    """Undo a taking-back: the fact counts again, as a new one with the same words."""
    removal = FactRow.objects.select_related("action", "corrects").get(pk=fact_id)
    old = removal.corrects
    if old is None or removal.values.get("is_removal") is not True:
        raise Refused(NOT_TAKEN_BACK)
    if FactRow.objects.filter(corrects=removal).exists():
        raise Refused(BACK_ALREADY)
    return record(
        old.action,
        Kind(old.kind),
        first=old.first,
        last=old.last,
        proof=Proof(old.proof),
        values=old.values,
        document=old.document,
        note=old.note,
        corrects=removal.pk,
        actor=actor,
        now=now,
    )
