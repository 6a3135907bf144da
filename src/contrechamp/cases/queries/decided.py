"""Decisions and contracts that the census tells of, with their publication, court and places.

Published facts alone, a batch of records at once: a project may have a thousand acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q
from django.utils import translation

from contrechamp.cases.domain import decided as rules
from contrechamp.cases.domain.openings import Attackable
from contrechamp.cases.domain.windows import Sort, Why, Window, act_window
from contrechamp.cases.models import Window as Row
from contrechamp.census import published as census
from contrechamp.foundation.vocabulary import label, terms
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.uncertain import UncertainDate, parse
from contrechamp.places import queries as places
from contrechamp.watch.domain.courts import court_of
from contrechamp.watch.domain.places import departement_named

from .openable import HIGH_COURT, never_published

AT_ONCE = 200
DECISIONS = (*sorted(rules.ACTS), rules.DECIDED, rules.HIDDEN, "authorised_until")
"""Properties of a project that open a window or end one."""
ASKED = (
    *DECISIONS,
    *("legal_basis", "uses_technology", "participates_in", "buyer_of", "awarded_to"),
    *rules.AWARD_DAYS,
)
SECRET_DECISION = gettext_noop("Décision tenue secrète")
END = gettext_noop("Fin de l'autorisation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of one record and counts for its decisions."""

    record: census.Record
    facts: Sequence[census.Fact]
    territories: tuple[str, ...]
    """Its own, then those that hold them."""
    departement: str
    """Of the seat of who decides, else of the only one that it is in; or empty."""
    technology: str
    authority: str
    bases: frozenset[str]
    is_secret: bool


def subjects() -> Iterator[str]:
    """Yield every record of which a decision, an award or an end of authorisation is published."""
    seen: set[str] = set()
    for fact in census.facts(properties=(*DECISIONS, *rules.AWARD_DAYS, "awarded_to")):
        if fact.subject.id not in seen:
            seen.add(fact.subject.id)
            yield fact.subject.id


def of_records(keys: Iterable[str]) -> Iterator[Window]:
    """Yield the windows of the decisions, contracts and authorisations of public records."""
    never = never_published()
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), AT_ONCE):
        found = known(wanted[start : start + AT_ONCE])
        told = _told_by_acts(found)
        for one in found.values():
            yield from _of(one, never, told.get(one.record.id, Told()))


def of_fact(key: str) -> tuple[Known, census.Fact, rules.Publication] | None:
    """Return a decision with what is known of its record, None where a fact is none."""
    fact = census.find_fact(key)
    if fact is None or fact.property not in {*rules.ACTS, rules.DECIDED}:
        return None
    one = known([fact.subject.id]).get(fact.subject.id)
    if one is None:
        return None
    return one, fact, _publication(one, fact, never_published())


def attackable_of(one: Known, found: rules.Publication) -> Attackable:
    """Return a decision as the rules of openings read one."""
    return rules.attackable(
        found,
        court=court(one, is_national=found.is_national),
        bases=one.bases,
        is_contract=one.record.kind == "contract",
    )


def court(one: Known, *, is_national: bool = False) -> str:
    """Return the court of who decides (CJA R312-1, R311-1), empty where the seat is not known."""
    return HIGH_COURT if is_national else court_of(one.departement) or ""


