"""An errand is handed to one person at a time, answered by two, and looked at by a reviewer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.errands.domain import LEASE, Answer, Candidate, State, choose, outcome
from contrechamp.errands.models import Errand, Turn
from contrechamp.errands.queries import known_choice, offers
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

ENOUGH, AT_ONCE = 20, 60
"""Open errands of a kind that are enough, and how many are looked for when there are fewer."""
LONGEST_NOTE = 2000


def refill(now: datetime) -> int:
    """Look for things to ask about, where few are left; return how many errands are new."""
    made = 0
    for kind, offer in offers().items():
        if Errand.objects.filter(kind=kind, state=Errand.State.OPEN).count() >= ENOUGH:
            continue
        known = set(Errand.objects.filter(kind=kind).values_list("ref", flat=True))
        rows = [
            Errand(kind=kind, ref=ref, made_at=now)
            for ref in offer.find(len(known) + AT_ONCE)
            if ref not in known
        ][:AT_ONCE]
        Errand.objects.bulk_create(rows, ignore_conflicts=True)
        made += len(rows)
    return made


@transaction.atomic
def hand(*, actor: User, now: datetime, kind: str = "") -> Turn | None:
    """Hand somebody an errand; the one that they have already, until they answer or leave it.

    None when there is nothing left for them. What is not public any more is closed on the way.
    """
    mine = Turn.objects.select_related("errand").filter(
        account=actor, answered_at=None, left_at=None, until__gt=now, errand__state="OPEN"
    )
    for turn in (mine.filter(errand__kind=kind) if kind else mine).order_by("handed_at"):
        if _is_there(turn.errand, now):
            return turn
    refill(now)
    while chosen := choose(_candidates(now), actor.pk, now, kind=kind):
        errand = Errand.objects.select_for_update().get(pk=chosen.key)
        if _is_there(errand, now):
            until = now + LEASE
            turn, _ = Turn.objects.update_or_create(
                errand=errand, account=actor, defaults={"handed_at": now, "until": until}
            )
            return turn
    return None


@transaction.atomic
def answer(
    turn_id: int, choice: str, *, actor: User, now: datetime, value: str = "", note: str = ""
) -> Errand:
    """Take an answer; close the errand when two people say the same."""
    turn = _mine(turn_id, actor)
    errand = Errand.objects.select_for_update().get(pk=turn.errand_id)
    if errand.state != Errand.State.OPEN:
        raise Refused(gettext_noop("Cette tâche est déjà finie : merci, prenez-en une autre."))
    known = known_choice(errand.kind, choice)
    if known is None:
        raise Refused(gettext_noop("Choisissez une des réponses."))
    value = value.strip()
    if known.asks_value and not value.startswith(("https://", "http://")):
        raise Refused(gettext_noop("Donnez l'adresse de la page, qui commence par https://."))
    turn.choice, turn.value = choice, value[:1000] if known.asks_value else ""
    turn.note, turn.answered_at, turn.left_at = note.strip()[:LONGEST_NOTE], now, None
    turn.save()
    return _weigh(errand, now)


@transaction.atomic
def leave(turn_id: int, *, actor: User, now: datetime) -> None:
    """Give an errand back unanswered: it is for somebody else."""
    turn = _mine(turn_id, actor)
    if turn.answered_at is None:
        turn.left_at = now
        turn.save(update_fields=["left_at"])


@transaction.atomic
def take_back(turn_id: int, *, actor: User, now: datetime) -> Turn:
    """Undo one's own answer, until a reviewer has settled the errand."""
    turn = _mine(turn_id, actor)
    errand = Errand.objects.select_for_update().get(pk=turn.errand_id)
    if errand.state == Errand.State.SETTLED:
        raise Refused(gettext_noop("Cette tâche est déjà traitée : écrivez à l'équipe."))
    turn.answered_at, turn.choice, turn.value, turn.note = None, "", "", ""
    turn.until = now + LEASE
    turn.save()
    _weigh(errand, now)
    return turn


@transaction.atomic
def settle(errand_id: int, *, actor: User, now: datetime, note: str = "") -> Errand:
    """Say, as a reviewer, that what was found has been dealt with."""
    if not actor.is_editor:
        raise Refused(gettext_noop("Seul un éditeur peut clore une tâche."))
    errand = Errand.objects.select_for_update().filter(pk=errand_id).first()
    if errand is None or errand.state == Errand.State.OPEN:
        raise Refused(gettext_noop("Cette tâche n'est pas finie."))
    errand.state, errand.closed_at = Errand.State.SETTLED, now
    errand.settled_by, errand.settled_note = actor, note.strip()[:LONGEST_NOTE]
    errand.save()
    return errand


def _weigh(errand: Errand, now: datetime) -> Errand:
    turns = errand.turns.exclude(answered_at=None).order_by("answered_at", "pk")
    weighed = outcome([Answer(turn.choice, turn.value) for turn in turns])
    errand.state = weighed.state.value
    errand.closed_at = None if weighed.state is State.OPEN else now
    errand.choice = weighed.answer.choice if weighed.answer else ""
    errand.value = weighed.answer.value if weighed.answer else ""
    errand.save()
    return errand


def _candidates(now: datetime) -> Iterator[Candidate]:
    rows = Errand.objects.filter(state=Errand.State.OPEN, kind__in=offers())
    for errand in rows.prefetch_related("turns"):
        turns = list(errand.turns.all())
        held = [t.until for t in turns if t.answered_at is None and t.left_at is None]
        # A lease that ran out makes nobody somebody who has had it.
        people = {t.account_id for t in turns if t.answered_at or t.left_at or t.until > now}
        yield Candidate(
            key=errand.pk,
            kind=errand.kind,
            answers=sum(t.answered_at is not None for t in turns),
            people=people,
            held_until=max(held, default=None),
            made_at=errand.made_at,
        )


def _is_there(errand: Errand, now: datetime) -> bool:
    """Answer whether what an errand is about is still public; close the errand where it is not."""
    offer = offers().get(errand.kind)
    if offer is None or offer.show(errand.ref) is None:
        errand.state, errand.closed_at = Errand.State.UNCLEAR, now
        errand.save(update_fields=["state", "closed_at"])
        return False
    return True


def _mine(turn_id: int, actor: User) -> Turn:
    turn = Turn.objects.filter(pk=turn_id, account=actor).first()
    if turn is None:
        raise Refused(gettext_noop("Cette tâche n'est pas la vôtre : prenez-en une."))
    return turn
