"""The words of facts, states and steps, in French for the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from contrechamp.foi.domain.facts import Kind, Proof
from contrechamp.foi.domain.states import State
from contrechamp.foi.models import STATES
from contrechamp.foundation.words import written

LABELS = dict(STATES)

FACTS: Mapping[Kind, str] = {
    Kind.READY: _("Demande relue, prête à partir"),
    Kind.REOPENED: _("Demande reprise"),
    Kind.SENT: _("Demande envoyée"),
    Kind.ACCEPTED: _("Acceptée par le serveur ou la poste"),
    Kind.BOUNCED: _("Courriel revenu, non remis"),
    Kind.RECEIPT: _("Réception prouvée"),
    Kind.ACKNOWLEDGED: _("Accusé de réception de l'administration"),
    Kind.TRANSMITTED: _("Transmise à une autre administration"),
    Kind.COMPLETION_ASKED: _("Pièces manquantes demandées"),
    Kind.COMPLETION_DONE: _("Pièces manquantes envoyées"),
    Kind.CLARIFICATION_ASKED: _("Précision demandée par l'administration"),
    Kind.CLARIFIED: _("Précision envoyée"),
    Kind.FEE_ASKED: _("Frais demandés par l'administration"),
    Kind.FOLLOWED_UP: _("Relance envoyée"),
    Kind.NOTHING_CAME: _("Rien n'est arrivé, dit la personne qui demande"),
    Kind.AUTOMATIC_REPLY: _("Réponse automatique"),
    Kind.NOTE: _("Note"),
    Kind.DOCUMENTS: _("Documents communiqués"),
    Kind.PARTIAL: _("Documents communiqués en partie"),
    Kind.REFUSED: _("Refus écrit"),
    Kind.CADA_FILED: _("CADA saisie"),
    Kind.CADA_ASKED_TO_COMPLETE: _("Dossier à compléter, dit la CADA"),
    Kind.CADA_REGISTERED: _("Saisine enregistrée par la CADA"),
    Kind.CADA_OPINION: _("Avis de la CADA"),
    Kind.ADMIN_POSITION: _("Suite que l'administration donne à l'avis"),
    Kind.CONFIRMED: _("Refus confirmé par écrit"),
    Kind.MOTIVES_ASKED: _("Motifs demandés"),
    Kind.MOTIVES_GIVEN: _("Motifs communiqués"),
    Kind.LEGAL_AID_ASKED: _("Aide juridictionnelle demandée"),
    Kind.LEGAL_AID_DECIDED: _("Aide juridictionnelle décidée"),
    Kind.CLAIM_FILED: _("Tribunal administratif saisi"),
    Kind.JUDGED: _("Jugement"),
    Kind.WITHDRAWN: _("Demande retirée"),
}
PROOFS: Mapping[Proof, str] = {
    Proof.ACKNOWLEDGEMENT: _("accusé de réception"),
    Proof.RECEIPT: _("récépissé automatique"),
    Proof.REGISTERED_LETTER: _("recommandé avec avis de réception"),
    Proof.STAMP: _("remise contre tampon"),
    Proof.LETTER: _("lettre ou courriel reçu"),
    Proof.READ_RECEIPT: _("confirmation de lecture"),
    Proof.SMTP_OF_BODY: _("acceptée par le serveur de l'administration"),
    Proof.SMTP_OF_RELAY: _("acceptée par notre relais"),
    Proof.POST: _("lettre simple"),
    Proof.SAID: _("noté à la main"),
}
SENSES: Mapping[str, str] = {
    "favourable": _("favorable"),
    "reserves": _("favorable avec réserves"),
    "unfavourable": _("défavorable"),
    "no_object": _("sans objet"),
    "inadmissible": _("irrecevable"),
    "not_competent": _("incompétence"),
}
OUTCOMES: Mapping[str, str] = {
    "annulled": _("refus annulé"),
    "dismissed": _("requête rejetée"),
    "no_object": _("plus lieu de statuer"),
}
STAGES: Mapping[str, str] = {
    "body": _("L'administration"),
    "cada": _("La CADA, et ce qui suit"),
    "court": _("Le tribunal"),
    "other": _("Autre chose"),
}
TOLD: Mapping[Kind, str] = {
    Kind.ACKNOWLEDGED: _("Elle accuse réception"),
    Kind.RECEIPT: _("J'ai une preuve qu'elle a reçu la demande"),
    Kind.REFUSED: _("Elle refuse, ou dit que rien n'existe"),
    Kind.PARTIAL: _("Elle donne une partie, ou masque des passages"),
    Kind.DOCUMENTS: _("Elle donne tout ce qui était demandé"),
    Kind.NOTHING_CAME: _("Rien n'est arrivé, ni par courrier ni autrement"),
    Kind.TRANSMITTED: _("Elle a transmis la demande à une autre administration"),
    Kind.CLARIFICATION_ASKED: _("Elle demande une précision"),
    Kind.CLARIFIED: _("J'ai envoyé la précision"),
    Kind.FEE_ASKED: _("Elle demande des frais"),
    Kind.COMPLETION_ASKED: _("Elle demande des pièces manquantes"),
    Kind.COMPLETION_DONE: _("J'ai envoyé les pièces"),
    Kind.BOUNCED: _("La demande est revenue, non remise"),
    Kind.AUTOMATIC_REPLY: _("Une réponse automatique est arrivée (absence, congés)"),
    Kind.FOLLOWED_UP: _("J'ai relancé l'administration"),
    Kind.CADA_FILED: _("J'ai saisi la CADA"),
    Kind.CADA_REGISTERED: _("La CADA a enregistré la saisine"),
    Kind.CADA_ASKED_TO_COMPLETE: _("La CADA demande de compléter le dossier"),
    Kind.CADA_OPINION: _("La CADA a rendu son avis"),
    Kind.ADMIN_POSITION: _("L'administration dit ce qu'elle fait de l'avis"),
    Kind.CONFIRMED: _("L'administration confirme son refus par écrit"),
    Kind.MOTIVES_ASKED: _("J'ai demandé les motifs du refus"),
    Kind.MOTIVES_GIVEN: _("L'administration a donné ses motifs"),
    Kind.LEGAL_AID_ASKED: _("J'ai demandé l'aide juridictionnelle"),
    Kind.LEGAL_AID_DECIDED: _("L'aide juridictionnelle est décidée"),
    Kind.CLAIM_FILED: _("J'ai saisi le tribunal administratif"),
    Kind.JUDGED: _("Le tribunal a jugé"),
    Kind.NOTE: _("Une note pour mémoire"),
    Kind.WITHDRAWN: _("Je retire la demande"),
}
"""What a person tells, as they would say it."""
READ_AS: Mapping[Kind, str] = {
    Kind.ACKNOWLEDGED: _("un accusé de réception"),
    Kind.REFUSED: _("un refus, ou « cela n'existe pas », ou « c'est déjà public »"),
    Kind.CONFIRMED: _("un refus, confirmé après la saisine de la CADA"),
    Kind.PARTIAL: _("une partie des documents, ou des documents masqués"),
    Kind.DOCUMENTS: _("tous les documents demandés"),
    Kind.TRANSMITTED: _("« ce n'est pas nous » : transmise ailleurs"),
    Kind.CLARIFICATION_ASKED: _("une demande de précision"),
    Kind.FEE_ASKED: _("une demande de frais"),
    Kind.COMPLETION_ASKED: _("une demande de pièces manquantes"),
    Kind.AUTOMATIC_REPLY: _("une réponse automatique"),
    Kind.CADA_REGISTERED: _("la CADA enregistre la saisine"),
    Kind.CADA_ASKED_TO_COMPLETE: _("la CADA demande de compléter le dossier"),
    Kind.CADA_OPINION: _("l'avis de la CADA"),
    Kind.ADMIN_POSITION: _("ce que l'administration fait de l'avis"),
    Kind.MOTIVES_GIVEN: _("les motifs du refus"),
    Kind.NOTE: _("une lettre d'attente, un lien, autre chose à garder en mémoire"),
}
"""What a letter that came can be."""
PAPERS: Mapping[str, str] = {
    "request": _("La demande"),
    "follow_up": _("Lettre de relance"),
    "precision": _("Lettre de précision"),
    "reply": _("Réponse au refus"),
    "referral": _("Saisine de la CADA"),
    "reasons": _("Demande des motifs du refus"),
    "after_opinion": _("Lettre après un avis favorable"),
    "handover": _("Fiche pour un avocat"),
    "notice": _("Information d'une administration de la série"),
    "annex": _("Liste des administrations de la série"),
}
TONES: Mapping[State, str] = {
    State.SATISFIED: "good",
    State.ENFORCE: "good",
    State.PARTIAL: "half",
    State.REFUSED_SILENT: "bad",
    State.REFUSED_EXPRESS: "bad",
    State.REFUSAL_CONFIRMED: "bad",
    State.CLOSED_LOST: "bad",
    State.TIME_BARRED: "bad",
    State.UNDELIVERED: "bad",
    State.CADA_LATE_OPEN: "bad",
}
"""How a state is coloured, beside its words and its sign; plain where it says nothing of an end."""


def said(sentence: str, values: Mapping[str, object]) -> str:
    """Return a sentence of the rules in the reader's language, its days written out."""
    shown = {
        name: written(value)
        if type(value) is date
        else written(value, "DATETIME_FORMAT")
        if isinstance(value, datetime)
        else value
        for name, value in values.items()
    }
    return gettext(sentence).format(**shown)


def fact_words(kind: str, values: Mapping[str, object]) -> str:
    """Return what a fact is, with the sense of an opinion or the outcome of a judgment."""
    words = gettext(FACTS[Kind(kind)])
    sense = SENSES.get(str(values.get("sense", ""))) or OUTCOMES.get(str(values.get("outcome", "")))
    number = str(values.get("number") or "")
    more = [f"n° {number}" if number else "", gettext(sense) if sense else ""]
    return ", ".join(filter(None, [words, *more]))


def state_words(state: str) -> str:
    """Return the name of a state."""
    return str(LABELS[State(state)])
