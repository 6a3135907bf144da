"""What can be ticked to become exhibits: a reference, what it is called, where it stands.

A reference says where a paper is from, and travels in forms: `f:clm-…` a claim, `d:<sha256>` a
document, `r:req-…/<sha256>` a paper of a request, `o:<number>` an opinion of the CADA, `a:<slug>`
an act. Several claims on one document are one exhibit that names its pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from contrechamp.foi.domain.wording import in_full
from contrechamp.kernel.dates import add_days, add_months

from .exhibits import Group, Role

REF = re.compile(r"[fdroa]:[A-Za-z0-9][A-Za-z0-9._/-]{0,86}")
LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One thing that may be ticked."""

    ref: str
    label: str
    sha256: str = ""
    """Of its content; empty: it is written when it is taken."""
    dated: str = ""
    author: str = ""
    source: str = ""
    group: Group = Group.FACTS
    role: Role = Role.OTHER
    url: str = ""
    about: str = ""
    """What the claim says; empty for what is a document by itself."""
    quote: str = ""
    claim: str = ""
    page: int | None = None
    why_not: str = ""
    """Why it cannot be taken, as a sentence; empty: it can."""
    is_there: bool = False
    """Its content is an exhibit already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What becomes one exhibit: a content, what it is called, the claims that it proves."""

    candidate: Candidate
    label: str
    shows: tuple[Mapping[str, object], ...] = field(default=())


def gathered(ticked: Iterable[Candidate], labels: Mapping[str, str]) -> tuple[Taken, ...]:
    """Return one exhibit per content, in the order of ticking, its claims and pages joined.

    `labels`: what was typed, by reference; the first one of a content counts.
    """
    found: dict[str, Taken] = {}
    for one in ticked:
        key = one.sha256 or one.ref
        shows = ({"claim": one.claim, "page": one.page},) if one.claim or one.page else ()
        before = found.get(key)
        if before is None:
            label = " ".join(labels.get(one.ref, "").split())[:LONGEST] or one.label
            found[key] = Taken(candidate=one, label=label, shows=shows)
        else:
            found[key] = replace(before, shows=joined(before.shows, shows))
    return tuple(found.values())


def joined(
    before: Sequence[Mapping[str, object]], more: Sequence[Mapping[str, object]]
) -> tuple[Mapping[str, object], ...]:
    """Return what an exhibit shows with more put to it, each once."""
    return tuple(before) + tuple(each for each in more if each not in before)


def pages_said(shows: Iterable[Mapping[str, object]]) -> str:
    """Return the pages that matter as the inventory says them: `p. 3 et 7`; none: empty."""
    pages = sorted({page for each in shows if isinstance(page := each.get("page"), int)})
    if not pages:
        return ""
    *rest, last = map(str, pages)
    return f"p.\u00a0{', '.join(rest)} et {last}" if rest else f"p.\u00a0{last}"


def dated_words(first: date | None, last: date | None, text: str) -> str:
    """Return a date as the inventory says it: day or month in words, a year, else as written."""
    if first is None or last is None:
        return text
    if first == last:
        return in_full(first)
    is_month = first.day == 1 and add_days(last, 1) == add_months(first, 1)
    if is_month:
        return in_full(first).partition("\u00a0")[2]
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else text
    return text


def proposed_label(title: str, dated: str) -> str:
    """Return a label of title and date, the date once: `Délibération du 3 novembre 2023`."""
    words = " ".join(title.split())[:LONGEST]
    if not dated or _told(words, dated):
        return words
    whole = f"{words}, {dated}"
    return whole if len(whole) <= LONGEST else words


def _told(title: str, dated: str) -> bool:
    plain = title.replace("\u00a0", " ").casefold()
    return dated.replace("\u00a0", " ").casefold() in plain
