"""Facts of the census, as the rules of this room read them: published ones alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from contrechamp.cases.domain.said import Said, What
from contrechamp.census import published
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.errors import Refused
from contrechamp.kernel.uncertain import parse

RUNNING = frozenset({"trial", "running", "extended"})
OVER = frozenset({"suspended", "ended", "abandoned", "annulled"})
AIR = frozenset({"drones", "onboard_cameras"})
VIDEO, ALGORITHMS = "video_surveillance", "video_analytics"


def said_of(record: published.Record) -> tuple[Said, ...]:
    """Return what is said of a project: facts about it, and what its kind of record says."""
    facts = published.facts_of(record.id)
    families = families_of(facts)
    found = [said for fact in facts for said in _said(fact, families, record.type)]
    if record.type == "file":
        found.append(Said(what=What.STATE_FILE))
    return tuple(found)


def families_of(facts: Iterable[published.Fact]) -> Mapping[str, frozenset[str]]:
    """Return by fact that names a technique the families that it belongs to."""
    using = {
        fact.id: fact.target.id
        for fact in facts
        if fact.property == "uses_technology" and fact.target is not None
    }
    records = published.find_records(set(using.values()))
    return {
        fact: frozenset(family_of(code) for code in records[target].keys.get("vocabulary", ()))
        for fact, target in using.items()
        if target in records
    }


def family_of(code: str) -> str:
    """Return the family of a technique of the vocabulary: its parent, or itself."""
    return str(terms("technologies").get(code, {}).get("parent", code))


def _said(
    fact: published.Fact, families: Mapping[str, frozenset[str]], type_: str
) -> Iterable[Said]:
    known = frozenset().union(*families.values())
    if fact.id in families:
        yield _one(fact, What.TECHNOLOGY, codes=families[fact.id])
    elif fact.property == "authorising_act":
        yield _one(fact, _act(known))
    elif read := READ.get(fact.property):
        yield from read(fact)
    if fact.property == "reported_on" and type_ == "deployment":
        yield _one(fact, What.IN_USE, first=_day(str(fact.value)))
    registers = {proof.register for proof in fact.evidence if proof.stance == "SUPPORTS"}
    if fact.property.endswith("_act") and "raa" in registers:
        yield _one(fact, What.PUBLISHED)


def _act(families: frozenset[str]) -> What:
    """Return what an authorising act authorises, by the techniques of the project."""
    if VIDEO in families or not families:
        return What.AUTHORISED
    if families & AIR:
        return What.DRONE_ORDER
    return What.EXPERIMENT if ALGORITHMS in families else What.FOUNDING_ACT


def _one(
    fact: published.Fact,
    what: What,
    *,
    first: date | None = None,
    last: date | None = None,
    number: int | None = None,
    codes: frozenset[str] = frozenset(),
) -> Said:
    """Return a fact as this room reads it; of dates that are unsure, those that accuse least."""
    dated = next((proof.dated_text for proof in fact.evidence if proof.dated_text), "")
    return Said(
        what=what,
        ref=fact.id,
        first=first or _iso(fact.from_latest) or _iso(fact.from_earliest) or _day(dated),
        last=last or _iso(fact.to_earliest) or _iso(fact.to_latest),
        number=number,
        codes=codes,
        quote=next((one.quote_text for one in fact.evidence if _quotes(one)), ""),
        is_contradicted=fact.status == "CONTRADICTED",
    )


def _quotes(proof: published.Proof) -> bool:
    return bool(proof.quote_text) and proof.stance == "SUPPORTS" and not proof.rejected


def _iso(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _day(text: str) -> date | None:
    """Return the last day that a date may mean, or None."""
    try:
        when = parse(text[:40])
    except Refused:
        return None
    return when.latest or when.earliest


def _codes(what: What) -> Callable[[published.Fact], Iterable[Said]]:
    def read(fact: published.Fact) -> Iterable[Said]:
        values: Sequence[str] = fact.value if isinstance(fact.value, list) else [str(fact.value)]
        yield _one(fact, what, codes=frozenset(values))

    return read


def _plain(what: What) -> Callable[[published.Fact], Iterable[Said]]:
    def read(fact: published.Fact) -> Iterable[Said]:
        yield _one(fact, what)

    return read


def _stage(fact: published.Fact) -> Iterable[Said]:
    if fact.value in RUNNING:
        yield _one(fact, What.IN_USE)
    elif fact.value in OVER:
        yield _one(fact, What.STOPPED)


def _until(fact: published.Fact) -> Iterable[Said]:
    if day := _day(str(fact.value)):
        yield _one(fact, What.AUTHORISED, last=day)


def _started(fact: published.Fact) -> Iterable[Said]:
    yield _one(fact, What.IN_USE, first=_day(str(fact.value)))


def _retention(fact: published.Fact) -> Iterable[Said]:
    if isinstance(fact.value, int | float):
        yield _one(fact, What.RETENTION, number=int(fact.value))


def _hidden(fact: published.Fact) -> Iterable[Said]:
    if fact.value is True:
        yield _one(fact, What.HIDDEN)


READ: Mapping[str, Callable[[published.Fact], Iterable[Said]]] = {
    "refusing_act": _plain(What.REFUSED),
    "authorised_until": _until,
    "started_on": _started,
    "stage": _stage,
    "retention_days": _retention,
    "purpose": _codes(What.PURPOSE),
    "legal_basis": _codes(What.LEGAL_BASIS),
    "legal_reference": _plain(What.FOUNDING_ACT),
    "impact_assessment": _codes(What.IMPACT_ASSESSMENT),
    "regulator_opinion": _plain(What.REGULATOR),
    "is_secret": _hidden,
}
"""By property of the census, what this room reads in it."""
