"""Facts that may be one day or another: derive each combination, keep what is safe in all of them.

`not_before` from the latest, `act_by_safe` and `last_day` from the earliest, the end of somebody
else's time from the latest. Every line that leads to a day kept is kept with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from contrechamp.kernel.dates import add_days

from .counting import FIELDS, in_order, merged
from .facts import Event
from .items import Item, Line

NO_COMMON_DAY = "the arguable days leave none in common: act before the earlier period ends"


def combinations(events: Mapping[str, Event]) -> Iterator[dict[str, date]]:
    """Yield every set of exact facts that the events may mean; one when all are sure."""
    said = dict(events)
    first = said.pop("received_first", None)
    given = said.pop("partial_answer", None)
    if "received" in said or first:
        said["received"] = _received(said.get("received"), first, said)
    bounds = {name: sorted({event.first, event.last}) for name, event in said.items()}
    maybe = given is not None and "refusal_notified" not in said
    for days in product(*bounds.values()):
        facts = dict(zip(bounds, days, strict=True))
        if given is None or not maybe or "received" in facts:
            yield facts
        if given and maybe:
            for day in sorted({given.first, given.last}):
                yield {**facts, "refusal_notified": day}


def _received(sure: Event | None, first: Event | None, said: Mapping[str, Event]) -> Event:
    """Return the receipts that are arguable: the wrong body's too, and the time of completion."""
    known = [event for event in (sure, first) if event]
    last = max(event.last for event in known)
    asked, done = said.get("completion_asked"), said.get("completion_done")
    if asked and done:
        last = add_days(last, max(0, (done.last - asked.first).days))
    return Event("received", min(event.first for event in known), last)


def joined(items: Iterable[Item]) -> Iterator[Item]:
    """Yield one item a step, safe in all of those that are arguable."""
    by_step: dict[str, list[Item]] = {}
    for item in items:
        found = by_step.setdefault(item.step, [])
        if item not in found:
            found.append(item)
    for found in by_step.values():
        yield found[0] if len(found) == 1 else _envelope(found)


def _envelope(items: Sequence[Item]) -> Item:
    kept: dict[str, Item] = {}
    for field in FIELDS:
        by_day: dict[date, Item] = {}
        for item in items:
            by_day.setdefault(getattr(item, field) or date.min, item)
        by_day.pop(date.min, None)
        if by_day:
            latest = field == "not_before" or (field == "last_day" and items[0].is_duty)
            kept[field] = by_day[max(by_day) if latest else min(by_day)]
    governing = [kept[name] for name in ("act_by_safe", "last_day", "not_before") if name in kept]
    lines = dict.fromkeys(
        line for field in FIELDS if field in kept for line in leading_to(field, kept[field].lines)
    )
    whole = replace(
        governing[0],
        basis=merged(item.basis for item in governing),
        uncertain=in_order(code for item in items for code in item.uncertain),
        lines=tuple(lines),
        older_texts=" ; ".join(merged([item.older_texts] for item in items if item.older_texts)),
        **{field: getattr(item, field) for field, item in kept.items()},
    )
    return _ordered(whole)


def _ordered(item: Item) -> Item:
    """Return the item with its days in order, however far apart the arguable days are.

    To act too early can be done again; to act too late cannot: the first day gives way.
    """
    opens, safe = item.not_before, item.act_by_safe
    if opens is None or safe is None or opens <= safe:
        return item
    line = Line("not_before", "DAYS", safe, 0, safe, NO_COMMON_DAY)
    return replace(item, not_before=safe, lines=(*item.lines, line))


def leading_to(field: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines by which the day of a field was found, in order."""
    wanted: date | None = None
    found: list[Line] = []
    for line in reversed(lines):
        ends = line.field == field and not found
        if ends or (found and line.result == wanted and found[-1].op != "START"):
            found.append(line if ends else replace(line, field="anchor"))
            wanted = line.start
    return tuple(reversed(found))


def with_code(item: Item, code: str) -> Item:
    """Return the item with one more open question."""
    return replace(item, uncertain=in_order((*item.uncertain, code)))
