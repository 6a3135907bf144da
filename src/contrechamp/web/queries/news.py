"""What is new, said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, ngettext

from contrechamp.census import published

TOLD = ("project", "actor", "contract")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """One line of what is new: a record, and how much was published of it that day."""

    title: str
    url: str
    at: datetime
    what: str


def happened(line: published.News) -> str:
    """Say what happened to a fact or record."""
    return {
        "published": gettext("publié"),
        "changed": gettext("corrigé"),
        "withdrawn": gettext("retiré"),
        "merged": gettext("réuni avec une autre fiche"),
    }.get(line.what, line.what)


def newest(count: int) -> list[NewsItem]:
    """Return the projects, actors and contracts of which something is new, newest first.

    Each stands once, with what was published of it on its last day. A technology or a place is
    published with the first project that names it: that is no news.
    """
    records = published.newest_records(TOLD, count)
    lines = published.lines_of_last_day(records)
    return [_item(lines[record.id]) for record in records if lines[record.id]]


def _item(lines: Sequence[published.News]) -> NewsItem:
    first = lines[0]
    facts = sum(1 for line in lines if line.claim and line.what != "withdrawn")
    if any(not line.claim and line.what == "published" for line in lines):
        said = gettext("nouvelle fiche")
    elif facts == 0:
        said = happened(first)
    else:
        said = gettext("fiche complétée")
    if facts:
        said += ", " + ngettext("{count} fait", "{count} faits", facts).format(count=facts)
    url = published.record_url(first.kind, first.entity)
    return NewsItem(title=first.name, url=url, at=first.at, what=said)
