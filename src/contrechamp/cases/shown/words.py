"""The words of facts, proofs, states and figures, in French for the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from contrechamp.cases.domain.facts import Kind, Outcome, Proof, Reply
from contrechamp.cases.domain.openings import Openness
from contrechamp.cases.domain.results import Change
from contrechamp.cases.domain.states import State
from contrechamp.cases.models import OUTCOMES
from contrechamp.foundation.words import written

FACTS: Mapping[Kind, str] = {
    Kind.PUBLISHED: _("Acte publié"),
    Kind.NEVER_PUBLISHED: _("Acte jamais publié, constaté ce jour"),
    Kind.NOTIFIED: _("Décision notifiée"),
    Kind.SILENTLY_REFUSED: _("Décision née du silence"),
    Kind.ENFORCEABLE: _("Acte devenu exécutoire"),
    Kind.TRANSMITTED: _("Acte transmis au préfet"),
    Kind.CONTRACT_KNOWN: _("Contrat connu, sans publicité suffisante"),
    Kind.CONTRACT_PUBLICISED: _("Conclusion du contrat rendue publique"),
    Kind.GRACIEUX_RECEIVED: _("Recours gracieux reçu par l'auteur de l'acte"),
    Kind.GRACIEUX_REJECTED: _("Recours gracieux rejeté par écrit"),
    Kind.HIERARCHICAL_RECEIVED: _("Recours hiérarchique reçu"),
    Kind.HIERARCHICAL_REJECTED: _("Recours hiérarchique rejeté par écrit"),
    Kind.ACT_WITHDRAWN: _("Acte retiré ou abrogé par son auteur"),
    Kind.PREFECT_ASKED: _("Préfet saisi d'une demande de déféré"),
    Kind.PREFECT_ANSWERED: _("Réponse du préfet"),
    Kind.PREFECT_REFERRED: _("Acte déféré au tribunal par le préfet"),
    Kind.REPEAL_ASKED: _("Demande d'abroger reçue"),
    Kind.REPEAL_REFUSED: _("Refus d'abroger notifié"),
    Kind.LEGAL_AID_ASKED: _("Aide juridictionnelle demandée"),
    Kind.LEGAL_AID_DECIDED: _("Décision sur l'aide juridictionnelle"),
    Kind.RIGHT_EXERCISED: _("Droits exercés auprès du responsable du fichier"),
    Kind.COMPLAINT_FILED: _("Plainte déposée à la CNIL"),
    Kind.COMPLAINT_REGISTERED: _("Plainte enregistrée par la CNIL"),
    Kind.COMPLAINT_PROGRESS: _("Nouvelles de la CNIL sur l'instruction"),
    Kind.NOTHING_CAME: _("Vérifié : rien n'est arrivé"),
    Kind.COMPLAINT_PURSUED: _("La CNIL reprend la plainte"),
    Kind.COMPLAINT_CLOSED: _("Clôture de la plainte notifiée"),
    Kind.COMPLAINT_OUTCOME: _("Décision publiée par la CNIL"),
    Kind.REPORT_SENT: _("Commission départementale saisie"),
    Kind.REPORT_REGISTERED: _("Signalement enregistré par la commission"),
    Kind.REPORT_INSPECTED: _("Contrôle fait sur place"),
    Kind.REPORT_ANSWERED: _("Réponse de la commission"),
    Kind.REPORT_PREFECT: _("Décision du préfet sur la proposition"),
    Kind.CLAIM_FILED: _("Requête déposée"),
    Kind.SUSPENSION_ASKED: _("Suspension demandée"),
    Kind.SUSPENSION_GRANTED: _("Suspension accordée"),
    Kind.SUSPENSION_REFUSED: _("Suspension refusée"),
    Kind.CLAIM_CONFIRMED: _("Requête au fond confirmée"),
    Kind.URGENT_CASSATION: _("Pourvoi contre l'ordonnance de référé"),
    Kind.LIBERTY_FILED: _("Référé-liberté déposé"),
    Kind.LIBERTY_RULED: _("Ordonnance de référé-liberté"),
    Kind.LIBERTY_APPEALED: _("Appel devant le Conseil d'État"),
    Kind.MEASURES_FILED: _("Mesures utiles demandées"),
    Kind.MEASURES_RULED: _("Ordonnance sur les mesures utiles"),
    Kind.COMPLETION_ASKED: _("Le tribunal demande de compléter"),
    Kind.COMPLETION_DONE: _("Pièces envoyées au tribunal"),
    Kind.MEMORANDUM: _("Mémoire reçu de l'autre partie"),
    Kind.MEMORANDUM_SENT: _("Mémoire envoyé"),
    Kind.INQUIRY_CLOSES: _("Clôture de l'instruction fixée"),
    Kind.HEARING: _("Audience fixée"),
    Kind.JUDGED: _("Jugement notifié"),
    Kind.APPEALED: _("Recours contre le jugement"),
    Kind.ENFORCEMENT_ASKED: _("Exécution demandée au tribunal"),
    Kind.CARRIED_OUT: _("Jugement exécuté"),
    Kind.SETTLED: _("Accord"),
    Kind.WITHDRAWN: _("Action abandonnée"),
    Kind.NOTE: _("Note de l'équipe"),
}
JUDGED = _("Décision rendue")
"""Of an action known from public sources: they give the day of a judgment, not that of its
notification, from which periods run."""
PROOFS: Mapping[str, str] = {
    Proof.COLLECTION: _("date et numéro du recueil"),
    Proof.SITE: _("date du site de l'autorité"),
    Proof.CERTIFICATE: _("certificat d'affichage"),
    Proof.RECEIPT: _("accusé d'enregistrement"),
    Proof.REGISTERED_LETTER: _("lettre recommandée"),
    Proof.STAMP: _("tampon"),
    Proof.LETTER: _("lettre"),
    Proof.JUDGMENT: _("jugement"),
    Proof.SAID: _("dit par l'équipe"),
    Proof.PUBLIC_SOURCE: _("source publique"),
}
WHY = {
    "NO_DOUBT": _("faute de doute sérieux"),
    "NO_URGENCY": _("faute d'urgence"),
    "OTHER": _("pour une autre raison"),
}
REPLIES: Mapping[str, str] = {
    Reply.NOTHING: _("rien à reprocher"),
    Reply.ADVICE: _("recommandations"),
    Reply.SUSPEND: _("suspension"),
    Reply.REMOVE: _("retrait ou suppression"),
    Reply.NOT_COMPETENT: _("se dit incompétente"),
}
CHANGES: Mapping[Change, str] = {
    Change.SUSPENDED: _("Suspendu par le juge"),
    Change.ANNULLED: _("Annulé par le juge"),
    Change.PARTLY: _("Annulé en partie par le juge"),
    Change.STOPPED: _("Arrêté par le juge des référés"),
    Change.REJECTED: _("Recours rejeté"),
    Change.RESUMED: _("Recours rejeté, la suspension prend fin"),
    Change.NO_OBJECT: _("Recours devenu sans objet"),
    Change.WITHDRAWN: _("Acte retiré ou abrogé par son auteur"),
    Change.REFERRED: _("Déféré au tribunal par le préfet"),
    Change.SETTLED: _("Accord"),
}
"""What was decided, said of what was attacked."""
TONES = {
    State.ENFORCE: "good",
    State.OUTCOME: "good",
    State.IN_PROGRESS: "good",
    State.CLOSED_LATE: "bad",
    State.SILENT_REJECTED: "bad",
}
OPENNESS: Mapping[Openness, str] = {
    Openness.OPEN: _("possible"),
    Openness.LAST_DAYS: _("derniers jours"),
    Openness.USUAL_ONLY: _("possible selon le décompte usuel seulement"),
    Openness.CLOSED: _("délai passé"),
    Openness.UNLIMITED: _("jamais publié : sans délai"),
    Openness.UNKNOWN: _("publication non établie : pas de dernier jour"),
}
OPEN_TONES = {
    Openness.OPEN: "good",
    Openness.UNLIMITED: "good",
    Openness.LAST_DAYS: "bad",
    Openness.USUAL_ONLY: "half",
}
WORDS_OF_OUTCOME = dict(OUTCOMES)


def said(sentence: str, values: Mapping[str, object]) -> str:
    """Return a sentence of the rules in the reader's language, its days written out."""
    shown = {
        name: written(value) if isinstance(value, date) else value for name, value in values.items()
    }
    return gettext(sentence).format(**shown)


def fact_words(kind: str, values: Mapping[str, object]) -> str:
    """Return what a fact is, with its number, its day, its outcome."""
    number, day = str(values.get("number") or ""), str(values.get("day") or "")
    term = str(values.get("term") or "")
    outcome = str(values.get("outcome") or "")
    more = [
        f"n° {number}" if number else "",
        gettext("pour le {day}").format(day=written(date.fromisoformat(day))) if day else "",
        gettext(WHY.get(str(values.get("why")), "")) if values.get("why") else "",
        str(WORDS_OF_OUTCOME[Outcome(outcome)]) if outcome in tuple(Outcome) else "",
        gettext("à exécuter avant le {day}").format(day=written(date.fromisoformat(term)))
        if term
        else "",
        gettext(REPLIES[str(values["what"])]) if values.get("what") in REPLIES else "",
        str(values.get("system") or ""),
        str(values.get("ecli") or ""),
    ]
    name = JUDGED if kind == Kind.JUDGED and values.get("is_known") else FACTS[Kind(kind)]
    return ", ".join(filter(None, [gettext(name), *more]))


def change_words(change: Change, court: str = "") -> str:
    """Return what was decided, with the court where it is known."""
    words = gettext(CHANGES[change])
    return f"{words} ({court})" if court else words
