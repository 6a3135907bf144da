"""Of what the time is shown: a record with what belongs to it, a territory, a technology, all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import connection

from contrechamp.census import published
from contrechamp.foundation.kept import Kept
from contrechamp.kernel.names import fold
from contrechamp.places import queries as places

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

COUNTRY = "country:FR"
RECORD = re.compile(r"(?:prj|tec|act|plc|ctr)-[0-9a-z]{4,16}")
TERRITORY = re.compile(r"(?:commune|arrondissement|epci|departement|region|country):[0-9A-Z]{1,12}")
BELONGS = {
    "project": ("contract_of",),
    "actor": ("participates_in", "buyer_of", "awarded_to", "bid_for"),
    "technology": ("uses_technology",),
    "place": ("located_in",),
}
"""Relations to the records whose facts are told with those of a record, by its kind."""
MOST_CHOICES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that a typed name may mean."""

    key: str
    name: str
    about: str
    """What tells it from another of that name."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A text that means nothing that is published, or several things."""

    text: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is looked at. `ids` None: the whole census."""

    key: str = ""
    name: str = ""
    url: str = ""
    kind: str = ""
    ids: frozenset[str] | None = None
    own: str = ""
    """The record that the page is about: its own facts do not repeat its name."""
    places: tuple[str, ...] = field(default=())
    """Territories whose documents belong here."""

    @property
    def is_all(self) -> bool:
        return self.ids is None

    def among(self, ids: Iterable[str]) -> Scope:
        """Return what is both here and among some records."""
        wanted = frozenset(ids)
        return replace(self, ids=wanted if self.ids is None else self.ids & wanted)


_SCOPES: Kept[Scope | None] = Kept(most=64)


def find_scope(text: str) -> Scope | Unknown:
    """Return what an address or a typed name means; empty is everything."""
    text = text.strip()
    if not text or text == COUNTRY:
        return Scope()
    if TERRITORY.fullmatch(text):
        return _kept(text, _territory) or Unknown(text)
    if RECORD.fullmatch(text):
        return _kept(text, _record) or Unknown(text)
    return _named(text)


def _kept(key: str, make: Callable[[str], Scope | None]) -> Scope | None:
    """Return what is made of a key, once for each edition: a region has ten thousand records."""
    name = f"{connection.settings_dict['NAME']} {key}"
    return _SCOPES.get(name, published.edition(), lambda: make(key))


def _record(key: str) -> Scope | None:
    record = published.find_record(key)
    if record is None and (moved := published.resolve_redirect(key)):
        record = published.find_record(moved)
    if record is None:
        return None
    if record.kind == "place" and record.territory:
        return _territory(record.territory)
    around = published.around(record.id, BELONGS.get(record.kind, ()))
    return Scope(
        key=record.id,
        name=record.name,
        url=record.url,
        kind=record.kind,
        ids=frozenset({record.id, *around}),
        own=record.id,
    )


def _territory(key: str) -> Scope | None:
    territory = places.find_territory(key)
    if territory is None:
        return None
    if territory.kind == "country":
        return Scope()
    inside = territories_of(key)
    ids = published.ids_within(territory.key)
    if territory.siren and (owner := published.find_by_identifier("siren", territory.siren)):
        ids.add(owner.id)
    return Scope(
        key=territory.key,
        name=territory.name,
        url=territory.get_absolute_url(),
        kind=territory.kind,
        ids=frozenset(ids),
        places=tuple(inside),
    )


def territories_of(key: str) -> list[str]:
    """Return the keys of a territory and of those inside it."""
    kind = key.partition(":")[0]
    if kind == "arrondissement":
        return [key]
    return list(places.inside(key).values_list("key", flat=True))


def _named(text: str) -> Scope | Unknown:
    """Return the one thing of exactly that name, else what it may mean."""
    records = published.find_named(text, limit=MOST_CHOICES)
    towns = {town.key: town for town in places.search_territories(text, MOST_CHOICES)}
    places_of = [r for r in records if r.kind == "place" and r.territory]
    towns |= places.territories(r.territory for r in places_of if r.territory not in towns)
    departements = places.territories(f"departement:{t.departement}" for t in towns.values())
    choices = [
        Choice(key=town.key, name=town.name, about=_told(town, departements))
        for town in towns.values()
    ]
    choices += [
        Choice(key=record.id, name=record.name, about=record.type_label)
        for record in records
        if record not in places_of
    ]
    exact = [choice for choice in choices if fold(choice.name) == fold(text)]
    if len(exact) == 1 or len(choices) == 1:
        return find_scope((exact or choices)[0].key)
    return Unknown(text, (*exact, *(one for one in choices if one not in exact)))


def _told(town: Territory, departements: Mapping[str, Territory]) -> str:
    """Say what tells a territory from others of its name."""
    holder = departements.get(f"departement:{town.departement}")
    about = f"{town.get_kind_display()} {town.code}"
    return f"{about}, {holder.name}" if holder and holder.key != town.key else about
