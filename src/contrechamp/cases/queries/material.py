"""The material of a paper: what is attacked, by whom, before whom, with which facts and means.

Only what its reader may read: published acts and facts, the team's own action and exhibits, and of
a refused request what is public or the reader's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from contrechamp.cases.domain.drafting import Choices
from contrechamp.cases.domain.facts import Fact, Kind, first_of, standing
from contrechamp.cases.domain.grounds import library
from contrechamp.cases.domain.papers import (
    CensusFact,
    Claim,
    Court,
    Material,
    Means,
    PaperKind,
    Party,
    Relief,
    Scope,
    Side,
    Standing,
    means_of,
)
from contrechamp.cases.models import Action
from contrechamp.cases.models import Party as PartyRow

from .attacked import attacked_of, dated, number_of, party_of, told
from .candidates import Candidates, candidates_of
from .exhibits import numbered_of
from .facts import facts_of, status_of

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

CONTACTS = {
    Kind.GRACIEUX_RECEIVED: ("Recours gracieux reçu par l'auteur de l'acte", "CRPA L411-2"),
    Kind.GRACIEUX_REJECTED: ("Rejet du recours gracieux", "CRPA L411-7"),
    Kind.HIERARCHICAL_RECEIVED: ("Recours hiérarchique reçu", "CRPA L411-2"),
    Kind.HIERARCHICAL_REJECTED: ("Rejet du recours hiérarchique", "CRPA L411-7"),
    Kind.PREFECT_ASKED: ("Préfet saisi d'une demande de déféré", "CGCT L2131-8"),
    Kind.RIGHT_EXERCISED: ("Droits exercés auprès du responsable du fichier", "RGPD 12"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The material of a paper, and whether this reader may read all of it."""

    material: Material
    candidates: Candidates
    is_whole: bool
    """False: what is attacked is another's private request; its words are left out."""


def gather(
    action: Action,
    kind: PaperKind,
    choices: Choices,
    *,
    user: User,
    now: datetime,
    site: str,
) -> Gathered:
    """Return what a paper is composed from, in the order in which its means were put."""
    today = localdate(now)
    known = standing(facts_of(action))
    exhibits = numbered_of(action)
    offered = candidates_of(action, today=today, site=site)
    asked = choices.options
    attacked, is_whole = attacked_of(action, kind, known, exhibits, user)
    facts = _facts(choices, offered)
    urgent = set(asked.get("urgency", "").split())
    material = Material(
        today=today,
        reference=action.pk,
        title=action.title,
        applicant=_applicant(action, asked),
        attacked=told(attacked, kind, asked),
        place=asked.get("place", ""),
        addressee=_addressee(asked),
        court=_court(action, asked)
        if kind in {PaperKind.ANNULMENT, PaperKind.SUSPENSION}
        else None,
        facts=facts,
        means=tuple(_means(choices, today)),
        items=tuple(status_of(action, now=now).dates.items.values()),
        contacts=tuple(dated(known, CONTACTS)),
        standing=_standing(asked),
        claim=_claim(known, asked),
        urgency=tuple(each for each in facts if each.key in urgent),
        relief=_relief(asked),
        scope=_scope(asked),
        exhibits=exhibits,
        override=asked.get("override", ""),
        checked_by=asked.get("checked_by", ""),
    )
    return Gathered(material=material, candidates=offered, is_whole=is_whole)


def _facts(choices: Choices, offered: Candidates) -> tuple[CensusFact, ...]:
    """Return the facts chosen, each with the means chosen that it proves.

    A passage that several facts rest on is quoted once in the account of facts.
    """
    known = {each.key: each for each in offered.facts}
    means, quoted = set(choices.means), set[tuple[str, str]]()
    found: list[CensusFact] = []
    for key in choices.facts:
        if (fact := known.get(key)) is None:
            continue
        own = (code for code, one in choices.own.items() if key in one.facts)
        grounds = tuple(code for code in (*fact.grounds, *own) if code in means)
        passage = (fact.quote, fact.exhibit or fact.url)
        is_said = not grounds and passage in quoted
        found.append(replace(fact, grounds=grounds, quote="" if is_said else fact.quote))
        quoted.add(passage)
    return tuple(found)


def _means(choices: Choices, today: date) -> Iterator[Means]:
    grounds = library().grounds
    for code in choices.means:
        if code in grounds:
            yield means_of(grounds[code], library(), day=today)
        elif own := choices.own.get(code):
            side = Side.EXTERNAL if own.is_external else Side.INTERNAL
            yield Means(code=code, title=own.title, argument=own.text, side=side)


def _applicant(action: Action, asked: Mapping[str, str]) -> Party:
    row = party_of(action, PartyRow.Side.CLAIMANT)
    if row is None or asked.get("is_person"):
        return Party(is_person=True)
    return Party(
        name=row.name,
        form=asked.get("form", ""),
        number=number_of(row.number),
        address=asked.get("address", ""),
        email=asked.get("email", ""),
        represented_by=asked.get("represented_by", ""),
    )


def _addressee(asked: Mapping[str, str]) -> Party | None:
    name = asked.get("addressee", "")
    if not name:
        return None
    return Party(
        name=name,
        service=asked.get("addressee_service", ""),
        address=asked.get("addressee_address", ""),
    )


def _court(action: Action, asked: Mapping[str, str]) -> Court | None:
    if not action.court:
        return None
    return Court(name=action.court, address=asked.get("court_address", ""))


def _claim(known: Sequence[Fact], asked: Mapping[str, str]) -> Claim | None:
    filed = first_of(known, Kind.CLAIM_FILED)
    if filed is None:
        return None
    number = str(filed.values.get("number") or "")
    return Claim(filed_on=filed.first, number=number, exhibit=asked.get("claim", ""))


def _standing(asked: Mapping[str, str]) -> Standing:
    return Standing(
        interest=asked.get("interest", ""),
        statutes=asked.get("statutes", ""),
        power=asked.get("power", ""),
        mandates=_int(asked, "mandates"),
    )


def _relief(asked: Mapping[str, str]) -> Relief:
    return Relief(
        enjoin=asked.get("enjoin", ""),
        within_days=_int(asked, "within_days"),
        penalty=_int(asked, "penalty"),
        costs=_int(asked, "costs"),
        more=tuple(line.strip() for line in asked.get("more", "").splitlines() if line.strip()),
    )


def _scope(asked: Mapping[str, str]) -> Scope:
    until = asked.get("scope_until", "")
    return Scope(
        about=asked.get("scope_about", ""),
        until=date.fromisoformat(until) if until else None,
    )


def _int(asked: Mapping[str, str], name: str) -> int:
    return int(asked.get(name) or 0)
