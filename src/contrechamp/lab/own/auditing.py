"""From a file to an audit: read, refuse what names people, choose columns, compute."""

from __future__ import annotations

from typing import BinaryIO

from .audit import Audit, Options
from .columns import PATROLS, check_columns, guess_kind
from .identity import check_no_identity
from .of_decisions import audit_decisions
from .of_patrols import audit_patrols
from .sheet import open_sheet


def audit(source: BinaryIO | bytes, options: Options) -> Audit:
    """Return what a table says. Raise `Unreadable` with what is wrong and what to do.

    A stream is read once, line by line; nothing of it is kept beyond its numbers.
    """
    sheet = open_sheet(source)
    check_no_identity(sheet)
    kind = options.kind or guess_kind(sheet)
    columns = check_columns(sheet, kind, options.columns)
    if kind == PATROLS:
        return audit_patrols(sheet, columns, options)
    return audit_decisions(sheet, columns, options)
