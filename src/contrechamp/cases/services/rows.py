"""The courts and the money of an action: appended, corrected by a newer row, taken back, put back.

Nothing is overwritten: each row names who wrote it and when, a correction names the row that it
replaces and why.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.forms.models import model_to_dict

from contrechamp.cases.domain.facts import Outcome
from contrechamp.cases.models import Action, Cost, Instance
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.law.domain.record import GONE, NOT_TAKEN_BACK, check_taking_back

from .announcing import announce

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

Row = Instance | Cost
NO_REASON = gettext_noop("Dites pourquoi cette ligne est corrigée.")
OWN = ("id", "action", "replaces", "is_removal", "reason", "made_by", "made_at")
"""What a row says of itself, not of what happened."""


@transaction.atomic
def add_instance(
    action: Action,
    *,
    court: str,
    number: str = "",
    filed_on: date | None = None,
    hearing_on: date | None = None,
    decided_on: date | None = None,
    ecli: str = "",
    result: Outcome | None = None,
    source: str = "",
    replaces: int | None = None,
    reason: str = "",
    actor: User,
    now: datetime,
) -> Instance:
    """Add a court before which an action stands, or a newer state of one. Raise `Refused`."""
    if not court.strip():
        raise Refused(gettext_noop("Nommez la juridiction."))
    if result and decided_on is None:
        raise Refused(gettext_noop("Donnez le jour de la décision avec son résultat."))
    if replaces and not action.instances.filter(pk=replaces, replaced_by=None).exists():
        raise Refused(gettext_noop("Cette instance a déjà été corrigée : rechargez la page."))
    touch(action, now)
    return Instance.objects.create(
        action=action,
        court=court.strip(),
        number=number.strip(),
        filed_on=filed_on,
        hearing_on=hearing_on,
        decided_on=decided_on,
        ecli=ecli.strip(),
        result=result or "",
        source=source.strip(),
        replaces_id=replaces,
        reason=reason.strip(),
        made_by=actor,
        made_at=now,
    )


@transaction.atomic
def add_cost(
    action: Action,
    *,
    kind: str,
    amount: Decimal,
    day: date,
    note: str = "",
    replaces: int | None = None,
    reason: str = "",
    actor: User,
    now: datetime,
) -> Cost:
    """Add money asked, granted, ordered or spent. Raise `Refused` for no amount."""
    if amount <= 0:
        raise Refused(gettext_noop("Donnez un montant, en euros."))
    if replaces and not action.costs.filter(pk=replaces, replaced_by=None).exists():
        raise Refused(gettext_noop("Ce montant a déjà été corrigé : rechargez la page."))
    if kind != Cost.Kind.SPENT:  # What was spent is the team's alone.
        touch(action, now)
    return Cost.objects.create(
        action=action,
        kind=kind,
        amount=amount,
        day=day,
        note=note.strip(),
        replaces_id=replaces,
        reason=reason.strip(),
        made_by=actor,
        made_at=now,
    )


@transaction.atomic
def take_back_row(row: Row, *, actor: User, now: datetime, reason: str) -> Row:
    """Say that a row was entered by mistake: it stays to be read, and counts no more.

    Raise `Refused` without a reason, or for a row that was corrected already.
    """
    check_taking_back(reason, is_corrected=row.is_removal or _is_replaced(row))
    return _again(row, row, actor=actor, now=now, is_removal=True, reason=reason.strip())


@transaction.atomic
def put_back_row(removal: Row, *, actor: User, now: datetime) -> Row:
    """Undo a taking-back: the row counts again, as a new one with the same words."""
    old = removal.replaces
    if not removal.is_removal or old is None:
        raise Refused(NOT_TAKEN_BACK)
    if _is_replaced(removal):
        raise Refused(GONE)
    return _again(old, removal, actor=actor, now=now, is_removal=False, reason="")


def check_reason(reason: str) -> None:
    """Raise `Refused` for a correction that gives none."""
    if not reason.strip():
        raise Refused(NO_REASON)


def _is_replaced(row: Row) -> bool:
    rows = row.action.instances if isinstance(row, Instance) else row.action.costs
    return rows.filter(replaces=row.pk).exists()


def _again(
    words: Row, replaced: Row, *, actor: User, now: datetime, is_removal: bool, reason: str
) -> Row:
    """Append a row that says what one says, in the place of another."""
    said: dict[str, Any] = model_to_dict(words, exclude=OWN)
    said["replaces"] = replaced
    if not (isinstance(words, Cost) and words.kind == Cost.Kind.SPENT):
        touch(words.action, now)
    return type(words)._default_manager.create(
        action=words.action,
        **said,
        is_removal=is_removal,
        reason=reason,
        made_by=actor,
        made_at=now,
    )


def touch(action: Action, now: datetime) -> None:
    """Note that what an action says has changed."""
    Action.objects.filter(pk=action.pk).update(changed_at=now)
    action.changed_at = now
    if action.is_public:
        announce(action)
