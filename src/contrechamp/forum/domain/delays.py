"""How long posts wait: the oldest, the median, the target, and who is told when (`forum.md` §8).

A queue without a target is a closed door: an older French map let people wait for years. So the
numbers are shown beside the form, and are computed from the table whenever they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

TARGET = timedelta(hours=24)
TO_ADMINISTRATORS = timedelta(hours=48)
ON_FRONT_PAGE = timedelta(days=7)
UNREAD_AFTER = timedelta(hours=72)
"""With the setting on, what nobody flagged and has no link is published then, "non relu"."""
MEASURED = timedelta(days=30)
"""The median is of what was decided in these days."""


class Alarm(StrEnum):
    """Who is told that something waits too long."""

    NONE = "NONE"
    MODERATORS = "MODERATORS"
    ADMINISTRATORS = "ADMINISTRATORS"
    EVERYBODY = "EVERYBODY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """What is said of the queue, to all."""

    waiting: int
    oldest: timedelta | None
    median: timedelta | None
    decided: int
    target: timedelta = TARGET

    @property
    def alarm(self) -> Alarm:
        """Return who is told of the oldest."""
        return alarm_of(self.oldest)

    @property
    def is_late(self) -> bool:
        """Answer whether the target is missed at this moment."""
        return self.oldest is not None and self.oldest >= self.target

    @property
    def oldest_hours(self) -> int | None:
        """Return for how many whole hours the oldest has been waiting."""
        return None if self.oldest is None else whole_hours(self.oldest)

    @property
    def median_hours(self) -> int | None:
        """Return the median in hours, rounded up: nobody is promised less than it was."""
        return None if self.median is None else -(-int(self.median.total_seconds()) // 3600)

    @property
    def target_hours(self) -> int:
        """Return the target in hours."""
        return whole_hours(self.target)


def middle(spans: Sequence[timedelta]) -> timedelta | None:
    """Return the median of spans of time; of none there is none."""
    return timedelta(seconds=median(span.total_seconds() for span in spans)) if spans else None


def measure(
    waiting: Iterable[datetime], decided: Iterable[tuple[datetime, datetime]], now: datetime
) -> Wait:
    """Measure the queue: since when each item waits; when each decided one came and was decided."""
    since = list(waiting)
    took = [end - start for start, end in decided]
    return Wait(
        waiting=len(since),
        oldest=max(now - min(since), timedelta()) if since else None,
        median=middle(took),
        decided=len(took),
    )


def alarm_of(age: timedelta | None) -> Alarm:
    """Return who is told of something that waits for so long."""
    if age is None or age < TARGET:
        return Alarm.NONE
    if age < TO_ADMINISTRATORS:
        return Alarm.MODERATORS
    return Alarm.ADMINISTRATORS if age < ON_FRONT_PAGE else Alarm.EVERYBODY


def whole_hours(span: timedelta) -> int:
    """Return the whole hours of a time."""
    return int(span.total_seconds()) // 3600
