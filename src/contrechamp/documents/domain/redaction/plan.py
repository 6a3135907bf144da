"""What is to be hidden: words, kinds of words, rectangles; and what is to stay.

A plan is as secret as the original. The words never appear in a representation, so that no
report of an error can tell them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from contrechamp.documents.domain.layout import Rect, check_rect
from contrechamp.kernel.errors import Refused, gettext_noop

from .finding import KINDS, letters

SHORTEST = 2
"""Letters and digits of the shortest word that can be hidden everywhere."""
LONGEST = 300
MOST_TERMS = 2_000
MOST_BOXES = 5_000


class BadPlan(Refused):
    """The plan cannot be followed as it is written. No word of it is repeated."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words to hide wherever they stand; or, with `kind`, all words of a kind."""

    text: str = field(repr=False)
    reason: str = "other"
    whole_word: bool = True
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle to hide: fractions of the page, origin top left. `source` is term, box or
    screening."""

    page: int
    rect: Rect
    reason: str
    source: str = "box"


@dataclass(frozen=True, slots=True)
class Keep:
    """A rectangle in which words stay although they are on the list."""

    page: int
    rect: Rect


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that one public copy hides."""

    terms: tuple[Term, ...] = field(default=(), repr=False)
    boxes: tuple[Box, ...] = ()
    keep: tuple[Keep, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the plan as `read_plan` reads it."""
        return {
            "terms": [
                {"text": term.text, "reason": term.reason, "whole_word": term.whole_word}
                | ({"kind": term.kind} if term.kind else {})
                for term in self.terms
            ],
            "boxes": [
                {"page": box.page, "rect": list(box.rect), "reason": box.reason}
                | ({"from": box.source} if box.source == "screening" else {})
                for box in self.boxes
            ],
            "keep": [{"page": each.page, "rect": list(each.rect)} for each in self.keep],
        }


def read_plan(data: object, reasons: Collection[str]) -> Plan:
    """Return the plan that a JSON object states, or raise `BadPlan` with the place of the fault."""
    if not isinstance(data, dict) or set(data) - {"terms", "boxes", "keep"}:
        raise BadPlan(
            gettext_noop(
                "Le plan est un objet JSON avec « terms », « boxes » et « keep », rien d'autre."
            )
        )
    terms = tuple(
        read_term(row, number, reasons) for number, row in _rows(data, "terms", MOST_TERMS)
    )
    boxes = tuple(
        Box(
            *_place("boxes", row, number),
            _reason(row, number, reasons, "boxes"),
            "screening" if row.get("from") == "screening" else "box",
        )
        for number, row in _rows(data, "boxes", MOST_BOXES)
    )
    keep = tuple(
        Keep(*_place("keep", row, number)) for number, row in _rows(data, "keep", MOST_BOXES)
    )
    return Plan(terms=terms, boxes=boxes, keep=keep)


def read_term(row: Mapping[str, Any], number: int, reasons: Collection[str]) -> Term:
    """Return one term of a plan; `number` is its place, the only thing that a refusal tells."""
    kind, text = row.get("kind") or "", row.get("text") or ""
    if kind:
        if kind not in KINDS:
            raise BadPlan(
                gettext_noop("« terms » n° {number} : « kind » est l'un de {kinds}."),
                number=number,
                kinds=", ".join(KINDS),
            )
        return Term("", _reason(row, number, reasons, "terms"), True, kind)
    if not isinstance(text, str) or not SHORTEST <= len(letters(text)) <= LONGEST:
        raise BadPlan(
            gettext_noop(
                "« terms » n° {number} : de {least} à {most} lettres ou chiffres. "
                "Un mot plus court se masque avec un rectangle."
            ),
            number=number,
            least=SHORTEST,
            most=LONGEST,
        )
    whole = row.get("whole_word", True) is not False
    return Term(text.strip(), _reason(row, number, reasons, "terms"), whole)


def read_terms(
    lines: Iterable[str], reason: str, reasons: Collection[str], *, kinds: Iterable[str] = ()
) -> tuple[Term, ...]:
    """Return the terms of a list, one a line, and of kinds."""
    rows = [{"text": line, "reason": reason} for line in map(str.strip, lines) if line]
    rows += [{"kind": kind, "reason": reason} for kind in kinds]
    return tuple(read_term(row, number, reasons) for number, row in enumerate(rows, start=1))


def read_box(text: str, reason: str) -> Box:
    """Return the box that `PAGE:x0,y0,x1,y1` states, or raise `BadPlan`."""
    page, _, numbers = text.partition(":")
    try:
        rect = check_rect([float(number) for number in numbers.split(",")])
        return Box(_number(page), rect, reason)
    except ValueError:
        raise BadPlan(
            gettext_noop(
                "« {text} » n'est pas un rectangle : PAGE:x0,y0,x1,y1, quatre fractions de 0 à 1."
            ),
            text=text,
        ) from None


def _number(value: object) -> int:
    number = int(value) if isinstance(value, (int, str)) and str(value)[:7].isdecimal() else 0
    if number < 1:
        raise ValueError("a page counts from 1")
    return number


def _rows(data: dict[str, Any], name: str, most: int) -> Iterable[tuple[int, dict[str, Any]]]:
    rows = data.get(name) or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadPlan(gettext_noop("« {name} » est une liste d'objets."), name=name)
    if len(rows) > most:
        raise BadPlan(gettext_noop("« {name} » a plus de {most} lignes."), name=name, most=most)
    return enumerate(rows, start=1)


def _place(name: str, row: dict[str, Any], number: int) -> tuple[int, Rect]:
    try:
        return _number(row.get("page")), check_rect([float(at) for at in row.get("rect") or ()])
    except (TypeError, ValueError):
        raise BadPlan(
            gettext_noop(
                "« {name} » n° {number} : une page à partir de 1, et quatre fractions de 0 à 1."
            ),
            name=name,
            number=number,
        ) from None


def _reason(row: Mapping[str, Any], number: int, reasons: Collection[str], name: str) -> str:
    reason = row.get("reason")
    if reason not in reasons:
        raise BadPlan(
            gettext_noop("« {name} » n° {number} : donnez un motif parmi {reasons}."),
            name=name,
            number=number,
            reasons=", ".join(reasons),
        )
    return str(reason)
