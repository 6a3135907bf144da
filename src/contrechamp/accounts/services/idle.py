"""Accounts that nobody uses: forgotten a year after the last month somebody signed in.

Only those with which nobody ever did anything here (note on the forum, section 9). Who gave a
mailbox is written to a month before; to sign in once keeps the account.
"""

from __future__ import annotations

import logging
from datetime import datetime, time

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import make_aware
from django.utils.translation import gettext, override

from contrechamp.accounts import domain, queries
from contrechamp.accounts.models import Erasure, User
from contrechamp.foundation.site import root
from contrechamp.kernel.errors import Unavailable

from .leaving import erase_account
from .mailbox import send, sends_mail


def retire_idle(now: datetime) -> tuple[int, int]:
    """Write to who is soon forgotten, and forget whose time has come; return how many of each."""
    idle = queries.idle_accounts(now)
    waiting = Erasure.objects.filter(is_idle=True, done_at=None)
    waiting.exclude(user__in=idle).delete()
    asked = set(Erasure.objects.filter(user__in=idle).values_list("user", flat=True))
    warned = erased = 0
    for user in idle:
        if user.pk in asked:  # `erase_due` ends it, on the day that was told.
            continue
        try:
            if _wants_warning(user, now):
                _warn(user, now)
                warned += 1
            elif domain.is_over(_last(user), now.date()):
                erase_account(user, with_texts=False, now=now)
                erased += 1
        # One mailbox that does not answer holds nobody else up; tomorrow it is tried again.
        except Unavailable:
            logging.getLogger(__name__).warning("A mail about an unused account did not leave")
    return warned, erased


def _wants_warning(user: User, now: datetime) -> bool:
    """Answer whether there is a mailbox to write to, which had a month to be reached."""
    is_reached = bool(user.email) and user.is_active and sends_mail()
    return is_reached and not domain.is_over(_last(user), (now - domain.WARNED_BEFORE).date())


@transaction.atomic
def _warn(user: User, now: datetime) -> None:
    day = max(domain.idle_until(_last(user)), (now + domain.WARNED_BEFORE).date())
    due = make_aware(datetime.combine(day, time()))
    Erasure.objects.create(user=user, with_texts=False, is_idle=True, asked_at=now, due_at=due)
    with override(user.language):
        send(
            str(user.email),
            gettext("Votre compte sera bientôt effacé"),
            gettext(
                "Personne ne s'est connecté depuis près d'un an à un compte de Contrechamp qui a "
                "cette adresse, et rien n'a été écrit avec lui. Nous ne gardons pas ce qui ne "
                "sert plus : il sera effacé le {day}.\n\nPour le garder, connectez-vous une fois "
                "d'ici là :\n\n{link}\n\nSinon, ne faites rien : c'est le dernier courriel que "
                "vous recevez de nous."
            ).format(day=date_format(day, "DATE_FORMAT"), link=f"{root()}/connexion/"),
        )


def _last(user: User) -> datetime:
    return user.last_login or user.opened_at
