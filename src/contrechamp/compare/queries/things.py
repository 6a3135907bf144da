"""What can be compared, and what a typed name means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contrechamp.census import published
from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.names import fold
from contrechamp.places import queries as places

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

KINDS = {
    "commune": gettext_noop("communes"),
    "epci": gettext_noop("intercommunalités"),
    "departement": gettext_noop("départements"),
    "region": gettext_noop("régions"),
    "actor": gettext_noop("acteurs"),
    "technology": gettext_noop("techniques"),
    "project": gettext_noop("projets"),
}
TERRITORIES = ("commune", "epci", "departement", "region")
TERRITORY = re.compile(r"(commune|epci|departement|region):[0-9A-Z]{1,12}")
RECORD = re.compile(r"(?:prj|tec|act)-[0-9a-z]{4,16}")
PERSON = "person_in_office"
MOST_CHOICES = 15
MOST_SUGGESTED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that a text may mean, with what tells it from others of its name."""

    key: str
    name: str
    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a text means: one thing, or what it may be."""

    text: str
    one: Choice | None = None
    choices: tuple[Choice, ...] = ()


def find(text: str, kind: str = "") -> Found:
    """Return what a key or a typed name means, among things of one kind if one is given."""
    text = text.strip()
    if TERRITORY.fullmatch(text):
        territory = places.find_territory(text)
        return Found(text, _town(territory) if territory else None)
    if RECORD.fullmatch(text):
        record = published.find_record(text)
        if record is None and (moved := published.resolve_redirect(text)):
            record = published.find_record(moved)
        return Found(text, _record(record) if record and _may_be_compared(record) else None)
    return _named(text, kind)


def _named(text: str, kind: str) -> Found:
    choices: list[Choice] = []
    if not kind or kind in TERRITORIES:
        towns = places.search_territories(text, MOST_CHOICES * 3)
        choices += [_town(t) for t in towns if t.kind in ((kind,) if kind else TERRITORIES)]
    if not kind or kind not in TERRITORIES:
        kinds = (kind,) if kind else ("actor", "technology", "project")
        named = published.find_named(text, kinds, MOST_CHOICES)
        choices += [_record(record) for record in named if _may_be_compared(record)]
    exact = [choice for choice in choices if fold(choice.name) == fold(text)]
    if len(exact) == 1 or len(choices) == 1:
        return Found(text, (exact or choices)[0])
    rest = [choice for choice in choices if choice not in exact]
    return Found(text, None, (*exact, *rest)[:MOST_CHOICES])


def _may_be_compared(record: published.Record) -> bool:
    """Answer whether it is of a kind that is compared. Persons are not, in office or not."""
    return record.kind in KINDS and record.type != PERSON


def _town(territory: Territory) -> Choice:
    holder = places.find_territory(f"departement:{territory.departement}")
    said = [f"{territory.get_kind_display()} {territory.code}"]
    if holder and holder.key != territory.key:
        said.append(holder.name)
    if territory.population:
        said.append(f"{territory.population:,} hab.".replace(",", "\u202f"))
    return Choice(
        key=territory.key, name=territory.name, kind=territory.kind, about=", ".join(said)
    )


def _record(record: published.Record) -> Choice:
    numbers = [f"{one.scheme} {one.value}" for one in record.identifiers if one.scheme == "siren"]
    about = ", ".join([record.type_label, *numbers[:1]])
    return Choice(key=record.id, name=record.name, kind=record.kind, about=about)


def suggestions(one: Choice) -> Sequence[Choice]:
    """Return things of its kind of which something is known, to compare it with.

    For a commune those of similar size come first; else those of which most is known.
    """
    if one.kind in TERRITORIES:
        return _towns_like(one)
    records = [record for record in published.records(one.kind) if record.id != one.key]
    own = published.find_record(one.key)
    alike = [one for one in records if own and one.type == own.type and one.type != PERSON]
    alike.sort(key=lambda record: (-record.counts.get("facts", 0), record.name))
    return [_record(record) for record in alike[:MOST_SUGGESTED]]


def _towns_like(one: Choice) -> list[Choice]:
    here = places.find_territory(one.key)
    keys = [r.territory for r in published.records("place") if r.territory.startswith(one.kind)]
    known = [t for t in places.territories(keys).values() if t.key != one.key and not t.successor]
    size = (here.population if here else 0) or 0
    known.sort(key=lambda town: (abs((town.population or 0) - size), town.key))
    return [_town(town) for town in known[:MOST_SUGGESTED]]
