"""What can be told of an action of each kind, and what a fact needs to have happened before."""

from __future__ import annotations

from collections.abc import Mapping

from contrechamp.kernel.errors import gettext_noop

from .facts import Kind
from .kinds import Machine

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
REPORT = frozenset(
    {
        *(Kind.REPORT_SENT, Kind.REPORT_REGISTERED, Kind.REPORT_INSPECTED),
        *(Kind.REPORT_ANSWERED, Kind.REPORT_PREFECT),
    }
)
ALLOWED: Mapping[Machine, frozenset[Kind]] = {
    Machine.COURT: COURT | ACT,
    Machine.URGENT: COURT,
    Machine.CONTRACT: COURT | {Kind.CONTRACT_KNOWN, Kind.CONTRACT_PUBLICISED},
    Machine.COMPLAINT: COURT | CNIL,
    Machine.REPORT: REPORT | {Kind.NOTE, Kind.WITHDRAWN},
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
    **dict.fromkeys(
        REPORT - {Kind.REPORT_SENT},
        (
            (Kind.REPORT_SENT,),
            gettext_noop("Notez d'abord le jour où la commission a été saisie."),
        ),
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