def known(keys: Sequence[str]) -> Mapping[str, Known]:
    """Return what is known of those of the records that are public projects or contracts."""
    records = {
        key: one
        for key, one in census.find_records(keys).items()
        if one.kind in {"project", "contract"}
    }
    facts = census.facts_of_many(records, only=ASKED)
    held = census.places_of(records)
    territories = places.territories({key for some in held.values() for key in some})
    seats = _seats(facts.values())
    techniques = _techniques(facts.values())
    found = {}
    for key, record in records.items():
        own = [territories[one] for one in held.get(key, ()) if one in territories]
        deciding = next((fact.subject for fact in facts[key] if _decides(fact)), None)
        seat = (
            (seats.get(deciding.id) or departement_named(deciding.name) or "") if deciding else ""
        )
        found[key] = Known(
            record=record,
            facts=facts[key],
            territories=tuple(
                dict.fromkeys(each for one in own for each in (one.key, *places.holders(one)))
            ),
            departement=seat or _only(own),
            technology=next((code for one in facts[key] if (code := techniques.get(one.id))), ""),
            authority=deciding.name if deciding else "",
            bases=frozenset(code for one in facts[key] for code in _bases(one)),
            is_secret=any(_is_secret(one) for one in facts[key]),
        )
    return found


def _decides(fact: census.Fact) -> bool:
    if fact.property == "buyer_of":
        return True
    is_commissioner = fact.attributes.get("role") == "commissioner"
    return fact.property == "participates_in" and is_commissioner


def _seats(batches: Iterable[Sequence[census.Fact]]) -> Mapping[str, str]:
    """Return the département of the seat of communes and groups that decide, by their record."""
    actors = {fact.subject.id for facts in batches for fact in facts if _decides(fact)}
    sirens = {
        number.value.replace(" ", "")[:9]: record.id
        for record in census.find_records(actors).values()
        for number in record.identifiers
        if number.scheme in {"siren", "siret"}
    }
    owners = places.everything().filter(siren__in=[one for one in sirens if one])
    rows = owners.values_list("siren", "departement")
    return {sirens[siren]: departement for siren, departement in rows if departement}


def _only(territories: Sequence[object]) -> str:
    """Return the département of territories that are all in one; empty where they are in more."""
    codes = {
        getattr(one, "code", "")
        if getattr(one, "kind", "") == "departement"
        else getattr(one, "departement", "")
        for one in territories
    }
    return str(codes.pop()) if len(codes) == 1 else ""


@cache
def _watched() -> Mapping[str, str]:
    return {
        str(term["census"]): code for code, term in terms("watched").items() if term.get("census")
    }


def _techniques(batches: Iterable[Sequence[census.Fact]]) -> Mapping[str, str]:
    """Return the code of the watch for each fact that names a technique."""
    using = {
        fact.id: fact.target.id
        for facts in batches
        for fact in facts
        if fact.property == "uses_technology" and fact.target
    }
    records = census.find_records(set(using.values()))
    found = {}
    for fact, target in using.items():
        codes = records[target].keys.get("vocabulary", ()) if target in records else ()
        for code in codes:
            parent = terms("technologies").get(code, {}).get("parent", "")
            if said := _watched().get(code) or _watched().get(parent):
                found[fact] = said
    return found


def _bases(fact: census.Fact) -> Sequence[str]:
    if fact.property != "legal_basis" or fact.status == "CONTRADICTED":
        return ()
    return fact.value if isinstance(fact.value, list) else [str(fact.value)]


def _is_secret(fact: census.Fact) -> bool:
    is_said = fact.property == rules.HIDDEN and fact.value is True
    return is_said and fact.status != "CONTRADICTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the windows of acts of the watch tell of one record: it is told once."""

    numbers: tuple[str, ...] = ()
    ends: tuple[date, ...] = ()
    has_contract: bool = False


def _told_by_acts(found: Mapping[str, Known]) -> Mapping[str, Told]:
    rows = Row.objects.filter(record__in=list(found), gone_at=None).filter(
        Q(pk__startswith="act-") | Q(pk__startswith="end-") & ~Q(pk__startswith="end-prj-")
    )
    told: dict[str, Told] = {}
    for record, sort, number, day in rows.values_list("record", "sort", "number", "last_day"):
        one = told.get(record, Told())
        told[record] = Told(
            numbers=(*one.numbers, number) if number and sort == Sort.ACT else one.numbers,
            ends=(*one.ends, day) if sort == Sort.EXPIRY and day else one.ends,
            has_contract=one.has_contract or sort == Sort.CONTRACT,
        )
    return told


