"""What notices of moderation say, at the moment when they are read or sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from contrechamp.accounts.domain.notices import Card
from contrechamp.forum.queries import moderation as queries
from contrechamp.forum.shown.moderation import clause, reason_label, span, verb_label

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

ABOUT = "forum:moderation:"


def decisions(ids: Sequence[str], user: User) -> Mapping[str, Card]:
    """Return what was decided about somebody, for that person alone."""
    found = {}
    for action in queries.told_actions([int(key) for key in ids if key.isdecimal()], user):
        rule, key = clause(action.reason), str(action.number)
        what, why = verb_label(action.verb).capitalize(), reason_label(action.reason)
        url = (
            reverse("forum:decision", args=[action.number])
            if action.verb in queries.AGAINST
            else reverse("forum:decisions")
        )
        body = "\n\n".join(
            filter(None, [what, why, gettext(rule.to_author) if rule else "", action.text])
        )
        found[key] = Card(
            text=f"{what} : {why}" if why else what,
            url=url,
            group=f"{ABOUT}{key}",
            title=gettext("Décision de la modération"),
            group_url=url,
            body=body,
        )
    return found


def flags(ids: Sequence[str], user: User) -> Mapping[str, Card]:
    """Return what came of the flags that somebody made."""
    rows = queries.flags_of_account(user).filter(pk__in=[key for key in ids if key.isdecimal()])
    url = reverse("forum:flags")
    said = {
        "UPHELD": gettext("Le message que vous aviez signalé a été retiré."),
        "DISMISSED": gettext("Le message que vous aviez signalé a été relu et gardé."),
        "ABUSIVE": gettext("Votre signalement a été jugé abusif."),
    }
    return {
        str(row.pk): Card(
            text=said[row.state],
            url=url,
            group=f"{ABOUT}flag-{row.pk}",
            title=gettext("Réponse à votre signalement"),
            group_url=url,
        )
        for row in rows
        if row.state in said
    }


def waits(ids: Sequence[str], user: User) -> Mapping[str, Card]:
    """Return that the queue is late, while it is, to who moderates."""
    wait = queries.wait(timezone.now())
    if not wait.is_late or not queries.moderates_somewhere(user):
        return {}
    url = reverse("forum:moderation")
    text = gettext("Un message attend une relecture depuis {age}.").format(age=span(wait.oldest))
    card = Card(
        text=text,
        url=url,
        group=f"{ABOUT}queue",
        title=gettext("File de modération"),
        group_url=url,
    )
    return dict.fromkeys(ids, card)
