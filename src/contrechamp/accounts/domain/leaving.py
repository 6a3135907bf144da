"""What each room knows of a person: so that all of it can be taken away, and leave.

A room says it in its `plug.py`: most columns that name an account in one line (`PersonalRows`),
and what needs words or care by functions of its own (`PersonalData`). A test reads the tables of
all rooms and fails when a column that names an account is in neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

Row = Mapping[str, Any]
"""One thing of a person: names of ours, values that JSON can hold, dates and times."""


class Leaves(StrEnum):
    """What becomes of rows when their person erases the account."""

    DELETED = "DELETED"
    """They were for that person alone."""
    KEPT = "KEPT"
    """They belong to the record: they stay, signed by « compte supprimé »."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalRows:
    """One column that names an account. Its rows are exported as they are."""

    column: str
    """`search.SavedSearch.owner`: app label, model, field."""
    label: str
    """What the rows are, for the person: « Recherches gardées »."""
    leaves: Leaves
    but: tuple[str, ...] = ()
    """Fields that are not exported: digests, secrets, bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """What a room has of a person, where single columns do not say it."""

    key: str
    label: str
    rows: Callable[[Any], Iterable[Row]]
    """Of an account all that is its person's, to export."""
    erase: Callable[[Any, bool, datetime], None]
    """Of an account, whether its texts go too, and now: erase. Inside the caller's transaction;
    doing it twice changes nothing."""
    columns: tuple[str, ...] = ()
    """Columns that name an account and that this offer deals with."""
