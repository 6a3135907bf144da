"""How long before a flight its permission was published, over many of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .act_titles import first_day
from .finding import Finding


@dataclass(frozen=True, slots=True)
class NoticeShare:
    """Flights counted once each: all, those with day of event and of publication, and late ones."""

    flights: int
    dated: int
    at_most_one_day: int
    after_the_event: int
    undated: tuple[str, ...]
    """Numbers of the acts without a day of event or of publication."""

    @property
    def share(self) -> float | None:
        """The share of the dated flights that were published at most one day before."""
        return self.at_most_one_day / self.dated if self.dated else None


def notice_of(findings: Iterable[Finding]) -> NoticeShare:
    """Count the permissions to fly that were published at most one day before they began.

    Rule: an authorisation of `aerial_camera` that is no duplicate; the event begins on the first
    day of its intervals; it is late when that day is the day of publication, the day after it, or
    before it (published after the event, which is counted apart too). Changes, extensions and
    repeals are not counted. Undated ones are left out of the share and named.
    """
    flights = dated = late = after = 0
    undated: list[str] = []
    for finding in findings:
        if finding.technology != "aerial_camera" or finding.decision != "authorisation":
            continue
        if finding.duplicate_of or finding.type != "finding":
            continue
        flights += 1
        days = days_of_notice(finding)
        if days is None:
            undated.append((finding.act and finding.act.number) or finding.id)
            continue
        dated += 1
        late += days <= 1
        after += days < 0
    return NoticeShare(flights, dated, late, after, tuple(undated))


def days_of_notice(finding: Finding) -> int | None:
    """Return how many days before the event it was published; negative when after it."""
    first: date | None = first_day(finding.intervals)
    published = finding.document.published_on
    return (first - published).days if first and published else None
