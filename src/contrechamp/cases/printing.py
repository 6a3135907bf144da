"""Drafts as files: PDF by Typst, OpenDocument and Word to be rewritten, plain text."""

from __future__ import annotations

from contrechamp.foundation.typesetting import Paper as Printed

from .domain.papers import Paper


def as_pdf(paper: Paper) -> Printed:
    """Return a paper as a PDF, with the standards it holds to."""
    raise NotImplementedError(paper.kind)


def as_odt(paper: Paper) -> bytes:
    """Return a paper as an .odt file."""
    raise NotImplementedError(paper.kind)


def as_docx(paper: Paper) -> bytes:
    """Return a paper as a .docx file."""
    raise NotImplementedError(paper.kind)


def as_text(paper: Paper) -> str:
    """Return a paper as plain text."""
    raise NotImplementedError(paper.kind)
