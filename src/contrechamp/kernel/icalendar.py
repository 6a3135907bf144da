"""Calendars as RFC 5545 has them: days or hours, folded lines, identifiers that never change.

A date that is not sure is an event over all the days that it may mean, marked tentative, with
the words of its source in the description: no day is invented. The same entries give the same
bytes, whenever they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

FOLD = 75
"""Octets of a line, its end left out (RFC 5545, 3.1)."""
UNPRINTED = dict.fromkeys([*range(32), 127])
"""Signs that no line may hold, as `str.translate` leaves them out."""
LAST_DAY = date(9999, 12, 30)
RINGS_AT = 9
"""Hour of an alarm, in the calendar's own time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event. `key` names it for ever; both days are part of it."""

    key: str
    title: str
    first: date
    last: date
    at: datetime
    """When its words last changed (DTSTAMP, LAST-MODIFIED)."""
    description: str = ""
    url: str = ""
    category: str = ""
    is_sure: bool = True
    sequence: int = 0
    """How often it changed (RFC 5545, 3.8.7.4): it may only grow, else calendars keep the old."""
    alarms: tuple[int, ...] = ()
    """Days before the first day on which a calendar rings, at nine in the morning."""
    starts: datetime | None = None
    """The hour at which it begins, of what has one; `first` is then its day."""
    ends: datetime | None = None
    place: str = ""
    is_cancelled: bool = False
    """It no longer holds: said in its place, since a calendar keeps what is merely left out."""


def calendar(entries: Iterable[Entry], *, host: str, name: str) -> Iterator[str]:
    """Yield a calendar, part by part."""
    yield _lines(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Contrechamp//Chronologie//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape(name)}",
    )
    for entry in entries:
        yield _event(entry, host)
    yield _lines("END:VCALENDAR")


def _event(entry: Entry, host: str) -> str:
    moment = f"{entry.at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VEVENT",
        f"UID:{entry.key}@{host}",
        f"DTSTAMP:{moment}",
        f"LAST-MODIFIED:{moment}",
        *_when(entry),
        f"SUMMARY:{escape(entry.title)}",
    ]
    if entry.description:
        lines.append(f"DESCRIPTION:{escape(entry.description)}")
    if entry.place:
        lines.append(f"LOCATION:{escape(entry.place)}")
    if entry.url:
        lines.append(f"URL:{_plain(entry.url)}")
    if entry.category:
        lines.append(f"CATEGORIES:{escape(entry.category)}")
    if entry.sequence:
        lines.append(f"SEQUENCE:{entry.sequence}")
    lines += [f"STATUS:{_status(entry)}", "TRANSP:TRANSPARENT"]
    if not entry.is_cancelled:
        for days in entry.alarms:
            lines += _alarm(days, entry.title)
    return _lines(*lines, "END:VEVENT")


def _when(entry: Entry) -> list[str]:
    """Return the hours of an event in UTC, or its days."""
    if entry.starts:
        hours = [f"DTSTART:{entry.starts.astimezone(UTC):%Y%m%dT%H%M%SZ}"]
        if entry.ends:
            hours.append(f"DTEND:{entry.ends.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        return hours
    after = min(max(entry.last, entry.first), LAST_DAY) + timedelta(1)
    return [
        f"DTSTART;VALUE=DATE:{_day(entry.first)}",
        f"DTEND;VALUE=DATE:{_day(after)}",  # The first day that is not part of it.
    ]


def _status(entry: Entry) -> str:
    if entry.is_cancelled:
        return "CANCELLED"
    return "CONFIRMED" if entry.is_sure else "TENTATIVE"


def _alarm(days: int, title: str) -> list[str]:
    """Return an alarm at nine in the morning, since a day's own start is midnight."""
    trigger = f"-P{days - 1}DT{24 - RINGS_AT}H" if days > 0 else f"PT{RINGS_AT}H"
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escape(title)}",
        f"TRIGGER:{trigger}",
        "END:VALARM",
    ]


def escape(text: str) -> str:
    """Return a text as a TEXT value (RFC 5545, 3.3.11)."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return _plain(text)


def _plain(text: str) -> str:
    """Leave out the signs that no line may hold."""
    return text.translate(UNPRINTED)


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _lines(*lines: str) -> str:
    return "".join(f"{fold(line)}\r\n" for line in lines)


def fold(line: str) -> str:
    """Return a line cut after at most 75 octets, never inside a letter (RFC 5545, 3.1)."""
    if len(line.encode()) <= FOLD:
        return line
    parts, part, size = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > FOLD:
            parts.append(part)
            part, size = " ", 1
        part += sign
        size += octets
    return "\r\n".join([*parts, part])
