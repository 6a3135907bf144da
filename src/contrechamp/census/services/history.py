"""Going back: a revert is a new change, never a deletion."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

from contrechamp.census.models import (
    Change,
    ChangeLine,
    Claim,
    Entity,
    Evidence,
    EvidenceCheck,
    Identifier,
    Merge,
    Name,
    State,
)
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import fold

from .claims import Conflict, take_back, touch_claim
from .entities import touch
from .merging import undo_merge
from .recording import TABLES, Recorder, plain_field, recording

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

OWN_WAY = {"publish", "publish_entities", "withdraw", "withdraw_entity", "submit"}
"""Acts of review are not undone by an edit: withdraw, or submit again."""
REVIEW = {"state", "reviewed_by", "submitted_at", "publish_at", "published_as_alleged"}


def revert(change_id: str, *, actor: User, now: datetime, reason: str) -> Change:
    """Undo one change by another. Refused for what was changed again since."""
    with recording(actor=actor, now=now, verb="revert", reason=reason) as act:
        act.flush()
        change = Change.objects.filter(pk=change_id).first()
        if change is None:
            raise Refused(
                gettext_noop("Aucun changement n'a le numéro {change}."), change=change_id
            )
        if change.verb in OWN_WAY:
            raise Refused(
                gettext_noop(
                    "Une relecture ne s'annule pas comme une modification : retirez le fait ou "
                    "soumettez-le de nouveau."
                )
            )
        act.change.reverts = change
        merged = Merge.objects.filter(change=change, undone_by=None).first()
        if merged is not None:
            undo_merge(merged.pk, actor=actor, now=now, reason=reason)
        else:
            lines = list(change.lines.order_by("-pk"))
            _check(lines)
            for line in lines:
                _undo(line, actor, act)
                act.flush()  # The next line may be of the same row, and reads it again.
        act.ensure_change()
    return act.change


def _find(line: ChangeLine) -> models.Model | None:
    model = TABLES.get(line.table)
    return model._default_manager.filter(pk=line.row).first() if model else None


def _check(lines: list[ChangeLine]) -> None:
    """Raise `Conflict` if a field is no longer as the change left it."""
    others: dict[str, tuple[Any, Any]] = {}
    version = 0
    for line in lines:
        row = _find(line)
        if row is None or line.field in {"+", "-"} or line.field in REVIEW:
            continue
        now = plain_field(row, line.field)
        if now != line.after:
            others[line.field] = (line.before, now)
            version = getattr(row, "version", 0)
    if others:
        raise Conflict(
            gettext_noop("Ce qui est à annuler a été modifié depuis : comparez et corrigez."),
            fields=others,
            version=version,
        )


def _undo(line: ChangeLine, actor: User, act: Recorder) -> None:
    row = _find(line)
    if line.field == "-":
        _restore(line, actor, act)
    elif row is None or line.field in REVIEW:
        return
    elif line.field == "+":
        _drop(row, actor, act)
    else:
        field = row._meta.get_field(line.field)
        name = getattr(field, "attname", line.field)
        act.change_row(row, **{name: typed(field, line.before)})
        _touch(row, actor, act)


def _drop(row: models.Model, actor: User, act: Recorder) -> None:
    """Take away what a change added: records and claims are withdrawn, parts of them removed."""
    match row:
        case Entity():
            act.change_row(row, state=State.WITHDRAWN, published_as=None)
            act.show(entities=[row.pk])
        case Claim():
            touch_claim(row, actor, act)
            act.change_row(row, state=State.WITHDRAWN)
            take_back(row, act)
        case _:
            _touch(row, actor, act)
            act.remove(row)


def _touch(row: models.Model, actor: User, act: Recorder) -> None:
    match row:
        case Entity():
            touch(row, actor, act)
        case Claim():
            touch_claim(row, actor, act)
        case Name() | Identifier():
            touch(row.entity, actor, act)
        case Evidence() | EvidenceCheck():
            evidence = row.evidence if isinstance(row, EvidenceCheck) else row
            claim = Claim.objects.select_related("subject", "target").get(pk=evidence.claim_id)
            if row is evidence:
                touch_claim(claim, actor, act)
            act.rate(claim)
            act.show(claims=[claim.pk])


def _restore(line: ChangeLine, actor: User, act: Recorder) -> None:
    """Put a removed row back."""
    model = TABLES.get(line.table)
    if model is None or line.before is None:
        return
    values: dict[str, Any] = {}
    for name, value in line.before.items():
        field = model._meta.get_field(name)
        values[getattr(field, "attname", name)] = typed(field, value)
    row = model(**values)
    if isinstance(row, Name):
        row.folded = fold(row.text)[:300]
        if row.role == Name.Role.MAIN:
            Name.objects.filter(entity=row.entity_id, role=Name.Role.MAIN).delete()
    if isinstance(row, Evidence):
        row.is_public = False
    act.add(row)
    act.flush()
    _touch(row, actor, act)


def typed(field: Any, value: Any) -> Any:
    """Return a plain value of the history as the field holds it."""
    if value is None:
        return None if field.null else field.get_default()
    if isinstance(field, models.DecimalField):
        return Decimal(value)
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(field, models.DateField):
        return date.fromisoformat(value)
    return value
