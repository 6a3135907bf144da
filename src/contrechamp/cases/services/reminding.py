"""Reminders of actions: kept once for each of a team, shown to them, sent by mail.

The address is the one of a person's requests (`foi`): whoever confirmed it is reminded of both.
"""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from contrechamp.cases.domain.facts import standing
from contrechamp.cases.domain.reminders import due
from contrechamp.cases.domain.tasks import tasks_of
from contrechamp.cases.models import Member, Reminder, Reminding
from contrechamp.cases.queries.facts import facts_of, status_of
from contrechamp.cases.queries.reminding import is_secret, team_of, to_watch, wishes_of
from contrechamp.cases.shown.reminders import sentence
from contrechamp.foi.services import reminding as mails
from contrechamp.foundation.site import root
from contrechamp.kernel.errors import gettext_noop
from contrechamp.law.domain.reminding import unsent

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

SECRET = gettext_noop("Une échéance approche : {url}")


def note_due(*, now: datetime) -> int:
    """Keep what each of a team is to be told today; return how many reminders are new."""
    today, made = localdate(now), 0
    for action in to_watch(today).iterator(chunk_size=500):
        facts = facts_of(action)
        tasks = tasks_of(standing(facts), status_of(action, now=now), today=today)
        found = due(tasks, today)
        for owner in team_of(action) if found else ():
            known = action.reminders.filter(owner=owner).values_list("key", flat=True)
            with override(wishes_of(owner).language):
                rows = [
                    Reminder(
                        action=action,
                        owner=owner,
                        key=one.key,
                        day=one.task.act_by,
                        sentence=sentence(one),
                        is_red=one.task.is_red,
                    )
                    for one in unsent(found, known)
                ]
            Reminder.objects.bulk_create(rows, ignore_conflicts=True)
            made += len(rows)
    return made


def send_reminders(*, now: datetime) -> int:
    """Send each person who wants it one mail with what is new; return the mails.

    Somebody without a confirmed address, or who wants no mail, reads them on their own page.
    """
    if not mails.sends_mail():
        return 0
    rows = (
        Reminder.objects.filter(sent_at=None, day__gte=mails.oldest(localdate(now)))
        .select_related("action", "owner")
        .order_by("owner", "-is_red", "day", "pk")
    )
    sent = 0
    for owner, group in groupby(rows, key=lambda row: row.owner):
        address, wishes = mails.address_of(owner), wishes_of(owner)
        if address is None or not wishes.by_mail:
            continue
        mine = list(group)
        # Marked first: one mail less is better than the same each minute.
        Reminder.objects.filter(pk__in=[row.pk for row in mine]).update(sent_at=now)
        there = set(Member.objects.filter(user=owner).values_list("action_id", flat=True))
        told = [row for row in mine if row.action_id in there]
        if told:
            subject, text = _words(told, wishes)
            mails.message(address.address, subject, text).send()
            sent += 1
    return sent


def _words(rows: list[Reminder], wishes: Reminding) -> tuple[str, str]:
    """Return the subject and the text of a mail; neither names an action that must not be named."""
    with override(wishes.language):
        lines = [gettext("Ce que vos actions attendent de vous :"), ""]
        for row in rows:
            url = f"{root()}{reverse('cases:action', args=[row.action_id])}"
            if wishes.hides_titles or is_secret(row.action):
                lines += [gettext(SECRET).format(url=url), ""]
            else:
                lines += [f"- {row.action.title}{gettext(' : ')}{row.sentence}", f"  {url}", ""]
        lines += [
            gettext("Ceci n'est pas un conseil juridique."),
            gettext("Ne plus recevoir ces rappels, ou les recevoir sans titre : {url}").format(
                url=f"{root()}{reverse('cases:reminders')}"
            ),
        ]
        return gettext("Vos actions : ce qui est à faire"), "\n".join(lines)


def wish(owner: User, *, language: str, **wanted: bool) -> None:
    """Keep how somebody wants to be reminded: `by_mail`, `hides_titles`, in which language."""
    known = {code for code, _ in Reminding._meta.get_field("language").choices or ()}
    fields: dict[str, object] = dict(wanted)
    if language in known:
        fields["language"] = language
    Reminding.objects.update_or_create(owner=owner, defaults=fields)


def see(key: int, *, owner: User, now: datetime) -> None:
    """Put away a reminder that one has read; `unsee` brings it back."""
    Reminder.objects.filter(pk=key, owner=owner).update(seen_at=now)


def unsee(key: int, *, owner: User) -> None:
    """Bring back a reminder that was put away."""
    Reminder.objects.filter(pk=key, owner=owner).update(seen_at=None)
