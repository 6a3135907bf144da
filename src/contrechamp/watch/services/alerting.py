"""Alerts by mail: asked for with an account, confirmed by who reads the address, ended by link.

An alert follows acts (a list as it is narrowed), the acts still open to challenge, or what a room
above offers to follow (`domain.following`). Its mails are in the language that it was asked in.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from contrechamp.census import published as census
from contrechamp.foundation.plug import offered
from contrechamp.foundation.site import root
from contrechamp.foundation.vocabulary import label
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.places import queries as places
from contrechamp.watch import published
from contrechamp.watch.domain.digest import (
    MOST,
    PACES,
    SETTLED,
    Line,
    Mail,
    Part,
    is_due,
    is_reminded,
)
from contrechamp.watch.domain.following import Followable
from contrechamp.watch.models import Alert, Told
from contrechamp.watch.published import Filter
from contrechamp.watch.shown import mails

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MOST_ALERTS = 50
ACTS, OPEN = "acts", "open"
FIELDS = {
    "technique": "technology",
    "sorte": "sort",
    "departement": "departement",
    "lieu": "territory",
    "entreprise": "company",
    "fiche": "record",
}


def sends_mail() -> bool:
    """Answer whether this instance sends mail."""
    return "dummy" not in settings.EMAIL_BACKEND


def add_alert(
    key: str,
    address: str,
    *,
    owner: User,
    now: datetime,
    pace: str,
    subject: str = ACTS,
    language: str = "fr",
) -> Alert:
    """Keep an alert and ask its address to confirm it. The same one asked again changes nothing.

    `key` is what the list of acts is narrowed to, or of another subject the key of its room.
    """
    if not sends_mail():
        raise Refused(gettext_noop("Ce site n'envoie pas de courriel : suivez le flux."))
    _check(pace, language)
    if about_subject(subject, key, owner.pk) is None:
        raise Refused(gettext_noop("Il n'y a rien de tel à suivre."))
    if Alert.objects.filter(account=owner).count() >= MOST_ALERTS:
        raise Refused(gettext_noop("Vous avez déjà cinquante alertes : supprimez-en une."))
    alert, is_new = Alert.objects.get_or_create(
        account=owner,
        subject=subject,
        key=key[:300],
        defaults={
            "address": address,
            "pace": pace,
            "language": language,
            "token": secrets.token_hex(20),
            "told_until": now,
            "made_at": now,
        },
    )
    if is_new:
        with override(language):
            mail = mails.question(
                about(alert), confirm_url=_site("confirmer", alert), end_url=_site("fin", alert)
            )
        transaction.on_commit(lambda: _send(alert, mail))
    return alert


def change_alert(key: int, *, owner: User, pace: str, language: str) -> None:
    """Change how often an alert is told, and in which language."""
    _check(pace, language)
    Alert.objects.filter(pk=key, account=owner).update(pace=pace, language=language)


def remove_alert(key: int, *, owner: User) -> None:
    """Delete an alert, with its address."""
    Alert.objects.filter(pk=key, account=owner).delete()


def confirm_alert(token: str, *, now: datetime) -> bool:
    """Note that whoever reads the address agrees; answer whether there is such an alert.

    Of acts still open to challenge the first mail comes at once, with all of them.
    """
    rows = Alert.objects.filter(token=token)
    alert = rows.filter(confirmed_at=None).first()
    if alert:
        since = now - PACES[alert.pace] - SETTLED if alert.subject == OPEN else now
        rows.filter(confirmed_at=None).update(confirmed_at=now, told_until=since)
    return rows.exists()


def end_alert(token: str) -> None:
    """End an alert by the link of its mail. One that is gone already is no error."""
    Alert.objects.filter(token=token).delete()


def send_digests(now: datetime) -> int:
    """Tell each alert that is due what became public since it was told last; return the mails.

    What was told before and was corrected or withdrawn since is told as well, once.
    """
    if not sends_mail():
        return 0
    until = now - SETTLED
    alerts = Alert.objects.exclude(confirmed_at=None).filter(account__is_active=True)
    due = alerts.filter(told_until__lte=until - min(PACES.values())).order_by("pk")
    return sum(_tell(a, until) for a in list(due) if is_due(a.pace, a.told_until, until))


def about(alert: Alert) -> str:
    """Say in a few words what an alert is about, in the language that is active."""
    said = about_subject(alert.subject, alert.key, alert.account_id)
    return gettext("recherche supprimée") if said is None else said


def about_subject(subject: str, key: str, owner: int) -> str | None:
    """Say what an alert would be about; None when there is no such thing for this account."""
    if subject not in {ACTS, OPEN}:
        offer = _followable(subject)
        name = offer.name(key, owner) if offer else None
        return gettext(offer.words).format(name=name) if offer and name else None
    one = _filter(key)
    keys = [one.territory, one.departement and f"departement:{one.departement}"]
    known = places.territories(key for key in keys if key)
    words = [
        gettext("Actes à contester") if subject == OPEN else "",
        *(territory.name for territory in known.values()),
        label("watched", one.technology) if one.technology else "",
        f"SIREN {one.company}" if one.company else "",
        *(ref.name for ref in census.find_records([one.record] if one.record else []).values()),
    ]
    return ", ".join(filter(None, words)) or gettext("Actes de surveillance")


def _tell(alert: Alert, until: datetime) -> int:
    """Send what is new for one alert; return the mails sent.

    The moment is noted before the mail leaves: a mail that is lost is better than one twice.
    """
    with override(alert.language):
        parts = _news(alert, until)
        if parts is None:
            return 0
        told = {line.ref.removeprefix(mails.REF) for part in parts for line in part.lines[:MOST]}
        since = alert.told_until
        with transaction.atomic():
            if not Alert.objects.filter(pk=alert.pk, told_until=since).update(told_until=until):
                return 0  # Another process tells it.
            parts = [*parts, Part(gettext("Corrigés ou retirés"), _changes(alert, told, until))]
            _note(alert, parts, until)
        mail = mails.digest(about(alert), parts, root=root(), end_url=_site("fin", alert))
    if mail is None:
        return 0
    _send(alert, mail)
    return 1


def _news(alert: Alert, until: datetime) -> list[Part] | None:
    """Return what became public since the last mail; None when it cannot be said yet."""
    since, today = alert.told_until, localdate(until)
    if alert.subject == ACTS:
        acts = published.acts_between(since, until, _filter(alert.key))
        return [Part("", mails.act_lines(acts, today))]
    if alert.subject == OPEN:
        return _open(alert, until)
    offer = _followable(alert.subject)
    lines = offer.news(alert.key, alert.account_id, since, until) if offer else ()
    return None if lines is None else [Part("", lines)]


def _open(alert: Alert, until: datetime) -> list[Part]:
    """Return the acts that can be challenged: all in the first mail, then new and urgent ones."""
    since, today = alert.told_until, localdate(until)
    is_first = alert.confirmed_at is not None and since < alert.confirmed_at - SETTLED
    acts = published.open_acts(today, _filter(alert.key))
    new = [one for one in acts if one.shown_at < until and (is_first or one.shown_at >= since)]
    known = {one.id for one in new}
    told_on = localdate(since)
    soon = [
        one
        for one in acts
        if one.id not in known
        and one.shown_at < since
        and is_reminded(one.act_by_safe, told_on, today)
    ]
    return [
        Part("", mails.open_lines(new, today)),
        Part(gettext("Il ne reste que deux semaines"), mails.open_lines(soon, today)),
    ]


def _changes(alert: Alert, told: Iterable[str], until: datetime) -> list[Line]:
    """Say what became of acts that earlier mails told, where visitors read something else now."""
    rows = {row.act: row for row in alert.told.exclude(act__in=list(told))}
    acts = published.changed_since(
        Told.objects.filter(alert=alert).values("act"), alert.told_until, until
    )
    found = [
        mails.change_line(act, rows[act.id].said, localdate(rows[act.id].at), localdate(until))
        for act in acts
        if act.id in rows
    ]
    return [line for line in found if line]


def _note(alert: Alert, parts: Sequence[Part], now: datetime) -> None:
    """Remember what a mail says of each act, to tell when it is no more so."""
    refs = [line.ref for part in parts for line in part.lines[:MOST]]
    ids = [ref.removeprefix(mails.REF) for ref in refs if ref.startswith(mails.REF)]
    for act in published.acts_and_marks(ids):
        Told.objects.update_or_create(
            alert=alert, act=act.id, defaults={"at": now, "said": mails.told_print(act)}
        )


def _followable(subject: str) -> Followable | None:
    return next((offer for offer in offered(Followable) if offer.subject == subject), None)


def _check(pace: str, language: str) -> None:
    if pace not in PACES:
        raise Refused(gettext_noop("Ce rythme n'est pas connu."))
    if language not in dict(settings.LANGUAGES):
        raise Refused(gettext_noop("Cette langue n'est pas connue."))


def _filter(key: str) -> Filter:
    values = {FIELDS[name]: value for name, value in parse_qsl(key) if name in FIELDS}
    return Filter(**values)  # type: ignore[arg-type]


def _site(verb: str, alert: Alert) -> str:
    return f"{root()}/actes/alertes/{verb}/{alert.token}"


def _send(alert: Alert, mail: Mail) -> None:
    message = EmailMessage(mail.subject, mail.body, to=[alert.address], headers=mail.headers)
    message.send(fail_silently=True)
