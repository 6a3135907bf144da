"""Which documents a draft asks for: ticked in the catalogue, worded, reworded, in one's own words.

A wording that its author changed is never overwritten; one that is still the catalogue's follows
what fills it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .catalogue import Document, Filling, catalogue, worded
from .wording import flowing

YEARS = 4
"""Whole years before this one that are asked for when nothing is said."""
SLOTS = ("project", "supplier", "since")


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a draft; `code` is empty for one's own words."""

    code: str
    wording: str


def default_since(today: date) -> date:
    """Return the day from which documents are asked for when nothing is said."""
    return date(today.year - YEARS, 1, 1)


def filling_of(slots: Mapping[str, str], today: date) -> Filling:
    """Return what fills the wordings: a day that cannot be read is written as it stands."""
    since = flowing(str(slots.get("since") or ""))
    try:
        day: date | str = date.fromisoformat(since) if since else default_since(today)
    except ValueError:
        day = since
    return Filling(
        since=day,
        project=str(slots.get("project") or ""),
        supplier=str(slots.get("supplier") or ""),
    )


def chosen(
    entries: Sequence[Entry],
    *,
    codes: Collection[str],
    own: Iterable[str],
    before: Filling,
    after: Filling,
) -> tuple[Entry, ...]:
    """Return the documents after a choice: those that stay in their order, then the new ones.

    Codes that the catalogue does not know are passed over.
    """
    known = catalogue()
    mine = [flowing(text) for text in own if flowing(text)]
    kept = [
        entry
        for entry in entries
        if (entry.code in codes and entry.code in known)
        or (not entry.code and flowing(entry.wording) in mine)
    ]
    there = {entry.code for entry in kept} | {flowing(entry.wording) for entry in kept}
    new = [Entry(code, worded(each, after)) for code, each in known.items() if code in codes]
    written = [Entry("", text) for text in dict.fromkeys(mine)]
    return (
        *(_reworded(entry, known, before, after) for entry in kept),
        *(entry for entry in new if entry.code not in there),
        *(entry for entry in written if entry.wording not in there),
    )


def _reworded(
    entry: Entry, known: Mapping[str, Document], before: Filling, after: Filling
) -> Entry:
    document = known.get(entry.code)
    if document is None or entry.wording != worded(document, before):
        return entry
    return Entry(entry.code, worded(document, after))


def title_of(entries: Sequence[Entry], project: str = "") -> str:
    """Return a title for a draft that has none: what it asks for, about what."""
    known = catalogue()
    labels = [known[entry.code].label.fr for entry in entries if entry.code in known]
    about = f" : {flowing(project)}" if project.strip() else ""
    if len(labels) == 1 and len(entries) == 1:
        return f"{labels[0]}{about}"[:200]
    return f"Documents sur la surveillance{about}"[:200] if entries else ""
