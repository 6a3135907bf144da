"""Alerts by mail: asked for with an account, confirmed by who reads the address, ended by link."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from contrechamp.foundation.vocabulary import label
from contrechamp.foundation.words import written
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.places import queries as places
from contrechamp.watch import published
from contrechamp.watch.domain.digest import PACES, Line, Mail, digest, is_due, question
from contrechamp.watch.models import Alert
from contrechamp.watch.published import Filter

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MOST_ALERTS = 50
FIELDS = {
    "technique": "technology",
    "sorte": "sort",
    "departement": "departement",
    "lieu": "territory",
    "entreprise": "company",
}


def sends_mail() -> bool:
    """Answer whether this instance sends mail."""
    return "dummy" not in settings.EMAIL_BACKEND


def add_alert(query: str, address: str, *, owner: User, now: datetime, pace: str) -> Alert:
    """Keep an alert for what a list is narrowed to, and ask its address to confirm it."""
    if not sends_mail():
        raise Refused(gettext_noop("Ce site n'envoie pas de courriel : suivez le flux."))
    if pace not in PACES:
        raise Refused(gettext_noop("Ce rythme n'est pas connu."))
    if Alert.objects.filter(account=owner).count() >= MOST_ALERTS:
        raise Refused(gettext_noop("Vous avez déjà cinquante alertes : supprimez-en une."))
    alert, is_new = Alert.objects.get_or_create(
        account=owner,
        subject="acts",
        key=query[:300],
        defaults={
            "address": address,
            "pace": pace,
            "token": secrets.token_hex(20),
            "told_until": now,
            "made_at": now,
        },
    )
    if is_new:
        mail = question(
            about(alert), confirm_url=_site("confirmer", alert), end_url=_site("fin", alert)
        )
        transaction.on_commit(lambda: _send(alert, mail))
    return alert


def change_pace(key: int, pace: str, *, owner: User) -> None:
    """Change how often an alert is told."""
    if pace not in PACES:
        raise Refused(gettext_noop("Ce rythme n'est pas connu."))
    Alert.objects.filter(pk=key, account=owner).update(pace=pace)


def remove_alert(key: int, *, owner: User) -> None:
    """Delete an alert, with its address."""
    Alert.objects.filter(pk=key, account=owner).delete()


def confirm_alert(token: str, *, now: datetime) -> bool:
    """Note that whoever reads the address agrees; answer whether there is such an alert."""
    rows = Alert.objects.filter(token=token)
    rows.filter(confirmed_at=None).update(confirmed_at=now, told_until=now)
    return rows.exists()


def end_alert(token: str) -> None:
    """End an alert by the link of its mail. One that is gone already is no error."""
    Alert.objects.filter(token=token).delete()


def send_digests(now: datetime) -> int:
    """Tell each alert that is due what became public since it was told last; return the mails.

    The moment is noted before the mail leaves: a mail that is lost is better than one twice.
    """
    if not sends_mail():
        return 0
    sent = 0
    alerts = Alert.objects.exclude(confirmed_at=None).filter(account__is_active=True)
    for alert in list(alerts.filter(told_until__lte=now - min(PACES.values())).order_by("pk")):
        if not is_due(alert.pace, alert.told_until, now):
            continue
        since = alert.told_until
        if not Alert.objects.filter(pk=alert.pk, told_until=since).update(told_until=now):
            continue  # Another process tells it.
        acts = published.acts_between(since, now, _filter(alert))
        lines = [
            Line(
                act.title,
                f"{_root()}{act.url}",
                _dates(act.published_on, act.act_by_safe, act.last_day),
            )
            for act in acts
        ]
        if mail := digest(about(alert), lines, end_url=_site("fin", alert)):
            _send(alert, mail)
            sent += 1
    return sent


def about(alert: Alert) -> str:
    """Say in a few words what an alert is about."""
    one = _filter(alert)
    keys = [one.territory, one.departement and f"departement:{one.departement}"]
    known = places.territories(key for key in keys if key)
    words = [
        *(territory.name for territory in known.values()),
        label("watched", one.technology) if one.technology else "",
        f"SIREN {one.company}" if one.company else "",
    ]
    return ", ".join(filter(None, words)) or "Actes de surveillance"


def _filter(alert: Alert) -> Filter:
    values = {FIELDS[name]: value for name, value in parse_qsl(alert.key) if name in FIELDS}
    return Filter(**values)  # type: ignore[arg-type]


def _dates(published_on: date | None, safe: date | None, last_day: date | None) -> str:
    parts = [f"Publié le {written(published_on, 'j F Y')}."] if published_on else []
    if published_on and safe and last_day:
        parts.append(
            f"Contestable jusqu'au {written(safe, 'j F Y')} (sûr) ; dernier jour selon le décompte "
            f"usuel : {written(last_day, 'j F Y')}."
        )
    return " ".join(parts)


def _root() -> str:
    scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
    return f"{scheme}://{settings.CONTRECHAMP.hosts[0]}"


def _site(verb: str, alert: Alert) -> str:
    return f"{_root()}/actes/alertes/{verb}/{alert.token}"


def _send(alert: Alert, mail: Mail) -> None:
    message = EmailMessage(mail.subject, mail.body, to=[alert.address], headers=mail.headers)
    message.send(fail_silently=True)
