"""Which address of a body is used, why, and which is never written to (`foi.md` §8, D3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contrechamp.kernel.errors import gettext_noop

from .kinds import AddressKind
from .mailboxes import Fault, fault_of

ORDER = tuple(AddressKind)
"""Of preference: as `AddressKind` lists them."""

WHY: dict[AddressKind, str] = {
    AddressKind.ONLINE_SERVICE: gettext_noop(
        "L'organisme a ouvert un service en ligne réservé à cet usage : lui seul le saisit "
        "valablement par voie électronique (articles L112-8 et L112-9 du code des relations "
        "entre le public et l'administration)."
    ),
    AddressKind.PRADA: gettext_noop(
        "La personne responsable de l'accès aux documents reçoit les demandes et répond à la "
        "CADA (article R330-4)."
    ),
    AddressKind.SERVICE: gettext_noop(
        "Aucune adresse de PRADA n'est connue : ce service est le plus proche de la demande."
    ),
    AddressKind.GENERAL: gettext_noop(
        "Aucune adresse plus précise n'est connue ; l'administration doit transmettre la "
        "demande au bon service (article L114-2)."
    ),
    AddressKind.FORM: gettext_noop(
        "Aucune boîte n'est connue, seulement un formulaire : recopiez-y la demande et gardez "
        "l'accusé de réception."
    ),
    AddressKind.POST: gettext_noop(
        "Aucune adresse électronique sûre n'est connue : une lettre recommandée fait courir "
        "les mêmes délais."
    ),
}
NOTHING = gettext_noop(
    "Aucune adresse n'est connue. Proposez-en une avec sa source, ou écrivez au siège de "
    "l'organisme."
)


_NOT_MAIL = (AddressKind.ONLINE_SERVICE, AddressKind.FORM, AddressKind.POST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to write to a body, as the rules see it."""

    pk: int
    kind: AddressKind
    value: str
    label: str = ""
    is_personal: bool = False
    is_quarantined: bool = False
    is_superseded: bool = False
    seen_on: date | None = None
    verified_on: date | None = None
    last_success_on: date | None = None
    last_bounce_on: date | None = None

    @property
    def is_mail(self) -> bool:
        """Answer whether it is a mailbox: neither a page nor a letterbox."""
        return self.kind not in _NOT_MAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The address to use, None when none is known; why; and what to be careful about.

    `why` and `warnings` are French sentences to be translated (`foundation.words`).
    `can_send` says whether mail may leave for it: a page and a letterbox never take mail.
    """

    address: Way | None
    why: str
    warnings: tuple[str, ...] = ()
    can_send: bool = False


def is_sendable(way: Way) -> bool:
    """Answer whether mail may ever leave for an address.

    Never: a quarantined or superseded one, a malformed one, and names that lead nowhere on
    purpose (`.invalid`, `.example`, `.test`: RFC 2606), so that no demo or test can reach anyone.
    """
    if way.is_quarantined or way.is_superseded or not way.is_mail:
        return False
    return fault_of(way.value) is None


def preferred(ways: Iterable[Way]) -> Choice:
    """Return the address to use: online service, PRADA, service, general, then post.

    Quarantined, superseded and malformed ones are passed over. Among equals: the one that
    answered last, then the one looked at last, then the first known.
    """
    every = list(ways)
    usable = [way for way in every if _is_usable(way)]
    usable.sort(key=_rank)
    warnings = list(_warnings_of_all(every))
    if not usable:
        return Choice(address=None, why=NOTHING, warnings=tuple(warnings))
    best = usable[0]
    warnings += _warnings_of(best)
    return Choice(
        address=best, why=WHY[best.kind], warnings=tuple(warnings), can_send=is_sendable(best)
    )


def _is_usable(way: Way) -> bool:
    if way.is_quarantined or way.is_superseded or not way.value:
        return False
    return not way.is_mail or fault_of(way.value) in (None, Fault.RESERVED)


def _rank(way: Way) -> tuple[int, bool, bool, int, int, int]:
    def days(on: date | None) -> int:
        return -on.toordinal() if on else 0

    return (
        ORDER.index(way.kind),
        # A label names a part of the body, as a delegated commune: the whole comes first.
        way.kind != AddressKind.SERVICE and bool(way.label),
        way.is_personal,
        days(way.last_success_on),
        min(days(way.verified_on), days(way.seen_on)),
        way.pk,
    )


def _warnings_of_all(every: list[Way]) -> Iterable[str]:
    if any(way.is_quarantined and not way.is_superseded for way in every):
        yield gettext_noop(
            "Une adresse a été mise de côté après un échec : elle ne servira plus avant d'avoir "
            "été vérifiée."
        )


def _warnings_of(way: Way) -> Iterable[str]:
    if way.is_personal:
        yield gettext_noop(
            "Cette boîte est peut-être celle d'une personne : elle n'est pas publiée ; "
            "préférez une adresse de service."
        )
    if way.is_mail and fault_of(way.value) == Fault.RESERVED:
        yield gettext_noop(
            "Cette adresse ne mène nulle part, exprès : rien n'y sera envoyé (démonstration ou "
            "copie d'essai de l'annuaire)."
        )
    if not (way.verified_on or way.last_success_on):
        yield gettext_noop("Personne n'a encore vérifié cette adresse.")
