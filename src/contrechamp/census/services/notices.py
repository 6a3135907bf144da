"""Replies, corrections and removals that anybody may ask for, account or none.

The right of reply online is open for three months and its text is to be inserted within three
days: LCEN (loi n° 2004-575), article 6 IV until 2024 and article 1-1 since the law n° 2024-449.
The dates are shown to editors as reminders; the text of the law decides.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from contrechamp.census.models import Claim, Entity, Notice
from contrechamp.kernel.errors import Refused, gettext_noop

from .entities import locked
from .recording import recording
from .review import check_reviewer

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

LONGEST = 20_000


def receive_notice(
    *,
    entity: Entity,
    kind: str,
    text: str,
    received_on: date,
    claim: Claim | None = None,
    capacity: str = "",
    source: str = "",
    contact: str = "",
) -> Notice:
    """Take a reply, correction or removal into the inbox. Sending it twice keeps it once."""
    if kind not in Notice.Kind.values:
        raise Refused(gettext_noop("Dites s'il s'agit d'une réponse, correction ou d'un retrait."))
    text = text.strip()
    if not text:
        raise Refused(gettext_noop("Écrivez ce qui est faux, ou ce que vous répondez."))
    if len(text) > LONGEST:
        raise Refused(gettext_noop("Le texte a {most} signes au plus."), most=LONGEST)
    if claim is not None and entity.pk not in {claim.subject_id, claim.target_id}:
        raise Refused(gettext_noop("Ce fait est celui d'une autre fiche."))
    notice, _ = Notice.objects.get_or_create(
        entity=entity,
        claim=claim,
        kind=kind,
        text=text,
        received_on=received_on,
        defaults={
            "capacity": capacity.strip()[:200],
            "source": source.strip()[:LONGEST],
            "contact": contact.strip()[:200],
        },
    )
    return notice


def answer_notice(
    notice_id: str,
    *,
    actor: User,
    now: datetime,
    is_accepted: bool,
    answer: str,
    is_public: bool = False,
) -> Notice:
    """Answer a notice. One that is accepted and public is printed at the top of the record."""
    check_reviewer(actor)
    if not answer.strip():
        raise Refused(gettext_noop("Écrivez la réponse : elle est gardée avec la demande."))
    with recording(actor=actor, now=now, verb="answer_notice", reason=answer) as act:
        notice = Notice.objects.select_for_update().get(pk=notice_id)
        decision = Notice.Decision.ACCEPTED if is_accepted else Notice.Decision.REFUSED
        notice.decision, notice.answer = decision, answer.strip()
        notice.answered_on, notice.answered_by = now.date(), actor
        notice.is_public = is_public and is_accepted
        notice.save()
        entity = locked(notice.entity_id)
        act.ensure_change()
        act.note(
            entity.pk,
            "notice",
            notice.pk,
            "decision",
            None,
            {"decision": decision.value, "is_public": notice.is_public},
        )
        act.show(entities=[entity.pk])
    return notice
