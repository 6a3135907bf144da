"""What to do next, in one sentence, and what is said beside it.

Sentences give the safe day, which is in time in every reading; the last day by the usual count
stands beside it, named as such. No sentence rests on a rescue period (`*_cap`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from contrechamp.kernel.errors import gettext_noop

from .states import Flag, State, Status


class Act(StrEnum):
    """What the next step is, for the button beside the sentence."""

    WRITE = "WRITE"
    SEND = "SEND"
    FIX_ADDRESS = "FIX_ADDRESS"
    WAIT = "WAIT"
    CHECK_SILENCE = "CHECK_SILENCE"
    REFER = "REFER"
    ASK_ANEW = "ASK_ANEW"
    REFER_LATE = "REFER_LATE"
    COMPLETE = "COMPLETE"
    GO_TO_COURT = "GO_TO_COURT"
    ENFORCE = "ENFORCE"
    PUBLISH = "PUBLISH"
    READ = "READ"
    NONE = "NONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The next step: a sentence with its values apart, and the days that it speaks of."""

    act: Act
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    act_from: date | None = None
    act_by: date | None = None
    last_day: date | None = None
    days_left: int | None = None
    """Days until the safe day; negative once it has passed."""
    also: tuple[str, ...] = ()
    """Further sentences: what a letter does not do, what is only presumed …"""


SIMPLE: Mapping[State, tuple[Act, str]] = {
    State.DRAFT: (Act.WRITE, gettext_noop("Terminer la demande, puis la relire.")),
    State.READY: (Act.SEND, gettext_noop("Envoyer la demande.")),
    State.SENT: (
        Act.WAIT,
        gettext_noop("Établir la réception : rien ne prouve encore que l'administration l'a."),
    ),
    State.UNDELIVERED: (
        Act.FIX_ADDRESS,
        gettext_noop(
            "Corriger l'adresse et renvoyer : la demande n'est pas arrivée, aucun délai ne court."
        ),
    ),
    State.CADA_FILED: (
        Act.WAIT,
        gettext_noop(
            "Attendre que la CADA enregistre la saisine : c'est ce jour-là qui ouvre les délais "
            "du tribunal."
        ),
    ),
    State.CADA_INCOMPLETE: (
        Act.COMPLETE,
        gettext_noop(
            "Envoyer à la CADA ce qui manque : tant que le dossier n'est pas complet, il n'est "
            "pas enregistré."
        ),
    ),
    State.LITIGATION: (
        Act.WAIT,
        gettext_noop("Attendre le jugement. Si les documents arrivent, notez-le."),
    ),
    State.TIME_BARRED: (
        Act.ASK_ANEW,
        gettext_noop(
            "Le délai est passé. Faites une nouvelle demande : un autre objet, une autre période, "
            "ou des faits nouveaux."
        ),
    ),
    State.SATISFIED: (
        Act.PUBLISH,
        gettext_noop(
            "Lire et publier les documents. L'administration doit aussi mettre en ligne ce "
            "qu'elle a communiqué (CRPA L312-1-1)."
        ),
    ),
    State.CLOSED_LOST: (
        Act.NONE,
        gettext_noop(
            "Le jugement est défavorable : seule la cassation reste, avec un avocat au Conseil "
            "d'État."
        ),
    ),
    State.WITHDRAWN: (Act.NONE, gettext_noop("La demande est retirée.")),
}
WINDOWS: Mapping[State, tuple[Act, str]] = {
    State.AWAITING: (
        Act.WAIT,
        gettext_noop(
            "Attendre la réponse jusqu'au {birth} : après un mois, le silence est un refus."
        ),
    ),
    State.UNVERIFIED: (
        Act.CHECK_SILENCE,
        gettext_noop(
            "Vérifier que rien n'est arrivé. Si c'est un silence, la CADA peut être saisie "
            "jusqu'au {act_by}."
        ),
    ),
    State.REFUSED_SILENT: (
        Act.REFER,
        gettext_noop("Saisir la CADA à partir du {act_from}, au plus tard le {act_by}."),
    ),
    State.REFUSED_EXPRESS: (Act.REFER, gettext_noop("Saisir la CADA au plus tard le {act_by}.")),
    State.PARTIAL: (
        Act.REFER,
        gettext_noop("Pour ce qui manque, saisir la CADA au plus tard le {act_by}."),
    ),
    State.CADA_LATE_OPEN: (
        Act.REFER_LATE,
        gettext_noop(
            "Le délai est passé, mais l'administration ne l'avait pas indiqué : la CADA peut "
            "peut-être encore être saisie. Ne comptez pas dessus, et faites vite."
        ),
    ),
    State.CADA_PENDING: (
        Act.WAIT,
        gettext_noop(
            "Attendre l'avis de la CADA. Le refus sera confirmé le {birth}, avis ou pas ; le "
            "tribunal pourra alors être saisi jusqu'au {act_by}."
        ),
    ),
    State.REFUSAL_CONFIRMED: (
        Act.GO_TO_COURT,
        gettext_noop("Saisir le tribunal administratif au plus tard le {act_by}."),
    ),
    State.ENFORCE: (
        Act.ENFORCE,
        gettext_noop(
            "Obtenir l'exécution du jugement. Sans documents, le tribunal peut être saisi de son "
            "exécution à partir du {act_from} (CJA R921-1)."
        ),
    ),
}
STEP_OF = {
    State.AWAITING: "cada",
    State.UNVERIFIED: "cada",
    State.REFUSED_SILENT: "cada",
    State.REFUSED_EXPRESS: "cada",
    State.CADA_LATE_OPEN: "cada",
    State.CADA_PENDING: "ta",
    State.REFUSAL_CONFIRMED: "ta",
    State.ENFORCE: "enforcement",
}
BIRTH_OF = {State.AWAITING: "implied_refusal", State.CADA_PENDING: "confirmed_refusal"}
COURT_PARTIAL = gettext_noop(
    "Pour ce qui manque, le tribunal administratif peut être saisi au plus tard le {act_by}."
)
CONFIRMATION_UNVERIFIED = gettext_noop(
    "Vérifier que rien n'est arrivé depuis la saisine. Si c'est un silence, le tribunal peut être "
    "saisi jusqu'au {act_by}."
)
LATE = gettext_noop(
    "Le jour sûr est passé. Par le compte usuel, c'est encore possible jusqu'au {last_day} : "
    "faites-le aujourd'hui."
)
SAID: Mapping[Flag, str] = {
    Flag.PRESUMED_RECEIPT: gettext_noop(
        "La réception est présumée : aucun accusé de l'administration ne la date."
    ),
    Flag.TRANSMITTED: gettext_noop(
        "La demande a été transmise à une autre administration : elle avait le devoir de le faire "
        "(CRPA L114-2). Le jour le plus prudent des deux réceptions est retenu."
    ),
    Flag.CLARIFICATION_ASKED: gettext_noop(
        "Une précision est demandée. Répondez-y : les délais, eux, ne changent pas."
    ),
    Flag.FEE_ASKED: gettext_noop(
        "Des frais sont demandés. Un document électronique est gratuit par courriel (CRPA "
        "L311-9) ; les délais ne changent pas."
    ),
    Flag.NO_ACKNOWLEDGEMENT: gettext_noop(
        "L'accusé de réception, dû sous dix jours ouvrés, n'est pas venu (CRPA R112-11-2) : les "
        "délais de recours vous sont moins opposables."
    ),
    Flag.REMEDIES_UNREAD: gettext_noop(
        "Dites si la lettre nomme la CADA et son délai de deux mois : cela change ce qui reste "
        "possible après."
    ),
    Flag.FOLLOWED_UP: gettext_noop(
        "La relance n'arrête pas le délai (CRPA L412-4) : seule la saisine de la CADA compte."
    ),
    Flag.CONFIRMATORY: gettext_noop(
        "Ce refus arrive après le délai du refus par silence : il n'en ouvre pas un nouveau."
    ),
    Flag.OPINION_MOVES_NOTHING: gettext_noop(
        "L'avis de la CADA ne change aucune date du tribunal : le délai court depuis "
        "l'enregistrement de la saisine."
    ),
    Flag.MOTIVES_ASKED: gettext_noop(
        "Les motifs sont demandés : l'administration a un mois. Sans réponse, n'attendez pas : le "
        "délai affiché continue de courir."
    ),
    Flag.LEGAL_AID: gettext_noop(
        "L'aide juridictionnelle est demandée : un délai entier repartira de sa décision."
    ),
    Flag.COSTS_STILL_CLAIMED: gettext_noop(
        "Les documents sont venus pendant le procès : il n'y a plus lieu de statuer, mais les "
        "frais peuvent encore être demandés (CJA L761-1)."
    ),
}


