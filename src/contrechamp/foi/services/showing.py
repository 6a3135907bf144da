"""Letters shown to everybody: masked by the rules, then by hand, then one by one made public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.foi.domain import hiding
from contrechamp.foi.models import Request, ShownMessage
from contrechamp.foi.queries.letters_shown import Original, pairs, secrets_of
from contrechamp.kernel.errors import Refused, gettext_noop

from .telling import tell

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MOST_WORDS, LONGEST = 50, 200


@transaction.atomic
def prepare_letters(request: Request, *, actor: User, now: datetime) -> int:
    """Write the masked words of each letter that has none yet; return how many. None is public."""
    locked = Request.objects.select_for_update().get(pk=request.pk)
    secrets = secrets_of(locked)
    waiting = [pair.original for pair in pairs(locked) if pair.shown is None]
    for one in waiting:
        _write(locked, one, secrets, actor=actor, now=now)
    return len(waiting)


def _write(
    request: Request, one: Original, secrets: hiding.Secrets, *, actor: User, now: datetime
) -> ShownMessage:
    text, subject = hiding.hide(one.text, secrets), hiding.hide(one.subject, secrets)
    return ShownMessage.objects.create(
        request=request,
        message=one.message,
        reply=one.reply,
        direction=one.direction,
        day=one.day,
        subject=subject[:300],
        text=text,
        masked_count=hiding.count(text) + hiding.count(subject),
        made_by=actor,
        made_at=now,
    )


@transaction.atomic
def hide_words(shown: ShownMessage, words: Sequence[str], *, everywhere: bool = False) -> int:
    """Hide words or names in a letter, or in all of its request; return how many passages more.

    Raise `Refused` for no word, or one of a single sign.
    """
    wanted = [word.strip() for word in words if word.strip()]
    if not wanted:
        raise Refused(gettext_noop("Écrivez ce qui est à masquer, un mot ou un nom par ligne."))
    if len(wanted) > MOST_WORDS or any(not 1 < len(word) <= LONGEST for word in wanted):
        raise Refused(gettext_noop("Cinquante mots ou noms à la fois, de deux signes au moins."))
    rows = ShownMessage.objects.select_for_update().filter(request=shown.request_id)
    none = hiding.Secrets()
    more = 0
    for row in rows if everywhere else rows.filter(pk=shown.pk):
        text = hiding.hide(row.text, none, words=wanted)
        subject = hiding.hide(row.subject, none, words=wanted)[:300]
        count = hiding.count(text) + hiding.count(subject)
        more += text.count(hiding.HIDDEN) - row.text.count(hiding.HIDDEN)
        more += subject.count(hiding.HIDDEN) - row.subject.count(hiding.HIDDEN)
        if (text, subject) != (row.text, row.subject):
            row.text, row.subject, row.masked_count = text, subject, count
            row.save(update_fields=["text", "subject", "masked_count"])
            if row.is_public:
                _tell(row)
    return more


@transaction.atomic
def mask_again(shown: ShownMessage, *, actor: User, now: datetime) -> ShownMessage:
    """Begin the masking of a letter anew from the original. It is no longer public."""
    request = Request.objects.select_for_update().get(pk=shown.request_id)
    pair = next((each for each in pairs(request) if each.shown and each.shown.pk == shown.pk), None)
    if pair is None:
        raise Refused(gettext_noop("Cette lettre n'est plus là."))
    ShownMessage.objects.filter(pk=shown.pk).delete()
    made = _write(request, pair.original, secrets_of(request), actor=actor, now=now)
    if pair.shown and pair.shown.is_public:
        _tell(made)
    return made


@transaction.atomic
def show_letter(shown: ShownMessage) -> ShownMessage:
    """Let everybody read the masked words of a letter, on the public page of its request.

    They are masked once more with what is known today: somebody may have written since.
    """
    row = ShownMessage.objects.select_for_update().get(pk=shown.pk)
    secrets = secrets_of(row.request)
    row.text = hiding.hide(row.text, secrets)
    row.subject = hiding.hide(row.subject, secrets)[:300]
    row.masked_count = hiding.count(row.text) + hiding.count(row.subject)
    row.is_public = True
    row.save(update_fields=["is_public", "text", "subject", "masked_count"])
    _tell(row)
    return row


@transaction.atomic
def hide_letter(shown: ShownMessage) -> ShownMessage:
    """Take a letter back from the public: showing it again undoes that."""
    row = ShownMessage.objects.select_for_update().get(pk=shown.pk)
    row.is_public = False
    row.save(update_fields=["is_public"])
    _tell(row)
    return row


def _tell(row: ShownMessage) -> None:
    request = row.request
    if request.is_public:
        tell(request)
