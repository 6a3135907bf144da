"""A letter changed by hand: its paragraphs as a text to edit, and what must stay in it.

The numbered documents are not in that text: a line stands for them, so that the list that is
followed item by item and the one that is read by the body are one. Source: design/foi.md §6.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from contrechamp.kernel.errors import Refused, gettext_noop

from .paper import Block, Items, Letter, Paragraph
from .wording import flowing

MARK = "[documents demandés]"
"""The line that stands for the numbered documents."""
_MARK = re.compile(r"\[\s*documents?\s+demandés?\s*\]", re.IGNORECASE)
_BREAK = re.compile(r"\n[ \t\u00a0]*\n")
LONGEST = 12_000


class Mutilated(Refused):
    """A letter lost a part without which it is worth less."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part that every request keeps: how it is recognised, and why it matters."""

    code: str
    pattern: re.Pattern[str]
    sentence: str


def _article(number: str) -> re.Pattern[str]:
    return re.compile(rf"\bL\.?\s*{number.replace('-', r'[-‐‑–]')}(?!\d|-\d)", re.IGNORECASE)


PARTS = (
    Part(
        "items",
        _MARK,
        gettext_noop(
            "La ligne « {mark} » manque : la liste numérotée des documents prend sa place. "
            "Remettez-la, seule sur sa ligne ; les documents se changent à l'étape « Formulation »."
        ),
    ),
    Part(
        "basis",
        _article("311-1"),
        gettext_noop(
            "La lettre ne cite plus l'article L. 311-1 du CRPA : c'est lui qui ouvre le droit de "
            "demander. Remettez la phrase qui le cite."
        ),
    ),
    Part(
        "severance",
        _article("311-7"),
        gettext_noop(
            "La lettre ne demande plus l'occultation de l'article L. 311-7 du CRPA : sans elle, un "
            "document en partie secret peut être refusé en entier. Remettez ce paragraphe."
        ),
    ),
    Part(
        "passing_on",
        _article("114-2"),
        gettext_noop(
            "La lettre ne rappelle plus l'article L. 114-2 du CRPA, qui oblige l'administration à "
            "transmettre à qui détient le document. Remettez ce paragraphe."
        ),
    ),
)


def editable(letter: Letter) -> str:
    """Return the paragraphs of a letter as a text to edit, a blank line between two."""
    parts = [
        MARK if isinstance(block, Items) else block.text
        for block in letter.blocks
        if isinstance(block, Items | Paragraph)
    ]
    return "\n\n".join(parts) + "\n"


def lost(text: str) -> tuple[Part, ...]:
    """Return the parts that a text has lost, in the order of a letter."""
    return tuple(part for part in PARTS if not part.pattern.search(text))


def check_text(text: str) -> str:
    """Return a text of one's own as it is kept. Raise `Mutilated` with the first part it lost.

    Line ends are mended; of several lines for the documents the first stays.
    """
    mended = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(mended) > LONGEST:
        raise Mutilated(
            gettext_noop("La lettre a {count} signes, {most} au plus : raccourcissez-la."),
            count=len(mended),
            most=LONGEST,
        )
    for part in lost(mended):
        raise Mutilated(part.sentence, mark=MARK)
    return mended


def blocks_of(text: str, items: tuple[str, ...]) -> tuple[Block, ...]:
    """Return a text of one's own as the blocks of a letter, the documents at their line."""
    blocks: list[Block] = []
    is_listed = False
    for chunk in _BREAK.split(text.replace("\r\n", "\n").strip()):
        before, *after = _MARK.split(chunk, maxsplit=1) if not is_listed else [chunk]
        if flowing(_MARK.sub("", before)):
            blocks.append(Paragraph(flowing(_MARK.sub("", before))))
        if after:
            is_listed = True
            blocks.append(Items(items))
            if flowing(_MARK.sub("", after[0])):
                blocks.append(Paragraph(flowing(_MARK.sub("", after[0]))))
    return tuple(blocks)