def _of(one: Known, never: frozenset[str], told: Told) -> Iterator[Window]:
    if one.record.kind == "contract":
        award = None if told.has_contract else _award(one)
        if award:
            yield award
        return
    decisions = [fact for fact in one.facts if fact.property in {*rules.ACTS, rules.DECIDED}]
    for fact in decisions:
        if not any(number in str(fact.value) for number in told.numbers):
            yield _decision(one, fact, _publication(one, fact, never))
    secret = next((fact for fact in one.facts if _is_secret(fact)), None)
    if secret and not decisions:
        yield _decision(one, secret, rules.Publication(why=Why.REVEALED))
    until = [day for fact in one.facts if (day := _until(fact))]
    if until and max(until) not in told.ends:
        yield _end(one, max(until))


def _publication(one: Known, fact: census.Fact, never: frozenset[str]) -> rules.Publication:
    sources = [
        rules.Source(register=proof.register, first=when.earliest, last=when.latest)
        for proof in fact.evidence
        if proof.stance == "SUPPORTS" and not proof.rejected
        for when in [_when(proof.dated_text)]
    ]
    is_never = fact.id in never or one.record.id in never
    return rules.publication(sources, is_secret=one.is_secret, is_never=is_never)


def _decision(one: Known, fact: census.Fact, found: rules.Publication) -> Window:
    item = act_window(found.day) if found.day else None
    french, english = (_title(one, fact, language) for language in ("fr", "en"))
    return Window(
        key=fact.id,
        sort=Sort.DECISION,
        title=french,
        title_en=english,
        url=fact.url,
        number=str(fact.value)[:80] if fact.property in rules.ACTS else "",
        published_on=found.day,
        act_by_safe=item.act_by_safe if item else None,
        last_day=item.last_day if item else None,
        why=found.why,
        shown_at=fact.first_at,
        court=court(one, is_national=found.is_national),
        **_common(one),
    )


def _title(one: Known, fact: census.Fact, language: str) -> str:
    with translation.override(language):
        if fact.property == rules.HIDDEN:
            said = translation.gettext(SECRET_DECISION)
        else:
            words = label("properties", fact.property)
            said = f"{words[:1].upper()}{words[1:]} {fact.value_text}"
    return f"{said} — {one.record.name}"[:500]


def _award(one: Known) -> Window | None:
    """Return the window of a contract that was awarded; no day of a register starts it (T10)."""
    if one.record.type not in rules.AWARDED:
        return None
    said = [
        _when(str(fact.value)).latest for fact in one.facts if fact.property in rules.AWARD_DAYS
    ]
    days = [day for day in said if day]
    if not days and not any(fact.property == "awarded_to" for fact in one.facts):
        return None
    return Window(
        key=one.record.id,
        sort=Sort.CONTRACT,
        title=one.record.name,
        url=one.record.url,
        dated_on=max(days, default=None),
        why=Why.PUBLICITY,
        shown_at=one.record.first_at,
        court=court(one),
        **_common(one),
    )


def _end(one: Known, until: date) -> Window:
    return Window(
        key=f"end-{one.record.id}",
        sort=Sort.EXPIRY,
        title=one.record.name,
        url=one.record.url,
        act_by_safe=until,
        last_day=until,
        shown_at=one.record.first_at,
        court=court(one),
        **_common(one),
    )


def _until(fact: census.Fact) -> date | None:
    if fact.property != "authorised_until" or fact.status == "CONTRADICTED":
        return None
    when = _when(str(fact.value))
    return when.earliest or when.latest


def _when(text: str) -> UncertainDate:
    try:
        return parse(text[:40])
    except Refused:
        return UncertainDate()


def _common(one: Known) -> dict[str, Any]:
    return {
        "authority": one.authority[:200],
        "technology": one.technology,
        "departement": one.departement,
        "record": one.record.id,
        "territories": one.territories,
    }
