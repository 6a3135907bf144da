"""What a reminder says."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from contrechamp.foi.domain.calendar import DUE, STEPS
from contrechamp.foi.domain.reminders import Kind, Reminder

from .words import said

SENTENCES = {
    Kind.SILENCE: _("personne n'a répondu : vous pouvez agir depuis le {day}."),
    Kind.CHECK_SILENCE: _(
        "le délai de réponse est passé le {day}. Vérifiez que rien n'est arrivé, ni par courriel "
        "ni par courrier."
    ),
    Kind.ANSWER_DUE: _("l'administration a jusqu'à ce soir, {day}, pour répondre."),
    Kind.NO_ACKNOWLEDGEMENT: _(
        "l'accusé de réception, dû avant le {day}, n'est pas noté. S'il est arrivé, notez-le."
    ),
}


def sentence(reminder: Reminder) -> str:
    """Return a reminder in words, its safe day named as such."""
    if reminder.kind in SENTENCES:
        return said(SENTENCES[reminder.kind], {"day": reminder.day})
    left = _left(reminder.days_left)
    if reminder.kind is Kind.LINK_ENDS:
        return said(
            gettext("un lien de téléchargement expire le {day} ({left}) : prenez les fichiers."),
            {"day": reminder.day, "left": left},
        )
    step = gettext(STEPS.get("series" if reminder.kind is Kind.SERIES else reminder.step, DUE))
    return said(
        gettext("{step} au plus tard le {day}, jour sûr ({left})."),
        {"step": step, "day": reminder.day, "left": left},
    )


def _left(days: int) -> str:
    if days == 0:
        return gettext("aujourd'hui")
    return ngettext("dans {days} jour", "dans {days} jours", days).format(days=days)
