"""Names of an imported forum: a member proves that one was theirs, or asks that it is erased.

The proof is a code that the member publishes on the old forum under that name; a moderator looks.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.forum.domain.states import State
from contrechamp.forum.models import LabelClaim, Post
from contrechamp.kernel.errors import Refused, gettext_noop

from .acting import check_moderates
from .placing import erase

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

CODE_BYTES = 5


@transaction.atomic
def claim_label(
    label: str, *, origin: str, wants_removal: bool, actor: User, now: datetime
) -> LabelClaim:
    """Say that a name was one's own; return the claim with the code to publish there."""
    if not Post.objects.filter(origin=origin, author_label=label, author=None).exists():
        raise Refused(gettext_noop("Aucun message importé ne porte ce nom."))
    known = LabelClaim.objects.filter(
        user=actor, origin=origin, label=label, state=LabelClaim.State.OPEN
    ).first()
    return known or LabelClaim.objects.create(
        user=actor,
        origin=origin,
        label=label,
        code=f"cc-{secrets.token_hex(CODE_BYTES)}",
        wants_removal=wants_removal,
        made_at=now,
    )


@transaction.atomic
def prove_label(claim_id: int, proof: str, *, actor: User) -> LabelClaim:
    """Say where the code stands on the old forum."""
    found = LabelClaim.objects.filter(pk=claim_id, user=actor, state="OPEN").first()
    if found is None:
        raise Refused(gettext_noop("Cette demande n'est plus ouverte."))
    if not proof.startswith(("https://", "http://")):
        raise Refused(gettext_noop("Donnez l'adresse du message où vous avez écrit le code."))
    found.proof = proof[:300]
    found.save(update_fields=["proof"])
    return found


@transaction.atomic
def decide_claim(claim_id: int, *, grants: bool, actor: User, now: datetime) -> LabelClaim:
    """Give a name's posts to who proved that it was theirs, or erase them as they asked."""
    check_moderates(actor, None)
    rows = LabelClaim.objects.select_for_update(of=("self",)).select_related("user")
    found = rows.filter(pk=claim_id, state=LabelClaim.State.OPEN).exclude(proof="").first()
    if found is None:
        raise Refused(gettext_noop("Cette demande n'est plus ouverte."))
    if found.user_id == actor.pk:
        raise Refused(gettext_noop("C'est votre demande : quelqu'un d'autre en décide."))
    found.state = LabelClaim.State.GRANTED if grants else LabelClaim.State.REFUSED
    found.decided_by, found.decided_at = actor, now
    found.save()
    if grants and found.wants_removal:
        erase_label(found.label, origin=found.origin, now=now)
    elif grants:
        rows_of = Post.objects.filter(origin=found.origin, author_label=found.label, author=None)
        rows_of.update(author=found.user, author_label="", changed_at=now)
    return found


@transaction.atomic
def erase_label(label: str, *, origin: str, now: datetime) -> int:
    """Erase what an old name wrote: its places stay, empty. Return how many."""
    rows = Post.objects.filter(origin=origin, author_label=label, author=None)
    done = 0
    for post in rows.exclude(state__in=[State.ERASED, State.MOVED]):
        erase(post, now=now)
        done += 1
    return done
