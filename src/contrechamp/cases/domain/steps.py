"""What to do next, in one sentence, and what is said beside it.

Sentences give the safe day, in time in every reading; none rests on a rescue period.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from contrechamp.kernel.errors import gettext_noop

from .states import Flag, State, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The next step: a sentence with its values apart, and the days that it speaks of."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    act_by: date | None = None
    last_day: date | None = None
    days_left: int | None = None
    also: tuple[str, ...] = ()


SENTENCES: Mapping[State, str] = {
    State.DRAFT: gettext_noop("Préparer l'action : réunir les faits et les pièces, puis déposer."),
    State.WATCHING: gettext_noop(
        "Établir la publication : elle n'est pas prouvée, et le jour où nous avons vu l'acte ne "
        "compte pas."
    ),
    State.OPEN_UNLIMITED: gettext_noop(
        "L'acte n'a jamais été publié : pour les tiers, aucun délai ne court. Vérifiez "
        "régulièrement que c'est encore vrai, et agissez sans attendre."
    ),
    State.WINDOW_OPEN: gettext_noop("Agir au plus tard le {act_by}."),
    State.RECONSIDERATION: gettext_noop(
        "Attendre la réponse de l'auteur de l'acte : un silence de deux mois vaut rejet. Le "
        "tribunal peut être saisi jusqu'au {act_by}."
    ),
    State.CLOSED_LATE: gettext_noop(
        "Le délai est passé. Restent la demande d'abroger, jamais tardive contre un règlement "
        "(CRPA L243-2), l'illégalité soulevée contre un acte plus récent, et la plainte à la CNIL."
    ),
    State.CLAIM_FILED: gettext_noop(
        "La requête est déposée : attendre les mémoires. Une suspension peut être demandée."
    ),
    State.URGENT_SUSPENSION: gettext_noop(
        "La suspension est demandée : préparer l'audience, qui vient vite."
    ),
    State.URGENT_LIBERTY: gettext_noop(
        "Le référé-liberté est déposé : le juge se prononce en quarante-huit heures."
    ),
    State.URGENT_MEASURES: gettext_noop("Les mesures utiles sont demandées : attendre le juge."),
    State.PENDING: gettext_noop("L'affaire est instruite : répondre aux mémoires, à temps."),
    State.JUDGED: gettext_noop(
        "Le jugement est rendu : un recours est possible jusqu'au {act_by}."
    ),
    State.APPEAL: gettext_noop("Un recours contre le jugement est en cours."),
    State.ENFORCE: gettext_noop(
        "Obtenir l'exécution du jugement. Sans elle, le tribunal peut être saisi à partir du "
        "{act_from}, ou au terme qu'il a fixé (CJA L911-4, R921-1)."
    ),
    State.CLOSED: gettext_noop("L'action est terminée."),
    State.FILED: gettext_noop("La plainte est déposée : attendre l'accusé d'enregistrement."),
    State.ACKNOWLEDGED: gettext_noop(
        "Attendre des nouvelles de la CNIL : sans elles, le silence vaudra rejet le {birth}."
    ),
    State.IN_PROGRESS: gettext_noop(
        "La CNIL instruit la plainte : il n'y a pas de rejet par silence. Redemandez-lui des "
        "nouvelles chaque année."
    ),
    State.SILENCE_UNVERIFIED: gettext_noop(
        "Vérifier que rien n'est arrivé de la CNIL. Si c'est un silence, le Conseil d'État peut "
        "être saisi jusqu'au {act_by}."
    ),
    State.SILENT_REJECTED: gettext_noop(
        "Le silence de la CNIL vaut rejet : saisir le Conseil d'État au plus tard le {act_by}."
    ),
    State.REVIVED: gettext_noop("La CNIL reprend la plainte : son rejet par silence est retiré."),
    State.COMPLAINT_CLOSED: gettext_noop(
        "La CNIL a clos la plainte : le Conseil d'État peut être saisi jusqu'au {act_by}."
    ),
    State.OUTCOME: gettext_noop(
        "La CNIL a pris une décision : en faire un fait sourcé du recensement."
    ),
    State.SENT: gettext_noop(
        "Attendre la commission : aucun texte ne lui fixe de délai. Redemandez-lui où elle en est."
    ),
    State.PROPOSED: gettext_noop(
        "La commission propose de suspendre ou de retirer le système : au préfet de décider (CSI "
        "R253-2)."
    ),
    State.ANSWERED: gettext_noop("La commission ou le préfet a répondu."),
}
CONTRACT_OPEN = gettext_noop("Contester le contrat au plus tard le {act_by}, avec un avocat.")
CONTRACT_UNKNOWN = gettext_noop(
    "Noter quand le contrat a été connu, ou sa publicité : c'est ce qui ouvre le délai."
)
CONFIRM = gettext_noop(
    "Confirmer la requête au fond au plus tard le {act_by} : sinon elle est réputée abandonnée "
    "(CJA R612-5-2)."
)
LATE = gettext_noop(
    "Le jour sûr est passé. Par le compte usuel, c'est encore possible jusqu'au {last_day} : "
    "faites-le aujourd'hui."
)
SAID: Mapping[Flag, str] = {
    Flag.DEEMED_WITHDRAWN: gettext_noop(
        "La requête n'a pas été confirmée dans le mois : elle est réputée abandonnée, sauf "
        "pourvoi en cassation."
    ),
    Flag.SUSPENDED: gettext_noop("L'acte est suspendu jusqu'au jugement."),
    Flag.NOTHING_TO_CONFIRM: gettext_noop(
        "La suspension est refusée faute d'urgence : il n'y a rien à confirmer. La cassation est "
        "possible pendant quinze jours."
    ),
    Flag.RECONSIDERATION_LATE: gettext_noop(
        "Le recours gracieux ou hiérarchique est arrivé après le délai : il ne change rien."
    ),
    Flag.RECONSIDERATION_TWICE: gettext_noop(
        "Un second recours gracieux n'interrompt jamais le délai : seul le premier compte."
    ),
    Flag.RECONSIDERATION_VOID: gettext_noop(
        "Pour l'accès aux documents, un recours gracieux n'a aucun effet (CRPA L412-4)."
    ),
    Flag.PREFECT_ASKED: gettext_noop(
        "Le préfet est saisi : votre propre délai n'en change pas, agissez comme s'il ne faisait "
        "rien."
    ),
    Flag.PREFECT_REFERRED: gettext_noop("Le préfet a déféré l'acte au tribunal."),
    Flag.LEGAL_AID: gettext_noop(
        "L'aide juridictionnelle est demandée : un délai entier repartira de sa décision."
    ),
    Flag.CLAIM_LATE: gettext_noop(
        "La requête est arrivée après le dernier jour par le compte usuel."
    ),
    Flag.LIBERTY_PENDING: gettext_noop(
        "Un référé-liberté est en cours : le juge se prononce en quarante-huit heures."
    ),
    Flag.MEASURES_PENDING: gettext_noop("Des mesures utiles sont demandées."),
    Flag.LOSES_OBJECT: gettext_noop(
        "La requête devant le Conseil d'État perd son objet : la CNIL reprend la plainte (CE 31 "
        "décembre 2025, n° 491492)."
    ),
    Flag.LAWYER: gettext_noop("Un avocat est nécessaire, ou vivement conseillé."),
    Flag.ACT_WITHDRAWN: gettext_noop("L'acte a été retiré par son auteur."),
    Flag.REPORT_STOPS_NOTHING: gettext_noop(
        "Un signalement à la commission n'arrête aucun délai de recours contre l'autorisation."
    ),
}


def next_step(status: Status, *, today: date) -> Step:
    """Return what to do next where an action stands."""
    also = tuple(SAID[flag] for flag in SAID if flag in status.flags)
    sentence = _sentence(status)
    item = status.item
    birth = status.dates.items.get("complaint_rejection")
    values: dict[str, object] = {
        "act_from": item.not_before if item else None,
        "act_by": item.act_by_safe if item else None,
        "last_day": item.last_day if item else None,
        "birth": birth.not_before if birth else None,
    }
    by = item.act_by_safe if item else None
    return Step(
        sentence=sentence,
        values={name: value for name, value in values.items() if value is not None},
        act_by=by,
        last_day=item.last_day if item else None,
        days_left=(by - today).days if by else None,
        also=also,
    )


def _sentence(status: Status) -> str:
    if Flag.CONFIRM in status.flags:
        return CONFIRM
    if Flag.AFTER_SAFE in status.flags:
        return LATE
    if status.step == "contract" and status.state is State.WINDOW_OPEN:
        return CONTRACT_OPEN
    if status.state is State.WATCHING and Flag.PUBLICATION_UNPROVEN not in status.flags:
        return CONTRACT_UNKNOWN
    return SENTENCES[status.state]
