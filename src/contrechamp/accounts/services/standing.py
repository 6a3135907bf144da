"""How far a member is trusted, who moderates, who is silent for a while, and the door."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from contrechamp.accounts import domain, signals
from contrechamp.accounts.models import Act, Answer, Block, Door, User
from contrechamp.kernel.errors import Refused, gettext_noop

from .record import record


@transaction.atomic
def confirm_member(user: User, *, actor: User | None, now: datetime) -> None:
    """Make somebody a confirmed member. Who is one stays one."""
    if user.standing == domain.Standing.CONFIRMED:
        return
    user.standing = domain.Standing.CONFIRMED
    user.save(update_fields=["standing"])
    Answer.objects.filter(user=user).delete()
    record(Act.Kind.CONFIRMED, user, actor=actor, now=now)


@transaction.atomic
def count_approved(user: User, *, approved: int, now: datetime) -> None:
    """Confirm a member whose posts were approved often enough (`domain.POSTS_TO_CONFIRM`)."""
    if user.standing == domain.Standing.QUEUED and domain.confirms(approved):
        confirm_member(user, actor=None, now=now)


@transaction.atomic
def let_moderate(user: User, moderates: bool, *, actor: User | None, now: datetime) -> None:
    """Give or take the right to moderate. It goes beside the role."""
    if user.is_machine or user.moderates == moderates:
        return
    user.moderates = moderates
    user.save(update_fields=["moderates"])
    record(Act.Kind.MODERATES, user, actor=actor, now=now, detail="+" if moderates else "-")


@transaction.atomic
def silence(user: User, *, until: datetime, ref: str, actor: User | None, now: datetime) -> None:
    """Let somebody only read, export and leave until a moment. `ref` names the decision."""
    if user.is_moderator:
        raise Refused(
            gettext_noop("« {name} » modère : retirez d'abord ce droit, à deux."), name=user
        )
    domain.check_silence(until, now)
    user.silenced_until, user.silence_ref = until, ref
    user.save(update_fields=["silenced_until", "silence_ref"])
    record(Act.Kind.SILENCED, user, actor=actor, now=now, detail=f"{until:%Y-%m-%d %H:%M} {ref}")


@transaction.atomic
def silence_for_good(
    user: User, *, ref: str, actor: User, second: User | None, now: datetime
) -> None:
    """Let somebody only read, export, contest and leave, without an end: two people decide it."""
    domain.check_two(actor.pk, second.pk if second else None)
    if user.is_moderator:
        raise Refused(
            gettext_noop("« {name} » modère : retirez d'abord ce droit, à deux."), name=user
        )
    user.silenced_until, user.silence_ref = domain.FOR_GOOD, ref
    user.save(update_fields=["silenced_until", "silence_ref"])
    record(Act.Kind.SILENCED, user, actor=actor, now=now, detail=f"{second} {ref}")


@transaction.atomic
def end_silence(user: User, *, actor: User | None, now: datetime) -> None:
    """Let somebody speak again."""
    if user.silenced_until is None:
        return
    user.silenced_until, user.silence_ref = None, ""
    user.save(update_fields=["silenced_until", "silence_ref"])
    record(Act.Kind.SILENCE_ENDED, user, actor=actor, now=now)


@transaction.atomic
def block(user: User, other: User, *, now: datetime) -> None:
    """Do not hear somebody any more: they are not told. Twice is once."""
    if user == other:
        raise Refused(gettext_noop("On ne peut pas se bloquer soi-même."))
    Block.objects.get_or_create(user=user, blocked=other, defaults={"since": now.date()})


@transaction.atomic
def unblock(user: User, other: User) -> None:
    """Hear somebody again."""
    Block.objects.filter(user=user, blocked=other).delete()


@transaction.atomic
def take_by_invitation_only(until: datetime | None) -> None:
    """Let newcomers in by invitation or answer only until a moment; None opens the door again."""
    Door.objects.update_or_create(pk=1, defaults={"invitation_only_until": until})


@transaction.atomic
def remember_reading(user: User, remembers: bool) -> None:
    """Keep, or no longer keep, the last message read in watched threads: then rooms forget it."""
    user.remember_reading = remembers
    user.save(update_fields=["remember_reading"])
    if not remembers:
        signals.reading_forgotten.send(None, user=user)
