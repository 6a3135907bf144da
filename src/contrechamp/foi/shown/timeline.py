"""What happened to a request as a table: day, fact, and the file that proves it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contrechamp.foi.domain.facts import Kind, Proof, standing
from contrechamp.foi.models import FactRow, Request
from contrechamp.foi.queries.facts import fact
from contrechamp.foi.queries.page import PUBLIC_KINDS

from .words import FACTS, PROOFS

Files = Mapping[str, Sequence[str]]
"""By message or document, its files in the package."""
_SHOWN = ("premier_jour", "dernier_jour", "fait", "code", "preuve", "fichiers")
_WHOLE = ("id", "valeurs", "corrige", "retenu", "message", "document", "note", "noté_le")


@dataclass(frozen=True, slots=True)
class Rows:
    """A table with the names of its columns."""

    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]


def everything(request: Request, files: Files) -> Rows:
    """Return every fact recorded, those corrected too, with what was noted of it."""
    rows = _facts(request)
    there = {each.id for each in standing(fact(row) for row in rows)}
    cells = (
        (
            *_shown(row, files),
            row.pk,
            json.dumps(row.values, ensure_ascii=False, sort_keys=True) if row.values else "",
            row.corrects_id or "",
            "oui" if row.pk in there else "non",
            row.message,
            row.document,
            row.note,
            row.made_at.isoformat(),
        )
        for row in rows
    )
    return Rows((*_SHOWN, *_WHOLE), tuple(cells))


def public(request: Request, files: Files) -> Rows:
    """Return the facts that everybody may know, as they stand."""
    rows = _facts(request)
    there = {each.id for each in standing(fact(row) for row in rows)}
    shown = (row for row in rows if row.pk in there and Kind(row.kind) in PUBLIC_KINDS)
    return Rows(_SHOWN, tuple(_shown(row, files) for row in shown))


def _facts(request: Request) -> list[FactRow]:
    return list(request.facts.order_by("first", "made_at", "pk"))


def _shown(row: FactRow, files: Files) -> tuple[str, ...]:
    proving = [*files.get(row.message, ()), *files.get(row.document, ())]
    return (
        row.first.isoformat(),
        row.last.isoformat(),
        FACTS[Kind(row.kind)],
        row.kind,
        PROOFS[Proof(row.proof)],
        " ".join(proving),
    )
