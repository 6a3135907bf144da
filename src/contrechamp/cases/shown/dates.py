"""What actions add to a person's own calendar, and to the timeline of everybody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from contrechamp.cases.domain.calendar import entries
from contrechamp.cases.queries.access import mine_of
from contrechamp.cases.queries.page import dated
from contrechamp.cases.queries.reminding import hides_titles, is_secret
from contrechamp.cases.queries.results import Decided, decided_about
from contrechamp.foundation.plug import Happening
from contrechamp.kernel.icalendar import Entry

from .words import change_words

if TYPE_CHECKING:
    from contrechamp.foi.domain.calendar import Say

MOST = 200
"""Actions of one calendar: a calendar of more is of no use to anybody."""


def personal(owner: int, site: str, today: date, say: Say) -> Iterable[Entry]:
    """Return the events of somebody's actions; a secret one says "Échéance" and a link alone."""
    hidden = hides_titles(owner)
    found = [
        dated(action, site=site, is_team=True, is_secret=hidden or is_secret(action))
        for action in mine_of(owner)[:MOST]
    ]
    return entries(found, today=today, say=say)


def happenings(keys: Collection[str] | None) -> Iterator[Happening]:
    """Yield what was decided in public actions about some records; None: about any."""
    for one in decided_about(keys):
        yield Happening(
            key=f"{one.action.pk}-{one.result.source}",
            text=decided_words(one),
            first=one.result.first,
            last=one.result.last,
            url=reverse("cases:action", args=[one.action.pk]),
            proof=one.url,
            at=one.at,
        )


def decided_words(one: Decided) -> str:
    """Return what was decided, by whom, in which action."""
    change = change_words(one.result.change, one.court)
    return f"{change}{gettext(' : ')}{one.action.title}"
