"""Corrections: proposed by members with their source, decided by editors, public afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.directory.domain.identity import said_of
from contrechamp.directory.domain.kinds import AddressKind, Known, ProposalKind
from contrechamp.directory.domain.mailboxes import domain_of, is_personal
from contrechamp.directory.domain.proposing import check_proposal
from contrechamp.directory.models import Address, Body, BodyName, Change, Proposal
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import fold, words

from .telling import tell_changed
from .tending import check_editor, check_reason

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MOST_OPEN = 30


class TooMany(Refused):
    """One person has many corrections that wait."""


class AlreadyDecided(Refused):
    """A decision on a correction stands."""


class OwnProposal(Refused):
    """Nobody decides on their own correction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What somebody proposes. `value`: an address, a name, `YES` or `NO` for an officer."""

    kind: ProposalKind
    source: str
    value: str = ""
    address_kind: str = ""
    address: int | None = None
    comment: str = ""


@transaction.atomic
def propose_correction(
    body: Body, correction: Correction, *, actor: User, now: datetime
) -> Proposal:
    """Propose a correction. The same that waits already is returned, not made again."""
    checked = check_proposal(
        kind=correction.kind,
        value=correction.value,
        address_kind=correction.address_kind,
        source=correction.source,
    )
    if Proposal.objects.filter(proposed_by=actor, state=Proposal.State.OPEN).count() >= MOST_OPEN:
        sentence = gettext_noop(
            "Vous avez {count} corrections qui attendent : laissez le temps de les relire."
        )
        raise TooMany(sentence, count=MOST_OPEN)
    address = Address.objects.filter(body=body, pk=correction.address or 0).first()
    if correction.kind == ProposalKind.WRONG_ADDRESS and address is None:
        raise Refused(gettext_noop("Choisissez l'adresse qui ne va plus."))
    same = Proposal.objects.filter(
        body=body,
        kind=correction.kind,
        value=checked.value,
        address=address,
        state=Proposal.State.OPEN,
    ).first()
    return same or Proposal.objects.create(
        body=body,
        kind=correction.kind,
        address_kind=checked.address_kind,
        value=checked.value,
        is_personal=checked.is_mail and is_personal(checked.value, frozenset(words(body.name))),
        address=address,
        source=checked.source,
        comment=correction.comment.strip()[:2000],
        proposed_by=actor,
        proposed_at=now,
    )


@transaction.atomic
def accept(proposal_pk: str, *, actor: User, now: datetime, reason: str = "") -> Proposal:
    """Do what a correction says: nothing is overwritten, a better address supersedes."""
    proposal = _open(proposal_pk, actor)
    _DO[ProposalKind(proposal.kind)](proposal, now)
    Body.objects.filter(pk=proposal.body_id).update(changed_at=now)
    _decide(proposal, Proposal.State.ACCEPTED, " ".join(reason.split())[:500], actor, now)
    Change.objects.create(
        body_id=proposal.body_id,
        verb=Change.Verb.CORRECTED,
        detail=proposal.get_kind_display(),
        by=actor,
        at=now,
    )
    return proposal


@transaction.atomic
def refuse(proposal_pk: str, *, actor: User, reason: str, now: datetime) -> Proposal:
    """Refuse a correction, with the reason that everybody can read."""
    proposal = _open(proposal_pk, actor)
    return _decide(proposal, Proposal.State.REFUSED, check_reason(reason), actor, now)


def _open(pk: str, actor: User) -> Proposal:
    check_editor(actor)
    proposal = Proposal.objects.select_for_update().select_related("body").get(pk=pk)
    if proposal.state != Proposal.State.OPEN:
        raise AlreadyDecided(gettext_noop("Quelqu'un a déjà décidé de cette correction."))
    if proposal.proposed_by_id == actor.pk:
        raise OwnProposal(
            gettext_noop("C'est votre propre correction : quelqu'un d'autre doit en décider.")
        )
    return proposal


def _decide(
    proposal: Proposal, state: Proposal.State, reason: str, actor: User, now: datetime
) -> Proposal:
    proposal.state, proposal.decision_reason = state, reason
    proposal.decided_by, proposal.decided_at = actor, now
    tell_changed(proposal.body_id)
    proposal.save(update_fields=["state", "decision_reason", "decided_by", "decided_at"])
    return proposal


def _add_address(proposal: Proposal, now: datetime) -> None:
    is_mail = "@" in proposal.value and proposal.address_kind != AddressKind.POST
    row, is_new = Address.objects.get_or_create(
        body=proposal.body,
        kind=proposal.address_kind,
        value=proposal.value,
        defaults={
            "domain": domain_of(proposal.value)[:255] if is_mail else "",
            "is_personal": proposal.is_personal,
            "source": proposal.source[:200],
            "seen_on": now.date(),
            "made_at": now,
        },
    )
    row.verified_on, row.superseded_at = now.date(), None
    row.quarantined_at, row.quarantine_reason = None, ""
    row.save()
    if is_new:
        older = Address.objects.filter(body=proposal.body, kind=row.kind, superseded_at=None)
        older.exclude(pk=row.pk).filter(label="").update(superseded_at=now)
    if row.kind == AddressKind.PRADA:
        Body.objects.filter(pk=proposal.body_id).update(has_access_officer=Known.YES)


def _drop_address(proposal: Proposal, now: datetime) -> None:
    Address.objects.filter(pk=proposal.address_id or 0).update(superseded_at=now)


def _rename(proposal: Proposal, now: datetime) -> None:
    """Give a body its name; the old one still leads to it."""
    body = proposal.body
    for name in (body.name, proposal.value):
        BodyName.objects.get_or_create(
            body=body, folded=fold(name)[:255], defaults={"name": name[:255]}
        )
    body.name, body.folded = proposal.value[:255], fold(proposal.value)[:255]
    body.said = said_of(body.name)
    body.save(update_fields=["name", "folded", "said"])


def _close(proposal: Proposal, now: datetime) -> None:
    Body.objects.filter(pk=proposal.body_id).update(is_closed=True)


def _set_officer(proposal: Proposal, now: datetime) -> None:
    Body.objects.filter(pk=proposal.body_id).update(has_access_officer=proposal.value)


def _nothing(proposal: Proposal, now: datetime) -> None:
    """Something else: the editor did by hand what it asks for."""


_DO = {
    ProposalKind.ADDRESS: _add_address,
    ProposalKind.WRONG_ADDRESS: _drop_address,
    ProposalKind.NAME: _rename,
    ProposalKind.CLOSED: _close,
    ProposalKind.OFFICER: _set_officer,
    ProposalKind.OTHER: _nothing,
}
