"""Which addresses a copy has: links followed from the doors of the site, in both languages."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import cached_property

from contrechamp.foundation import bulk
from contrechamp.foundation.bulk import LATER, Done, Pause
from contrechamp.foundation.plug import Copied, Entry, Findable, MenuItem, offered
from contrechamp.mirror.domain.addresses import normal, questions
from contrechamp.mirror.workers.rendering import Got, Order, render

TOGETHER = 24
"""Addresses that a worker is given at once."""


class Rules:
    """What becomes of an address, as the rooms say it."""

    def __init__(self) -> None:
        self._by_name = {one.url_name: one for one in offered(Copied)}
        self._known: dict[str, bool] = {}
        self._names: dict[str, str] = {}

    @cached_property
    def _only(self) -> dict[str, frozenset[str]]:
        kept = {one.url_name: one.only for one in self._by_name.values() if one.only}
        lists = {make: frozenset(make()) for make in set(kept.values())}
        return {name: lists[make] for name, make in kept.items()}

    def is_copied(self, address: str) -> bool:
        """Answer whether an address belongs into a copy."""
        if address not in self._known:
            self._known[address] = self._decide(address)
        return self._known[address]

    def is_for_all(self, address: str) -> bool:
        """Answer whether an address gives the same in each language."""
        one = self._by_name.get(self._name(address))
        return bool(one and one.is_for_all)

    def _decide(self, address: str) -> bool:
        path = address.partition("?")[0]
        name = self._name(address)
        if not name or path.startswith(settings.STATIC_URL):
            return False
        one = self._by_name.get(name)
        asked = questions(address)
        if one is None:
            return not asked
        if one.is_live or (name in self._only and path not in self._only[name]):
            return False
        return not asked or asked in {tuple(sorted(each)) for each in one.questions}

    def _name(self, address: str) -> str:
        path = address.partition("?")[0]
        if path not in self._names:
            try:
                self._names[path] = resolve(path).view_name
            except Resolver404:
                self._names[path] = ""
        return self._names[path]


@dataclass(slots=True, kw_only=True)
class Gathering:
    """One walk over the site."""

    day: date
    host: str
    live: str
    folder: Path
    rules: Rules
    languages: tuple[str, ...] = ("fr", "en")
    got: dict[tuple[str, str], Got] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _waiting: dict[str, deque[str]] = field(default_factory=dict)

    def start(self, entries: Iterator[Entry]) -> None:
        """Begin with the doors, and with all that search finds."""
        self._waiting = {language: deque() for language in self.languages}
        doors = [reverse(item.url_name) for item in offered(MenuItem) if item.audience == "all"]
        for address in ["/", "/miroirs", *doors, *(entry.url for entry in entries)]:
            self._want(normal(address.partition("#")[0]))

    def _want(self, address: str) -> None:
        if not self.rules.is_copied(address):
            return
        for language in self.languages[:1] if self.rules.is_for_all(address) else self.languages:
            if (language, address) not in self._seen:
                self._seen.add((language, address))
                self._waiting[language].append(address)

    def run(self, *, workers: int | None, progress: Callable[[int, int], object]) -> None:
        """Ask for everything. `workers` 0: here, and not in other processes."""
        outcomes: Iterable[bulk.Outcome[Order, list[Got]]]
        if workers == 0:
            outcomes = (Done(item=order, value=render(order)) for order in self._here())
        else:
            outcomes = bulk.run(render, self._orders(), workers=workers, cluster="")
        for outcome in outcomes:
            if isinstance(outcome, Done):
                for one in outcome.value:
                    self._take(one)
            elif len(outcome.item.addresses) > 1:
                self._again(outcome.item)
            else:
                self.failed.append(f"{outcome.item.addresses[0]} ({outcome.reason})")
            progress(len(self.got), len(self._seen))

    def _take(self, one: Got) -> None:
        if one.status >= 500:
            self.failed.append(f"{one.address} ({one.status})")
        self.got[one.language, one.address] = one
        for address in one.links:
            self._want(address)
        if one.moved_to:
            self._want(one.moved_to)

    _singly: deque[Order] = field(default_factory=deque)

    def _again(self, order: Order) -> None:
        """Ask one by one for what failed together: an error concerns its address alone."""
        for address in order.addresses:
            self._singly.append(self._order(order.language, (address,)))

    def _order(self, language: str, addresses: tuple[str, ...]) -> Order:
        return Order(
            language=language,
            addresses=addresses,
            day=self.day,
            host=self.host,
            live=self.live,
            folder=self.folder,
            as_is=frozenset(filter(self.rules.is_for_all, addresses)),
        )

    def _next(self) -> Order | None:
        if self._singly:
            return self._singly.popleft()
        for language, waiting in self._waiting.items():
            if waiting:
                count = min(TOGETHER, len(waiting))
                return self._order(language, tuple(waiting.popleft() for _ in range(count)))
        return None

    def _orders(self) -> Iterator[Order | Pause]:
        while True:
            yield self._next() or LATER

    def _here(self) -> Iterator[Order]:
        while order := self._next():
            yield order


def all_entries() -> Iterator[Entry]:
    """Yield everything that search finds, room by room."""
    for one in offered(Findable):
        yield from one.entries()
