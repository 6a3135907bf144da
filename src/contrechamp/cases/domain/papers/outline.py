"""The headings of a paper with their numbers: means are numbered through, whatever is inserted."""

from __future__ import annotations

from collections.abc import Iterator

from contrechamp.foi.domain.wording import say

from .material import PaperKind, Side
from .paper import Entry, Paper, Role, Section

ARGUMENTS = {
    PaperKind.ANNULMENT: ("Discussion", "Moyen"),
    PaperKind.SUSPENSION: ("Doute sérieux quant à la légalité", "Moyen"),
    PaperKind.COMPLAINT: ("Manquements", "Manquement"),
    PaperKind.COLLECTIVE: ("Manquements", "Manquement"),
    PaperKind.REPORT: ("Points à vérifier", "Point"),
}
"""Under which heading arguments stand, and what one is called; in letters, motives."""
LETTER = ("Motifs", "Motif")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def outline(paper: Paper) -> tuple[Entry, ...]:
    """Return the headings and sections of a paper, in order."""
    return tuple(_entries(paper))


def before_signature(paper: Paper) -> tuple[Entry, ...]:
    """Return the outline without the list of exhibits."""
    return tuple(each for each in outline(paper) if not _is_list(each))


def after_signature(paper: Paper) -> tuple[Entry, ...]:
    """Return the list of exhibits: it stands below the signature."""
    return tuple(each for each in outline(paper) if _is_list(each))


def _is_list(entry: Entry) -> bool:
    return entry.section is not None and entry.section.role is Role.EXHIBITS


def _entries(paper: Paper) -> Iterator[Entry]:
    main, mean, side = 0, 0, None
    has_means = False
    for section in paper.sections:
        if section.role is Role.MEAN:
            if not has_means:
                has_means, main = True, main + 1
                yield Entry(level=1, heading=_main(main, ARGUMENTS.get(paper.kind, LETTER)[0]))
            if section.side is not side:
                side = section.side
                if side is not None:
                    yield Entry(level=2, heading=_side(side))
            mean += 1
            yield Entry(
                level=3 if side else 2, heading=_mean(paper, mean, section), section=section
            )
        elif section.role is Role.EXHIBITS:
            yield Entry(level=1, heading=section.title, section=section)
        elif section.title:
            main += 1
            yield Entry(level=1, heading=_main(main, section.title), section=section)
        else:
            yield Entry(level=1, heading="", section=section)


def _main(number: int, title: str) -> str:
    roman = ROMAN[number - 1] if number <= len(ROMAN) else str(number)
    return f"{roman}. {title}"


def _side(side: Side) -> str:
    return say("Légalité externe") if side is Side.EXTERNAL else say("Légalité interne")


def _mean(paper: Paper, number: int, section: Section) -> str:
    name = ARGUMENTS.get(paper.kind, LETTER)[1]
    return say("{name} n° {number} – {title}", name=name, number=number, title=section.title)
