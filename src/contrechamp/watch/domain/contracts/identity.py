"""Which records are one contract: repeated in a file, published on two platforms, lots, awards."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from rapidfuzz import fuzz

from contrechamp.watch.domain.finding import Company, Finding
from contrechamp.watch.domain.text import folded

NEAR = timedelta(days=60)
"""Notifications of one contract on two platforms are this near (`watch.md` §6)."""
AMOUNTS = Decimal("0.25")
SIMILAR = 75.0
"""Of 100: how alike two objects are, words in any order, articles apart."""
_SMALL = frozenset(
    ("de", "des", "du", "d", "la", "le", "les", "l", "et", "un", "une", "en", "pour", "a")
)


def merged(first: Finding, second: Finding) -> Finding:
    """Return the first of two findings of one contract, with the positions of both."""
    records = (*(first.locator.records or ()), *(second.locator.records or ()))
    return replace(first, locator=replace(first.locator, records=tuple(sorted(set(records)))))


def grouped(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings, those that are lots of one consultation with the same `contract.group`.

    Lots share the buyer, the day and the number but for its end (`2018345590095500`, `…5600`), or
    the object up to its lot. A group that the register states itself is kept.
    """
    kept = list(findings)
    lots: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, finding in enumerate(kept):
        for key in _group_keys(finding):
            lots[key].append(index)
    for key, members in lots.items():
        if len({kept[index].contract.id for index in members if kept[index].contract}) < 2:  # type: ignore[union-attr]
            continue
        for index in members:
            terms = kept[index].contract
            if terms and terms.group is None:
                kept[index] = replace(kept[index], contract=replace(terms, group="/".join(key)))
    return kept


_LOT = re.compile(r"\W+(?:lots?\b|- ?lot).{0,200}$")


def _group_keys(finding: Finding) -> list[tuple[str, ...]]:
    terms = finding.contract
    if terms is None or terms.group or not terms.buyer or not terms.buyer.siret:
        return []
    plain = folded(terms.object or "")
    stem = re.sub(r"[^a-z0-9]", "", _LOT.sub("", plain))
    day = terms.notified_on.isoformat() if terms.notified_on else ""
    return [(terms.buyer.siret, day, stem[:60])] if len(stem) > 12 else []


def mark_duplicates(findings: Iterable[Finding]) -> list[Finding]:
    """Return all contract findings, those published on a second platform marked `duplicate_of`.

    The earlier of two (by notification, then publication, then path and position) is the one that
    the other repeats. Both are kept: their amounts may differ. Calls and their award are joined by
    the notice's number in `contract.group`.
    """
    ordered = sorted(findings, key=_age)
    by_buyer: dict[str, list[Finding]] = defaultdict(list)
    marked: list[Finding] = []
    for finding in ordered:
        made, key = finding, _buyer_key(finding)
        if key is not None and finding.duplicate_of is None:
            twin = next((each for each in by_buyer[key] if _is_twin(each, finding)), None)
            if twin is not None:
                made = replace(finding, duplicate_of=twin.duplicate_of or twin.id)
            else:
                by_buyer[key].append(finding)
        marked.append(made)
    return marked


def _age(finding: Finding) -> tuple[str, str, str, int]:
    terms = finding.contract
    day = terms.notified_on if terms else None
    published = terms.published_on if terms else None
    return (
        day.isoformat() if day else "9",
        published.isoformat() if published else "9",
        finding.document.path,
        (finding.locator.records or (0,))[0],
    )


def _buyer_key(finding: Finding) -> str | None:
    """Findings can be twins only under one key: buyer's SIREN, decision and technology."""
    terms = finding.contract
    if terms is None or terms.buyer is None or not terms.buyer.siret:
        return None
    return f"{terms.buyer.siret[:9]}/{finding.decision}/{finding.technology}"


def _is_twin(one: Finding, two: Finding) -> bool:
    first, second = one.contract, two.contract
    if first is None or second is None or _is_same_register(one, two):
        return False
    return (
        _is_common(first.suppliers, second.suppliers)
        and (not first.cpv or not second.cpv or first.cpv[:3] == second.cpv[:3])
        and (
            first.notified_on is None
            or second.notified_on is None
            or abs(first.notified_on - second.notified_on) <= NEAR
        )
        and _are_near(first.amount, second.amount)
        and fuzz.token_sort_ratio(_words(first.object), _words(second.object)) >= SIMILAR
    )


def _is_same_register(one: Finding, two: Finding) -> bool:
    """Answer whether two numbers of one platform tell them apart.

    Successive dumps of one platform hold the same number again: that is one contract twice.
    """
    first, second = one.contract, two.contract
    if first is None or second is None:
        return True
    if first.id and first.id == second.id:
        return False
    return one.document.publisher == two.document.publisher and (
        one.document.publisher is not None or one.document.path == two.document.path
    )


def _is_common(first: tuple[Company, ...], second: tuple[Company, ...]) -> bool:
    ones = {each.siret[:9] for each in first if each.siret}
    twos = {each.siret[:9] for each in second if each.siret}
    if ones and twos:
        return bool(ones & twos)
    names = {folded(each.name) for each in first if each.name}
    return bool(names & {folded(each.name) for each in second if each.name})


def _are_near(one: Decimal | None, two: Decimal | None) -> bool:
    if one is None or two is None:
        return True
    return abs(one - two) <= AMOUNTS * max(one, two)


def _words(text: str | None) -> str:
    words = re.findall(r"[a-z0-9]+", re.sub(r"video[ -](?=[ps])", "video", folded(text or "")))
    return " ".join(word for word in words if word not in _SMALL)
