"""Addresses as they live: set aside after a bounce, put back after a look, known to work."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.directory.models import Address, Change
from contrechamp.kernel.errors import Refused, gettext_noop

from .telling import tell_changed

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

HARD_BOUNCE = gettext_noop("Un message n'a pas pu être remis.")


class NoReason(Refused):
    """A decision that stays in the history needs its reason."""


class NotAnEditor(Refused):
    """Only editors decide on the directory."""


def check_editor(actor: User) -> None:
    """Refuse whoever is no editor."""
    if not actor.is_editor:
        raise NotAnEditor(gettext_noop("Seules les relectrices et relecteurs décident ici."))


def check_reason(reason: str) -> str:
    """Return a reason without spaces around it; refuse an empty one."""
    said = " ".join(reason.split())[:300]
    if not said:
        raise NoReason(gettext_noop("Donnez la raison : elle reste dans l'historique public."))
    return said


@transaction.atomic
def quarantine(address_pk: int, *, actor: User, reason: str, now: datetime) -> Address:
    """Set an address aside for every request until a person looks. Again: nothing changes."""
    check_editor(actor)
    return _set_aside(_get(address_pk), check_reason(reason), actor, now)


@transaction.atomic
def release(address_pk: int, *, actor: User, reason: str, now: datetime) -> Address:
    """Put an address back into use, as looked at today. Again: nothing changes."""
    check_editor(actor)
    said = check_reason(reason)
    row = _get(address_pk)
    if row.quarantined_at is None:
        return row
    row.quarantined_at, row.quarantine_reason, row.verified_on = None, "", now.date()
    row.save(update_fields=["quarantined_at", "quarantine_reason", "verified_on"])
    tell_changed(row.body_id)
    Change.objects.create(
        body_id=row.body_id, verb=Change.Verb.RELEASED, detail=said, by=actor, at=now
    )
    return row


@transaction.atomic
def record_success(address_pk: int, *, on: date) -> None:
    """Say that somebody answered from an address, or that it took a message, on that day."""
    row = _get(address_pk)
    if row.last_success_on is None or row.last_success_on < on:
        row.last_success_on = on
        row.save(update_fields=["last_success_on"])


@transaction.atomic
def record_bounce(address_pk: int, *, now: datetime, is_hard: bool = True) -> None:
    """Say that a message came back; a hard bounce sets the address aside for every request.

    The mailbox is set aside for each body that has it: it is the same mailbox.
    """
    row = _get(address_pk)
    for each in Address.objects.select_for_update().filter(value=row.value, kind=row.kind):
        each.last_bounce_on = now.date()
        each.save(update_fields=["last_bounce_on"])
        if is_hard:
            _set_aside(each, HARD_BOUNCE, None, now)


def _get(address_pk: int) -> Address:
    return Address.objects.select_for_update().get(pk=address_pk)


def _set_aside(row: Address, reason: str, actor: User | None, now: datetime) -> Address:
    if row.quarantined_at is not None:
        return row
    row.quarantined_at, row.quarantine_reason = now, reason
    row.save(update_fields=["quarantined_at", "quarantine_reason"])
    tell_changed(row.body_id)
    Change.objects.create(
        body_id=row.body_id, verb=Change.Verb.QUARANTINED, detail=reason, by=actor, at=now
    )
    return row
