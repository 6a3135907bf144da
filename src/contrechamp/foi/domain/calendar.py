"""Legal steps as entries of a calendar: the safe day with its alarms, the usual last day beside.

One event at `act_by_safe`, with alarms 14, 7 and 1 days before; a second, without alarms, at
`last_day`. A rescue line (`*_cap`) is never in a calendar: it is for who is late already. A step
that a fact has overtaken stays, cancelled, since a calendar keeps what is merely left out (design
note `cases.md`, 9). Private feeds say "Échéance" and a link, nothing else, for a request that is
linked to a dossier; public feeds do not have it at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.icalendar import Entry
from contrechamp.law.domain.reminding import ALARMS

LINES = 3
"""Lines of a derivation that an entry has room for: the last ones, nearest to the day."""


class Line(Protocol):
    """One line of a derivation: how a day was found (`law.md`)."""

    @property
    def field(self) -> str: ...
    @property
    def op(self) -> str: ...
    @property
    def n(self) -> int: ...
    @property
    def result(self) -> date: ...
    @property
    def basis(self) -> str: ...


class Item(Protocol):
    """A dated step as the clock of the room `law` derives it."""

    @property
    def step(self) -> str: ...
    @property
    def not_before(self) -> date | None: ...
    @property
    def act_by_safe(self) -> date | None: ...
    @property
    def last_day(self) -> date | None: ...
    @property
    def basis(self) -> Sequence[str]: ...
    @property
    def reading(self) -> str: ...
    @property
    def lines(self) -> Sequence[Line]: ...


class Say(Protocol):
    """How a French sentence is said with its values; a door passes one that translates."""

    def __call__(self, sentence: str, /, **values: object) -> str: ...


def in_french(sentence: str, /, **values: object) -> str:
    """Say a sentence as it is written, its days as 14/04/2026."""
    days = {k: f"{v:%d/%m/%Y}" if isinstance(v, date) else v for k, v in values.items()}
    return sentence.format(**days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One step of one request, as a feed shows it."""

    request: str
    """Its identifier, for ever the same: part of the event's own."""
    item: Item
    title: str
    url: str
    at: datetime
    """When the facts that it follows from last changed."""
    sequence: int
    """How many facts the request has: facts are only ever added, so it grows with each change."""
    is_overtaken: bool = False
    """A fact has closed the window: the appeal was made, the documents came."""
    is_linked: bool = False
    """Its request is linked to a dossier: nothing of it may be read over a shoulder."""


STEPS = {
    "cada": gettext_noop("Saisir la CADA"),
    "ta": gettext_noop("Saisir le tribunal administratif"),
    "ce": gettext_noop("Saisir le Conseil d'État"),
    "gracieux": gettext_noop("Demander à l'auteur de l'acte de le revoir"),
    "motives": gettext_noop("Demander les motifs du refus"),
    "cassation": gettext_noop("Se pourvoir en cassation"),
    "enforcement": gettext_noop("Demander l'exécution du jugement"),
    "series": gettext_noop("Saisir la CADA pour toute la série"),
}
"""What a person does in each step. One that is not here is called "Échéance"."""

OPERATIONS = {
    "START": gettext_noop("Point de départ : {day} ({basis})"),
    "M": gettext_noop("plus {n} mois : {day} ({basis})"),
    "DAYS": gettext_noop("{n:+d} jour : {day} ({basis})"),
    "WD": gettext_noop("plus {n} jours ouvrés : {day} ({basis})"),
    "R": gettext_noop("reporté au premier jour ouvré : {day} ({basis})"),
    "F": gettext_noop("délai franc de {n} mois : {day} ({basis})"),
}
"""How each operation of the clock is said."""
READINGS = {
    "usual": gettext_noop("lecture usuelle"),
    "strict": gettext_noop("lecture stricte"),
    "safe": gettext_noop("lecture prudente"),
}
DUE = gettext_noop("Échéance")
NO_ADVICE = gettext_noop("Ceci n'est pas un conseil juridique.")


def entries(
    deadlines: Iterable[Deadline], *, is_private: bool, say: Say = in_french
) -> Iterator[Entry]:
    """Yield the events of a feed, two for each step that has both days."""
    for one in deadlines:
        if one.item.step.endswith("_cap") or (one.is_linked and not is_private):
            continue
        safe, last = one.item.act_by_safe, one.item.last_day
        if safe is not None:
            yield _entry(one, safe, say, is_first=True)
            if last is not None and last != safe:
                yield _entry(one, last, say, is_first=False)


def _entry(one: Deadline, day: date, say: Say, *, is_first: bool) -> Entry:
    title = say(STEPS.get(one.item.step, DUE))
    if not is_first:
        title = say(
            gettext_noop("{step} : dernier jour ({reading})"),
            step=title,
            reading=say(READINGS.get(one.item.reading, one.item.reading)),
        )
    key = one.item.step if is_first else f"{one.item.step}-last"
    return Entry(
        key=f"{key}-{one.request}",
        title=say(DUE) if one.is_linked else f"{title} – {one.title}",
        first=day,
        last=day,
        at=one.at,
        description="" if one.is_linked else description(one, say),
        url=one.url,
        sequence=one.sequence,
        alarms=ALARMS if is_first else (),
        is_cancelled=one.is_overtaken,
    )


def description(one: Deadline, say: Say = in_french) -> str:
    """Return an entry's words: article, reading, derivation in three lines, link."""
    item = one.item
    lines = [", ".join(item.basis)]
    if item.act_by_safe is not None:
        lines.append(say(gettext_noop("Date sûre : {day}."), day=item.act_by_safe))
    if item.last_day is not None:
        reading = say(READINGS.get(item.reading, item.reading))
        lines.append(
            say(
                gettext_noop("Dernier jour ({reading}) : {day}."),
                reading=reading,
                day=item.last_day,
            )
        )
    lines += [derived(line, say) for line in item.lines[-LINES:]]
    return "\n".join([*lines, one.url, say(NO_ADVICE)])


def derived(line: Line, say: Say = in_french) -> str:
    """Return one line of a derivation in words."""
    sentence = OPERATIONS.get(line.op, gettext_noop("{day} ({basis})"))
    return say(sentence, n=line.n, day=line.result, basis=line.basis)
