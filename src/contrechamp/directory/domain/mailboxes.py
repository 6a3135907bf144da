"""Mail addresses as lists give them: written right, mistyped, shared, or somebody's own."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from contrechamp.kernel.errors import gettext_noop

SHARED_BY = 3
"""A domain or a mailbox of more bodies than this says nothing of who wrote (`foi.md` §5)."""

RESERVED = ("invalid", "example", "test", "localhost")
"""Top-level names that lead nowhere, for ever: RFC 2606 §2, RFC 6761."""
_RESERVED_SECOND = ("example.com", "example.net", "example.org")

_PROVIDERS = """
    orange.fr wanadoo.fr free.fr laposte.net gmail.com hotmail.fr hotmail.com yahoo.fr yahoo.com 
    sfr.fr neuf.fr club-internet.fr bbox.fr outlook.fr outlook.com live.fr aol.com icloud.com 
    numericable.fr nordnet.fr 9business.fr cegetel.net aliceadsl.fr tiscali.fr msn.com 
    mairie.fr bouyguestelecom.fr ovh.fr proton.me protonmail.com lagoon.nc mail.pf 
    mediaserv.net only.fr akeonet.com dartybox.com gmx.fr voila.fr
"""
PROVIDERS = frozenset(_PROVIDERS.split())
"""Providers of mailboxes for everybody: their domain is no signal of a body."""

TYPOS: dict[str, str] = {
    "orange.f": "orange.fr",
    "orange.fe": "orange.fr",
    "orange.ft": "orange.fr",
    "orange.frr": "orange.fr",
    "orage.fr": "orange.fr",
    "ornage.fr": "orange.fr",
    "oange.fr": "orange.fr",
    "wanadoo.f": "wanadoo.fr",
    "wanadoo": "wanadoo.fr",
    "wanadoo.com": "wanadoo.fr",
    "wanado.fr": "wanadoo.fr",
    "wandoo.fr": "wanadoo.fr",
    "wanaddo.fr": "wanadoo.fr",
    "wanadoo.frr": "wanadoo.fr",
    "wanadoo.ft": "wanadoo.fr",
    "waadoo.fr": "wanadoo.fr",
    "laposte.fr": "laposte.net",
    "laposte.ne": "laposte.net",
    "gmail.fr": "gmail.com",
    "gmail.co": "gmail.com",
    "gmial.com": "gmail.com",
    "hotmail.f": "hotmail.fr",
    "free.f": "free.fr",
    "sfr.f": "sfr.fr",
}

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


class Fault(StrEnum):
    """Why mail cannot or must not go to an address."""

    MALFORMED = "malformed"
    TYPO = "typo"
    RESERVED = "reserved"


FAULTS: dict[Fault, str] = {
    Fault.MALFORMED: gettext_noop("ce n'est pas une adresse de courriel"),
    Fault.TYPO: gettext_noop("le nom de domaine est mal tapé"),
    Fault.RESERVED: gettext_noop("cette adresse ne mène nulle part, exprès"),
}


def domain_of(address: str) -> str:
    """Return what stands after the at sign, in lower case; empty when there is none."""
    return address.rpartition("@")[2].strip().lower() if "@" in address else ""


def fault_of(address: str) -> Fault | None:
    """Return why no mail may go to an address, or None: form (RFC 5321), typo, reserved name."""
    if not _is_formed(address):
        return Fault.MALFORMED
    domain = domain_of(address)
    if typo_of(address):
        return Fault.TYPO
    if domain.rsplit(".", 1)[-1] in RESERVED or domain.endswith(_RESERVED_SECOND):
        return Fault.RESERVED
    return None


def _is_formed(address: str) -> bool:
    local, at, domain = address.rpartition("@")
    if not at or len(address) > 254 or not 1 <= len(local) <= 64 or not _LOCAL.fullmatch(local):
        return False
    labels = domain.lower().split(".")
    return (
        len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
        and (len(labels[-1]) > 1 and not labels[-1].isdigit())
    ) or domain.lower() in TYPOS


def typo_of(address: str) -> str:
    """Return the domain that a mistyped one was meant to be (`orange.f`: `orange.fr`), or empty.

    A reserved ending is looked through: `orange.f.invalid` is the same typo.
    """
    domain = domain_of(address)
    head, _, last = domain.rpartition(".")
    return TYPOS.get(head if last in RESERVED else domain, "")


def plain_domain(domain: str) -> str:
    """Return a domain without a reserved ending, for comparing: `ain.fr.invalid` is `ain.fr`."""
    head, dot, last = domain.lower().rpartition(".")
    return head if dot and last in RESERVED else domain.lower()


def is_provider(domain: str) -> bool:
    """Answer whether a domain is one of mailboxes for everybody: no signal of a body."""
    return plain_domain(domain) in PROVIDERS


def is_signal(domain: str, bodies_count: int) -> bool:
    """Answer whether a mail from this domain speaks for a body: few bodies use it."""
    return 0 < bodies_count <= SHARED_BY and not is_provider(domain)


@lru_cache(maxsize=1)
def _functions() -> re.Pattern[str]:
    return re.compile(_FUNCTION_WORDS)


_FUNCTION_WORDS = (
    r"mairie|commune|ville|village|contact|accueil|secretariat|secr|info|courrier|courriel|mail"
    r"|poste|public|service|direction|dir|dgs|administration|admin|cabinet|communaute|agglo|metropole"
    r"|cc|ca|cdc|com|pref|prefecture|greffe|tribunal|tgi|ti|ta|caa|cph|gendarmerie|bta|cob|brigade"
    r"|commissariat|police|ddt|ddcs|ddpp|dreal|drac|drfip|ddfip|sie|sip|spf|cdif|tresorerie|tp|t0"
    r"|mission|ml|cio|ce|greta|bij|cij|pij|crij|crib|clic|cdg|cnfpt|crous|rectorat|ia|dsden|maia"
    r"|mdph|mds|pmi|msap|rsp|maison|point|relais|adil|anah|apec|apecita|afpa|agefiph|caf|cpam|msa"
    r"|chambre|cci|cma|cm|onac|federation|fdc|peche|chasse|cidf|cidff|cdad|mjd|pad|udaf|paierie"
    r"|douane|bureau|pae|centre|cabinet|etat-?civil|urba|prada|cada|documents|archives|hotel"
    r"|conseil|departement|region|universite|scuio|suio|suaio|orientation|formation|emploi|web"
    r"|reception|standard|general|generale|social|ccas|technique|ecole|espace|agence|antenne"
    r"|delegation|syndicat|siege|ofii|ademe|cab|sg|secretaire|dgfip|siaf|asso|association|office"
)


def is_personal(address: str, places: frozenset[str] = frozenset()) -> bool:
    """Answer whether a mailbox may be one person's own.

    Its local part looks like a first name (or initial) and a surname, and has no word of a
    function and no name of a place. `places`: folded words of the body's name and commune.
    Better too often than not: a hidden function costs a click, a published name cannot be
    taken back.
    """
    local = address.rpartition("@")[0].lower()
    if not local:
        return False
    parts = [part for part in re.split(r"[._-]+", re.sub(r"\d+$", "", local)) if part]
    if _is_function(local, parts, places):
        return False
    domain = plain_domain(domain_of(address))
    if is_provider(domain):
        # On a provider's domain whatever is not the body's name may be a person's.
        return True
    return len(parts) in (2, 3) and all(part.isalpha() for part in parts)


def _is_function(local: str, parts: list[str], places: frozenset[str]) -> bool:
    words = _functions()
    for part in parts:
        if words.fullmatch(part) or (len(part) > 4 and words.match(part)):
            return True
        if part in places or any(len(place) > 3 and place in part for place in places):
            return True
    joined = re.sub(r"[^a-z0-9]", "", local)
    if any(len(place) > 3 and place in joined for place in places):
        return True
    return bool(
        re.search(r"mairie|commune|contact|accueil|secretariat|ville|tresor|prefect", joined)
    )
