"""Requests as threads of the mail: which there are, and to which a stray message may belong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from contrechamp.directory import queries as directory
from contrechamp.foi.domain.states import State
from contrechamp.foi.models import Request
from contrechamp.foundation.words import written
from contrechamp.kernel.dates import add_days
from contrechamp.kernel.names import words
from contrechamp.mail.domain.threads import Letter, Suggestion, Thread

MOST = 8
"""Suggestions of one message: more is a list, not a help."""
LONG = 5
"""Letters of a word of a subject from which it tells something."""
WINDOW, SOON = 400, 45
"""Days before a message in which what it answers was sent; in which nobody is late yet."""
OVER = (State.WITHDRAWN, State.SATISFIED, State.CLOSED_LOST)


def find(keys: Sequence[str]) -> list[Thread]:
    """Return the requests of these keys as threads; those that are not here are left out."""
    return [_thread(row) for row in Request.objects.filter(pk__in=keys).select_related("body")]


def suggest(letter: Letter) -> list[Suggestion]:
    """Return the requests that a message may answer, best first, each with why.

    A body's known sender, a domain that tells which body writes, words of the subject, the date.
    Nothing is filed by it.
    """
    found: dict[str, Suggestion] = {}
    for row, why in _candidates(letter):
        if len(found) >= MOST:
            break
        found.setdefault(row.pk, Suggestion(thread=_thread(row), why=why))
    return list(found.values())


def _candidates(letter: Letter) -> Iterator[tuple[Request, str]]:
    rows = _before(letter)
    senders = directory.bodies_of_address(letter.from_address) if letter.from_address else []
    yield from _each(rows.filter(body__in=senders), "sender")
    if letter.from_address:
        yield from _each(rows.filter(address__iexact=letter.from_address), "sender")
    domains = directory.bodies_of_domain(letter.from_domain) if letter.from_domain else []
    yield from _each(rows.filter(body__in=domains), "domain")
    told = {word for word in words(letter.subject) if len(word) >= LONG}
    if told:
        likely = [row for row in rows[:400] if len(told & set(words(row.title))) >= 2]
        yield from _each(likely, "subject")
    if domains or senders:
        return
    recent = rows.filter(
        sent_on__gte=add_days(letter.received_at.date(), -SOON), first_answer_on=None
    )
    yield from _each(recent[:3], "date")


def _each(rows: Iterable[Request], why: str) -> Iterator[tuple[Request, str]]:
    return ((row, why) for row in list(rows)[:MOST])


def _before(letter: Letter) -> QuerySet[Request]:
    """Return the requests that were under way when the message came, the latest first."""
    day = letter.received_at.date()
    rows = Request.objects.filter(sent_on__lte=day, sent_on__gte=add_days(day, -WINDOW))
    return rows.exclude(state__in=OVER).select_related("body").order_by("-sent_on", "pk")


def _thread(row: Request) -> Thread:
    asked = gettext("{body}, envoyée le {day}")
    detail = str(row.body) if row.body else ""
    if row.body and row.sent_on:
        detail = asked.format(body=row.body, day=written(row.sent_on))
    return Thread(
        key=row.pk,
        title=row.title or row.pk,
        url=reverse("foi:request", args=[row.pk]),
        detail=detail,
    )
