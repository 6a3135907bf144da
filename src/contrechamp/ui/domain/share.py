"""What a page gives to others: how it is cited, shown as a card, framed on another site.

A room says of its pages, by `Shareable` in its `plug.py`, what of them may be told; from that one
reading the ui makes citations, the picture of a link, and what is shown in a frame.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of a small chart; `share` of the longest, in percent."""

    words: str
    text: str
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A public page in short. All of it may be read by anybody; addresses are paths."""

    sort: str
    """record, fact, document, quote, act or dataset."""
    id: str
    """What names it in a bibliography, with `contrechamp-` before."""
    label: str
    """What it is, in the reader's language: "Projet", "Un fait"."""
    title: str
    url: str
    at: datetime
    """When it last changed for visitors."""
    state_url: str = ""
    """Where its present state can be read for ever; empty: at `url`."""
    version: int | None = None
    summary: str = ""
    status: str = ""
    """alleged, documented, verified or contradicted."""
    status_label: str = ""
    place: str = ""
    figures: tuple[str, ...] = ()
    """Short counts: "12 faits"."""
    quote: str = ""
    source: str = ""
    """What a quote or a fact is read in: title and page of a document."""
    source_url: str = ""
    author: str = ""
    dated: str = ""
    page: str = ""
    sha256: str = ""
    bars: tuple[Bar, ...] = ()
    """A small chart, the longest first or in time."""
    method: str = ""
    """How the chart is counted."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The page is at another address now: of a record that was merged."""

    url: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The page was public and was withdrawn (410)."""


Shared: TypeAlias = Share | Elsewhere | Gone | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shareable:
    """One kind of page that can be shared. `read` takes the arguments of its address.

    It reads as a visitor does: what is not public gives None.
    """

    view_name: str
    read: Callable[..., Shared]
    is_embeddable: bool = True
