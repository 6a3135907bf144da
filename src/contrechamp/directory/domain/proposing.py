"""What a proposed correction must hold to be worth an editor's look."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import visible

from .kinds import AddressKind, Known, ProposalKind
from .mailboxes import FAULTS, Fault, fault_of, typo_of

_PAGES = (AddressKind.ONLINE_SERVICE, AddressKind.FORM)


class NotACorrection(Refused):
    """The correction lacks something, or cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A correction in good form."""

    value: str
    address_kind: str
    source: str
    is_mail: bool = False


def check_proposal(*, kind: ProposalKind, value: str, address_kind: str, source: str) -> Checked:
    """Return a correction in good form; raise `NotACorrection` with what to do."""
    where = visible(source)[:500]
    if len(where) < 5:
        raise NotACorrection(
            gettext_noop("Dites où vous l'avez lu : une page officielle, un courrier, un appel.")
        )
    if "@" in where:
        raise NotACorrection(
            gettext_noop("La source sera publique : n'y mettez pas d'adresse de courriel.")
        )
    text = visible(value)[:500]
    match kind:
        case ProposalKind.ADDRESS:
            return _address(text, address_kind, where)
        case ProposalKind.NAME if not re.search(r"\w{2}", text):
            raise NotACorrection(gettext_noop("Écrivez le nom de l'organisme."))
        case ProposalKind.OFFICER if text not in (Known.YES, Known.NO):
            raise NotACorrection(gettext_noop("Dites s'il y a une PRADA : oui ou non."))
        case ProposalKind.OTHER if len(text) < 5:
            raise NotACorrection(gettext_noop("Dites ce qui ne va pas, en une phrase."))
    return Checked(value=text, address_kind="", source=where)


def _address(text: str, address_kind: str, source: str) -> Checked:
    if address_kind not in set(AddressKind):
        raise NotACorrection(gettext_noop("Dites de quelle sorte d'adresse il s'agit."))
    if address_kind in _PAGES:
        if not re.match(r"https?://[^\s/]+\.\S+$", text):
            raise NotACorrection(gettext_noop("L'adresse d'une page commence par https://."))
        return Checked(value=text, address_kind=address_kind, source=source)
    if address_kind == AddressKind.POST:
        if len(text) < 10:
            raise NotACorrection(gettext_noop("Écrivez l'adresse postale entière."))
        return Checked(value=text, address_kind=address_kind, source=source)
    mail = text.lower()
    fault = fault_of(mail)
    if fault == Fault.TYPO:
        sentence = gettext_noop("Le domaine est mal tapé : n'est-ce pas « {meant} » ?")
        raise NotACorrection(sentence, meant=typo_of(mail))
    if fault == Fault.MALFORMED:
        raise NotACorrection(FAULTS[fault])
    return Checked(value=mail, address_kind=address_kind, source=source, is_mail=True)
