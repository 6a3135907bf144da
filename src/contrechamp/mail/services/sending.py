"""Letting letters leave: each once, at a steady pace, with what the server said.

A letter is marked as being sent before a byte of it leaves. When the process dies meanwhile, or
the line breaks before the server's last word, nobody knows: a person decides, nothing is resent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contrechamp.foundation import lease
from contrechamp.kernel.errors import Refused, TooLate, gettext_noop
from contrechamp.mail import signals
from contrechamp.mail.connectors import outbox, smtp
from contrechamp.mail.domain.departing import HOUR, allowance, is_nobody, next_try
from contrechamp.mail.models import Attempt, Outgoing
from contrechamp.mail.queries import ours

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

Clock = Callable[[], datetime]
State = Outgoing.State
LOST = timedelta(hours=1)
"""After this, a process on another machine that was sending is taken for dead."""


@dataclass(slots=True)
class Departed:
    """What one round did."""

    sent: int = 0
    written: int = 0
    later: int = 0
    failed: int = 0
    maybe: int = 0
    waiting: int = 0


def send_due(*, clock: Clock = timezone.now) -> Departed:
    """Send the letters whose time has come, as many as the pace allows; return what became of them.

    When nothing is to leave, each is written to the outbox folder instead, as a file.
    """
    now, told = clock(), Departed()
    told.maybe = _find_lost(now)
    due = Outgoing.objects.filter(state=State.QUEUED, send_after__lte=now, next_try_at__lte=now)
    ids = list(due.order_by("next_try_at", "id").values_list("pk", flat=True))
    is_live = ours.is_live()
    most = _most(now) if is_live else len(ids)
    told.waiting = max(len(ids) - most, 0)
    for id in ids[:most]:
        if (letter := _claim(id, clock())) is not None:
            _send(letter, told, clock, is_live=is_live)
    return told


def _most(now: datetime) -> int:
    recent = Attempt.objects.filter(begun_at__gt=now - HOUR).count()
    return allowance(settings.CONTRECHAMP.mail_rate, recent)


def _find_lost(now: datetime) -> int:
    """Put in doubt what a process was sending that is not there any more; return how many."""
    count = 0
    for letter in Outgoing.objects.filter(state=State.SENDING):
        is_old = letter.sending_at is None or now - letter.sending_at > LOST
        if lease.is_gone(letter.held_by) or is_old:
            why = _("Le programme s'est arrêté pendant l'envoi.")
            count += Outgoing.objects.filter(
                pk=letter.pk, state=State.SENDING, held_by=letter.held_by
            ).update(state=State.MAYBE, why=why)
    return count


def _claim(id: str, now: datetime) -> Outgoing | None:
    """Take a letter for this process alone: of two that try, one gets it."""
    taken = Outgoing.objects.filter(pk=id, state=State.QUEUED).update(
        state=State.SENDING, sending_at=now, held_by=lease.holder()
    )
    return Outgoing.objects.get(pk=id) if taken else None


def _send(letter: Outgoing, told: Departed, clock: Clock, *, is_live: bool) -> None:
    if why := _objection(letter, is_live=is_live):
        told.failed += 1
        _settle(letter, State.FAILED, why=why)
        return
    raw = ours.raw_of(letter.sha256)
    if not is_live:
        outbox.write(ours.outbox(), letter.pk, raw)
        told.written += 1
        _left(letter, clock(), is_live=False)
        return
    begun = clock()
    outcome = smtp.deliver(
        raw,
        sender=letter.from_address,
        recipient=letter.to_address,
        mark=letter.pk,
        relay=smtp.relay_of(settings.CONTRECHAMP.mail),
    )
    _note(letter, outcome, begun, clock(), told)


def _objection(letter: Outgoing, *, is_live: bool) -> str:
    """Say why a letter must not leave, whatever the settings are; empty: it may."""
    if is_live and is_nobody(letter.to_address):
        return _("Cette adresse n'appartient à personne (domaine réservé) : rien n'y est envoyé.")
    came_back = Outgoing.objects.filter(
        to_address__iexact=letter.to_address, state=State.BOUNCED, sent_at__gt=letter.queued_at
    )
    if came_back.exclude(pk=letter.pk).exists():
        return _("Un autre envoi à cette adresse vient d'être rejeté : vérifiez l'adresse.")
    return ""


@transaction.atomic
def _note(
    letter: Outgoing, outcome: smtp.Outcome, begun: datetime, ended: datetime, told: Departed
) -> None:
    Attempt.objects.create(
        outgoing=letter,
        begun_at=begun,
        ended_at=ended,
        server=outcome.server,
        is_accepted=outcome.is_accepted,
        code=outcome.code,
        reply=outcome.reply,
        queue_id=outcome.queue_id,
        tls=outcome.tls,
        dialogue=[list(line) for line in outcome.dialogue],
    )
    letter.tries += 1
    letter.save(update_fields=["tries"])
    said = f"{outcome.code or ''} {outcome.reply}".strip()
    if outcome.is_accepted:
        told.sent += 1
        _left(letter, ended, is_live=True)
    elif not outcome.is_certain:
        told.maybe += 1
        _settle(letter, State.MAYBE, why=said)
    elif outcome.is_final or (at := next_try(letter.tries, ended)) is None:
        told.failed += 1
        _settle(letter, State.FAILED, why=said)
    else:
        told.later += 1
        letter.next_try_at = at
        letter.save(update_fields=["next_try_at"])
        _settle(letter, State.QUEUED, why=said)


@transaction.atomic
def _left(letter: Outgoing, at: datetime, *, is_live: bool) -> None:
    letter.sent_at, letter.is_live = at, is_live
    letter.paris_day = ours.in_paris(at).date()
    letter.save(update_fields=["sent_at", "is_live", "paris_day"])
    _settle(letter, State.SENT)


@transaction.atomic
def _settle(letter: Outgoing, state: Outgoing.State, *, why: str = "") -> None:
    letter.state, letter.why, letter.held_by = state, why, ""
    letter.save(update_fields=["state", "why", "held_by"])
    if state == State.SENT:
        transaction.on_commit(lambda: signals.sent.send(None, outgoing=letter))
    elif state == State.FAILED:
        transaction.on_commit(lambda: signals.send_failed.send(None, outgoing=letter))


def recall(id: str, *, actor: User, now: datetime) -> Outgoing:
    """Keep a letter from leaving while it waits; raise `TooLate` when it has left."""
    letter = Outgoing.objects.filter(pk=id).first()
    if letter is None or not (actor.is_editor or letter.made_by_id == actor.pk):
        raise Refused(gettext_noop("Aucun envoi ne s'appelle « {id} »."), id=id)
    if letter.state == State.RECALLED:
        return letter
    if not Outgoing.objects.filter(pk=id, state=State.QUEUED).update(state=State.RECALLED):
        raise TooLate(gettext_noop("Cet envoi n'attend plus : il ne peut plus être retenu."))
    letter.refresh_from_db()
    return letter


def recall_all(*, actor: User, now: datetime) -> int:
    """Keep every letter that waits from leaving; return how many."""
    if not actor.is_editor:
        raise Refused(gettext_noop("Arrêter tous les envois revient aux relecteurs."))
    return Outgoing.objects.filter(state=State.QUEUED).update(state=State.RECALLED)


@transaction.atomic
def decide(id: str, *, has_left: bool, actor: User, now: datetime) -> Outgoing:
    """Say whether a letter in doubt has left: it counts as sent then, or is queued again."""
    letter = Outgoing.objects.filter(pk=id, state=State.MAYBE).first()
    if letter is None:
        raise Refused(gettext_noop("Cet envoi n'est pas dans le doute."))
    if has_left:
        _left(letter, letter.sending_at or now, is_live=True)
    else:
        letter.next_try_at = now
        letter.save(update_fields=["next_try_at"])
        _settle(letter, State.QUEUED)
    return letter
