"""Papers composed from what is known of a request: reminder, referral, reasons, hand-over …"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from contrechamp.foi.domain import composable, following, handover, referral
from contrechamp.foi.domain.facts import Fact, Kind, last_of, of_kind, receipt, standing
from contrechamp.foi.domain.refusals import REASONS
from contrechamp.foi.domain.silence import needs_word
from contrechamp.foi.domain.states import Flag, Status
from contrechamp.foi.models import STATES, Paper, Request
from contrechamp.foi.queries import letters
from contrechamp.foi.queries.facts import facts_of, period_over, status_of
from contrechamp.foi.queries.pieces import Enclosure, enclosures
from contrechamp.foi.shown import words
from contrechamp.foi.shown.windows import window_lines
from contrechamp.kernel.errors import Refused, gettext_noop

from .papers import keep_letter
from .recording import record

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.foi.domain.paper import Letter

NO_WORD = gettext_noop(
    "Dites d'abord que rien n'est arrivé, ni par courrier ni autrement : cette lettre repose sur "
    "un silence."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person adds to a paper. Empty: nothing."""

    paragraphs: tuple[str, ...] = ()
    """Of a reply: its observations; of a referral: its arguments."""
    items: tuple[str, ...] = ()
    """Of a precision: the documents, named anew."""
    reasons: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """Of a referral, by item: the reason given and the answer to it."""
    number: str = ""
    session_on: date | None = None
    has_reserves: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a paper is made from."""

    request: Request
    facts: tuple[Fact, ...]
    status: Status
    today: date
    files: tuple[Enclosure, ...]

    @property
    def exchange(self) -> following.Exchange:
        """What every later letter knows."""
        return letters.exchange_of(self.request, day=self.today)


def known_of(request: Request, *, now: datetime) -> Known:
    """Return what is known of a request for its papers."""
    status, _ = status_of(request, now=now)
    return Known(
        request=request,
        facts=standing(facts_of(request)),
        status=status,
        today=localdate(now),
        files=tuple(enclosures(request)) if request.sent_on else (),
    )


def needs_a_word(known: Known, kind: str) -> bool:
    """Answer whether the requester has yet to say that nothing came by post."""
    over = period_over(known.facts, known.today)
    return composable.rests_on_silence(kind, known.facts) and needs_word(known.facts, over)


def compose(known: Known, kind: str, said: Said) -> Letter:
    """Return a paper. Raise `Refused` with the reason when it has no ground yet."""
    objection = composable.objection(kind, known.facts, known.status)
    if objection:
        raise Refused(objection)
    with override("fr"):
        return MAKERS[kind](known, said)


def make(request: Request, kind: str, said: Said, *, actor: User, now: datetime) -> Paper:
    """Make a paper and keep it with its PDF. Raise `Refused` as `compose`, or without the word
    of the requester on a silence."""
    known = known_of(request, now=now)
    letter = compose(known, kind, said)
    if needs_a_word(known, kind):
        raise Refused(NO_WORD)
    return keep_letter(letter, request=request, kind=kind, actor=actor, now=now)


@transaction.atomic
def say_nothing_came(request: Request, *, actor: User, now: datetime) -> None:
    """Record the requester's word that nothing came, by post or otherwise, until today."""
    record(request, Kind.NOTHING_CAME, first=localdate(now), actor=actor, now=now)


# One maker for each paper


def _follow_up(known: Known, said: Said) -> Letter:
    return following.follow_up(known.exchange)


def _precision(known: Known, said: Said) -> Letter:
    asked = last_of(known.facts, Kind.CLARIFICATION_ASKED)
    exchange = known.exchange
    if said.items:
        exchange = replace(exchange, items=said.items)
    return following.precision(exchange, asked.first if asked else known.today)


def _reply(known: Known, said: Said) -> Letter:
    if not any(each.strip() for each in said.paragraphs):
        raise Refused(gettext_noop("Écrivez au moins un paragraphe : la lettre répond à un refus."))
    refused = last_of(known.facts, Kind.REFUSED, Kind.PARTIAL, Kind.CONFIRMED)
    return following.reply(
        known.exchange, refused.first if refused else known.today, said.paragraphs
    )


