"""Which fact may be recorded when: the guards of the tables of the design note `cases.md`, 3.

A fact may be entered late, so each guard looks at the facts of the days before it, not at where
the action stands today.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from contrechamp.kernel.errors import Refused, TooEarly, gettext_noop

from .clock import attacked, dates_of
from .facts import (
    OF_PUBLICATION,
    Fact,
    Kind,
    NoSuspension,
    Outcome,
    first_of,
    of_kind,
    standing,
)
from .kinds import MACHINES, ActionKind, Machine, TargetKind, is_access

COURT = frozenset(
    {
        *(Kind.CLAIM_FILED, Kind.SUSPENSION_ASKED, Kind.SUSPENSION_GRANTED),
        *(Kind.SUSPENSION_REFUSED, Kind.CLAIM_CONFIRMED, Kind.URGENT_CASSATION),
        *(Kind.LIBERTY_FILED, Kind.LIBERTY_RULED, Kind.LIBERTY_APPEALED, Kind.MEASURES_FILED),
        *(Kind.MEASURES_RULED, Kind.COMPLETION_ASKED, Kind.COMPLETION_DONE, Kind.MEMORANDUM),
        *(Kind.MEMORANDUM_SENT, Kind.INQUIRY_CLOSES, Kind.HEARING, Kind.JUDGED, Kind.APPEALED),
        *(Kind.ENFORCEMENT_ASKED, Kind.CARRIED_OUT, Kind.LEGAL_AID_ASKED),
        *(Kind.LEGAL_AID_DECIDED, Kind.SETTLED, Kind.WITHDRAWN, Kind.NOTE),
    }
)
ACT = frozenset(
    {
        *(Kind.PUBLISHED, Kind.NEVER_PUBLISHED, Kind.NOTIFIED, Kind.SILENTLY_REFUSED),
        *(Kind.ENFORCEABLE, Kind.TRANSMITTED, Kind.GRACIEUX_RECEIVED, Kind.GRACIEUX_REJECTED),
        *(Kind.HIERARCHICAL_RECEIVED, Kind.HIERARCHICAL_REJECTED, Kind.ACT_WITHDRAWN),
        *(Kind.PREFECT_ASKED, Kind.PREFECT_ANSWERED, Kind.PREFECT_REFERRED),
        *(Kind.REPEAL_ASKED, Kind.REPEAL_REFUSED),
    }
)
CNIL = frozenset(
    {
        *(Kind.RIGHT_EXERCISED, Kind.COMPLAINT_FILED, Kind.COMPLAINT_REGISTERED),
        *(Kind.COMPLAINT_PROGRESS, Kind.NOTHING_CAME, Kind.COMPLAINT_PURSUED),
        *(Kind.COMPLAINT_CLOSED, Kind.COMPLAINT_OUTCOME),
    }
)
ALLOWED: Mapping[Machine, frozenset[Kind]] = {
    Machine.COURT: COURT | ACT,
    Machine.URGENT: COURT,
    Machine.CONTRACT: COURT | {Kind.CONTRACT_KNOWN, Kind.CONTRACT_PUBLICISED},
    Machine.COMPLAINT: COURT | CNIL,
    Machine.REPORT: frozenset({Kind.REPORT_SENT, Kind.REPORT_ANSWERED, Kind.NOTE, Kind.WITHDRAWN}),
}
"""What can be told of an action of each machine."""
OF_ACCESS = frozenset({Kind.GRACIEUX_RECEIVED, Kind.HIERARCHICAL_RECEIVED})
DATED = frozenset({Kind.HEARING, Kind.COMPLETION_ASKED, Kind.INQUIRY_CLOSES})
"""Facts that set another day: it is told with them."""
NEEDS: Mapping[Kind, tuple[tuple[Kind, ...], str]] = {
    Kind.GRACIEUX_REJECTED: (
        (Kind.GRACIEUX_RECEIVED,),
        gettext_noop("Notez d'abord le jour où l'auteur de l'acte a reçu le recours gracieux."),
    ),
    Kind.HIERARCHICAL_REJECTED: (
        (Kind.HIERARCHICAL_RECEIVED,),
        gettext_noop("Notez d'abord le jour où le supérieur a reçu le recours hiérarchique."),
    ),
    Kind.PREFECT_ANSWERED: (
        (Kind.PREFECT_ASKED,),
        gettext_noop("Notez d'abord le jour où le préfet a été saisi."),
    ),
    Kind.REPEAL_REFUSED: (
        (Kind.REPEAL_ASKED,),
        gettext_noop("Notez d'abord le jour où la demande d'abroger a été reçue."),
    ),
    Kind.LEGAL_AID_DECIDED: (
        (Kind.LEGAL_AID_ASKED,),
        gettext_noop("L'aide juridictionnelle n'a pas été demandée : notez d'abord la demande."),
    ),
    Kind.COMPLAINT_REGISTERED: (
        (Kind.COMPLAINT_FILED,),
        gettext_noop("La plainte n'est pas déposée : notez d'abord le jour du dépôt."),
    ),
    Kind.COMPLAINT_PROGRESS: (
        (Kind.COMPLAINT_REGISTERED, Kind.COMPLAINT_FILED),
        gettext_noop("La plainte n'est pas déposée : notez d'abord le jour du dépôt."),
    ),
    Kind.NOTHING_CAME: (
        (Kind.COMPLAINT_FILED,),
        gettext_noop("La plainte n'est pas déposée : notez d'abord le jour du dépôt."),
    ),
    Kind.COMPLAINT_CLOSED: (
        (Kind.COMPLAINT_FILED,),
        gettext_noop("La plainte n'est pas déposée : notez d'abord le jour du dépôt."),
    ),
    Kind.COMPLAINT_OUTCOME: (
        (Kind.COMPLAINT_FILED,),
        gettext_noop("La plainte n'est pas déposée : notez d'abord le jour du dépôt."),
    ),
    Kind.REPORT_ANSWERED: (
        (Kind.REPORT_SENT,),
        gettext_noop("Notez d'abord le jour où la commission a été saisie."),
    ),
    Kind.SUSPENSION_GRANTED: (
        (Kind.SUSPENSION_ASKED,),
        gettext_noop("La suspension n'a pas été demandée : notez d'abord cette demande."),
    ),
    Kind.SUSPENSION_REFUSED: (
        (Kind.SUSPENSION_ASKED,),
        gettext_noop("La suspension n'a pas été demandée : notez d'abord cette demande."),
    ),
    Kind.CLAIM_CONFIRMED: (
        (Kind.SUSPENSION_REFUSED,),
        gettext_noop("On confirme sa requête après le rejet d'une suspension : notez ce rejet."),
    ),
    Kind.URGENT_CASSATION: (
        (Kind.SUSPENSION_REFUSED,),
        gettext_noop("Aucune ordonnance n'a rejeté la suspension : notez-la d'abord."),
    ),
    Kind.LIBERTY_RULED: (
        (Kind.LIBERTY_FILED,),
        gettext_noop("Le référé-liberté n'est pas déposé : notez d'abord le jour du dépôt."),
    ),
    Kind.LIBERTY_APPEALED: (
        (Kind.LIBERTY_RULED,),
        gettext_noop("Aucune ordonnance n'a été rendue : notez-la d'abord."),
    ),
    Kind.MEASURES_RULED: (
        (Kind.MEASURES_FILED,),
        gettext_noop("Ces mesures ne sont pas demandées : notez d'abord le jour du dépôt."),
    ),
    Kind.COMPLETION_DONE: (
        (Kind.COMPLETION_ASKED,),
        gettext_noop("Aucune pièce n'a été demandée : notez d'abord cette demande."),
    ),
    Kind.JUDGED: (
        (Kind.CLAIM_FILED,),
        gettext_noop("Aucune requête n'a été déposée : notez d'abord le jour du dépôt."),
    ),
    Kind.APPEALED: (
        (Kind.JUDGED,),
        gettext_noop("Aucun jugement n'est noté : notez-le d'abord."),
    ),
    Kind.ENFORCEMENT_ASKED: (
        (Kind.JUDGED,),
        gettext_noop("Aucun jugement n'est noté : notez-le d'abord."),
    ),
    Kind.CARRIED_OUT: (
        (Kind.JUDGED,),
        gettext_noop("Aucun jugement n'est noté : notez-le d'abord."),
    ),
}


def check_fact(
    facts: Sequence[Fact], new: Fact, *, kind: ActionKind, target: TargetKind, today: date
) -> None:
    """Raise `Refused` with what to do when a fact cannot follow those that are known."""
    if new.first > today:
        raise TooEarly(gettext_noop("Le {day} n'est pas encore venu."), day=new.first)
    if new.values.get("is_removal") is True:
        return
    if new.kind not in ALLOWED[MACHINES[kind]]:
        raise Refused(gettext_noop("Cela ne peut pas arriver dans une action de cette sorte."))
    known = [fact for fact in standing(facts) if fact.id != new.corrects]
    if of_kind(known, Kind.WITHDRAWN):
        raise Refused(
            gettext_noop("L'action est abandonnée : annulez d'abord cela pour continuer.")
        )
    before = [fact for fact in known if fact.first <= new.last]
    if new.kind in NEEDS:
        needed, sentence = NEEDS[new.kind]
        if not of_kind(before, *needed):
            raise Refused(sentence)
    if new.kind in OF_ACCESS and is_access(target):
        raise Refused(
            gettext_noop(
                "Pour l'accès aux documents, un recours gracieux n'arrête aucun délai (CRPA "
                "L412-4) : seule la CADA, puis le tribunal, comptent."
            )
        )
    for check in CHECKS.get(new.kind, ()):
        check(before, new)


def _has_its_day(facts: Sequence[Fact], new: Fact) -> None:
    if not new.values.get("day"):
        raise Refused(gettext_noop("Dites aussi le jour qui est fixé."))


def _is_proven(facts: Sequence[Fact], new: Fact) -> None:
    """The day on which somebody saw an act is no publication (T3)."""
    if new.proof not in OF_PUBLICATION:
        raise Refused(
            gettext_noop(
                "Le jour où l'acte a été vu ne fait courir aucun délai. Dites ce qui prouve la "
                "publication : la date du recueil, celle du site, un certificat d'affichage."
            )
        )
    if of_kind(facts, Kind.NEVER_PUBLISHED):
        raise Refused(
            gettext_noop(
                "Il est noté que l'acte n'a jamais été publié : annulez d'abord cette mention."
            )
        )


def _is_not_published(facts: Sequence[Fact], new: Fact) -> None:
    if of_kind(facts, Kind.PUBLISHED):
        raise Refused(
            gettext_noop("Une publication est notée : annulez-la d'abord si elle n'a pas eu lieu.")
        )


def _after_what_is_attacked(facts: Sequence[Fact], new: Fact) -> None:
    """A claim attacks something: an act, a refusal, a contract, the CNIL's silence (R412-1)."""
    there = attacked(facts) or of_kind(
        facts,
        *(Kind.NEVER_PUBLISHED, Kind.CONTRACT_KNOWN, Kind.CONTRACT_PUBLICISED),
        *(Kind.REPEAL_ASKED, Kind.COMPLAINT_CLOSED),
    )
    if there:
        return
    if of_kind(facts, Kind.COMPLAINT_FILED):
        _after_the_silence(facts, new)
        return
    raise Refused(
        gettext_noop(
            "La requête joint la décision attaquée (CJA R412-1) : notez d'abord sa publication, "
            "sa notification, ou qu'elle n'a jamais été publiée."
        )
    )


