"""What changed on the public site in a time: by day, by record, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from contrechamp.census import published
from contrechamp.census.published import News
from contrechamp.census.shown.histories import ShownChange, public_changes
from contrechamp.chronicle.domain import Period
from contrechamp.chronicle.queries import Paper, Scope, news_counts, papers

PER_PAGE = 200
MOST_PAPERS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What changed of one record on one day."""

    name: str
    url: str
    is_gone: bool
    """It is public no more: only what the public history says of it is shown."""
    is_new: bool
    added: tuple[ShownChange, ...]
    changed: tuple[ShownChange, ...]
    withdrawn: tuple[ShownChange, ...]

    @property
    def sentence(self) -> str:
        """Say how much changed."""
        said = [
            ngettext("{count} fait nouveau", "{count} faits nouveaux", len(self.added))
            if self.added
            else "",
            ngettext("{count} modifié", "{count} modifiés", len(self.changed))
            if self.changed
            else "",
            ngettext("{count} retiré", "{count} retirés", len(self.withdrawn))
            if self.withdrawn
            else "",
        ]
        counts = (len(self.added), len(self.changed), len(self.withdrawn))
        return ", ".join(
            text.format(count=count) for text, count in zip(said, counts, strict=True) if text
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day, newest record first."""

    day: date
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What changed in a time."""

    days: tuple[Day, ...]
    papers: tuple[Paper, ...]
    counts: dict[str, int] = field(default_factory=dict)
    """records, added, changed, withdrawn, merged."""
    lines: tuple[News, ...] = ()
    shown: tuple[ShownChange, ...] = ()
    after: str = ""
    """Cursor of the rest; empty at the end."""

    @property
    def is_empty(self) -> bool:
        return not self.days and not self.papers and not any(self.counts.values())


def since(
    scope: Scope,
    start: datetime,
    end: datetime | None,
    *,
    name: str,
    before: str = "",
    limit: int = PER_PAGE,
) -> Since:
    """Gather one page of what changed. `before`: the cursor where the last page ended.

    `name`: of what is chosen, for what is kept.
    """
    found = published.changes(start, end, ids=scope.ids, before=before, limit=limit + 1)
    lines, rest = found[:limit], found[limit:]
    properties = published.properties_of(line.claim for line in lines if line.claim)
    shown = public_changes(lines, properties)
    new_papers: list[Paper] = []
    if not before:
        cited: set[str] = set()
        if not scope.is_all:
            facts = published.find_facts(line.claim for line in lines if line.claim)
            cited = {p.document for fact in facts.values() for p in fact.evidence if p.document}
        new_papers = papers(scope, cited, Period(), MOST_PAPERS, published_between=(start, end))
    return Since(
        days=_days(lines, shown),
        papers=tuple(new_papers),
        counts=_counts(news_counts(scope.ids, start, end, name)),
        lines=tuple(lines),
        shown=tuple(shown),
        after=lines[-1].cursor if rest else "",
    )


def _counts(lines: dict[tuple[date, str, bool], int]) -> dict[str, int]:
    found = dict.fromkeys(("records", "added", "changed", "withdrawn", "merged"), 0)
    for (_, what, is_fact), count in lines.items():
        if what == "published":
            found["added" if is_fact else "records"] += count
        elif what in found:
            found[what] += count
    return found


def _days(lines: Sequence[News], shown: Sequence[ShownChange]) -> tuple[Day, ...]:
    """Put lines together by day, then by record, in their order."""
    days: dict[date, dict[str, list[tuple[News, ShownChange]]]] = {}
    for line, change in zip(lines, shown, strict=True):
        day = localtime(line.at).date()
        days.setdefault(day, {}).setdefault(line.entity, []).append((line, change))
    return tuple(
        Day(day=day, groups=tuple(_group(members) for members in records.values()))
        for day, records in days.items()
    )


def _group(members: Sequence[tuple[News, ShownChange]]) -> Group:
    first = members[0][0]
    name = first.name or next((n.title for n, _ in members if not n.claim), first.title)

    def of(*whats: str) -> tuple[ShownChange, ...]:
        return tuple(
            _short(change, name) for line, change in members if line.what in whats and line.claim
        )

    is_new = any(line.what == "published" and not line.claim for line, _ in members)
    own = tuple(
        change for line, change in members if not line.claim and line.what not in {"published"}
    )
    return Group(
        name=name,
        url=published.record_url(first.kind, first.entity) if first.kind else "",
        is_gone=not first.kind,
        is_new=is_new,
        added=of("published"),
        changed=(*(c for c in own if c.diffs), *of("changed")),
        withdrawn=(*(c for c in own if not c.diffs), *of("withdrawn", "merged")),
    )


def _short(change: ShownChange, name: str) -> ShownChange:
    title = change.title
    for colon in (" : ", gettext(" : ")):
        title = title.removeprefix(f"{name}{colon}")
    return replace(change, title=title)
