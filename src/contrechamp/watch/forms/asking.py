"""What stands in an address of the watch, made valid."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import QueryDict

from contrechamp.census import published as census
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.ids import is_id
from contrechamp.kernel.numbers import is_siren
from contrechamp.watch.published import Filter

NAMES = ("technique", "sorte", "departement", "lieu", "entreprise", "fiche", "du", "au")
WEEK = re.compile(r"(\d{4})-W(\d{2})")
TERRITORY = re.compile(r"(commune|arrondissement|epci|departement|region):[0-9AB]{1,9}")
DEPARTEMENT = re.compile(r"[0-9][0-9AB][0-9]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a page is asked for: a week or none, and what it is narrowed to."""

    filter: Filter
    week: date | None = None
    """The Monday."""

    @property
    def query(self) -> str:
        """Return the filters as they stand in an address."""
        return urlencode([(name, value) for name, value in self.values.items() if value])

    @property
    def values(self) -> dict[str, str]:
        """Return the filters by the names of their fields."""
        one = self.filter
        return {
            "technique": one.technology,
            "sorte": one.sort,
            "departement": one.departement,
            "lieu": one.territory,
            "entreprise": one.company,
            "fiche": one.record,
            "du": f"{one.since or ''}",
            "au": f"{one.until or ''}",
        }


def read_ask(data: QueryDict) -> Ask:
    """Return what an address asks for; what cannot be read narrows nothing."""
    technology = data.get("technique", "")
    departement = data.get("departement", "").strip().upper()
    territory, company = data.get("lieu", "").strip(), data.get("entreprise", "").strip()
    sort = data.get("sorte", "")
    return Ask(
        filter=Filter(
            technology=technology if technology in terms("watched") else "",
            sort=sort if sort in {"technology", "measure"} else "",
            departement=departement if DEPARTEMENT.fullmatch(departement) else "",
            territory=territory if TERRITORY.fullmatch(territory) else "",
            company=company if is_siren(company) else "",
            record=data.get("fiche", "") if _is_public(data.get("fiche", "")) else "",
            since=read_day(data.get("du", "")),
            until=read_day(data.get("au", "")),
        ),
        week=read_week(data.get("semaine", "")),
    )


def _is_public(record: str) -> bool:
    """Answer whether a record may narrow a list: one that is not public is as one that is not."""
    if not is_id(record):
        return False
    found = census.find_records([record]).get(record)
    return found is not None and found.kind in {"project", "contract"}


def followed(ask: Ask) -> str:
    """Return what an alert keeps of a list: all that narrows it but its days."""
    values = {name: value for name, value in ask.values.items() if name not in {"du", "au"}}
    return urlencode([(name, value) for name, value in values.items() if value])


def read_day(text: str) -> date | None:
    """Return a day that is written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def read_week(text: str) -> date | None:
    """Return the Monday of a week that is written 2025-W10."""
    if found := WEEK.fullmatch(text.strip()):
        try:
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            return None
    return None


def week_of(day: date) -> str:
    """Write the week of a day, 2025-W10."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def monday(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())
