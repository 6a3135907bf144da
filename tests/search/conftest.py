from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from contrechamp.foundation import plug
from contrechamp.foundation.plug import Entry, Findable
from contrechamp.foundation.signals import public_changed


def entry(key: str = "1", text: str = "", **values: Any) -> Entry:
    given: dict[str, Any] = {
        "ref": f"shelf:page:{key}",
        "kind": "page",
        "title": f"Titre {key}",
        "text": text,
        "url": f"/shelf/{key}",
    }
    return Entry(**(given | values))


class Shelf:
    """A room whose things a test publishes and withdraws, with the house's own signal."""

    def __init__(self, on_commit: DjangoCaptureOnCommitCallbacks) -> None:
        self.things: dict[str, Entry] = {}
        self._on_commit = on_commit

    def publishes(self, *things: Entry) -> None:
        self.things |= {thing.ref: thing for thing in things}
        self._tells([thing.ref for thing in things])

    def withdraws(self, *refs: str) -> None:
        for ref in refs:
            del self.things[ref]
        self._tells(refs)

    def loses(self, ref: str) -> None:
        """Withdraw a thing without telling anybody: a bug elsewhere."""
        del self.things[ref]

    def _tells(self, refs: Sequence[str]) -> None:
        with self._on_commit(execute=True):
            public_changed.send(Shelf, refs=refs)

    def entries(self) -> Iterable[Entry]:
        return list(self.things.values())

    def some(self, refs: Sequence[str]) -> Iterable[Entry]:
        return [self.things[ref] for ref in refs if ref in self.things]


@pytest.fixture
def shelf(
    db: None,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Shelf:
    """A room of its own, with an index of its own."""
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, data=tmp_path)
    room = Shelf(django_capture_on_commit_callbacks)
    offers = (*plug._offers(), Findable(prefix="shelf:", entries=room.entries, some=room.some))
    others = tuple(offer for offer in offers[:-1] if not isinstance(offer, Findable))
    monkeypatch.setattr(plug, "_offers", lambda: (*others, offers[-1]))
    return room


def order(key: str = "1", **values: Any) -> Entry:
    """A page of an order, as a prefecture writes them."""
    given: dict[str, Any] = {
        "text": "Arrêté autorisant des caméras de vidéoprotection à Nice (Alpes-Maritimes).",
        "date": date(2021, 3, 4),
        "places": ("commune:06088", "departement:06"),
        "status": "documented",
    }
    return entry(key, **(given | values))
