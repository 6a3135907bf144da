"""Public copies of what has no pages: texts, web pages, messages become plain text.

A passage is replaced by a sign of always the same width with the code of its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contrechamp.documents.domain.layout import Rect
from contrechamp.kernel.errors import gettext_noop

from .finding import Span, find, parts, sentence_around
from .growth import is_mostly_in
from .making import Found, Occurrence, largest
from .plan import BadPlan, Box, Plan

BLACK = "█████"


@dataclass(frozen=True, slots=True)
class Plain:
    """What a plan finds in a text, and the text that is left, page by page."""

    found: Found
    pages: tuple[str, ...]


def redact_text(pages: Sequence[str], plan: Plan, marks: dict[str, str]) -> Plain:
    """Replace each passage. A rectangle of a page without a picture is the line."""
    if plan.boxes:
        raise BadPlan(
            gettext_noop("Ce document n'a pas d'image de page : donnez des termes, pas de zones.")
        )
    occurrences: list[Occurrence] = []
    boxes: list[Box] = []
    sentences: list[str] = []
    left: list[str] = []
    for number, text in enumerate(pages, start=1):
        cuts: list[tuple[Span, str]] = []
        for index, span, is_part in _spans(text, plan):
            rect = _line(text, span)
            kept = any(k.page == number and is_mostly_in(rect, k.rect) for k in plan.keep)
            occurrences.append(_occurrence(number, index, rect, text, span, is_part, kept))
            if not kept:
                reason = plan.terms[index].reason
                boxes.append(Box(number, rect, reason, "term"))
                sentences.append(sentence_around(text, *span))
                cuts.append((span, f"{BLACK} [{marks.get(reason, '')}]"))
        left.append(_cut(text, cuts))
    found = Found(
        pages_count=len(pages),
        occurrences=tuple(occurrences),
        boxes=tuple(boxes),
        sentences=tuple(sentences),
    )
    return Plain(found, tuple(left))


def _spans(text: str, plan: Plan) -> list[tuple[int, Span, bool]]:
    found: list[tuple[int, Span, bool]] = []
    for index, term in enumerate(plan.terms):
        found += [(index, span, False) for span in find(text, term)]
        found += [(index, span, True) for span in parts(text, term)]
    return largest(found)


def _occurrence(
    number: int, index: int, rect: Rect, text: str, span: Span, is_part: bool, kept: bool
) -> Occurrence:
    start, end = span
    found = Occurrence(
        number, index, (rect,), text[max(start - 60, 0) : start], text[start:end], ""
    )
    return replace(found, after=text[end : end + 60], is_part=is_part, is_kept=kept)


def _line(text: str, span: Span) -> Rect:
    """Return the lines of a passage as a band over the width of the page."""
    count = text.count("\n") + 1
    first, last = text.count("\n", 0, span[0]), text.count("\n", 0, span[1])
    return Rect(0.0, round(first / count, 5), 1.0, round((last + 1) / count, 5))


def _cut(text: str, cuts: Sequence[tuple[Span, str]]) -> str:
    parts_left: list[str] = []
    at = 0
    for (start, end), sign in cuts:
        parts_left += [text[at:start], sign]
        at = max(end, at)
    return "".join([*parts_left, text[at:]])
