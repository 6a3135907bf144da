"""Names of an imported forum: a member proves that one was theirs, or asks that it is erased.

The proof is a code that the member publishes on the old forum under that name; a moderator looks.
The journal says that it was done, never which name nor whose.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.forum.domain.journal import Verb
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import LabelClaim, Post
from contrechamp.forum.queries.access import may_moderate
from contrechamp.forum.queries.old_names import unclaimed
from contrechamp.kernel.errors import Refused, gettext_noop

from .acting import check_moderates, write
from .placing import erase
from .telling import tell_claimant

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

CODE_BYTES = 5


@transaction.atomic
def claim_label(
    label: str, *, origin: str, wants_removal: bool, actor: User, now: datetime
) -> LabelClaim:
    """Say that a name was one's own; return the claim with the code to publish there."""
    if not unclaimed(origin, label).exists():
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
def cancel_claim(claim_id: int, *, actor: User) -> None:
    """Take one's own open claim back; nothing of it stays. Twice: nothing more happens."""
    LabelClaim.objects.filter(pk=claim_id, user=actor, state=LabelClaim.State.OPEN).delete()


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
    if grants:
        _grant(found, actor=actor, now=now)
    found.state = LabelClaim.State.GRANTED if grants else LabelClaim.State.REFUSED
    found.decided_by, found.decided_at = actor, now
    found.save()
    tell_claimant(found, now)
    return found


def _grant(claim: LabelClaim, *, actor: User, now: datetime) -> None:
    rows = unclaimed(claim.origin, claim.label)
    if not rows.exists():
        raise Refused(gettext_noop("Ces messages ont déjà été rendus, ou effacés : refusez."))
    if claim.wants_removal:
        erase_label(claim.label, origin=claim.origin, now=now)
        write(Verb.WIPE, by=actor, now=now, user=claim.user)
        return
    # The posts keep the old name, unseen: by it they can be given up again.
    rows.update(author=claim.user, changed_at=now)
    write(Verb.NAME, by=actor, now=now, user=claim.user)


@transaction.atomic
def undo_claim(claim_id: int, *, actor: User, now: datetime) -> int:
    """Let a name's posts stand under that name again: for who got them, or a moderator.

    The claim is gone with it. What was erased does not come back. Return how many posts.
    """
    rows = LabelClaim.objects.select_for_update(of=("self",)).select_related("user")
    found = rows.filter(pk=claim_id, state=LabelClaim.State.GRANTED, wants_removal=False).first()
    if found is None or not (found.user_id == actor.pk or may_moderate(actor)):
        raise Refused(gettext_noop("Cette demande n'est plus ouverte."))
    posts = Post.objects.filter(origin=found.origin, author_label=found.label, author=found.user)
    count = posts.update(author=None, changed_at=now)
    if found.user_id != actor.pk:
        write(Verb.UNNAME, by=actor, now=now, user=found.user)
    found.delete()
    return count


@transaction.atomic
def erase_label(label: str, *, origin: str, now: datetime) -> int:
    """Erase what an old name wrote: its places stay, empty. Return how many."""
    rows = unclaimed(origin, label)
    done = 0
    for post in rows.exclude(state__in=[State.ERASED, State.MOVED]):
        erase(post, now=now)
        done += 1
    return done
