"""Which fact may be recorded when: the guards of the tables of the design note `cases.md`, 3.

A fact may be entered late, so each guard looks at the facts of the days before it, not at where
the action stands today.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from contrechamp.kernel.errors import Refused, TooEarly, gettext_noop
from contrechamp.law.domain.facts import ImpossibleOrder

from .clock import attacked, dates_of
from .facts import (
    OF_PUBLICATION,
    Fact,
    Kind,
    NoSuspension,
    Outcome,
    Reply,
    first_of,
    of_kind,
    standing,
)
from .kinds import MACHINES, ActionKind, TargetKind, is_access
from .needs import ALLOWED, DATED, NEEDS, OF_ACCESS


def check_fact(
    facts: Sequence[Fact],
    new: Fact,
    *,
    kind: ActionKind,
    target: TargetKind,
    today: date,
    mandates: int = 0,
) -> None:
    """Raise `Refused` with what to do when a fact cannot follow those that are known.

    `mandates`: how many are in force on its day. What rests on a fact stands as long as it does:
    it is taken back first.
    """
    if new.first > today:
        raise TooEarly(gettext_noop("Le {day} n'est pas encore venu."), day=new.first)
    known = standing(facts)
    rest = tuple(fact for fact in known if fact.id != new.corrects)
    if new.values.get("is_removal") is True:
        _check_resting(known, rest)
        _check_order(rest, target, today)
        return
    if new.kind not in ALLOWED[MACHINES[kind]]:
        raise Refused(gettext_noop("Cela ne peut pas arriver dans une action de cette sorte."))
    if of_kind(rest, Kind.WITHDRAWN):
        raise Refused(
            gettext_noop("L'action est abandonnée : annulez d'abord cela pour continuer.")
        )
    if new.kind in OF_ACCESS and is_access(target):
        raise Refused(
            gettext_noop(
                "Pour l'accès aux documents, un recours gracieux n'arrête aucun délai (CRPA "
                "L412-4) : seule la CADA, puis le tribunal, comptent."
            )
        )
    if kind is ActionKind.COLLECTIVE and new.kind is Kind.COMPLAINT_FILED:
        new = _mandated(new, mandates)
    _check_before(rest, new)
    then = standing((*facts, new))
    if new.corrects:
        _check_resting(known, then)
    _check_order(then, target, today)


def _check_before(known: Sequence[Fact], new: Fact) -> None:
    """Raise `Refused` where what a fact needs is not among those of the days before it."""
    before = [fact for fact in known if fact.first <= new.last]
    if new.kind in NEEDS:
        needed, sentence = NEEDS[new.kind]
        if not of_kind(before, *needed):
            raise Refused(sentence)
    for check in CHECKS.get(new.kind, ()):
        check(before, new)


def _holds(known: Sequence[Fact], fact: Fact) -> bool:
    if fact.kind is Kind.COMPLAINT_FILED:
        return True  # What it says of itself rests on nothing else.
    try:
        _check_before([each for each in known if each.id != fact.id], fact)
    except Refused:
        return False
    return True


def _check_resting(before: Sequence[Fact], then: Sequence[Fact]) -> None:
    """Raise `Refused` where a fact that had what it needs would not have it any more."""
    there = {fact.id for fact in before}
    for fact in then:
        if fact.id in there and not _holds(then, fact) and _holds(before, fact):
            raise Refused(
                gettext_noop(
                    "Ce qui est noté au {day} repose sur cette mention : annulez d'abord ce qui "
                    "la suit."
                ),
                day=fact.first,
            )


def _check_order(known: Sequence[Fact], target: TargetKind, today: date) -> None:
    """Raise `Refused` where an answer would come before its question."""
    try:
        dates_of(known, today=today, is_access=is_access(target))
    except ImpossibleOrder as no:
        raise Refused(
            gettext_noop(
                "Un recours, une réponse ou une décision serait noté avant ce qui le précède : "
                "vérifiez les jours, le {given} et le {asked}."
            ),
            given=no.values["given"],
            asked=no.values["asked"],
        ) from None


def _mandated(new: Fact, mandates: int) -> Fact:
    """Return a collective complaint, as one that somebody with standing brings.

    GDPR art. 80(1); loi n° 78-17, art. 38: a body whose statutes aim at this, written mandates.
    """
    if not new.values.get("statutes"):
        raise Refused(
            gettext_noop(
                "Une plainte collective est portée par une association, un organisme ou un "
                "syndicat dont les statuts ont cet objet : citez l'article des statuts (RGPD, "
                "article 80 ; loi n° 78-17, article 38)."
            )
        )
    if mandates < 1:
        raise Refused(
            gettext_noop(
                "Aucun mandat écrit n'est en vigueur ce jour-là : sans mandat, l'association ne "
                "peut pas se plaindre au nom de personnes (RGPD, article 80 ; loi n° 78-17, "
                "article 38). Enregistrez d'abord les mandats."
            )
        )
    return replace(new, values={**new.values, "has_standing": True})


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


def _is_of_the_commission(facts: Sequence[Fact], new: Fact) -> None:
    """The commission looks at cameras of the public way and of places open to all (CSI L251-2)."""
    values = new.values
    if not values.get("system") or not values.get("difficulty"):
        raise Refused(
            gettext_noop(
                "Dites quel système est signalé, et la difficulté que pose son fonctionnement "
                "(CSI L253-5)."
            )
        )
    if not values.get("is_public_place"):
        raise Refused(
            gettext_noop(
                "La commission ne contrôle que les caméras de la voie publique et des lieux "
                "ouverts au public (CSI L251-2, L253-1). Pour un lieu fermé au public, un drone "
                "ou un fichier, saisissez la CNIL."
            )
        )


def _says_what(facts: Sequence[Fact], new: Fact) -> None:
    if new.values.get("what") not in tuple(Reply):
        raise Refused(gettext_noop("Dites ce que répond la commission, ou le préfet."))


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
    Kind.REPORT_SENT: (_is_of_the_commission,),
    Kind.REPORT_ANSWERED: (_says_what,),
    Kind.REPORT_PREFECT: (_says_what,),
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
