"""Drafts of papers: complaint, appeals, claims, report, mandate. Pure: values in, values out.

    refusal(kind, material)                          # why a paper is not made; empty if it is
    paper = compose(kind, material)                  # a draft, section by section
    paper = edited(paper, {"facts": "…"})            # what a person wrote; computed parts stay
    final(paper, checked_by=…)                       # without PROJET and banner
    problems(paper, material)                        # what forbids to file it
    outline(paper)                                   # headings with numbers, sections below
    blocks_of(section, paper.exhibits)               # paragraphs, lists, tables; `[[exh-…]]` filled

To print: `contrechamp.cases.printing` (`as_pdf`, `as_odt`, `as_docx`, `as_text`).
Sources: design/cases.md §1, §2, §6; CJA R411-1, R412-1, R522-1; CRPA L411-2, L412-4.
"""

from __future__ import annotations

from .composing import compose
from .guards import CannotCompose, refusal
from .heads import final
from .markup import Block, Bullets, Filled, blocks, blocks_of
from .material import (
    Attacked,
    AttackedKind,
    Authority,
    CensusFact,
    Claim,
    Court,
    Dated,
    Material,
    Means,
    PaperKind,
    Party,
    Relief,
    Scope,
    Side,
    Standing,
    means_of,
)
from .outline import outline
from .paper import Entry, Paper, Role, Section, edited
from .problems import Problem, problems

__all__ = [
    "Attacked",
    "AttackedKind",
    "Authority",
    "Block",
    "Bullets",
    "CannotCompose",
    "CensusFact",
    "Claim",
    "Court",
    "Dated",
    "Entry",
    "Filled",
    "Material",
    "Means",
    "Paper",
    "PaperKind",
    "Party",
    "Problem",
    "Relief",
    "Role",
    "Scope",
    "Section",
    "Side",
    "Standing",
    "blocks",
    "blocks_of",
    "compose",
    "edited",
    "final",
    "means_of",
    "outline",
    "problems",
    "refusal",
]
