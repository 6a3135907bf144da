"""What a reminder of an action says."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from contrechamp.cases.domain.reminders import Reminder

from .words import said

FIXED = ("hearing-", "inquiry_closes-", "memorandum-", "report-", "yearly")
"""Days that a court has fixed, or that we suggest: no period of the law, so no safe day."""


def sentence(reminder: Reminder) -> str:
    """Return a reminder in words, in the language that is active; what loses rights is marked."""
    task = reminder.task
    told = (
        gettext("{step} le {day} ({left}).")
        if task.key.startswith(FIXED)
        else gettext("{step} au plus tard le {day}, jour sûr ({left}).")
    )
    step = said(task.sentence, task.values)
    text = said(told, {"step": step, "day": task.act_by, "left": _left(reminder.days_left)})
    return gettext("Droits en jeu. {text}").format(text=text) if task.is_red else text


def _left(days: int) -> str:
    if days == 0:
        return gettext("aujourd'hui")
    return ngettext("dans {days} jour", "dans {days} jours", days).format(days=days)
