"""How a room offers its things to other rooms without being known by them.

Each room may have a `plug.py` holding one `PLUG`, a tuple of frozen offers. Who wants a kind
of offer asks for it by its type: `offered(MenuItem)`. Plugs are found at start-up, in the
order of INSTALLED_APPS; nothing is registered by hand, and removing a room's folder removes
everything that it offered.

The type of an offer lives where both sides may import it: here when the reader is above
(search, graph, exports, menu), in the reader's own `domain.py` when the reader is below.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TypeVar

from django.apps import apps

Offer = TypeVar("Offer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One public thing that search can find. The text is searched, and shown around a hit."""

    ref: str
    """What it is, for ever: `census:entity:prj-…`, `census:fact:clm-…`, `documents:page:<hash>/12`,
    `places:territory:commune:06088`."""
    kind: str
    """Facet: project, technology, actor, contract, place, fact, page …"""
    title: str
    text: str
    url: str
    also: str = ""
    """Searched like a title, not shown: other names, numbers, codes."""
    places: tuple[str, ...] = ()
    """Facet: keys of territories, `commune:06088`, and of those that hold them."""
    technologies: tuple[str, ...] = ()
    """Facet: identifiers of technologies."""
    status: str = ""
    """Facet: alleged, documented, verified, contradicted (lower case), or empty."""
    date: date | None = None
    """For the year facet and the order by date."""
    at: datetime | None = None
    """When visitors could first get it: for feeds of what is new."""
    page: int | None = None
    document: str = ""
    """SHA-256 of the document that a page belongs to."""
    collections: tuple[str, ...] = ()
    """Slugs of the collections that hold it."""
    amount: float | None = None
    """Euros, for ranges of amounts: of a contract its main amount, of a fact its own."""
    weight: float = 1.0
    """A boost among equals: a commune by its population, a record by its links."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findable:
    """Everything of one kind that the public can find, and nothing else.

    `prefix` is the beginning of its refs (`documents:page:`). `entries` yields all of it, for a
    rebuild, without holding it in memory; `some` yields those of the given refs that are public
    now: a ref that it does not yield is no longer to be found. `shown` does the same for a page of
    results, where it is enough: of the text the beginning, no facets; without it `some` is asked.
    """

    prefix: str
    entries: Callable[[], Iterable[Entry]]
    some: Callable[[Sequence[str]], Iterable[Entry]]
    shown: Callable[[Sequence[str]], Iterable[Entry]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """One line of the site's menu."""

    label: str
    url_name: str
    audience: str = "all"
    """all, members, editors or administrators: who sees the line."""
    order: int = 50
    key: str = ""
    """Keys that lead there, one after the other: `g c`. None for most."""
    is_low: bool = False
    """It stands at the foot of each page, with what is about the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcuts:
    """The keys that a room's pages listen to, for the page that lists all keys."""

    where: str
    keys: tuple[tuple[str, str], ...]
    """Keys pressed one after the other (`g c`), and what they do."""
    audience: str = "all"
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """A way from the page of a record or a territory to another view of it.

    The page below knows none of the rooms above: it shows what is offered for its kind.
    """

    label: str
    kinds: tuple[str, ...]
    """Kinds of records (project, actor, technology, contract, place) and of territories
    (commune, epci, departement, region)."""
    address: Callable[[str], str]
    """Of an identifier (`prj-…`) or of a territory's key (`commune:06088`), where to read on."""
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A part of the page of a record or a territory that a room above draws: public things only."""

    kinds: tuple[str, ...]
    """As of `Onward`."""
    draw: Callable[[str], str]
    """Of an identifier or a territory's key, the part as safe HTML; empty where there is none."""
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class TechniquePanel:
    """What a room above tells of techniques, on the page of whatever uses them.

    It is drawn from what the room holds in memory: pages give the codes that they know, and no
    page reads more for it.
    """

    draw: Callable[[Collection[str]], str]
    """Of codes of the vocabulary, the part as safe HTML; empty where there is none."""
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that took place on a day, or between two, as a timeline shows it."""

    key: str
    text: str
    first: date
    last: date
    url: str
    at: datetime
    """When it was told here."""
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happenings:
    """What a room tells timelines of records of the census: public things only."""

    find: Callable[[Collection[str] | None], Iterable[Happening]]
    """Of the identifiers of some records what took place about them; None: about any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer to the question of an errand; `asks_value`: with the address of a page."""

    code: str
    label: str
    asks_value: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What an errand is about: public things only."""

    title: str
    url: str
    lines: tuple[tuple[str, str], ...] = ()
    """What is said of it: label and value."""
    quote: str = ""
    proof_url: str = ""
    """Where to look; an address of ours, or of a public body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errands:
    """Small tasks of one kind for whoever has five minutes; two people do each.

    `find` yields refs of at most so many public things to ask about, `show` what one of them is,
    None when it is not public any more. `unsure` is always among the choices.
    """

    kind: str
    title: str
    question: str
    help: str
    choices: tuple[Choice, ...]
    find: Callable[[int], Iterable[str]]
    show: Callable[[str], Matter | None]
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateTexts:
    """What sources said in the dossiers of a room: read to be compared with, never shown.

    A letter about a dossier must not repeat its words.
    """

    texts: Callable[[str], Iterable[str]]
    """Of a dossier's key, the texts that it holds; none for a key of another room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """A page of a room above that belongs to one's account: the account's page leads there."""

    label: str
    about: str
    url_name: str
    order: int = 50
    is_here: Callable[[], bool] = lambda: True
    """Whether this observatory has what the page is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What becomes of a room's addresses of one name in a copy of the site made of files.

    Every page that links lead to is in the copy as it is without a question (`?page=2`). This
    says what is otherwise.
    """

    url_name: str
    questions: tuple[tuple[str, ...], ...] = ()
    """Names of a question that are copied too when they come together, and alone: `("page",)`."""
    is_live: bool = False
    """It answers what only a server can: links to it lead to the site itself."""
    is_for_all: bool = False
    """A file that is the same in each language."""
    only: Callable[[], Iterable[str]] | None = None
    """The addresses that are copied, where links lead to far more that have nothing to say."""


def offered(kind: type[Offer]) -> Iterator[Offer]:
    """Yield every offer of one kind, from all installed rooms."""
    return (offer for offer in _offers() if isinstance(offer, kind))


@cache
def _offers() -> tuple[object, ...]:
    names = [f"{config.name}.plug" for config in apps.get_app_configs()]
    return tuple(offer for name in names if find_spec(name) for offer in import_module(name).PLUG)
