"""What needs two readers: to destroy a dossier, to hand a document to the house."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from contrechamp.desk.domain.states import State
from contrechamp.desk.domain.two import (
    Act,
    Proposal,
    check_confirming,
    check_due,
    check_stopping,
)
from contrechamp.desk.models import Paired, Reader, Sheet
from contrechamp.kernel.errors import Refused, TooEarly, TooLate, gettext_noop

from .deeds import note_deed

DIGEST = re.compile(r"[0-9a-f]{64}\Z")


def propose(sheet: Sheet, act: Act, *, actor: Reader, now: datetime, digest: str = "") -> Paired:
    """Propose; nothing happens before another reader confirms. Raises Refused."""
    if sheet.state in {State.DESTROYED, State.TO_DESTROY}:
        raise Refused(gettext_noop("Ce dossier est détruit ou sur le point de l'être."))
    name = digest.strip().lower()
    if act is Act.PROMOTE and not DIGEST.match(name):
        raise Refused(
            gettext_noop("Recopiez l'empreinte du paquet : 64 signes, donnés par « promote ».")
        )
    try:
        with transaction.atomic():
            paired = Paired.objects.create(
                sheet=sheet, act=act, digest=name if act is Act.PROMOTE else "", proposed_by=actor
            )
    except IntegrityError as error:
        raise Refused(gettext_noop("C'est déjà proposé.")) from error
    note_deed(f"proposed:{act.lower()}", actor, now=now, sheet=sheet)
    return paired


@transaction.atomic
def confirm(pk: int, *, actor: Reader, now: datetime, digest: str = "") -> Paired:
    """Give the second word. Raises Refused to whoever gave the first."""
    paired = _locked(pk)
    check_confirming(paired.value, actor.code)
    if paired.digest and digest.strip().lower() != paired.digest:
        raise Refused(
            gettext_noop("L'empreinte n'est pas celle qui fut proposée : ce n'est pas ce paquet.")
        )
    paired.confirmed_by, paired.confirmed_at = actor, now
    if paired.act == Act.DESTROY:
        Sheet.objects.filter(pk=paired.sheet_id).update(state=State.TO_DESTROY)
    else:
        paired.is_done = True
        Sheet.objects.filter(pk=paired.sheet_id).update(state=State.PROMOTED)
    paired.save()
    note_deed(f"confirmed:{paired.act.lower()}", actor, now=now, sheet=paired.sheet)
    return paired


@transaction.atomic
def stop(pk: int, *, actor: Reader, now: datetime) -> Paired:
    """Stop what was proposed, whoever proposed or confirmed it; raise TooLate once it is done."""
    paired = _locked(pk)
    check_stopping(paired.value)
    paired.stopped_by = actor
    paired.save()
    Sheet.objects.filter(pk=paired.sheet_id, state=State.TO_DESTROY).update(state=State.KEPT)
    note_deed(f"stopped:{paired.act.lower()}", actor, now=now, sheet=paired.sheet)
    return paired


def carry_out(now: datetime) -> int:
    """Order the door to destroy what two readers said and nobody stopped; return how many."""
    count = 0
    waiting = Paired.objects.filter(
        act=Act.DESTROY, is_done=False, stopped_by=None, confirmed_at__isnull=False
    )
    for pk in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            paired = _locked(pk)
            try:
                check_due(paired.value, now)
            except (TooEarly, TooLate):
                continue
            _order(paired.sheet_id, paired.value)
            paired.is_done = True
            paired.save()
            count += 1
    return count


def _locked(pk: int) -> Paired:
    # A transaction of the desk's database begins by shutting out other writers.
    rows = Paired.objects.select_related("sheet", "proposed_by", "confirmed_by", "stopped_by")
    return rows.get(pk=pk)


def _order(file: str, proposal: Proposal) -> None:
    """Write the order that `contrechamp-intake tidy` executes: two codes, a line each."""
    path: Path = settings.DESK_DOOR / "orders" / f"{file}.destroy"
    part = path.with_suffix(".part")
    with part.open("w", encoding="ascii") as order:
        order.write(f"{proposal.proposed_by}\n{proposal.confirmed_by}\n")
        order.flush()
        os.fchmod(order.fileno(), 0o640)
        os.fsync(order.fileno())
    part.rename(path)
