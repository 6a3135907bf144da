"""Which fact may be recorded when: the arrows of the table in the design note `foi.md`, 3.

A fact may be entered late, so each arrow is checked against the facts of the days before it,
not against where the request stands today.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from contrechamp.kernel.errors import Refused, TooEarly, gettext_noop

from .clock import dates_of
from .facts import Fact, Kind, of_kind, sending, standing

Check = Callable[[Sequence[Fact], Fact], None]

ANSWERING = frozenset(
    {
        Kind.ACCEPTED,
        Kind.BOUNCED,
        Kind.RECEIPT,
        Kind.ACKNOWLEDGED,
        Kind.TRANSMITTED,
        Kind.COMPLETION_ASKED,
        Kind.CLARIFICATION_ASKED,
        Kind.FEE_ASKED,
        Kind.AUTOMATIC_REPLY,
        Kind.NOTHING_CAME,
        Kind.FOLLOWED_UP,
        Kind.DOCUMENTS,
        Kind.PARTIAL,
        Kind.REFUSED,
    }
)
"""What comes after a sending: before it there is nobody who could answer."""
NEEDS: Mapping[Kind, tuple[Kind, str]] = {
    Kind.COMPLETION_DONE: (
        Kind.COMPLETION_ASKED,
        gettext_noop("Aucune pièce n'a été demandée : notez d'abord cette demande."),
    ),
    Kind.CLARIFIED: (
        Kind.CLARIFICATION_ASKED,
        gettext_noop("Aucune précision n'a été demandée : notez d'abord cette demande."),
    ),
    Kind.CADA_ASKED_TO_COMPLETE: (
        Kind.CADA_FILED,
        gettext_noop("La CADA n'a pas été saisie : notez d'abord le jour de la saisine."),
    ),
    Kind.CADA_REGISTERED: (
        Kind.CADA_FILED,
        gettext_noop("La CADA n'a pas été saisie : notez d'abord le jour de la saisine."),
    ),
    Kind.CADA_OPINION: (
        Kind.CADA_REGISTERED,
        gettext_noop(
            "La CADA n'a pas enregistré la saisine : notez d'abord le jour de l'enregistrement, "
            "c'est lui qui ouvre le délai du tribunal (CRPA R343-5)."
        ),
    ),
    Kind.ADMIN_POSITION: (
        Kind.CADA_REGISTERED,
        gettext_noop("Cette réponse suit la CADA : notez d'abord l'enregistrement de la saisine."),
    ),
    Kind.CONFIRMED: (
        Kind.CADA_REGISTERED,
        gettext_noop(
            "Un refus n'est « confirmé » qu'après l'enregistrement à la CADA ; avant, c'est un "
            "refus."
        ),
    ),
    Kind.MOTIVES_GIVEN: (
        Kind.MOTIVES_ASKED,
        gettext_noop("Les motifs n'ont pas été demandés : notez d'abord cette demande."),
    ),
    Kind.LEGAL_AID_DECIDED: (
        Kind.LEGAL_AID_ASKED,
        gettext_noop("L'aide juridictionnelle n'a pas été demandée : notez d'abord la demande."),
    ),
    Kind.JUDGED: (
        Kind.CLAIM_FILED,
        gettext_noop("Aucune requête n'a été déposée : notez d'abord le jour du dépôt."),
    ),
}


def check_fact(facts: Sequence[Fact], new: Fact, *, today: date) -> None:
    """Raise `Refused` with what to do when a fact cannot follow those that are known."""
    if new.first > today:
        raise TooEarly(gettext_noop("Le {day} n'est pas encore venu."), day=new.first)
    if new.values.get("is_removal") is True:
        return
    known = [fact for fact in standing(facts) if fact.id != new.corrects]
    if of_kind(known, Kind.WITHDRAWN):
        raise Refused(
            gettext_noop("La demande est retirée : annulez d'abord le retrait pour continuer.")
        )
    before = [fact for fact in known if fact.first <= new.last]
    if new.kind in NEEDS:
        needed, sentence = NEEDS[new.kind]
        if not of_kind(before, needed):
            raise Refused(sentence)
    for check in CHECKS.get(new.kind, ()) + ((_after_sending,) if new.kind in ANSWERING else ()):
        check(before, new)


def _after_sending(facts: Sequence[Fact], new: Fact) -> None:
    if sending(facts) is None:
        raise Refused(
            gettext_noop(
                "La demande n'était pas envoyée le {day} : vérifiez le jour, ou notez l'envoi."
            ),
            day=new.last,
        )


def _once_ready(facts: Sequence[Fact], new: Fact) -> None:
    if not of_kind(facts, Kind.READY):
        raise Refused(gettext_noop("Relisez la demande et marquez-la prête avant de l'envoyer."))


def _when_refused(facts: Sequence[Fact], new: Fact) -> None:
    """The CADA is seized of a refusal: in words, or by a month of silence (CRPA R343-1)."""
    if of_kind(facts, Kind.REFUSED, Kind.PARTIAL):
        return
    dates = dates_of(standing(facts), today=new.last)
    if dates.is_silent:
        return
    window = dates.items.get("cada")
    if window and window.not_before:
        raise TooEarly(
            gettext_noop(
                "La CADA ne peut être saisie que d'un refus : par silence, à partir du {day} "
                "(CRPA R311-13, R343-1)."
            ),
            day=window.not_before,
        )
    raise Refused(
        gettext_noop("La CADA ne peut être saisie que d'un refus : aucun n'est né le {day}."),
        day=new.last,
    )


def _when_confirmed(facts: Sequence[Fact], new: Fact) -> None:
    """The court is open only after the CADA and a confirmed refusal (CRPA L342-1; CE Rompler)."""
    if not of_kind(facts, Kind.CADA_REGISTERED):
        raise Refused(
            gettext_noop(
                "Sans saisine préalable de la CADA, le tribunal rejette la requête, et cela ne se "
                "rattrape pas (CRPA L342-1). Saisissez d'abord la CADA."
            )
        )
    dates = dates_of(standing(facts), today=new.last)
    window = dates.items.get("ta")
    if window and window.not_before and new.last < window.not_before:
        raise TooEarly(
            gettext_noop("Le tribunal peut être saisi à partir du {day} (CRPA R343-4, R343-5)."),
            day=window.not_before,
        )


def _inside_court_window(facts: Sequence[Fact], new: Fact) -> None:
    """The reasons are asked inside the period of the court (CRPA L232-4)."""
    _when_confirmed(facts, new)
    window = dates_of(standing(facts), today=new.last).items.get("ta")
    if window and window.last_day and new.first > window.last_day:
        raise Refused(
            gettext_noop(
                "Les motifs se demandent pendant le délai du tribunal, jusqu'au {day} "
                "(CRPA L232-4)."
            ),
            day=window.last_day,
        )


def _not_twice(facts: Sequence[Fact], new: Fact) -> None:
    if of_kind(facts, new.kind):
        raise Refused(
            gettext_noop("C'est déjà noté : corrigez la première mention plutôt que d'en ajouter.")
        )


CHECKS: Mapping[Kind, tuple[Check, ...]] = {
    Kind.SENT: (_once_ready,),
    Kind.CADA_FILED: (_not_twice, _when_refused),
    Kind.CADA_REGISTERED: (_not_twice,),
    Kind.CLAIM_FILED: (_not_twice, _when_confirmed),
    Kind.MOTIVES_ASKED: (_not_twice, _inside_court_window),
    Kind.WITHDRAWN: (),
}
