"""Answers by mail: an address proves whose answer it is and to what; the rest is as on the site.

What cannot be taken is answered once, with what to do; machines are not answered at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from contrechamp.accounts.connectors.post import sends_mail
from contrechamp.accounts.domain.notices import Answerable
from contrechamp.accounts.models import AnswerKey, Try, User
from contrechamp.accounts.shown import answers
from contrechamp.foundation.plug import offered
from contrechamp.foundation.site import root
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .notices import refuse_address
from .tries import key_of

ONCE = timedelta(days=7)
"""Nobody is told twice in that time what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A mail that came to one of our addresses, as who reads the mailbox understands it."""

    from_address: str
    text: str
    """Without quotations and signature."""
    has_files: bool = False
    is_automatic: bool = False
    is_genuine: bool = True
    """False: our own server says that it is not from who it says."""
    failure: str = ""
    """Why a mail of ours came back; empty: this is none of these."""


@transaction.atomic
def take(key: str, answer: Answer, *, now: datetime) -> str:
    """Do what a mail to one of our addresses asks for; return the address of what it made.

    `key` is what the address proved to be ours for; an unknown or old one makes nothing.
    """
    row = AnswerKey.objects.select_related("user").filter(pk=key).first()
    if answer.failure:
        if row is not None:
            refuse_address(row.user, answer.failure, now=now)
        return ""
    if answer.is_automatic:
        return ""
    if row is None or row.until < localdate(now) or not row.user.is_active or not row.user.email:
        _explain(answer.from_address, "fr", answers.unknown, now)
        return ""
    user = row.user
    if not answer.is_genuine or answer.from_address.lower() != str(user.email).lower():
        # To the owner of the account: a stranger learns nothing.
        _explain(str(user.email), user.language, answers.elsewhere, now)
        return ""
    offer = next((one for one in offered(Answerable) if row.about.startswith(one.prefix)), None)
    if offer is None or not row.about:
        _explain(str(user.email), user.language, answers.about_many, now)
        return ""
    return _answer(user, offer, row.about.removeprefix(offer.prefix), answer, now)


def take_unproved(answer: Answer, *, now: datetime) -> None:
    """Tell somebody, once, that the address they wrote to is not one of ours."""
    if not (answer.failure or answer.is_automatic):
        _explain(answer.from_address, "fr", answers.unknown, now)


def _answer(user: User, offer: Answerable, key: str, answer: Answer, now: datetime) -> str:
    with override(user.language):
        if not answer.text.strip():
            _write(str(user.email), answers.empty(root()))
            return ""
        try:
            with transaction.atomic():
                made = offer.answer(user, key, answer.text.strip(), now)
        except Refused as refused:
            _write(str(user.email), answers.refused(root(), say(refused), answer.text))
            return ""
        if answer.has_files:
            _write(str(user.email), answers.without_files(f"{root()}{made}"))
        return made


def _explain(to: str, language: str, words: Callable[[str], answers.Words], now: datetime) -> None:
    key = key_of("answer by mail", to.lower())
    known = Try.objects.filter(key=key).first()
    if known is not None and now - known.last_at < ONCE:
        return
    Try.objects.update_or_create(key=key, defaults={"count": 1, "last_at": now})
    with override(language):
        _write(to, words(root()))


def _write(to: str, words: answers.Words) -> None:
    """Write back once all of it is sure. Machines know by its headers not to answer it."""
    if not (sends_mail() and "@" in to):
        return
    message = EmailMessage(
        subject=words.subject,
        body=words.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers={"Auto-Submitted": "auto-replied", "Precedence": "bulk"},
    )
    transaction.on_commit(lambda: message.send(fail_silently=True))
