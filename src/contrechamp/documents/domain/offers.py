"""What rooms above may offer to the pages of documents, by their `plug.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteAction:
    """Something that can be done with a quote: "en faire un fait"."""

    label: str
    url_name: str
    parameter: str = "citation"
    """The name under which the address carries the quote's identifier."""
    prefix: str = ""
    """What stands there before the identifier."""
    is_for_all: bool = False
    """Whether visitors are offered it too, of the quotes that they see."""
    is_of_public: bool = False
    """Whether it can only be done with what anybody may read."""
    is_here: Callable[[], bool] = lambda: True
    """Whether this observatory can do it at all."""
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteUse:
    """One public thing that rests on a quote."""

    quote: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteUses:
    """Who can say which public things rest on given quotes."""

    of: Callable[[Sequence[str]], Sequence[QuoteUse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHolders:
    """Who can name the people in public office on a day: their names are no personal data here."""

    names: Callable[[date | None], Iterable[str]]
    """Of a document's day, or None when it is not known, names such as "Jeanne Exemple"."""
