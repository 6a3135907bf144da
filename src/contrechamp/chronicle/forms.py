"""What stands in an address about time, made valid. What cannot be read is told, never a crash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import QueryDict
from django.utils.timezone import make_aware

from contrechamp.census.published import Chosen
from contrechamp.kernel.errors import Refused
from contrechamp.kernel.uncertain import parse

from .domain import Period, read_period
from .queries import Scope

KINDS = ("project", "actor", "technology", "contract", "place")
STATUSES = ("verified", "documented", "alleged", "contradicted")
LAYERS = ("document", "clock", "court", "news")
SHOWN_AT_FIRST = ("document", "clock", "court")
WHOLE = Period()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Which part of time is to be seen, and of what."""

    of: str = ""
    place: str = ""
    technology: str = ""
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    period: Period = WHOLE
    start: str = ""
    end: str = ""
    wrong: tuple[str, ...] = ()
    """Dates that could not be read."""
    layers: tuple[str, ...] = SHOWN_AT_FIRST
    page: str = ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.place or self.technology or self.kinds or self.statuses)

    def chosen(self, scope: Scope) -> Chosen:
        """Return the choice of facts, in the period."""
        return Chosen(
            ids=scope.ids,
            kinds=self.kinds,
            statuses=tuple(status.upper() for status in self.statuses),
            first=self.period.first,
            last=self.period.last,
        )

    @property
    def name(self) -> str:
        """Return a name for what is chosen, the period left out."""
        return "|".join((self.of, self.place, self.technology, *self.kinds, "", *self.statuses))


def read_ask(data: QueryDict) -> Ask:
    """Return what an address asks for."""
    start, end = data.get("du", "").strip()[:40], data.get("au", "").strip()[:40]
    period, wrong = read_period(start, end)
    layers = tuple(value for value in data.getlist("couche") if value in LAYERS)
    return Ask(
        of=data.get("de", "").strip()[:200],
        place=data.get("lieu", "").strip()[:40],
        technology=data.get("technologie", "").strip()[:40],
        kinds=tuple(value for value in KINDS if value in data.getlist("type")),
        statuses=tuple(value for value in STATUSES if value in data.getlist("statut")),
        period=period,
        start=start,
        end=end,
        wrong=wrong,
        layers=layers if "couches" in data or layers else SHOWN_AT_FIRST,
        page=data.get("page", ""),
    )


def read_day(text: str) -> date | None:
    """Return the first day of a date as people write one, or None."""
    try:
        when = parse(text[:40])
    except Refused:
        return None
    return when.earliest or when.latest


def read_last_day(text: str) -> date | None:
    """Return the last day of a date as people write one, or None."""
    try:
        when = parse(text[:40])
    except Refused:
        return None
    return when.latest or when.earliest


def morning(day: date) -> datetime:
    """Return when a day begins, where the observatory lives."""
    return make_aware(datetime.combine(day, time.min))


def night(day: date) -> datetime:
    """Return when a day is over."""
    return morning(min(day, date(9999, 12, 30)) + timedelta(1))
