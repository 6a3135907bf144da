"""Contesting a decision, and deciding of it: never who acted, where somebody else can."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.accounts import services as accounts
from contrechamp.forum.domain import appeals
from contrechamp.forum.domain.journal import AGAINST, Verb
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Action, Appeal
from contrechamp.forum.queries.moderation import deciders
from contrechamp.kernel.errors import Refused, gettext_noop

from .acting import check_moderates, write
from .placing import place
from .telling import tell_author

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@transaction.atomic
def appeal(action: Action, text: str, *, actor: User, now: datetime) -> Appeal:
    """Contest a decision about oneself, once, within six months."""
    if action.user_id != actor.pk or action.verb not in AGAINST:
        raise Refused(gettext_noop("Cette décision ne vous concerne pas."))
    if action.undone_at is not None:
        raise Refused(gettext_noop("Cette décision est déjà annulée."))
    if Appeal.objects.filter(action=action).exists():
        raise Refused(gettext_noop("Vous avez déjà contesté cette décision."))
    appeals.check_appeal(acted_on=localdate(action.at), today=localdate(now), text=text)
    return Appeal.objects.create(
        action=action, by=actor, text=text.strip()[: appeals.TEXT_MOST], made_at=now
    )


@transaction.atomic
def decide(appeal_id: int, *, grants: bool, answer: str, actor: User, now: datetime) -> Appeal:
    """Decide an appeal: undo what was done, or say why it stands."""
    rows = Appeal.objects.select_for_update(of=("self",)).select_related("action")
    found = rows.filter(pk=appeal_id).first()
    if found is None or found.state != Appeal.State.OPEN:
        raise Refused(gettext_noop("Cet appel est déjà décidé."))
    check_moderates(actor, None)
    action = found.action
    may = deciders(action)
    if actor.pk not in may:
        raise Refused(gettext_noop("Vous ne décidez pas de cet appel."))
    if not answer.strip():
        raise Refused(gettext_noop("Dites en une phrase pourquoi."))
    appeals.check_decider(acted=action.by_id or 0, decides=actor.pk, moderators=may)
    found.state = Appeal.State.GRANTED if grants else Appeal.State.UPHELD
    found.decided_by, found.decided_at = actor, now
    found.answer = answer.strip()[:4000]
    found.save()
    if grants:
        undo(action, actor=actor, now=now)
    verb = Verb.UNDO if grants else Verb.UPHOLD
    line = write(
        verb,
        by=actor,
        now=now,
        post=action.post,
        board=action.board,
        user=action.user,
        reason=action.reason,
        text=answer,
    )
    tell_author(line, now)
    return found


def undo(action: Action, *, actor: User | None, now: datetime) -> None:
    """Undo a decision: the post is at its place again, the account may speak again."""
    post = action.post
    if action.verb == Verb.REMOVE and post and post.state in {State.REMOVED, State.REJECTED}:
        place(post, now=now)
    elif action.verb in {Verb.SILENCE, Verb.BAN} and action.user:
        # A later silence is another decision, and stands.
        if action.user.silence_ref == str(action.number):
            accounts.end_silence(action.user, actor=actor, now=now)
    elif action.verb == Verb.RETURN and post and post.state == State.DRAFT:
        post.state = State.PENDING
        post.save(update_fields=["state"])
        place(post, now=now)
    action.undone_by, action.undone_at = actor, now
    action.save(update_fields=["undone_by", "undone_at"])
