"""Series: from five like requests to different bodies, one referral for all of them.

Basis: CRPA L342-1 al. 2–4, R343-3-1, R343-3-2 (from 21 October 2022). A referral counts as the
compulsory appeal for a member only if the body is correctly identified, has refused, and was
informed of the referral by the requester. Source: design/foi.md §2. Dates come from `law`: here
they are given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.names import fold
from contrechamp.kernel.numbers import is_siren, is_siret

SMALLEST = 5
"""Like requests from which the law imposes one referral (R343-3-1)."""
IN_FORCE_FROM = date(2022, 10, 21)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request, as far as a series is concerned."""

    request: str
    """Its key, as `req-…`."""
    requester: str
    """The key of who asked."""
    body: str
    """The key of the body."""
    object_key: str
    """What `object_key` returns for its documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A request that could be part of a referral of a series, with what proves it.

    Dates are civil days. `refused_on` is the day of the notified refusal; `silent_from` the first
    day on which a silent refusal may be relied on (`not_before`), when silence is verified;
    `act_by_safe` the last safe day to refer it. A proof is a file's name in the referral.
    """

    request: str
    body: str
    body_name: str
    number: str
    """The SIREN or SIRET of the body; empty when it is not known."""
    email: str = ""
    postal: str = ""
    asked_on: date
    refused_on: date | None = None
    silent_from: date | None = None
    act_by_safe: date | None = None
    proof: str = ""
    informed_on: date | None = None
    proof_of_notice: str = ""

    @property
    def reached_at(self) -> str:
        """The e-mail of the body, else its postal address on one line (R343-3-1)."""
        return self.email.strip() or ", ".join(
            line.strip() for line in self.postal.splitlines() if line.strip()
        )

    def is_refused(self, on: date) -> bool:
        """Answer whether the request is refused on a day, expressly or by silence."""
        return any(day is not None and day <= on for day in (self.refused_on, self.silent_from))


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A member that a referral does not cover, why, and what to do."""

    member: Member
    code: str
    """`unidentified`, `unreachable`, `not_refused`, `too_late`, `not_informed`, `not_accepted`."""
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A series on a day: whom a referral covers, whom not, and by when to make it."""

    members: tuple[Member, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def is_series(self) -> bool:
        """Five members or more: one referral is imposed."""
        return len(self.members) >= SMALLEST

    @property
    def act_by_safe(self) -> date | None:
        """The earliest safe last day among the members; `None` when none has one."""
        days = [each.act_by_safe for each in self.members if each.act_by_safe]
        return min(days, default=None)

    @property
    def has_proof(self) -> bool:
        """Answer whether at least one refusal is proved, as the referral must."""
        return any(each.proof for each in self.members)


REASONS = {
    "unidentified": gettext_noop(
        "Son numéro officiel manque ou n'est pas valable : corrigez-le dans l'annuaire, la CADA "
        "n'accepte qu'un organisme correctement identifié."
    ),
    "unreachable": gettext_noop(
        "Aucune adresse n'est connue : ajoutez une adresse électronique ou postale."
    ),
    "not_refused": gettext_noop(
        "Il n'a pas encore refusé : il pourra faire partie d'une série ultérieure."
    ),
    "too_late": gettext_noop(
        "Son délai est passé selon le calcul prudent : saisissez la CADA pour lui seul, sans "
        "attendre, ou faites une nouvelle demande."
    ),
    "not_informed": gettext_noop(
        "Il n'a pas été informé de la saisine : envoyez-lui l'avis et gardez-en la preuve, sinon "
        "la saisine ne vaut pas pour lui (CRPA R343-3-1)."
    ),
    "not_accepted": gettext_noop(
        "Le récépissé de la CADA ne le cite pas : saisissez-la pour lui seul, dans son délai."
    ),
}


def object_key(items: Iterable[str]) -> str:
    """Return what two requests for the same documents share: codes or wordings, folded, in order.

    Order, case, accents and punctuation do not count.
    """
    return "|".join(sorted({folded for each in items if (folded := fold(each))}))


def like(one: Asked, other: Asked) -> bool:
    """Answer whether two requests are alike: same requester, same object, different bodies."""
    return (
        one.requester == other.requester
        and one.object_key == other.object_key
        and one.body != other.body
    )


def like_bodies(asked: Asked, others: Iterable[Asked]) -> int:
    """Count the bodies asked for the same by the same requester, this one's included."""
    return len({asked.body, *(other.body for other in others if like(asked, other))})


def makes_series(asked: Asked, others: Iterable[Asked], on: date) -> bool:
    """Answer whether a request makes, with others, a series under the law of a day."""
    return on >= IN_FORCE_FROM and like_bodies(asked, others) >= SMALLEST


def _fault_before(member: Member, on: date) -> str:
    if not (is_siren(member.number) or is_siret(member.number)):
        return "unidentified"
    if not member.reached_at:
        return "unreachable"
    if not member.is_refused(on):
        return "not_refused"
    if member.act_by_safe is not None and member.act_by_safe < on:
        return "too_late"
    return ""


def gather(members: Iterable[Member], on: date) -> Series:
    """Return the series that a referral made on a day can cover, before notices are sent."""
    inside: list[Member] = []
    outside: list[LeftOut] = []
    for member in members:
        code = _fault_before(member, on)
        if code:
            outside.append(LeftOut(member=member, code=code, sentence=REASONS[code]))
        else:
            inside.append(member)
    inside.sort(key=lambda each: (each.act_by_safe or date.max, each.body_name, each.request))
    return Series(members=tuple(inside), left_out=tuple(outside))


def effective(series: Series, accepted: Iterable[str] | None = None) -> Series:
    """Return whom a referral counts for: informed with a proof, and accepted by the CADA.

    `accepted` are the keys of the requests that the receipt lists; `None` before the receipt.
    """
    listed = None if accepted is None else set(accepted)
    inside: list[Member] = []
    outside = list(series.left_out)
    for member in series.members:
        code = ""
        if member.informed_on is None or not member.proof_of_notice:
            code = "not_informed"
        elif listed is not None and member.request not in listed:
            code = "not_accepted"
        if code:
            outside.append(LeftOut(member=member, code=code, sentence=REASONS[code]))
        else:
            inside.append(member)
    return Series(members=tuple(inside), left_out=tuple(outside))
