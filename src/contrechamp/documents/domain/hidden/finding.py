"""What is found, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

DARK = 60
"""Median grey at or below which what covers a text is a redaction, and not an accident."""
FEWEST = 2
"""Letters or digits of a run that is worth a line: fewer are dots, dashes and single marks."""


class Kind(StrEnum):
    """Why something is not seen. A contract: scripts read these words."""

    COVERED = "covered"
    SAME_COLOUR = "same_colour"
    BEHIND_IMAGE = "behind_image"
    OFF_PAGE = "off_page"
    OCR_LAYER = "ocr_layer"
    ANNOTATION = "annotation"
    OLD_REVISION = "old_revision"
    HIDDEN_LAYER = "hidden_layer"
    CLIPPED_IMAGE = "clipped_image"
    ATTACHMENT = "attachment"


class Verdict(StrEnum):
    """What is said of a whole file."""

    CLEAN = "clean"
    SUSPECT = "suspect"
    BAD = "bad"
    NOT_CHECKED = "not_checked"


class Finding(NamedTuple):
    """One place. Plain values, so that it travels between processes."""

    page: int
    """Counted from 1; what belongs to the whole file is told with the first."""
    rect: tuple[float, float, float, float]
    """Fractions of the page as one sees it, origin top left."""
    kind: str
    characters: int
    """Letters and digits that can be copied."""
    dark: bool
    text: str
    """The words themselves: shown on request alone, never kept."""
    is_bad: bool = False


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Return `bad` when something hidden on purpose can be copied, `suspect` for the rest."""
    found = list(findings)
    if any(each.is_bad for each in found):
        return Verdict.BAD
    return Verdict.SUSPECT if found else Verdict.CLEAN
