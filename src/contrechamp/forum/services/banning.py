"""Closing a voice for good: one moderator proposes, another one decides (`forum.md` §8).

The account stays able to read, to export, to contest and to leave. No address is ever banned.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.accounts import services as accounts
from contrechamp.forum.domain.journal import Verb
from contrechamp.forum.domain.reasons import check_reason
from contrechamp.forum.models import BanProposal
from contrechamp.kernel.errors import Refused, gettext_noop

from .acting import check_moderates, write
from .telling import tell_author

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@transaction.atomic
def propose_ban(user: User, *, reason: str, text: str, actor: User, now: datetime) -> BanProposal:
    """Propose to silence somebody without an end. Nothing happens until another one agrees."""
    check_moderates(actor, None)
    found = check_reason(reason, text)
    if user.is_moderator or user.pk == actor.pk:
        raise Refused(gettext_noop("« {name} » modère : retirez d'abord ce droit."), name=user)
    if not text.strip():
        raise Refused(gettext_noop("Dites en une phrase pourquoi."))
    if BanProposal.objects.filter(user=user, decided_at=None).exists():
        raise Refused(gettext_noop("C'est déjà proposé : quelqu'un d'autre décide."))
    return BanProposal.objects.create(
        user=user, by=actor, reason=found, text=text.strip()[:4000], made_at=now
    )


@transaction.atomic
def decide_ban(proposal_id: int, *, grants: bool, actor: User, now: datetime) -> BanProposal:
    """Agree, as a second person, or not."""
    check_moderates(actor, None)
    rows = BanProposal.objects.select_for_update(of=("self",)).select_related("user", "by")
    found = rows.filter(pk=proposal_id, decided_at=None).first()
    if found is None:
        raise Refused(gettext_noop("C'est déjà décidé."))
    if grants and found.by_id == actor.pk:
        raise Refused(gettext_noop("Vous l'avez proposé : il faut une seconde personne."))
    found.decided_by, found.decided_at, found.is_granted = actor, now, grants
    found.save()
    if grants:
        action = write(
            Verb.BAN, by=actor, now=now, user=found.user, reason=found.reason, text=found.text
        )
        accounts.silence_for_good(
            found.user, ref=str(action.number), actor=actor, second=found.by, now=now
        )
        tell_author(action, now)
    return found
