"""What people tell of a request: a fact with its scan, corrected later if need be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.foi.domain.facts import Fact, Kind, Proof
from contrechamp.foi.domain.recording import check_fact
from contrechamp.foi.models import FactRow, Request
from contrechamp.foi.queries.facts import facts_of
from contrechamp.kernel.errors import Refused
from contrechamp.law.domain.record import GONE

from .reading import set_outcomes
from .recording import record
from .replies import keep_file

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def note(
    request: Request,
    kind: Kind,
    *,
    first: date,
    actor: User,
    now: datetime,
    last: date | None = None,
    proof: Proof = Proof.SAID,
    values: Mapping[str, object] | None = None,
    words: str = "",
    scan: tuple[str, bytes] | None = None,
    corrects: str = "",
    outcomes: Mapping[int, str] | None = None,
) -> FactRow:
    """Record what a person tells, with the scan of a letter if there is one.

    With `corrects` it takes the place of another fact of this request, whose scan and message
    stay with it. `outcomes` says what became of documents. Raise `Refused` when it cannot
    follow what is known; nothing is kept then.
    """
    old = _old(request, corrects) if corrects else None
    new = Fact(
        id="",
        kind=kind,
        first=first,
        last=last or first,
        proof=proof,
        values=dict(values or {}),
        corrects=corrects,
    )
    # Before the scan is kept, which takes seconds; `record` looks again under the lock.
    check_fact(facts_of(request), new, today=localdate(now))
    document = keep_file(*scan, actor=actor, now=now) if scan else old.document if old else ""
    with transaction.atomic():
        row = record(
            request,
            kind,
            first=new.first,
            last=new.last,
            proof=proof,
            values=new.values,
            message=old.message if old else "",
            document=document,
            note=words.strip(),
            corrects=corrects,
            actor=actor,
            now=now,
        )
        set_outcomes(request, outcomes or {})
    return row


def _old(request: Request, key: str) -> FactRow:
    """Return the fact to correct; raise `Refused` when it counts no more."""
    old = request.facts.get(pk=key)
    if request.facts.filter(corrects=old).exists():
        raise Refused(GONE)
    return old
