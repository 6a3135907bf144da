"""Two people of a team decide whether what a source gave may be shown to a court."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.cases.domain.entering import is_from_source
from contrechamp.cases.domain.protection import check_answers, check_second
from contrechamp.cases.models import Action, SourceDecision
from contrechamp.cases.queries.access import WRITERS, role_of
from contrechamp.cases.queries.entering import known_of
from contrechamp.cases.queries.exhibits import rows_of
from contrechamp.kernel.errors import Refused, gettext_noop

from .bundles import forget_with
from .exhibiting import FROZEN, UNKNOWN

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@transaction.atomic
def propose_source(
    action: Action, *, sha256: str, answers: Mapping[str, str], actor: User, now: datetime
) -> SourceDecision:
    """Propose a source's document, the questions answered. Proposing it again changes nothing.

    Raise `Refused` for who may not decide, an answer that ends it, or a document of no source.
    """
    _check_decides(action, actor)
    found = check_answers(answers)
    known = known_of(action, sha256, actor, now=now)
    if not known.works or not known.is_open:
        raise Refused(UNKNOWN)
    if not is_from_source(known.works):
        raise Refused(
            gettext_noop("Ce document ne vient pas d'une source : ajoutez-le comme les autres.")
        )
    there = SourceDecision.objects.filter(action=action, sha256=sha256, ended_at=None).first()
    if there is not None:
        return there
    return SourceDecision.objects.create(
        action=action, sha256=sha256, answers=found, proposed_by=actor, proposed_at=now
    )


@transaction.atomic
def confirm_source(row: SourceDecision, *, actor: User, now: datetime) -> SourceDecision:
    """Let the document in. Raise `Refused` for who proposed it, or may not decide."""
    _check_decides(row.action, actor)
    current = SourceDecision.objects.select_for_update().get(pk=row.pk)
    if current.ended_at is not None:
        raise Refused(gettext_noop("Cette proposition a été retirée : proposez de nouveau."))
    if current.confirmed_by_id:
        return current
    check_second(current.proposed_by_id, actor.pk)
    current.confirmed_by, current.confirmed_at = actor, now
    current.save(update_fields=["confirmed_by", "confirmed_at"])
    return current


@transaction.atomic
def revoke_source(row: SourceDecision, *, actor: User, now: datetime) -> None:
    """Take a proposal or a decision back; its exhibit goes out, and bundles that hold it with it.

    Raise `Refused` once it is filed.
    Any one of the team who may decide can do it alone: keeping out needs no second person.
    """
    _check_decides(row.action, actor)
    current = SourceDecision.objects.select_for_update().get(pk=row.pk)
    if current.ended_at is not None:
        return
    rows = rows_of(current.action).filter(sha256=current.sha256)
    if rows.exclude(number=0).exists():
        raise Refused(FROZEN)
    keys = list(rows.values_list("pk", flat=True))
    transaction.on_commit(lambda: forget_with(current.action, keys))
    rows.update(removed_at=now, changed_at=now)
    current.ended_by, current.ended_at = actor, now
    current.save(update_fields=["ended_by", "ended_at"])


def _check_decides(action: Action, actor: User) -> None:
    if role_of(actor, action) not in WRITERS or not actor.is_editor:
        raise Refused(
            gettext_noop(
                "Seules des personnes de l'équipe qui sont aussi éditrices en décident : "
                "demandez-en une à qui conduit l'action."
            )
        )
