"""From what a reader found in an act to a finding: identifier, proofs, appeal, warnings.

Names of persons never leave: what stands around a quote is cut before the name of anybody whom
the act calls by title, and a quote that holds one is not given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from contrechamp.kernel import periods

from .act import Act, Draft, Span
from .finding import (
    ActNames,
    Appeal,
    Evidence,
    Finding,
    Locator,
    SourceDocument,
)
from .premises import names_in
from .text import Place, digest, folded

MONTHS = 2
"""To challenge a published act before the administrative court (CJA R421-1)."""
_WORD = re.compile(r"[a-z]{4,}")
KEY_FIELDS = ("technology", "decision", "places")
"""The fields whose confidence makes that of the finding: the smallest of them."""


def appeal_of(published_on: date | None) -> Appeal:
    """Return until when an act published on that day can be challenged (CJA R421-1, R421-5).

    Without proof of publication nothing runs, and there is no last day.
    """
    if published_on is None:
        return Appeal(months=MONTHS, from_=None, act_by_safe=None, last_day=None)
    return Appeal(
        months=MONTHS,
        from_=published_on,
        act_by_safe=periods.safe(published_on, MONTHS),
        last_day=periods.franc(published_on, MONTHS),
    )


def assemble(
    draft: Draft, act: Act, document: SourceDocument, position: int, *, source: str = "raa"
) -> Finding:
    """Return the finding of a draft. `position`: its rank among those of the document, from 0."""
    names = names_in(act.pages.text)
    evidence = {
        field: proof
        for field, span in sorted(draft.spans.items())
        if (proof := evidence_of(act, span, names)) is not None
    }
    bundle = act.bundle
    first, last = act.pages.pages[0].number, act.pages.pages[-1].number
    warnings = list(draft.warnings)
    if draft.order and draft.signed_on and _year_differs(draft.order, draft.signed_on):
        warnings.append("order_year_differs")
    confidence = min(
        (draft.spans[key].confidence for key in KEY_FIELDS if key in draft.spans), default=0.5
    )
    if not draft.places:
        confidence = min(confidence, 0.8)
    return Finding(
        id="wf-" + digest(source, document.sha256, act.number, position, draft.technology),
        source=source,
        type="lead" if draft.is_lead else "finding",
        document=document,
        locator=Locator(page=first, last_page=last, bundle=bundle),
        technology=draft.technology,
        technologies=draft.technologies or (draft.technology,),
        decision=draft.decision,
        decisions=draft.decisions or (draft.decision,),
        act=ActNames(
            number=act.number,
            order=draft.order,
            title=_title(act, names),
            signed_on=draft.signed_on,
            authority=draft.authority,
            repeals=draft.repeals,
        ),
        places=draft.places,
        beneficiary=draft.beneficiary,
        cameras=draft.cameras,
        perimeters=draft.perimeters,
        retention_days=draft.retention_days,
        file_numbers=draft.file_numbers,
        duration_years=draft.duration_years,
        expires_on=draft.expires_on,
        purposes=draft.purposes,
        aircraft=draft.aircraft,
        operator=draft.operator,
        intervals=draft.intervals,
        public_information_waived=draft.public_information_waived,
        legal_basis=draft.legal_basis,
        court=draft.court,
        appeal=appeal_of(document.published_on),
        evidence=evidence,
        confidence=round(confidence, 3),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def fingerprint(act: Act) -> str:
    """Return what two publications of one order have in common: the letters of its articles."""
    flat = act.pages.folded
    start = max(flat.find("article 1"), flat.find("article  1"), 0)
    return digest("".join(re.findall(r"[a-z0-9]+", flat[start : start + 6000])))


def mark_twins(findings: Iterable[Finding], prints: Mapping[str, str]) -> list[Finding]:
    """Name, on each later publication of one order, the finding of the first.

    `prints`: fingerprint by identifier. The first is the one published first, then by file.
    """
    rows = list(findings)
    first: dict[tuple[object, ...], Finding] = {}
    for each in sorted(rows, key=_age):
        first.setdefault(_sameness(each, prints), each)
    marked = []
    for each in rows:
        twin = first[_sameness(each, prints)]
        marked.append(replace(each, duplicate_of=twin.id) if twin.id != each.id else each)
    return marked


def _age(finding: Finding) -> tuple[date, str, int, str]:
    document = finding.document
    day = document.published_on or date.max
    return (day, document.path, finding.locator.page or 0, finding.id)


def _sameness(finding: Finding, prints: Mapping[str, str]) -> tuple[object, ...]:
    """Return what two publications of one order share: its number, days and places, or its words.

    The number alone is not enough: two orders of two days may bear the same.
    """
    order = finding.act.order if finding.act else None
    places = tuple(sorted(place.insee or place.printed for place in finding.places))
    what = (finding.technology, finding.decision, finding.document.departement)
    if order and finding.intervals:
        return (*what, order, finding.intervals, places)
    return (*what, prints.get(finding.id, finding.id), finding.file_numbers)


def _title(act: Act, names: frozenset[str]) -> str | None:
    """Return the act's title, unless it calls somebody by name."""
    title = act.title
    if not title or _holds(title, names):
        return None
    return title[:300]


def _year_differs(order: str, signed_on: date) -> bool:
    years = re.findall(r"(?<!\d)(20\d\d)(?!\d)", order)
    return bool(years) and str(signed_on.year) not in years


def evidence_of(act: Act, span: Span, names: frozenset[str]) -> Evidence | None:
    """Return the words of a span with their page; None where they would name somebody."""
    place = act.pages.place(span.start, span.end)
    if not place.quote:
        return None
    place = _without_names(place, names)
    if _holds(place.quote, names):
        return None
    return Evidence(
        page=place.page,
        quote=place.quote,
        prefix=place.prefix,
        suffix=place.suffix,
        confidence=round(span.confidence, 3),
    )


def _without_names(place: Place, names: frozenset[str]) -> Place:
    """Cut what stands around a quote before a name, and half words at both ends."""
    prefix, suffix = place.prefix, place.suffix
    last = max((m.end() for m in _WORD.finditer(folded(prefix)) if m[0] in names), default=0)
    prefix = prefix[last:]
    if last == 0 and prefix and _may_be_cut(prefix, names):
        prefix = prefix.partition(" ")[2]
    first = min(
        (m.start() for m in _WORD.finditer(folded(suffix)) if m[0] in names), default=len(suffix)
    )
    suffix = suffix[:first]
    if first == len(place.suffix) and suffix and _may_be_cut(suffix[::-1], names, is_end=True):
        suffix = suffix.rpartition(" ")[0]
    return replace(place, prefix=prefix, suffix=suffix)


def _may_be_cut(text: str, names: frozenset[str], *, is_end: bool = False) -> bool:
    """Answer whether the outer word of what stands around may be the rest of a name."""
    word = re.match(r"[^\s]*", text)
    part = "".join(re.findall(r"[a-z]", folded(word[0] if word else "")))
    part = part[::-1] if is_end else part
    if not part:
        return False
    return any(name.startswith(part) if is_end else name.endswith(part) for name in names)


def _holds(text: str, names: frozenset[str]) -> bool:
    return not names.isdisjoint(_WORD.findall(folded(text)))
