"""Which papers can be made where a request stands, and why not the others. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from contrechamp.kernel.errors import gettext_noop

from .facts import Fact, Kind, last_of, of_kind
from .states import State, Status

FOLLOW_UP, PRECISION, REPLY, REASONS = "follow_up", "precision", "reply", "reasons"
AFTER_OPINION, REFERRAL, HANDOVER = "after_opinion", "referral", "handover"
SLUGS = {
    "relance": FOLLOW_UP,
    "precision": PRECISION,
    "reponse": REPLY,
    "cada": REFERRAL,
    "motifs": REASONS,
    "apres-avis": AFTER_OPINION,
    "avocat": HANDOVER,
}
"""Papers by their word in an address."""
_WAITING = frozenset({State.AWAITING, State.UNVERIFIED, State.REFUSED_SILENT})
_REFERABLE = frozenset(
    {State.REFUSED_SILENT, State.REFUSED_EXPRESS, State.PARTIAL, State.CADA_LATE_OPEN}
)
_AT_COURT = frozenset({State.REFUSAL_CONFIRMED, State.LITIGATION})


def objection(kind: str, facts: Sequence[Fact], status: Status) -> str:
    """Return why a paper cannot be made now, empty when it can (`facts` are those standing)."""
    state = status.state
    if not of_kind(facts, Kind.SENT):
        return gettext_noop("La demande n'est pas partie : il n'y a rien à rappeler.")
    opinion = last_of(facts, Kind.CADA_OPINION)
    sense = opinion.values.get("sense") if opinion else ""
    checks = {
        FOLLOW_UP: (
            state in _WAITING,
            gettext_noop("On ne relance que tant que l'administration n'a pas répondu."),
        ),
        PRECISION: (
            bool(of_kind(facts, Kind.CLARIFICATION_ASKED)),
            gettext_noop("Aucune précision n'a été demandée : notez d'abord cette demande."),
        ),
        REPLY: (
            bool(of_kind(facts, Kind.REFUSED, Kind.PARTIAL, Kind.CONFIRMED)),
            gettext_noop("Aucun refus écrit n'est noté : dites d'abord ce qu'est la lettre."),
        ),
        REFERRAL: (
            state is State.CADA_INCOMPLETE
            or (state in _REFERABLE and not of_kind(facts, Kind.CADA_FILED)),
            gettext_noop(
                "La CADA est saisie d'un refus qui n'a pas encore été porté devant elle : écrit, "
                "ou par un mois de silence vérifié (CRPA R343-1)."
            ),
        ),
        REASONS: (
            state is State.REFUSAL_CONFIRMED
            and status.rests_on_silence
            and not of_kind(facts, Kind.MOTIVES_ASKED),
            gettext_noop(
                "Les motifs se demandent d'un refus né du silence, une fois, pendant le délai du "
                "tribunal (CRPA L232-4)."
            ),
        ),
        AFTER_OPINION: (
            sense in {"favourable", "reserves"},
            gettext_noop("Cette lettre suit un avis favorable de la CADA : notez d'abord l'avis."),
        ),
        HANDOVER: (
            state in _AT_COURT or bool(of_kind(facts, Kind.CLAIM_FILED)),
            gettext_noop(
                "La fiche pour un avocat se prépare quand le refus est confirmé : avant, le "
                "tribunal n'est pas ouvert (CRPA L342-1)."
            ),
        ),
    }
    holds, sentence = checks[kind]
    return "" if holds else sentence


def rests_on_silence(kind: str, facts: Sequence[Fact]) -> bool:
    """Answer whether a paper says that nobody answered: the requester must have said so too."""
    if kind == REFERRAL:
        return not of_kind(facts, Kind.REFUSED, Kind.PARTIAL)
    return kind == REASONS
