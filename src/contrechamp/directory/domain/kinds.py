"""What a body, an address and a correction can be: closed lists, with their words for people."""

from __future__ import annotations

from enum import StrEnum

from contrechamp.kernel.errors import gettext_noop


class BodyKind(StrEnum):
    """What a public body is."""

    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    REGION = "region"
    PREFECTURE = "prefecture"
    MINISTERE = "ministere"
    STATE_SERVICE = "state_service"
    AUTHORITY = "authority"
    HOSPITAL = "hospital"
    SCHOOL = "school"
    TRANSPORT = "transport"
    POLICE = "police"
    JUSTICE = "justice"
    SOCIAL = "social"
    CHAMBER = "chamber"
    OPERATOR = "operator"
    OTHER = "other"


class AddressKind(StrEnum):
    """How one writes to a body, in the order of use (`foi.md` §8).

    A contact form (FORM) is not the dedicated service of article L112-9: a mailbox is better.
    """

    ONLINE_SERVICE = "ONLINE_SERVICE"
    PRADA = "PRADA"
    SERVICE = "SERVICE"
    GENERAL = "GENERAL"
    FORM = "FORM"
    POST = "POST"


class Known(StrEnum):
    """Yes, no, or nobody has looked."""

    YES = "YES"
    NO = "NO"
    UNKNOWN = "UNKNOWN"


class ProposalKind(StrEnum):
    """What a correction says."""

    ADDRESS = "ADDRESS"
    WRONG_ADDRESS = "WRONG_ADDRESS"
    NAME = "NAME"
    CLOSED = "CLOSED"
    OFFICER = "OFFICER"
    OTHER = "OTHER"


BODY_KINDS: dict[str, str] = {
    BodyKind.COMMUNE: gettext_noop("commune"),
    BodyKind.EPCI: gettext_noop("intercommunalité"),
    BodyKind.DEPARTEMENT: gettext_noop("département"),
    BodyKind.REGION: gettext_noop("région"),
    BodyKind.PREFECTURE: gettext_noop("préfecture"),
    BodyKind.MINISTERE: gettext_noop("ministère"),
    BodyKind.STATE_SERVICE: gettext_noop("service de l'État"),
    BodyKind.AUTHORITY: gettext_noop("autorité indépendante"),
    BodyKind.HOSPITAL: gettext_noop("hôpital"),
    BodyKind.SCHOOL: gettext_noop("école ou université"),
    BodyKind.TRANSPORT: gettext_noop("transports"),
    BodyKind.POLICE: gettext_noop("police ou gendarmerie"),
    BodyKind.JUSTICE: gettext_noop("justice"),
    BodyKind.SOCIAL: gettext_noop("organisme social ou d'emploi"),
    BodyKind.CHAMBER: gettext_noop("chambre consulaire"),
    BodyKind.OPERATOR: gettext_noop("opérateur chargé d'un service public"),
    BodyKind.OTHER: gettext_noop("autre organisme"),
}

ADDRESS_KINDS: dict[str, str] = {
    AddressKind.ONLINE_SERVICE: gettext_noop("service en ligne réservé aux demandes"),
    AddressKind.PRADA: gettext_noop("personne responsable de l'accès aux documents (PRADA)"),
    AddressKind.SERVICE: gettext_noop("service"),
    AddressKind.GENERAL: gettext_noop("adresse générale"),
    AddressKind.FORM: gettext_noop("formulaire de contact"),
    AddressKind.POST: gettext_noop("courrier postal"),
}

KNOWN: dict[str, str] = {
    Known.YES: gettext_noop("oui"),
    Known.NO: gettext_noop("non"),
    Known.UNKNOWN: gettext_noop("inconnu"),
}

PROPOSAL_KINDS: dict[str, str] = {
    ProposalKind.ADDRESS: gettext_noop("une meilleure adresse"),
    ProposalKind.WRONG_ADDRESS: gettext_noop("une adresse qui ne va plus"),
    ProposalKind.NAME: gettext_noop("un autre nom"),
    ProposalKind.CLOSED: gettext_noop("l'organisme n'existe plus"),
    ProposalKind.OFFICER: gettext_noop("une PRADA désignée, ou non"),
    ProposalKind.OTHER: gettext_noop("autre chose"),
}
