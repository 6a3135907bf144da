"""What an editor makes of a judgment: a fact of the census in review, or nothing.

Never automatic: the editor who proposes is its author, and another one publishes it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.cases.domain.results import Change
from contrechamp.cases.models import Sequel
from contrechamp.cases.queries.results import find_waiting
from contrechamp.census import queries as census
from contrechamp.census.services.drafting import draft_claim
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.cases.queries.results import Waiting

DONE = gettext_noop("Cette décision a déjà été traitée : rechargez la page.")


@transaction.atomic
def propose_sequel(
    source: str,
    record: str,
    *,
    stage: str,
    address: str,
    publisher: str,
    actor: User,
    now: datetime,
) -> Sequel:
    """Propose that a project is where a judgment leaves it, with the judgment as proof.

    Raise `Refused` when somebody dealt with it meanwhile, or nothing shows the judgment.
    """
    row = _waiting(source, record)
    subject = census.find_entity(record)
    if subject is None:
        raise Refused(DONE)
    evidence = _proof(row, address) | {"publisher": publisher, "retrieved_on": localdate(now)}
    claim = draft_claim(
        subject=subject,
        property="stage",
        values={"value": stage, "from_text": row.decided.result.first.isoformat()},
        target=None,
        evidence=evidence,
        and_submit=True,
        actor=actor,
        now=now,
    )
    return _note(row, claim.pk, actor, now)


@transaction.atomic
def leave_sequel(source: str, record: str, *, actor: User, now: datetime) -> Sequel:
    """Say that a judgment changes nothing for a record."""
    return _note(_waiting(source, record), "", actor, now)


def undo_leaving(source: str, record: str) -> None:
    """Let a judgment wait again that was left aside; one that became a fact is not undone here."""
    Sequel.objects.filter(source=source, record=record, claim="").delete()


def _proof(row: Waiting, address: str) -> dict[str, object]:
    """Return the judgment as a source: the court's, by its ECLI or number; else the page alone."""
    result = row.decided.result
    number = result.ecli or " ".join(filter(None, (row.decided.court, result.number)))
    found: dict[str, object] = {"url": address, "dated_text": result.first.isoformat()}
    if result.change is Change.WITHDRAWN or not number:
        return found | {"kind": "url"}
    return found | {"kind": "register", "register": "court", "record_id": number}


def _waiting(source: str, record: str) -> Waiting:
    row = find_waiting(source, record)
    if row is None:
        raise Refused(DONE)
    return row


def _note(row: Waiting, claim: str, actor: User, now: datetime) -> Sequel:
    return Sequel.objects.create(
        action=row.decided.action,
        source=row.decided.result.source,
        record=row.record.id,
        claim=claim,
        made_by=actor,
        made_at=now,
    )
