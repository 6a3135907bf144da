"""Reminders: kept once each, shown on one's own page, and sent by mail to who wants it."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from contrechamp.foi.domain import reminders as rules
from contrechamp.foi.models import Reminder, ReminderAddress
from contrechamp.foi.queries.calendars import digest, to_watch, watched
from contrechamp.foi.shown.reminders import sentence
from contrechamp.foundation.site import root
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.law.domain.reminding import STALE, unsent

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

LINKED = gettext_noop("Une échéance approche : {url}")
"""All that a mail says of a request that is linked to a source's dossier."""


def sends_mail() -> bool:
    """Answer whether this instance sends mail to its members."""
    return "dummy" not in settings.EMAIL_BACKEND


def note_due(*, now: datetime) -> int:
    """Keep what is to be said today; return how many reminders are new. Each is kept once."""
    today = localdate(now)
    made = 0
    for request in to_watch(today).iterator(chunk_size=500):
        due = rules.due([watched(request, now=now)], today)
        known = set(request.reminders.values_list("key", flat=True))
        rows = [
            Reminder(request=request, key=one.key, day=one.day, sentence=sentence(one))
            for one in unsent(due, known)
        ]
        Reminder.objects.bulk_create(rows, ignore_conflicts=True)
        made += len(rows)
    return made


def send_reminders(*, now: datetime) -> int:
    """Send each person who wants it one mail with what is new; return the mails.

    Somebody without a confirmed address reads their reminders on the page of their requests.
    """
    if not sends_mail():
        return 0
    rows = (
        Reminder.objects.filter(sent_at=None, day__gte=oldest(localdate(now)))
        .select_related("request", "request__author")
        .order_by("request__author", "day", "pk")
    )
    sent = 0
    for owner, group in groupby(rows, key=lambda row: row.request.author):
        address = address_of(owner)
        if address is None:
            continue
        mine = list(group)
        # Marked first: one mail less is better than the same each minute.
        Reminder.objects.filter(pk__in=[row.pk for row in mine]).update(sent_at=now)
        _mail(address, mine).send()
        sent += 1
    return sent


def address_of(owner: User) -> ReminderAddress | None:
    """Return where somebody agreed to be reminded, None where nothing may be sent."""
    return ReminderAddress.objects.filter(owner=owner, confirmed_at__isnull=False).first()


def oldest(today: date) -> date:
    """Return the day before which what was not sent is of no use any more."""
    return date.fromordinal(today.toordinal() - STALE)


def _mail(address: ReminderAddress, rows: list[Reminder]) -> EmailMessage:
    with override("fr"):
        lines = [gettext("Ce que vos demandes de documents attendent de vous :"), ""]
        for row in rows:
            url = _site(reverse("foi:request", args=[row.request_id]))
            if row.request.dossier:
                lines += [gettext(LINKED).format(url=url), ""]
            else:
                lines += [f"- {row.request.title} : {row.sentence}", f"  {url}", ""]
        lines += [
            gettext("Ceci n'est pas un conseil juridique."),
            gettext("Ne plus recevoir ces rappels : {url}").format(
                url=_site(reverse("foi:reminders"))
            ),
        ]
        subject = gettext("Vos demandes : ce qui est à faire")
    return message(address.address, subject, "\n".join(lines))


def message(to: str, subject: str, text: str) -> EmailMessage:
    """Return a notice to somebody, as rooms above send it too."""
    # A notice of ours, not a letter: no answer is wanted, of people or machines.
    headers = {"Auto-Submitted": "auto-generated", "Precedence": "bulk"}
    return EmailMessage(subject=subject, body=text, to=[to], headers=headers)


def _site(path: str) -> str:
    return f"{root()}{path}"


@transaction.atomic
def want_reminders(address: str, *, owner: User, now: datetime) -> None:
    """Ask an address whether it agrees to be reminded. Nothing is sent before it has."""
    if not sends_mail():
        raise Refused(
            gettext_noop(
                "Ce site n'envoie pas de courriel : ajoutez le calendrier à votre agenda, il "
                "rappelle aussi."
            )
        )
    token = secrets.token_hex(16)
    ReminderAddress.objects.update_or_create(
        owner=owner,
        defaults={
            "address": address,
            "digest": digest(token),
            "confirmed_at": None,
            "made_at": now,
        },
    )
    url = _site(reverse("foi:confirm-reminders", args=[token]))
    with override("fr"):
        text = gettext(
            "Quelqu'un veut recevoir ici les rappels de ses demandes de documents. Si c'est vous, "
            "ouvrez cette adresse ; sinon, ne faites rien.\n\n{url}"
        ).format(url=url)
        asking = message(address, gettext("Confirmez vos rappels"), text)
    transaction.on_commit(asking.send)


def confirm_reminders(token: str, *, now: datetime) -> bool:
    """Note that whoever reads an address agrees; answer whether there is such a question."""
    rows = ReminderAddress.objects.filter(digest=digest(token))
    rows.filter(confirmed_at=None).update(confirmed_at=now)
    return rows.exists()


def end_reminders(*, owner: User) -> None:
    """Forget where somebody is reminded."""
    ReminderAddress.objects.filter(owner=owner).delete()


def see(key: int, *, owner: User, now: datetime) -> None:
    """Put away a reminder that one has read; `unsee` brings it back."""
    Reminder.objects.filter(pk=key, request__author=owner).update(seen_at=now)


def unsee(key: int, *, owner: User) -> None:
    """Bring back a reminder that was put away."""
    Reminder.objects.filter(pk=key, request__author=owner).update(seen_at=None)


def unseen(owner: User) -> list[Reminder]:
    """Return what somebody has not put away, the soonest first."""
    rows = Reminder.objects.filter(request__author=owner, seen_at=None).select_related("request")
    return list(rows.exclude(request__state__in=["SATISFIED", "WITHDRAWN"]).order_by("day", "pk"))
