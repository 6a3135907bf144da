"""Mail addresses as lists give them: written right, mistyped, shared, or somebody's own."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

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
    "wanadoo": "wanadoo.fr",
    "wanadoo.com": "wanadoo.fr",
    "laposte.ne": "laposte.net",
    "gmail.fr": "gmail.com",
    "gmail.co": "gmail.com",
    "gmial.com": "gmail.com",
    "hotmail.f": "hotmail.fr",
    "free.f": "free.fr",
    "sfr.f": "sfr.fr",
}

_LONG = ("wanadoo.fr", "laposte.net")
"""Providers whose name is long enough: whatever is one letter away is them, mistyped."""

_REAL = frozenset({"laposte.fr"})
"""Domains that look like a typo and exist."""

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
    ) or plain_domain(domain) in TYPOS


def typo_of(address: str) -> str:
    """Return the domain that a mistyped one was meant to be (`orange.f`: `orange.fr`), or empty.

    A reserved ending is looked through: `orange.f.invalid` is the same typo.
    """
    domain = plain_domain(domain_of(address))
    if found := TYPOS.get(domain):
        return found
    if domain in _REAL:
        return ""
    return next((one for one in _LONG if OSA.distance(domain, one, score_cutoff=1) == 1), "")


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


_FUNCTIONS = """
    mairie commune ville village contact accueil secretariat secretaire information infos courrier
    courriel service direction directeur directrice administration cabinet communaute metropole
    prefecture greffe tribunal gendarmerie brigade commissariat police tresorerie mission greta
    rectorat maison point relais chambre federation peche chasse paierie douane bureau centre
    etatcivil urbanisme prada documents archives hotel conseil departement region universite
    orientation formation emploi reception standard general generale social technique ecole espace
    agence antenne delegation syndicat siege association office comite institut permanence
    inspection hypotheque enregistrement fiscal impots cadastre recouvrement conciliation
    prudhommes personnel juridique courrielmairie public publics jeunesse jeunes famille
    handicap retraite logement environnement agriculture cohesion protection territoire
    pays agglomeration intercommunal intercommunalite elections finances comptabilite
"""
_LONG_FUNCTIONS = tuple(word for word in _FUNCTIONS.split() if len(word) > 5)
_SHORT_FUNCTIONS = frozenset(
    (
        _FUNCTIONS
        + """
    info mail poste dgs dga dir admin agglo cc ca cdc com comcom pref sp sg tgi ti ta caa cph bta
    cob ddt ddtm ddcs ddpp ddcspp dreal drac drfip ddfip dgfip sie sip spf sde prs cdif tp ml mlj
    cio greta bij cij pij crij crib clic cdg cnfpt crous ia ce dsden maia mdph mds pmi msap rsp
    mfs adil anah apec apecita afpa agefiph caf cpam msa cci cma onac onacvg fdc fdaapma cidf cidff
    cdad mjd pad udaf pae urba cada web ccas suio scuio suaio ofii ademe siaf asso pif sivom siom
    mairies communication maire cms ddsp mdr csp mdm cour act mdsi solidarite solidarites guichet
    autonomie administratif mda csc population webmaster webmestre hoteldeville bienvenue elus dgas
    epa cartegrise viti ddct csub msp dpg cdos cdas president presidence urbanism culture crd epn
    commission codef ars csn bsn dml draaf draf direccte ut dir-ut cr cg cd crs sdis
    """
    ).split()
)
_LINK_WORDS = "st ste saint sainte le la les l de du des d en sur sous et a au aux"
_LINKS = frozenset(_LINK_WORDS.split())


def is_personal(address: str, places: frozenset[str] = frozenset()) -> bool:
    """Answer whether a mailbox may be one person's own.

    Its local part has no word of a function and is not the name of the body or its town, whose
    folded words are `places`. Better too often than not: a hidden function costs a click, a
    published name cannot be taken back.
    """
    local = re.sub(r"[+].*$", "", address.rpartition("@")[0].lower())
    parts = [part for part in re.split(r"[^a-z]+", local) if part]
    if not parts:
        return False
    if any(_is_function(part) for part in parts) or re.search(r"\d{4}", local):
        return False  # Offices have codes: `t075012`. People have years, two digits.
    named = places | _LINKS | frozenset(re.split(r"[^a-z]+", domain_of(address))) - _no_place()
    if all(part in named for part in parts):
        return False
    joined = "".join(parts)
    known = [place for place in places if len(place) > 3]
    return not any(joined == place or joined.startswith(place) for place in known)


def _is_function(part: str) -> bool:
    return part in _SHORT_FUNCTIONS or part.startswith(_LONG_FUNCTIONS) or "mairie" in part


@lru_cache(maxsize=1)
def _no_place() -> frozenset[str]:
    """Return parts of providers' domains: `free` is nobody's town."""
    return frozenset(part for domain in PROVIDERS for part in domain.split("."))
