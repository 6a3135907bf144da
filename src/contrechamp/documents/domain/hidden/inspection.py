"""One file, some of its pages: what is hidden there. Foreign bytes: to be called in a child."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2.raw as raw

from contrechamp.documents.domain import pdfs

from . import drawn, structure
from .finding import Finding, Kind

MOST = 2_000
"""Findings of one part of a file that are told: more say nothing more."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found on some pages of a file."""

    pages_count: int
    findings: tuple[Finding, ...]
    unread: tuple[int, ...] = ()
    """Pages that could not be looked at."""


def inspect(path: Path, first: int, count: int, passwords: Sequence[str] = ()) -> Inspection:
    """Look at pages counted from 1; with the first also at what the file carries beside them.

    Raise `CannotRead` when it is no PDF or opens with none of the passwords.
    """
    found: list[Finding] = []
    hidden_layers = False
    with pdfs.opened(path, passwords) as (document, password):
        try:
            with pikepdf.open(path, password=password) as structured:
                hidden_layers = structure.layers_off(structured)
                if first == 1:
                    found += structure.look(structured)
                    found += structure.revisions(path)
        # Foreign bytes: a table that qpdf cannot follow says nothing of what the pages draw.
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError, RuntimeError, KeyError):
            pass
        last = min(first + count - 1, len(document))
        unread = []
        for number in range(first, last + 1):
            lines = _page(document, number, has_hidden_layers=hidden_layers)
            if lines is None:
                unread.append(number)
            found += lines or ()
            if len(found) >= MOST:
                break
        if hidden_layers and first == 1 and not any(f.kind == Kind.HIDDEN_LAYER for f in found):
            found.append(Finding(1, structure.WHOLE, Kind.HIDDEN_LAYER, 0, dark=False, text=""))
        return Inspection(len(document), tuple(found[:MOST]), tuple(unread))


def _page(document: Any, number: int, *, has_hidden_layers: bool) -> list[Finding] | None:
    page = raw.FPDF_LoadPage(document.raw, number - 1)
    if not page:
        return None
    try:
        return drawn.look(page, number, has_hidden_layers=has_hidden_layers)
    finally:
        raw.FPDF_ClosePage(page)


def merge(parts: Iterable[Inspection]) -> Inspection:
    """Join the parts of one file, in the order of pages; the same line is told once."""
    kept = list(parts)
    findings = sorted({each for part in kept for each in part.findings})
    return Inspection(
        max((part.pages_count for part in kept), default=0),
        tuple(findings),
        tuple(sorted({number for part in kept for number in part.unread})),
    )
