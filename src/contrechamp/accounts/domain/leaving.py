"""What each room knows of a person: so that all of it can be taken away, and leave.

The rule for a column that names an account follows from how it names it: rows that go with their
account (`CASCADE`) are its person's alone, are exported, and go; all others belong to the record,
are exported, and stay, signed by « compte supprimé ». A room whose rows want something else says
so in its `plug.py`: in one line (`PersonalRows`), or by functions of its own (`PersonalData`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
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
    """One column that names an account, and what the rule above does not say of it."""

    column: str
    """`search.SavedSearch.owner`: app label, model, field."""
    leaves: Leaves | None = None
    """None: what the rule above says."""
    label: str = ""
    """What the rows are, for the person: « Recherches gardées »."""
    keeps: Mapping[str, Any] = field(default_factory=dict)
    """Of rows that go, those that stay all the same: a filter, `{"state": "PUBLISHED"}`."""
    but: tuple[str, ...] = ()
    """Fields that are not exported, beside digests and secrets."""
    is_work: bool | None = None
    """Whether such a row is something that the person did here, so that an account that nobody
    uses any more is kept for it. None: rows that stay are, rows that go are not."""


def named(room: str, labels: Mapping[str, str]) -> tuple[PersonalRows, ...]:
    """Return offers that name a room's columns for their person: by model and field, a label."""
    return tuple(
        PersonalRows(column=f"{room}.{column}", label=label) for column, label in labels.items()
    )


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
    """Columns that name an account and that this offer deals with alone."""
    files: Callable[[Any], Iterable[tuple[str, bytes]]] | None = None
    """Of an account the files that it brought, by a name inside the archive."""


NOT_EXPORTED = ("digest", "token", "secret", "password", "public_key", "nonce", "commitment")
"""Fields that would open something, or say nothing to anybody."""
ERASED_NAME = "compte-supprime-"
DAYS_TO_THINK = 7
"""An erasure can be called off until then, unless it is wanted at once."""
