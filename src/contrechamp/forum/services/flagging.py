"""Flags of members, notices of anybody, and the answers to both."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.forum.domain import flags, limits
from contrechamp.forum.domain.flags import LegalNotice
from contrechamp.forum.domain.journal import Verb
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Flag, Post
from contrechamp.kernel.errors import Refused, gettext_noop

from .acting import write
from .placing import take_away
from .telling import tell_flagger

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

FLAGGED = "FLAGGED"
"""What the place of a post says that hides until it is reviewed."""
RECEIPT_BYTES = 9


@transaction.atomic
def flag(post: Post, category: str, note: str, *, actor: User, now: datetime) -> Flag:
    """Flag a post, once; again changes what one said. Five confirmed members hide it."""
    found = flags.check_flag(category, note)
    post = (
        Post.objects.select_for_update(of=("self",)).select_related("thread__board").get(pk=post.pk)
    )
    if post.author_id == actor.pk:
        raise Refused(gettext_noop("C'est votre message : vous pouvez le retirer vous-même."))
    known = Flag.objects.filter(post=post, by=actor).first()
    if known and known.state != Flag.State.OPEN:
        raise Refused(
            gettext_noop("Votre signalement a déjà été traité : la réponse est chez vous.")
        )
    if known is None:
        day = Flag.objects.filter(by=actor, made_at__gt=now - timedelta(days=1)).count()
        limits.check_flags(limits.limits_of(is_confirmed=actor.is_confirmed), day)
        known = Flag(post=post, by=actor, made_at=now)
    known.category, known.note = found, note.strip()
    known.save()
    _hide_where_many_flag(post, now)
    return known


@transaction.atomic
def give_notice(post: Post, notice: LegalNotice, *, now: datetime) -> tuple[Flag, str]:
    """Take a notice of somebody without account; return it and the code that follows it.

    Only the digest of the code is kept: who has it reads the receipt and the decision.
    """
    flags.check_notice(notice)
    code = secrets.token_urlsafe(RECEIPT_BYTES)
    row = Flag.objects.create(
        post=post,
        category=flags.Category.ILLEGAL,
        note=notice.why.strip()[: flags.NOTE_MOST],
        notice={
            "why": notice.why.strip(),
            "address": notice.address,
            "name": "" if notice.is_exempt else notice.name.strip(),
            "email": "" if notice.is_exempt else notice.email.strip(),
            "exempt": notice.is_exempt,
            "good_faith": notice.good_faith,
        },
        receipt=digest_of(code),
        made_at=now,
    )
    return row, code


def digest_of(code: str) -> str:
    """Return what is kept of the code of a receipt."""
    return hashlib.sha256(code.encode()).hexdigest()


def settle_flags(
    post: Post, *, upheld: bool, actor: User, now: datetime, abusive: bool = False
) -> int:
    """Close the open flags of a post and answer who made them; return how many."""
    state = Flag.State.UPHELD if upheld else Flag.State.DISMISSED
    state = Flag.State.ABUSIVE if abusive else state
    rows = list(post.flags.filter(state=Flag.State.OPEN).select_related("by"))
    for row in rows:
        row.state, row.resolved_by, row.resolved_at = state, actor, now
        row.save(update_fields=["state", "resolved_by", "resolved_at"])
        tell_flagger(row, now)
    return len(rows)


def _hide_where_many_flag(post: Post, now: datetime) -> None:
    if post.state != State.PUBLISHED:
        return
    rows = Flag.objects.filter(post=post, state=Flag.State.OPEN, by__standing="CONFIRMED")
    if flags.hides(rows.values("by").distinct().count()):
        take_away(post, State.HIDDEN, FLAGGED, now=now)
        write(Verb.HIDE, by=None, now=now, post=post, user=post.author)
