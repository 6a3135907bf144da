"""What a draft is made from: plain values, read from the case, the census and the library.

Nothing here names a person: a resident who acts alone is `Party(is_person=True)`, whose name and
address are left to be written by hand on the paper that is printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contrechamp.cases.domain.exhibits import Exhibit
from contrechamp.cases.domain.grounds import Ground, Library
from contrechamp.cases.domain.sources import Source
from contrechamp.law.domain.items import Item


class PaperKind(StrEnum):
    """Which paper."""

    ANNULMENT = "ANNULMENT"
    SUSPENSION = "SUSPENSION"
    GRACIEUX = "GRACIEUX"
    HIERARCHICAL = "HIERARCHICAL"
    PREFECT = "PREFECT"
    REPEAL = "REPEAL"
    """Demand to stop or to repeal (T11)."""
    COMPLAINT = "COMPLAINT"
    COLLECTIVE = "COLLECTIVE"
    MANDATE = "MANDATE"
    REPORT = "REPORT"
    """To the departmental video-protection commission."""


class AttackedKind(StrEnum):
    """What is attacked, as the paper names it."""

    ACT = "ACT"
    """An order, a deliberation: dated and published."""
    DECISION = "DECISION"
    """A decision of another form, revealed or written."""
    REFUSAL = "REFUSAL"
    """A refusal, written or born of silence."""
    CONTRACT = "CONTRACT"
    PROCESSING = "PROCESSING"
    """A processing of data: complaints to the CNIL."""


class Side(StrEnum):
    """Under which heading a means stands before an administrative court."""

    EXTERNAL = "EXTERNAL"
    INTERNAL = "INTERNAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation, or a person whose name is written by hand."""

    name: str = ""
    """As `La Quadrature du Net` or `commune de Valmont-sur-Orne`."""
    is_person: bool = False
    form: str = ""
    """As `association de la loi de 1901`, `commune`."""
    number: str = ""
    """Official number: `SIREN 123 456 789`, `RNA W751234567`."""
    address: str = ""
    email: str = ""
    represented_by: str = ""
    """A function, never a name: `son président en exercice`."""
    service: str = ""
    """Whom a letter goes to there, as a function: `Monsieur le maire`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A day that matters to the procedure, with what proves it."""

    what: str
    """As `Publication au recueil des actes administratifs`."""
    day: date | None
    article: str = ""
    """As `CJA R421-1`: written in full on the paper."""
    proof: str = ""
    """As `recueil spécial n° 12 du 15 janvier 2026`."""
    exhibit: str = ""
    """Key of the exhibit that proves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attacked:
    """What the paper is against."""

    kind: AttackedKind
    title: str
    """With its article: `l'arrêté n° 2026-0142 du 12 janvier 2026 autorisant …`."""
    author: Party
    day: date | None = None
    number: str = ""
    exhibit: str = ""
    """Key of the exhibit that is the decision, or the proof of the request refused by silence."""
    dates: tuple[Dated, ...] = ()
    """Publication, notification, transmission, receipt of the request."""
    is_silent: bool = False
    """A refusal born of silence."""
    is_rule: bool = False
    is_local: bool = False
    is_access: bool = False
    """A refused access to documents: no request to reconsider (CRPA L412-4, D20)."""
    is_never_published: bool = False
    processing: str = ""
    """Of a processing: what is done, in a sentence or two."""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CensusFact:
    """A fact of the census with its passage."""

    key: str
    """`clm-…`."""
    text: str
    """A sentence for the paper."""
    day: date | None = None
    quote: str = ""
    source: str = ""
    """Title of the document quoted."""
    page: str = ""
    url: str = ""
    """Address of the citation."""
    exhibit: str = ""
    """Key of the exhibit that holds the passage; empty: to be proved."""
    grounds: tuple[str, ...] = ()
    """Codes of the means that it proves; empty: the account of facts alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A text or a decision that a means quotes."""

    name: str
    content: str = ""
    url: str = ""
    formerly: str = ""
    is_decision: bool = False
    is_adverse: bool = False
    is_overturned: bool = False
    """Another decision set it aside: it is quoted by nobody."""
    to_verify: bool = False
    """Its wording in force was not read again: the lawyer checks it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """An argument chosen, with what supports it; what goes against it is kept apart."""

    code: str
    title: str
    argument: str
    side: Side = Side.INTERNAL
    support: tuple[Authority, ...] = ()
    """Never an adverse decision: `problems` refuses one."""
    against: tuple[Authority, ...] = ()
    counter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Why the applicant may act."""

    interest: str = ""
    """A sentence: object of the statutes, place, or why a resident is concerned."""
    statutes: str = ""
    """Key of the exhibit."""
    power: str = ""
    """Key of the exhibit that shows the power to sue of who signs."""
    mandates: int = 0
    """How many people have given a mandate (collective complaint)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Court:
    """The court, as `Tribunal administratif de Nantes`."""

    name: str
    address: str = ""
    judge: str = ""
    """Of an urgent paper: who presides; empty: `juge des référés`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The annulment claim already filed, that a suspension needs (T6)."""

    filed_on: date
    number: str = ""
    exhibit: str = ""
    """Key of its copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """What is asked for."""

    enjoin: str = ""
    """As `de cesser l'exploitation des caméras`; empty: nothing is asked."""
    within_days: int = 0
    """0: no time limit is asked."""
    penalty: int = 0
    """Euros a day of delay; 0: none is asked."""
    costs: int = 0
    """Euros (CJA L761-1); 0: none are asked."""
    more: tuple[str, ...] = ()
    """Other requests, a sentence each beginning with a verb: `d'ordonner …`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a mandate allows."""

    about: str = ""
    until: date | None = None
    """The end of the mandate; None: until the complaint is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything that a paper may draw on. Days in the calendar of Paris."""

    today: date
    reference: str
    """`cse-…`."""
    applicant: Party
    attacked: Attacked
    title: str = ""
    place: str = ""
    addressee: Party | None = None
    """Superior, prefect, commission; None: the author of what is attacked."""
    court: Court | None = None
    facts: tuple[CensusFact, ...] = ()
    means: tuple[Means, ...] = ()
    items: tuple[Item, ...] = ()
    """The days of the law for this action: the admissibility table is made of them."""
    contacts: tuple[Dated, ...] = ()
    """Earlier steps: request to reconsider, right exercised, letters."""
    standing: Standing = Standing()
    claim: Claim | None = None
    urgency: tuple[CensusFact, ...] = ()
    """Dated facts that show the urgency (suspension)."""
    relief: Relief = Relief()
    scope: Scope = Scope()
    exhibits: tuple[Exhibit, ...] = ()
    """As `exhibits.numbered` returns them."""
    override: str = ""
    """Why it is filed though the safe day is over."""
    checked_by: str = ""
    """Who checked the paper, as a function or an organisation: `un avocat`."""


EXTERNAL = frozenset({"competence", "fichier", "marche", "decision-cachee"})
"""Grounds of the library that are of external legality: who decided, and how."""


def means_of(ground: Ground, library: Library, *, day: date) -> Means:
    """Return a ground as a means for facts of a day, adverse decisions apart."""
    return Means(
        code=ground.code,
        title=ground.title.fr,
        argument=ground.argument,
        side=Side.EXTERNAL if ground.code in EXTERNAL else Side.INTERNAL,
        support=tuple(_authorities(library.support_of(ground, day))),
        against=tuple(_authorities(library.adverse_to(ground), is_adverse=True)),
        counter=ground.counter,
    )


def _authorities(found: Iterable[Source], *, is_adverse: bool = False) -> Iterable[Authority]:
    for one in found:
        yield Authority(
            name=one.name,
            content=one.content.fr,
            url=one.url,
            formerly=one.formerly,
            is_decision=one.is_decision,
            is_adverse=is_adverse or not one.may_support,
            is_overturned=bool(one.overturned_by),
            to_verify=one.sure != "T",
        )
