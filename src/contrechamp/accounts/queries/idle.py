"""Accounts that nobody uses, and with which nobody ever did anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.db.models import F, Model
from django.db.models.functions import Coalesce

from contrechamp.accounts.domain import WARNED_BEFORE, PersonalData, Role, is_over
from contrechamp.accounts.models import Membership, User
from contrechamp.foundation.plug import offered

from .leaving import columns

AT_ONCE = 500
"""Accounts in one question to the database."""


def idle_accounts(now: datetime) -> list[User]:
    """Return the accounts of plain members that are to be forgotten by now or within a month."""
    soon = (now + WARNED_BEFORE).date()
    found = (
        User.objects.filter(role=Role.MEMBER, moderates=False, is_machine=False, erased_at=None)
        .annotate(last=Coalesce(F("last_login"), F("opened_at")))
        .filter(last__year__lt=soon.year)
        .order_by("pk")
    )
    # Of a moment the year is enough here: the rule itself is `domain.idle`.
    idle = {user.pk: user for user in found.iterator() if is_over(user.last, soon)}
    keys = list(idle)
    for start in range(0, len(keys), AT_ONCE):
        for busy in _busy(keys[start : start + AT_ONCE]):
            idle.pop(busy, None)
    return list(idle.values())


def _busy(keys: list[int]) -> Iterator[int]:
    """Yield those of some accounts with which something was done here."""
    for model, field in _work():
        rows = model._base_manager.filter(**{f"{field}__in": keys})
        yield from rows.order_by().values_list(field, flat=True).distinct()
    yield from Membership.objects.filter(user__in=keys, moderates=True).values_list(
        "user", flat=True
    )


def _work() -> Iterator[tuple[type[Model], str]]:
    """Yield the columns that say who did something."""
    for column in columns():
        if column.rule.is_work:
            yield column.model, column.field
    for offer in offered(PersonalData):
        for name in offer.columns:
            label, _, field = name.rpartition(".")
            yield apps.get_model(label), field
