"""The form of the graph: what can be chosen, and what was, each with the way to undo it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from contrechamp.foundation.vocabulary import label, terms
from contrechamp.graph.domain import Network
from contrechamp.graph.domain.years import Year, per_year
from contrechamp.graph.forms import KINDS, STATUSES, Ask
from contrechamp.kernel.errors import gettext_noop

from .sieve import Sieve
from .views import KIND_LABELS

STATUS_LABELS = {
    "verified": gettext_noop("vérifié"),
    "documented": gettext_noop("documenté"),
    "alleged": gettext_noop("allégué"),
    "contradicted": gettext_noop("contredit"),
}
PERIOD = ("de", "a", "au", "sans_date")
PARTS = ("tableau", "membres")
"""Which part of a table is seen: another question begins at the first."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that was chosen, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A year: how many relations hold in it, and the address that shows them."""

    year: int
    count: int
    url: str
    height: int
    """Of 40."""
    is_seen: bool

    @property
    def top(self) -> int:
        return 40 - self.height


def options(ask: Ask, network: Network) -> dict[str, list[Option]]:
    """Return what can be chosen: only what occurs."""
    used = {edge.relation for edge in network.edges.values()}
    kinds = {node.kind for node in network.nodes.values()}
    return {
        "relations": [
            Option(code, label("relations", code, "forward"), code in ask.relations)
            for code in terms("relations")
            if code in used
        ],
        "kinds": [
            Option(kind, gettext(KIND_LABELS[kind]), kind in ask.kinds)
            for kind in KINDS
            if kind in kinds
        ],
        "statuses": [Option(code, code, code in ask.statuses) for code in STATUSES],
        "technologies": [
            Option(node.id, node.name, node.id == ask.technology)
            for node in sorted(network.nodes.values(), key=lambda node: node.name.casefold())
            if node.kind == "technology"
        ],
    }


def chips(data: QueryDict, ask: Ask, network: Network, sieve: Sieve) -> list[Chip]:
    """Return what was chosen."""
    return list(_chips(data, ask, network, sieve))


def _chips(data: QueryDict, ask: Ask, network: Network, sieve: Sieve) -> Iterator[Chip]:
    for code in ask.relations:
        yield Chip(label("relations", code, "forward"), without_value(data, "relation", code))
    for kind in ask.kinds:
        yield Chip(gettext(KIND_LABELS[kind]), without_value(data, "type", kind))
    for code in ask.statuses:
        yield Chip(gettext(STATUS_LABELS[code]), without_value(data, "statut", code))
    if ask.technology:
        node = network.nodes.get(ask.technology)
        yield Chip(node.name if node else ask.technology, without(data, "technologie"))
    if ask.territory:
        name = sieve.territory.name if sieve.territory else ask.territory
        yield Chip(name, without(data, "territoire"))
    if ask.has_period:
        yield Chip(_period(ask), without(data, *PERIOD))
    if ask.with_money:
        yield Chip(gettext("largeur selon le montant"), without(data, "largeur"))


def _period(ask: Ask) -> str:
    if ask.year is not None:
        words = gettext("en {year}").format(year=ask.year)
    elif ask.last is None:
        words = gettext("depuis {year}").format(year=ask.first)
    elif ask.first is None:
        words = gettext("jusqu'à {year}").format(year=ask.last)
    else:
        words = gettext("de {first} à {last}").format(first=ask.first, last=ask.last)
    return words if not ask.with_undated else gettext("{period}, ou sans date").format(period=words)


def asked(data: QueryDict) -> QueryDict:
    """Return what an address asks for, whichever part of a table it shows."""
    changed = data.copy()
    for name in PARTS:
        changed.pop(name, None)
    return changed


def without(data: QueryDict, *names: str) -> str:
    """Return an address without some names."""
    changed = asked(data)
    for name in names:
        changed.pop(name, None)
    return "?" + changed.urlencode()


def without_value(data: QueryDict, name: str, value: str) -> str:
    """Return an address without one value of a name."""
    changed = asked(data)
    changed.setlist(name, [each for each in data.getlist(name) if each != value])
    return "?" + changed.urlencode()


def with_(data: QueryDict, **values: str) -> str:
    """Return an address with some values changed; an empty one drops its name."""
    changed = asked(data)
    for key, value in values.items():
        changed.pop(key, None)
        if value:
            changed[key] = value
    return "?" + changed.urlencode()


def bars(data: QueryDict, ask: Ask, network: Network) -> list[Bar]:
    """Return a bar for each year, with the address that shows what held in it."""
    found: list[Year] = per_year(network.edges.values())
    most = max((each.count for each in found), default=0) or 1
    plain = data.copy()
    for name in ("de", "a"):
        plain.pop(name, None)
    return [
        Bar(
            each.year,
            each.count,
            with_(plain, au=str(each.year)),
            max(round(40 * each.count / most), 2 if each.count else 0),
            ask.has_period
            and (ask.first or 0) <= each.year <= (ask.last if ask.last is not None else 9999),
        )
        for each in found
    ]
