"""Who asks: the identity without which an e-mail seizes no one (D3) and the CADA registers nothing.

Basis: CRPA L112-8 and R112-9-1 (a person: names, postal and e-mail address; an association: its
number in the national register; a company: its SIREN), R343-1 (identity in a referral).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.names import visible
from contrechamp.kernel.numbers import compact, is_rna, is_siren

from .wording import flowing, say


class Kind(StrEnum):
    """What a requester is."""

    PERSON = "PERSON"
    ASSOCIATION = "ASSOCIATION"
    COMPANY = "COMPANY"


class Channel(StrEnum):
    """How a letter goes out."""

    EMAIL = "EMAIL"
    POST = "POST"
    SERVICE = "SERVICE"
    """A dedicated online service of the body (CRPA R112-9-2)."""


class NotIdentified(Refused):
    """The identity does not hold what the law asks of a sender."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requester:
    """Who asks. Values are as typed; an absent one is an empty text."""

    kind: Kind
    name: str
    """A person's last name; else the name of the association or company."""
    first_name: str = ""
    address: str = ""
    """Domicile or seat, lines apart."""
    email: str = ""
    number: str = ""
    """The RNA number of an association (W and nine digits), the SIREN of a company."""
    form: str = ""
    """The legal form, as `SAS`; said by itself for an association."""
    representative: str = ""
    """First and last name of who represents an association or a company."""
    capacity: str = ""
    """As what: `présidente`, `gérant`."""

    @property
    def full_name(self) -> str:
        """First and last name of a person; the name of a body."""
        return flowing(f"{self.first_name} {self.name}" if self.is_person else self.name)

    @property
    def is_person(self) -> bool:
        """A person speaks as `je`, a body as `nous`."""
        return self.kind is Kind.PERSON

    @property
    def address_lines(self) -> tuple[str, ...]:
        """The lines of the address that hold something."""
        return tuple(line for each in self.address.splitlines() if (line := flowing(each)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """A field of an identity that is absent or wrong, and what to do."""

    field: str
    sentence: str


_EMAIL = re.compile(r"[^\s@<>,;:()\"]+@(?:[^\s@<>,;:()\".]+\.)+[^\s@<>,;:()\".]{2,}")
_LACKS = {
    "name": gettext_noop("Indiquez votre nom : une demande doit dire qui la fait (CRPA L112-8)."),
    "first_name": gettext_noop("Indiquez votre prénom : la loi le demande à une personne."),
    "address": gettext_noop(
        "Indiquez votre adresse postale : sans elle, un courriel ne saisit pas l'administration "
        "(CRPA R112-9-1). Pour ne pas donner votre adresse, faites demander une association."
    ),
    "seat": gettext_noop("Indiquez l'adresse du siège : la CADA la demandera (CRPA R343-1)."),
    "email": gettext_noop("Indiquez une adresse électronique complète, avec son @ et son domaine."),
    "rna": gettext_noop(
        "Indiquez le numéro RNA de l'association, W suivi de neuf chiffres : il l'identifie dans "
        "un courriel. Il est sur le récépissé de déclaration."
    ),
    "siren": gettext_noop(
        "Indiquez le SIREN de l'entreprise, neuf chiffres : il l'identifie dans un courriel."
    ),
    "representative": gettext_noop(
        "Indiquez les nom et prénom de qui représente l'organisme : la CADA les demandera "
        "(CRPA R343-1)."
    ),
    "form": gettext_noop("Indiquez la forme juridique, comme SAS : la CADA la demandera."),
}


def _is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text.strip()) is not None


def lacks(requester: Requester, channel: Channel = Channel.EMAIL) -> tuple[Lack, ...]:
    """Return what an identity lacks to ask by a channel (D3), in the order of the form."""
    found: list[tuple[str, str]] = []
    if not visible(requester.name).strip():
        found.append(("name", "name"))
    if requester.is_person and not visible(requester.first_name).strip():
        found.append(("first_name", "first_name"))
    if not requester.address_lines:
        found.append(("address", "address" if requester.is_person else "seat"))
    if channel is Channel.EMAIL and not _is_email(requester.email):
        found.append(("email", "email"))
    number = compact(requester.number)
    if requester.kind is Kind.ASSOCIATION and not (is_rna(number) or is_siren(number)):
        found.append(("number", "rna"))
    if requester.kind is Kind.COMPANY and not is_siren(number):
        found.append(("number", "siren"))
    if not requester.is_person and not visible(requester.representative).strip():
        found.append(("representative", "representative"))
    return tuple(Lack(field=field, sentence=_LACKS[code]) for field, code in found)


def lacks_for_cada(requester: Requester) -> tuple[Lack, ...]:
    """Return what an identity lacks for a referral to be registered (D9)."""
    form = requester.kind is Kind.COMPANY and not visible(requester.form).strip()
    more = (Lack(field="form", sentence=_LACKS["form"]),) if form else ()
    return (*lacks(requester, Channel.POST), *more)


def check_identified(requester: Requester, channel: Channel = Channel.EMAIL) -> None:
    """Raise `NotIdentified` with the first lack's sentence when an identity is not whole."""
    for lack in lacks(requester, channel):
        raise NotIdentified(lack.sentence)


def written_number(requester: Requester) -> str:
    """Return the official number as it is written, spaces of a SIREN included."""
    number = compact(requester.number)
    if is_siren(number):
        return "\u202f".join((number[:3], number[3:6], number[6:]))
    return number


def letterhead(requester: Requester, reply_to: str = "") -> tuple[str, ...]:
    """Return the identity block of a letter, a line each; `reply_to` stands for the e-mail."""
    lines = [requester.full_name]
    number = written_number(requester)
    if requester.kind is Kind.ASSOCIATION:
        numbered = f", {_register(number)} {number}" if number else ""
        lines.append(say("Association déclarée{numbered}", numbered=numbered))
    if requester.kind is Kind.COMPANY:
        numbered = f"SIREN {number}" if number else ""
        lines.append(", ".join(filter(None, [flowing(requester.form), numbered])))
    lines += requester.address_lines
    if not requester.is_person and requester.representative:
        capacity = f", {flowing(requester.capacity)}" if requester.capacity.strip() else ""
        lines.append(
            say("Représentée par {name}", name=flowing(requester.representative) + capacity)
        )
    return tuple(filter(None, (*lines, reply_to or requester.email.strip())))


def _register(number: str) -> str:
    return "RNA" if is_rna(number) else "SIREN"  # An association may have a SIREN alone.
