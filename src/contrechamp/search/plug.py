"""What search offers: its line of the menu, and the news of a saved search to alerts by mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext

from contrechamp.foundation.plug import Copied, MenuItem
from contrechamp.foundation.words import written
from contrechamp.kernel.errors import gettext_noop
from contrechamp.watch.domain.digest import Line
from contrechamp.watch.domain.following import Followable

from . import queries, services
from .forms import read_query
from .personal import PERSONAL

MOST_TOLD = 300


def news(key: str, owner: int, since: datetime, until: datetime) -> Sequence[Line] | None:
    """Return the results of a saved search that became public in a time, the newest first.

    None while changes wait for the index: what it does not hold yet would never be told.
    """
    asked = queries.saved_query(key, owner)
    if asked is None:
        return ()
    if not services.refresh(most=MOST_TOLD):
        return None
    query = replace(read_query(QueryDict(asked), limit=MOST_TOLD), sort="new", cursor="")
    found = queries.search(query)
    if found.fuzzy or found.any_word:
        return ()  # Nothing answers as it was asked: what is only like it is no news.
    return [
        _line(result)
        for result in found.results
        if result.entry.at and since <= result.entry.at < until
    ]


def _line(result: queries.Result) -> Line:
    """Say a result in a mail: its kind and day, and the words around what was sought."""
    entry = result.entry
    kind = queries.KIND_LABELS.get(entry.kind)
    day = written(entry.date, "j F Y") if entry.date else ""
    head = ", ".join(filter(None, [gettext(kind) if kind else "", day]))
    words = " ".join("".join(piece.text for piece in result.snippet).split())
    return Line(entry.title, result.url, "\n".join(filter(None, [head, words])), entry.ref)


PLUG = (
    *PERSONAL,
    MenuItem(label=gettext_noop("Recherche"), url_name="search:search", order=10, key="g r"),
    Followable(subject="search", name=queries.saved_name, news=news),
    # A copy made of files has a search of its own.
    *(
        Copied(url_name=f"search:{name}", is_live=True)
        for name in ("search", "json", "csv", "atom", "jsonfeed", "suggestions", "batch", "saved")
    ),
)
