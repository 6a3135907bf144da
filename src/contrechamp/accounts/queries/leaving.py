"""All that names an account, found in the tables of every room themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import CASCADE, Model, QuerySet
from django.db.models.fields.related import ForeignKey

from contrechamp.accounts.domain import NOT_EXPORTED, Leaves, PersonalData, PersonalRows
from contrechamp.accounts.models import Erasure, User
from contrechamp.foundation.plug import offered

ROOM = "accounts"


@dataclass(frozen=True, slots=True)
class Column:
    """One column that names an account, and what becomes of its rows."""

    model: type[Model]
    field: str
    rule: PersonalRows

    @property
    def name(self) -> str:
        return self.rule.column

    def rows(self, user: User) -> QuerySet[Any]:
        """Return the rows that name an account."""
        found: QuerySet[Any] = self.model._default_manager.filter(**{self.field: user})
        return found.order_by("pk")

    def leaving(self, user: User) -> QuerySet[Any]:
        """Return the rows that go with an account."""
        found = self.rows(user)
        if self.rule.leaves == Leaves.KEPT:
            return found.none()
        return found.exclude(**self.rule.keeps) if self.rule.keeps else found


@cache
def columns() -> tuple[Column, ...]:
    """Return every column that names an account and that no room deals with by itself."""
    said = {rule.column: rule for rule in offered(PersonalRows)}
    dealt_with = {column for offer in offered(PersonalData) for column in offer.columns}
    return tuple(
        Column(model, name, _complete(said.get(column) or PersonalRows(column=column), leaves))
        for model, name, column, leaves in _naming()
        if column not in dealt_with
    )


def _complete(rule: PersonalRows, leaves: Leaves) -> PersonalRows:
    """Return a rule that says all: what it leaves open follows from how the column names."""
    leaves = rule.leaves or leaves
    is_work = leaves == Leaves.KEPT if rule.is_work is None else rule.is_work
    return replace(rule, leaves=leaves, is_work=is_work)


def _naming() -> Iterator[tuple[type[Model], str, str, Leaves]]:
    said = {rule.column for rule in offered(PersonalRows)}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is User:
                goes = field.remote_field.on_delete is CASCADE
                leaves = Leaves.DELETED if goes else Leaves.KEPT
                column = f"{model._meta.label}.{field.name}"
                # Of this room's own columns those that are said; the others are the account.
                if model._meta.app_label != ROOM or column in said:
                    yield model, field.name, column, leaves


def exported(column: Column, user: User) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a column that name an account, without what would open something."""
    names = [
        field.attname
        for field in column.model._meta.concrete_fields
        if not field.name.endswith(NOT_EXPORTED)
        and field.name not in column.rule.but
        and field.get_internal_type() != "BinaryField"
    ]
    yield from column.rows(user).values(*names).iterator()


def find_erasure(user: User) -> Erasure | None:
    """Return the erasure that somebody asked for and that was not done yet."""
    return Erasure.objects.filter(user=user, done_at=None).first()


def erasures() -> QuerySet[Erasure]:
    """Return the erasures that were done, for a copy that is restored."""
    return Erasure.objects.exclude(done_at=None).select_related("user").order_by("done_at")