def _after_the_silence(facts: Sequence[Fact], new: Fact) -> None:
    window = dates_of(facts, today=new.last).items.get("ce")
    if window is None or window.not_before is None:
        raise Refused(
            gettext_noop(
                "La CNIL a donné des nouvelles à temps : il n'y a pas de rejet à attaquer. "
                "Attendez sa clôture."
            )
        )
    if new.last < window.not_before:
        raise TooEarly(
            gettext_noop(
                "Le silence de la CNIL ne vaut rejet qu'après trois mois : le Conseil d'État "
                "peut être saisi à partir du {day}."
            ),
            day=window.not_before,
        )


def _after_a_claim_in_time(facts: Sequence[Fact], new: Fact) -> None:
    """A suspension goes with an annulment claim, filed, in time (CJA L521-1, R522-1)."""
    claim = first_of(facts, Kind.CLAIM_FILED)
    if claim is None:
        raise Refused(
            gettext_noop(
                "Le référé-suspension accompagne une requête en annulation : déposez-la d'abord, "
                "et joignez-en la copie (CJA L521-1, R522-1)."
            )
        )
    window = dates_of(facts, today=new.last).items.get("ta")
    if window and window.last_day and claim.first > window.last_day:
        raise Refused(
            gettext_noop(
                "La requête en annulation est arrivée après le {day}, dernier jour par le compte "
                "usuel : sans requête recevable, pas de suspension (CJA L521-1)."
            ),
            day=window.last_day,
        )


