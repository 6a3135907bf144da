"""One act number that hides many orders: each is cut out by its heading.

The inner SOMMAIRE repeats the headings of the orders; those of the body are followed by recitals
("Vu le code …"). The body wins where the two differ.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .act import Act
from .finding import Bundle
from .text import Page, Pages, folded

HEADING = re.compile(
    r"^[ \t]*arrete\b(?P<ref>(?:(?!portant|autorisant)[^\n]){0,140})\s+"
    r"(?P<kind>(?:portant|autorisant)\b(?:(?!\barrete\b|\bvu\s+l|\barticle\b).){0,240}?"
    r"video[\s-]?\s?(?:protection|surveillance)[^\n]*)",
    re.MULTILINE | re.DOTALL,
)
_RECITAL = re.compile(r"^\s*(?:l[ae]\s+prefete?\b|vu\b)|[(\n ]vu\s+l(?:e|a|es|')\s", re.MULTILINE)
_WITHIN = 700
"""Signs after a heading in which its recitals must begin."""
_CLAIMED = re.compile(r"^\s*(\d{1,4})\s+arretes?\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """Where an order begins, where its heading ends, and the words of both."""

    start: int
    end: int
    kind: str
    """Folded: "portant refus d'autorisation d'installation d'un systeme de videoprotection"."""
    tail: str
    """As printed, after it: commune and beneficiary."""
    ref: str
    """What stands after "arrêté": "PRÉFECTORAL n° 2025-12"."""


def headings(pages: Pages) -> tuple[list[Heading], list[Heading]]:
    """Return the headings of orders in a text, and those that only a table of contents repeats."""
    flat, text = pages.folded, pages.text
    body: list[Heading] = []
    listed: list[Heading] = []
    matches = list(HEADING.finditer(flat))
    for index, match in enumerate(matches):
        limit = matches[index + 1].start() if index + 1 < len(matches) else len(flat)
        limit = min(limit, match.end() + _WITHIN)
        recital = _RECITAL.search(flat, match.end(), limit)
        end = recital.start() if recital else min(limit, match.end() + 200)
        heading = Heading(
            start=match.start(),
            end=end,
            kind=" ".join(match["kind"].split()),
            tail=text[match.end() : end],
            ref=text[match.start("ref") : match.end("ref")],
        )
        is_order = recital is not None and "vu" in flat[recital.start() : limit + 200]
        (body if is_order else listed).append(heading)
    return body, listed


def orders_of(act: Act) -> list[Act]:
    """Return the orders that an act hides, each with its place among them; the act if it is one."""
    body, listed = headings(act.pages)
    if len(body) < 2:
        return [act]
    claim = _CLAIMED.search(folded(act.title or ""))
    differs = bool(listed) and len(listed) != len(body)
    orders = []
    for index, heading in enumerate(body):
        stop = body[index + 1].start if index + 1 < len(body) else len(act.pages.text)
        stop = _page_start(act.pages, stop) if index + 1 < len(body) else stop
        pages = cut(act.pages, _page_start(act.pages, heading.start), max(stop, heading.end))
        bundle = Bundle(
            index=index + 1,
            count=len(body),
            listed=len(listed) or None,
            claimed=int(claim[1]) if claim else None,
        )
        warnings = ["bundle_count_differs"] if differs else []
        if _kind_differs(heading, listed):
            warnings.append("summary_differs")
        orders.append(replace(act, pages=pages, bundle=bundle, warnings=tuple(warnings)))
    return orders


def cut(pages: Pages, start: int, end: int) -> Pages:
    """Return the part of a text between two offsets, page by page."""
    kept = []
    for begin, page in zip(pages.starts, pages.pages, strict=True):
        left, right = max(start - begin, 0), min(end - begin, len(page.text))
        if left < right and page.text[left:right].strip():
            kept.append(Page(page.number, page.text[left:right]))
    return Pages(tuple(kept))


def _page_start(pages: Pages, offset: int) -> int:
    """Return where the page of a heading begins when only a crest stands above it."""
    page = max(index for index, begin in enumerate(pages.starts) if begin <= offset)
    above = folded(pages.text[pages.starts[page] : offset])
    return pages.starts[page] if "article" not in above and len(above) < 900 else offset


def _kind_differs(heading: Heading, listed: Sequence[Heading]) -> bool:
    """Answer whether the table of contents lists the same commune and beneficiary otherwise."""
    wanted = "".join(folded(heading.tail).split())
    same = [each for each in listed if "".join(folded(each.tail).split()) == wanted]
    return bool(same) and all(each.kind != heading.kind for each in same)
