"""Papers set by Typst: no network, no letters of the machine, the same bytes for the same words.

Data never enters a source: a template reads it as JSON from a file beside it or from
`sys.inputs`, so that what a person typed is printed as typed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

Standards = list[Any]
STANDARDS: tuple[Standards, ...] = (["ua-1", "a-2a"], ["ua-1"], [])
"""What papers hold to, the most first: less where words have signs that no letter shows."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as a PDF, and the standards that it holds to."""

    body: bytes
    standards: tuple[str, ...]


def set_paper(source: Path, data: Mapping[str, Any] | None = None) -> Paper:
    """Return the paper that a template makes: the most accessible that its words allow.

    `data` is given as JSON in `sys.inputs.data`. The template reaches files of its folder only.
    Raise `typst.TypstError` when it cannot be set.
    """
    inputs = {} if data is None else {"data": json.dumps(data, ensure_ascii=False)}
    *strict, none = STANDARDS
    for standards in strict:
        try:
            return Paper(_compiled(source, inputs, standards), tuple(standards))
        except typst.TypstError:
            continue
    return Paper(_compiled(source, inputs, none), ())


def _compiled(source: Path, inputs: dict[str, str], standards: Standards) -> bytes:
    body: bytes = typst.compile(
        source,
        root=source.parent,
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=standards,
    )
    return body
