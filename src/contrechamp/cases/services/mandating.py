"""Mandates of a collective complaint: kept, revoked, erased. No name is ever logged or told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from contrechamp.cases.domain.kinds import ActionKind
from contrechamp.cases.domain.mandates import Given, check, read_list
from contrechamp.cases.models import Action, Mandate
from contrechamp.census.services import note_edition
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def add_mandate(
    action: Action, *, name: str, day: date, scope: str, proof: str, actor: User, now: datetime
) -> int:
    """Keep a mandate; return how many are new: the same one twice is kept once."""
    return _keep(action, [check(name, day, scope, proof, today=localdate(now))], actor, now)


def import_mandates(action: Action, text: str, *, actor: User, now: datetime) -> int:
    """Keep the mandates of a CSV, all or none; return how many are new. Raise `Refused`."""
    return _keep(action, read_list(text, today=localdate(now)), actor, now)


@transaction.atomic
def _keep(action: Action, given: Iterable[Given], actor: User, now: datetime) -> int:
    if action.kind != ActionKind.COLLECTIVE:
        raise Refused(gettext_noop("Seule une plainte collective a des mandats."))
    Action.objects.select_for_update().get(pk=action.pk)
    known = set(action.mandates.filter(erased_at=None).values_list("name", "day", "scope"))
    number = action.mandates.aggregate(most=Max("number"))["most"] or 0
    rows = []
    for one in given:
        if (one.name, one.day, one.scope) in known:
            continue
        known.add((one.name, one.day, one.scope))
        number += 1
        rows.append(
            Mandate(
                action=action,
                number=number,
                name=one.name,
                day=one.day,
                scope=one.scope,
                proof=one.proof,
                made_by=actor,
                made_at=now,
            )
        )
    Mandate.objects.bulk_create(rows)
    _told(action)
    return len(rows)


def revoke_mandate(action: Action, number: int, *, day: date, now: datetime) -> None:
    """Note from when a mandate no longer counts. Raise `Refused` for a day to come."""
    if day > localdate(now):
        raise Refused(gettext_noop("Le {day} n'est pas encore venu."), day=day)
    row = action.mandates.filter(number=number, erased_at=None).first()
    if row and row.day and day < row.day:
        raise Refused(gettext_noop("La révocation est avant le mandat : vérifiez les jours."))
    action.mandates.filter(number=number, erased_at=None).update(revoked_on=day)
    _told(action)


def restore_mandate(action: Action, number: int) -> None:
    """Undo a revocation that was noted by mistake."""
    action.mandates.filter(number=number, erased_at=None).update(revoked_on=None)
    _told(action)


def erase_mandate(action: Action, number: int, *, now: datetime) -> None:
    """Forget who gave a mandate and everything of it: its number stays. This is not undone."""
    action.mandates.filter(number=number, erased_at=None).update(
        name="", day=None, scope="", proof="", revoked_on=None, erased_at=now
    )
    _told(action)


def show_mandates(action: Action, *, is_shown: bool) -> None:
    """Let everybody read how many mandates there are, or nobody. Doing it twice changes nothing."""
    Action.objects.filter(pk=action.pk).update(shows_mandates=is_shown)
    action.shows_mandates = is_shown
    _told(action)


def _told(action: Action) -> None:
    if action.is_public and action.shows_mandates:
        note_edition([f"cases:action:{action.pk}"])
