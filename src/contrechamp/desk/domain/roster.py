"""Who is on duty in a week: `roster.toml`, read strictly."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from contrechamp.kernel.errors import Misconfigured, gettext_noop

WEEK = re.compile(r"\d{4}-W(0[1-9]|[1-4]\d|5[0-3])\Z")
PATIENCE = 3
"""Days without collection after which the notice goes to all readers."""


@dataclass(frozen=True, slots=True)
class Duty:
    """The codes of who is on duty and of who stands in."""

    reader: str
    deputy: str


def read_roster(text: str, readers: Collection[str]) -> Mapping[str, Duty]:
    """Return who is on duty by ISO week (`2026-W49`). Raises Misconfigured, naming the line.

    `readers`: the codes that exist. The file is `[weeks]`, then `"2026-W49" = ["heron", "loutre"]`.
    """
    try:
        weeks = tomllib.loads(text).get("weeks", {})
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(
            gettext_noop("roster.toml ne se lit pas : {error}."), error=error
        ) from error
    if not isinstance(weeks, dict):
        raise Misconfigured(gettext_noop("roster.toml : [weeks] doit être une table."))
    found = {}
    for week, names in weeks.items():
        if not WEEK.match(week):
            raise Misconfigured(
                gettext_noop("roster.toml : {week} n'est pas une semaine comme 2026-W49."),
                week=week,
            )
        if not isinstance(names, list) or len(set(map(str, names))) != 2:
            raise Misconfigured(
                gettext_noop("roster.toml, {week} : donnez deux personnes différentes."), week=week
            )
        for name in names:
            if name not in readers:
                raise Misconfigured(
                    gettext_noop("roster.toml, {week} : {name} ne lit pas à ce bureau."),
                    week=week,
                    name=name,
                )
        found[week] = Duty(*names)
    return found


def week_of(day: date) -> str:
    """Return the ISO week of a day, as in `roster.toml`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def told(
    day: date, roster: Mapping[str, Duty], readers: Collection[str], oldest: date | None
) -> list[str]:
    """Return the codes of the readers who get the notice of a day, sorted.

    `oldest`: the day of the oldest dossier that nobody collected. A week without duty, or three
    days without collection, reach all.
    """
    duty = roster.get(week_of(day))
    is_late = oldest is not None and (day - oldest).days >= PATIENCE
    if duty is None or is_late:
        return sorted(readers)
    return sorted({duty.reader, duty.deputy})
