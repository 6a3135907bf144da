"""Read what a person or a program asks the calculator: events as text, days, choices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from contrechamp.kernel.errors import Refused, gettext_noop

from .clock import derive
from .facts import CALCULATOR, Event, NotADay, UnknownEvent
from .items import Item, Reading, Remedies

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years in which days are counted: holidays are made by rule, and the law does not live longer."""
DISTANCES = (0, 1, 2)


class NotAChoice(Refused):
    """A reading, a state of the remedies or a distance that does not exist."""


def read_day(text: str, name: str) -> date:
    """Read a civil day, `YYYY-MM-DD`. Raises NotADay."""
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise NotADay(
            gettext_noop(
                "« {text} » n'est pas un jour du calendrier ({name}) : écrivez-le comme "
                "2026-01-15, année, mois, jour."
            ),
            text=text,
            name=name,
        )
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotADay(
            gettext_noop("« {text} » ({name}) est hors des années que l'on compte, {years}."),
            text=text,
            name=name,
            years=f"{FIRST_YEAR}–{LAST_YEAR}",
        )
    return day


def read_event(text: str, sign: str = "=") -> Event:
    """Read `received=2026-01-15`. Raises UnknownEvent, NotADay."""
    name, found, day = text.partition(sign)
    if name not in CALCULATOR:
        raise UnknownEvent(
            gettext_noop("L'événement « {name} » n'existe pas. Choisissez parmi : {names}."),
            name=name,
            names=", ".join(CALCULATOR),
        )
    if not found:
        raise NotADay(
            gettext_noop("Il manque le jour de « {name} » : écrivez {name}{sign}2026-01-15."),
            name=name,
            sign=sign,
        )
    return Event(name, read_day(day, name))


def answer(
    events: Iterable[str],
    *,
    sign: str = "=",
    reading: str = "",
    remedies: str = "",
    distance: str = "",
    today: str = "",
) -> tuple[Item, ...]:
    """Return the items that a question in text asks for. Raises Refused, with a sentence."""
    far = _choice("distance_months", distance or "0", [str(each) for each in DISTANCES])
    return derive(
        [read_event(event, sign) for event in events],
        reading=Reading(_choice("reading", reading or Reading.USUAL, list(Reading))),
        remedies=Remedies(_choice("remedies", remedies or Remedies.UNKNOWN, list(Remedies))),
        distance_months=int(far),
        today=read_day(today, "today") if today else None,
    )


def _choice(name: str, said: str, allowed: list[str]) -> str:
    if said not in allowed:
        raise NotAChoice(
            gettext_noop("« {said} » n'est pas un choix de {name} : écrivez {allowed}."),
            said=said,
            name=name,
            allowed=", ".join(allowed),
        )
    return said
