"""Grounds with their exhibits, as the page of an action's arguments shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from contrechamp.cases.domain.grounds import library
from contrechamp.cases.models import Action, Argument, Support
from contrechamp.cases.queries.arguing import arguments_of
from contrechamp.cases.queries.exhibits import numbered_of, rows_of
from contrechamp.census import published as census


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One exhibit behind a ground."""

    support: Support
    number: int
    claim_url: str
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One ground."""

    row: Argument
    url: str
    cited: tuple[Cited, ...]
    is_proved: bool


def lines_of(action: Action) -> list[Line]:
    """Return the grounds of an action, each with its exhibits by their numbers of now."""
    numbers = {each.key: each.number for each in numbered_of(action)}
    rows = list(arguments_of(action))
    keys = {each.claim for row in rows for each in row.supports.all() if each.claim}
    facts = census.find_facts(sorted(keys))
    return [_line(row, numbers, facts) for row in rows]


def _line(row: Argument, numbers: Mapping[str, int], facts: Mapping[str, census.Fact]) -> Line:
    cited = [
        Cited(
            support=each,
            number=numbers.get(each.exhibit_id, 0),
            claim_url=facts[each.claim].url if each.claim in facts else "",
            claim=_said(facts[each.claim]) if each.claim in facts else "",
        )
        for each in row.supports.all()
    ]
    return Line(
        row=row,
        url=f"/droit/{row.ground}" if row.ground in library().grounds else "",
        cited=tuple(sorted(cited, key=lambda each: each.number)),
        is_proved=any(each.support.claim or each.support.page for each in cited),
    )


def _said(fact: census.Fact) -> str:
    return f"{fact.label} · {fact.value_text}"


def offered_grounds() -> list[tuple[str, str]]:
    """Return code and title of every ground of the library, in the reader's language."""
    is_english = (get_language() or "fr").startswith("en")
    rows = library().grounds.values()
    return [(each.code, each.title.en if is_english else each.title.fr) for each in rows]


def places_of(action: Action) -> list[tuple[str, str]]:
    """Return the exhibits, and under each the claims it proves, for a list of choices."""
    rows = {row.pk: row for row in rows_of(action)}
    shown = {str(each["claim"]) for row in rows.values() for each in row.shows if each.get("claim")}
    facts = census.find_facts(sorted(shown))
    found: list[tuple[str, str]] = []
    for each in numbered_of(action):
        found.append((each.key, f"{each.number}. {each.label}"))
        for place in rows[each.key].shows:
            if fact := facts.get(str(place.get("claim"))):
                page = f", p. {place['page']}" if place.get("page") else ""
                found.append((f"{each.key}/{fact.id}", f"{each.number}{page} : {_said(fact)}"))
    return found
