"""What rooms above offer to alerts by mail: something that a person can follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from contrechamp.kernel.errors import gettext_noop

from .digest import Line

Key = str
Owner = int


@dataclass(frozen=True, slots=True, kw_only=True)
class Followable:
    """One kind of thing that a person with an account can be told the news of.

    `owner` is the key of an account. What is not that person's own does not exist for them.
    """

    subject: str
    """The kind, as an alert keeps it: `search`."""
    name: Callable[[Key, Owner], str | None]
    """How its owner calls it; None when it is not there, or not theirs."""
    news: Callable[[Key, Owner, datetime, datetime], Sequence[Line] | None]
    """What of it became public from one moment up to another, newest first, in the language that
    is active; None when this cannot be said yet: it is asked again later."""
    words: str = gettext_noop("Recherche « {name} »")
    """How an alert on it is called, in French for the catalogue of the room that offers it."""