def next_step(status: Status, *, today: date) -> Step:
    """Return what to do next where a request stands."""
    also = tuple(SAID[flag] for flag in SAID if flag in status.flags)
    if status.state in SIMPLE:
        act, sentence = SIMPLE[status.state]
        return Step(act=act, sentence=sentence, also=also)
    act, sentence = WINDOWS[status.state]
    name = STEP_OF.get(status.state, status.step)
    if status.state is State.PARTIAL and status.step == "ta":
        act, sentence = Act.GO_TO_COURT, COURT_PARTIAL
    if Flag.SILENCE_UNVERIFIED in status.flags:
        act, sentence = Act.CHECK_SILENCE, CONFIRMATION_UNVERIFIED
    item = status.dates.items.get(name)
    birth = status.dates.items.get(BIRTH_OF.get(status.state, ""))
    values: dict[str, object] = {
        "act_from": item.not_before if item else None,
        "act_by": item.act_by_safe if item else None,
        "last_day": item.last_day if item else None,
        "birth": birth.not_before if birth else None,
    }
    if Flag.AFTER_SAFE in status.flags:
        sentence = LATE
    left = (item.act_by_safe - today).days if item and item.act_by_safe else None
    return Step(
        act=act,
        sentence=sentence,
        values={name: value for name, value in values.items() if value is not None},
        act_from=item.not_before if item else None,
        act_by=item.act_by_safe if item else None,
        last_day=item.last_day if item else None,
        days_left=left,
        also=also,
    )
