"""What templates say of papers that are being written."""

from __future__ import annotations

from typing import Any

from django import template

from contrechamp.cases.domain.papers import Problem
from contrechamp.cases.queries.drafts import Open, Part
from contrechamp.cases.shown import drafts

register = template.Library()


@register.filter
def paper_name(kind: str) -> str:
    """Return the name of a kind of paper."""
    return drafts.name_of(kind)


@register.filter
def problem_words(problem: Problem) -> str:
    """Return what a problem says."""
    return drafts.problem_words(problem)


@register.simple_tag
def blocks_of(part: Part, opened: Open) -> list[dict[str, Any]]:
    """Return the blocks of a section as it stands."""
    return drafts.drawn(part.section, opened.paper.exhibits)


@register.simple_tag
def computed_blocks(part: Part, opened: Open) -> list[dict[str, Any]]:
    """Return the blocks of a section as the facts say it."""
    return drafts.drawn(part.computed, opened.paper.exhibits)


@register.simple_tag
def part_of(opened: Open, entry: Any) -> Part | None:
    """Return the part that stands under a heading, None where there is none."""
    return opened.parts.get(entry.section.key) if entry.section else None