def _reasons(known: Known, said: Said) -> Letter:
    born = known.status.dates.items["confirmed_refusal"].not_before or known.today
    return following.reasons(known.exchange, born, is_confirmed=True)


def _after_opinion(known: Known, said: Said) -> Letter:
    fact = last_of(known.facts, Kind.CADA_OPINION)
    values = fact.values if fact else {}
    number = said.number or str(values.get("number") or "")
    if not number:
        raise Refused(gettext_noop("Indiquez le numéro de l'avis : la lettre le cite."))
    opinion = following.Opinion(
        number=number,
        session_on=said.session_on,
        has_reserves=said.has_reserves or values.get("sense") == "reserves",
    )
    window = known.status.dates.items.get("ta")
    return following.after_opinion(known.exchange, opinion, window.act_by_safe if window else None)


def _referral(known: Known, said: Said) -> Letter:
    return referral.referral_letter(referral_of(known, said))


def referral_of(known: Known, said: Said) -> referral.Referral:
    """Return the referral of a request to the CADA, whole or not (`referral.incomplete`)."""
    refused = of_kind(known.facts, Kind.REFUSED, Kind.PARTIAL)
    got = receipt(known.facts)
    items = known.status.dates.items
    birth = items.get("implied_refusal")
    rows = [
        item
        for item in known.request.items.order_by("position")
        if item.outcome in (*letters.WANTED, "NOT_HELD")
    ]
    return referral.Referral(
        exchange=known.exchange,
        items=tuple(
            referral.RefusedItem(
                item=item.wording,
                reason=said.reasons.get(item.pk, ("", ""))[0],
                answer=said.reasons.get(item.pk, ("", ""))[1],
            )
            for item in rows
        ),
        received_on=got.last if got and not got.is_presumed else None,
        refused_on=refused[0].first if refused else None,
        silent_since=birth.not_before if birth and not refused else None,
        windows=window_lines(items[step] for step in ("implied_refusal", "cada") if step in items),
        arguments=said.paragraphs,
        files=tuple(each.line for each in known.files),
    )


def _handover(known: Known, said: Said) -> Letter:
    names = {each.fact: each.line.name for each in known.files if each.fact}
    codes = [
        str(code)
        for fact in known.facts
        for code in (fact.values.get("reasons") or ())  # type: ignore[attr-defined]
    ]
    sheet = handover.HandOver(
        exchange=known.exchange,
        state=str(dict(STATES)[known.status.state]),
        events=tuple(
            handover.Event(
                day=fact.first,
                what=words.fact_words(fact.kind, fact.values),
                proof=names.get(fact.id) or gettext(words.PROOFS[fact.proof]),
            )
            for fact in known.facts
            if fact.kind not in {Kind.READY, Kind.REOPENED, Kind.NOTE}
        ),
        windows=window_lines(known.status.dates.items.values()),
        files=tuple(each.line for each in known.files),
        reasons=tuple(gettext(REASONS[code]) for code in dict.fromkeys(codes) if code in REASONS),
        open_points=tuple(
            gettext(sentence) for flag, sentence in OPEN.items() if flag in known.status.flags
        ),
    )
    return handover.handover(sheet)


OPEN: Mapping[Flag, str] = {
    Flag.PRESUMED_RECEIPT: gettext_noop(
        "La réception de la demande est présumée : aucun accusé ne la date."
    ),
    Flag.REMEDIES_UNREAD: gettext_noop(
        "Nul n'a dit si le refus nomme la CADA et son délai de deux mois."
    ),
    Flag.SILENCE_UNVERIFIED: gettext_noop("Le silence n'est pas vérifié."),
    Flag.NO_ACKNOWLEDGEMENT: gettext_noop("Aucun accusé de réception n'a été reçu."),
    Flag.LEGAL_AID: gettext_noop("Une demande d'aide juridictionnelle est en cours."),
}
MAKERS = {
    composable.FOLLOW_UP: _follow_up,
    composable.PRECISION: _precision,
    composable.REPLY: _reply,
    composable.REASONS: _reasons,
    composable.AFTER_OPINION: _after_opinion,
    composable.REFERRAL: _referral,
    composable.HANDOVER: _handover,
}