def _says_why(facts: Sequence[Fact], new: Fact) -> None:
    if new.values.get("why") not in tuple(NoSuspension):
        raise Refused(
            gettext_noop(
                "Dites pourquoi la suspension est refusée : faute de doute sérieux, il faut "
                "confirmer la requête dans le mois (CJA R612-5-2)."
            )
        )


def _says_outcome(facts: Sequence[Fact], new: Fact) -> None:
    if new.values.get("outcome") not in tuple(Outcome):
        raise Refused(gettext_noop("Dites ce que le jugement décide."))


def _is_complete(facts: Sequence[Fact], new: Fact) -> None:
    """A complaint is of somebody concerned, against a controller, about a processing (C1)."""
    values = new.values
    missing = [
        sentence
        for name, sentence in (
            (
                "has_standing",
                gettext_noop("qui se plaint : une personne concernée, ou un mandat écrit"),
            ),
            ("controller", gettext_noop("le responsable du fichier")),
            ("processing", gettext_noop("le traitement dont on se plaint")),
            (
                "contact",
                gettext_noop("le contact déjà pris avec lui, ou pourquoi il n'a pas été pris"),
            ),
        )
        if not values.get(name)
    ]
    if missing:
        raise Refused(
            gettext_noop("Avant de noter le dépôt de la plainte, dites encore : {missing}."),
            missing=" ; ".join(missing),
        )


