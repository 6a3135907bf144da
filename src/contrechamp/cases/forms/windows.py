"""What an address of the list of windows asks for, made valid."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from contrechamp.cases.domain.openings import Openness
from contrechamp.cases.domain.windows import Sort
from contrechamp.cases.queries.windows import Filter
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.dates import add_months
from contrechamp.kernel.ids import is_id

TERRITORY = re.compile(r"(commune|arrondissement|epci|departement|region):[0-9AB]{1,9}")
DEPARTEMENT = re.compile(r"[0-9][0-9AB][0-9]?")
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
MONTHS_BACK, MONTHS_AHEAD = 3, 14
"""How far the calendar of months goes."""


def read_filter(asked: QueryDict) -> Filter:
    """Return what an address narrows the list to; what cannot be read narrows nothing."""
    technology, sort = asked.get("technique", ""), asked.get("sorte", "")
    departement = asked.get("departement", "").strip().upper()
    territory, record = asked.get("lieu", "").strip(), asked.get("fiche", "")
    status = asked.get("statut", "")
    return Filter(
        departement=departement if DEPARTEMENT.fullmatch(departement) else "",
        territory=territory if TERRITORY.fullmatch(territory) else "",
        technology=technology if technology in terms("watched") else "",
        sort=sort if sort in tuple(Sort) else "",
        status=status if status in tuple(Openness) else "",
        authority=" ".join(asked.get("autorite", "").split())[:80],
        record=record if is_id(record) else "",
        day=_day(asked.get("jour", "")),
    )


def query_of(wanted: Filter) -> str:
    """Return a filter as it stands in an address."""
    said = {
        "departement": wanted.departement,
        "lieu": wanted.territory,
        "technique": wanted.technology,
        "sorte": wanted.sort,
        "statut": wanted.status,
        "autorite": wanted.authority,
        "fiche": wanted.record,
        "jour": wanted.day.isoformat() if wanted.day else "",
    }
    return urlencode({name: value for name, value in said.items() if value})


def read_month(text: str, *, today: date) -> date:
    """Return the first day of the month of an address, of this one where it is none or far."""
    this = today.replace(day=1)
    if found := MONTH.fullmatch(text.strip()):
        month = date(int(found[1]), int(found[2]), 1)
        if add_months(this, -MONTHS_BACK) <= month <= add_months(this, MONTHS_AHEAD):
            return month
    return this


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10]) if text else None
    except ValueError:
        return None