def _was_rejected(facts: Sequence[Fact], new: Fact) -> None:
    """What is taken up again was rejected: by silence, or closed (C4)."""
    window = dates_of(facts, today=new.last).items.get("ce")
    if window is None or window.not_before is None or new.last < window.not_before:
        raise Refused(
            gettext_noop(
                "La plainte n'était pas rejetée le {day} : notez plutôt des nouvelles de la CNIL."
            ),
            day=new.last,
        )


def _of_a_local_act(facts: Sequence[Fact], new: Fact) -> None:
    if not of_kind(facts, Kind.ENFORCEABLE, Kind.PUBLISHED, Kind.NOTIFIED):
        raise Refused(
            gettext_noop(
                "Notez d'abord quand l'acte est devenu exécutoire, ou sa publication : le préfet "
                "est saisi dans les deux mois (CGCT L2131-8)."
            )
        )


CHECKS: Mapping[Kind, tuple[Callable[[Sequence[Fact], Fact], None], ...]] = {
    Kind.PUBLISHED: (_is_proven,),
    Kind.NEVER_PUBLISHED: (_is_not_published,),
    Kind.CLAIM_FILED: (_after_what_is_attacked,),
    Kind.SUSPENSION_ASKED: (_after_a_claim_in_time,),
    Kind.SUSPENSION_REFUSED: (_says_why,),
    Kind.JUDGED: (_says_outcome,),
    Kind.COMPLAINT_FILED: (_is_complete,),
    Kind.COMPLAINT_PURSUED: (_was_rejected,),
    Kind.PREFECT_ASKED: (_of_a_local_act,),
    **dict.fromkeys(DATED, (_has_its_day,)),
}


DRAFTED = {
    "suspension": Kind.SUSPENSION_ASKED,
    "gracieux": Kind.GRACIEUX_RECEIVED,
    "hierarchical": Kind.HIERARCHICAL_RECEIVED,
    "prefect": Kind.PREFECT_ASKED,
}
"""By paper, the fact that sending it makes: what the fact needs, the paper needs."""


def may_draft(paper: str, facts: Sequence[Fact], *, target: TargetKind, today: date) -> None:
    """Raise `Refused` when a paper cannot be made yet, or never: `suspension`, `gracieux` …

    The same guards as those of the facts: a suspension needs a claim filed in time (T6), and there
    is no request to reconsider in access cases (T4b).
    """
    known = [fact for fact in standing(facts) if fact.first <= today]
    new = DRAFTED.get(paper)
    if new is None:
        return
    check_fact(
        known,
        Fact(id="", kind=new, first=today, last=today),
        kind=ActionKind.ANNULMENT,
        target=target,
        today=today,
    )
