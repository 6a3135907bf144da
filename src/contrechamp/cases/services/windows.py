"""Write the public list of windows from what rooms publish: some of it on news, all of it daily.

It is written inside the transaction that changes what is public, so that nothing hidden stays in
it. What is still public but overtaken by a fact is kept as gone, for calendars to cancel; what is
no longer public is deleted, and leaves no trace.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import chain, islice
from typing import TypeVar

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.cases.domain.windows import Sort, Window
from contrechamp.cases.models import Action, WindowPlace
from contrechamp.cases.models import Window as Row
from contrechamp.cases.queries import decided, openable
from contrechamp.cases.queries.access import public
from contrechamp.census import published as census
from contrechamp.foi.queries import published as requests
from contrechamp.kernel.dates import add_days
from contrechamp.kernel.ids import is_id
from contrechamp.watch import published as watch
from contrechamp.watch.domain.digest import SETTLED

T = TypeVar("T")
PART = 400
KEPT_DAYS = 180
"""So long calendars can learn that a window is gone."""
ACT, REQUEST, FACT, RECORD = "watch:act:", "foi:request:", "census:fact:", "census:entity:"
COLUMNS = tuple(
    each.name for each in fields(Window) if each.name not in {"key", "territories", "shown_at"}
)


@transaction.atomic
def refresh(refs: Sequence[str], *, now: datetime) -> None:
    """Write anew the windows of what changed: `room:kind:key` texts, others are left alone."""
    acts, asked = _after(refs, ACT), _after(refs, REQUEST)
    records = set(_after(refs, RECORD))
    for part in _parts(acts):
        found = _with_twins(watch.acts_and_marks(part))
        records.update(act.project for act in found if act.project)
        slugs = [*(act.slug for act in found), *(key.removeprefix("wf-") for key in part)]
        held = Row.objects.filter(pk__in=[*_named("act", slugs), *_named("end", slugs)])
        records.update(filter(None, held.values_list("record", flat=True)))
        _sync(openable.of_acts(found), held.values_list("pk", flat=True), now)
    for part in _parts(asked):
        _sync(openable.of_requests(part, now=now), part, now)
    gone = Row.objects.filter(pk__in=_after(refs, FACT))
    records.update(gone.values_list("record", flat=True))
    for part in _parts(sorted(key for key in records if is_id(key))):
        _records(part, now)


@transaction.atomic
def refresh_action(action: Action, *, now: datetime) -> None:
    """Write anew the window of a complaint, and of what a public action says was never public."""
    _sync(openable.of_complaints([action.pk], now=now), [action.pk], now)
    refs = [f"{RECORD}{key}" for key in action.projects]
    if action.target.startswith("clm-"):
        refs.append(f"{FACT}{action.target}")
    elif act := watch.find_act(action.target) if action.target else None:
        refs.append(f"{ACT}{act.id}")
    elif action.target:
        refs.append(f"{RECORD}{action.target}")
    refresh(refs, now=now)


def refresh_silent(*, now: datetime) -> None:
    """Write anew requests and complaints: a day that passes changes them without any news."""
    for sort, read in (
        (Sort.REFUSAL, openable.of_requests),
        (Sort.SILENCE, openable.of_complaints),
    ):
        rows = Row.objects.filter(sort=sort)
        if not rows.exists() and next(iter(read(now=now)), None) is None:
            continue  # Nothing to write: no lock is asked for, each minute.
        with transaction.atomic():
            _sync(read(now=now), list(rows.values_list("pk", flat=True)), now)


def rebuild(*, now: datetime, told: Callable[[int], None] | None = None) -> int:
    """Write the whole list anew; return how many windows it has. Doing it twice changes nothing.

    Each part is read and written in one transaction, so that nothing that is hidden meanwhile
    comes back.
    """
    seen: set[str] = set()
    for keys in chain(_every_act(now), _every_record(now)):
        seen.update(keys)
        if told:
            told(len(seen))
    # What news wrote meanwhile is no part of this.
    rows = Row.objects.exclude(sort__in=(Sort.REFUSAL, Sort.SILENCE)).filter(changed_at__lt=now)
    with transaction.atomic():
        for part in _parts(list(rows.values_list("pk", flat=True))):
            _end([key for key in part if key not in seen], now)
    refresh_silent(now=now)
    Row.objects.filter(gone_at__date__lt=add_days(localdate(now), -KEPT_DAYS)).delete()
    return Row.objects.filter(gone_at=None).count()


def _every_act(now: datetime) -> Iterator[list[str]]:
    """Write the windows of all acts, page by page; yield their keys."""
    after = ""
    while True:
        with transaction.atomic():
            page = watch.page_of_acts(watch.Filter(), after, PART)
            windows = list(openable.of_acts(page))
            _write(windows, now)
        if not page:
            return
        after = page[-1].id
        yield [one.key for one in windows]


def _every_record(now: datetime) -> Iterator[list[str]]:
    """Write the windows of all records, part by part; yield their keys."""
    for part in _parts(list(decided.subjects())):
        with transaction.atomic():
            windows = list(decided.of_records(part))
            _write(windows, now)
        yield [one.key for one in windows]


def _with_twins(acts: Sequence[watch.Act]) -> list[watch.Act]:
    """Return acts with other publications of their decisions: one of them stands for all."""
    counts = watch.twin_counts([act.id for act in acts])
    twins = [
        twin
        for act in acts
        if act.duplicate_of or act.id in counts
        for twin in watch.same_decision(act)
    ]
    return list({act.id: act for act in (*acts, *twins)}.values())


def _records(keys: Sequence[str], now: datetime) -> None:
    """Write anew the decisions of records; those of the watch about them are left alone."""
    rows = Row.objects.filter(record__in=keys).exclude(sort__in=(Sort.REFUSAL, Sort.SILENCE))
    held = [
        key
        for key in rows.values_list("pk", flat=True)
        if not key.startswith("act-") and (is_id(key) or is_id(key.removeprefix("end-")))
    ]
    _sync(decided.of_records(keys), held, now)


def _sync(found: Iterable[Window], held: Iterable[str], now: datetime) -> None:
    """Write windows; end those held before that are not among them."""
    windows = list(found)
    _write(windows, now)
    there = {one.key for one in windows}
    _end([key for key in dict.fromkeys(held) if key not in there], now)


def _write(windows: Sequence[Window], now: datetime) -> None:
    """Insert what is new, update what changed, each with its territories."""
    for part in _parts(windows):
        known = Row.objects.in_bulk([one.key for one in part])
        places = _places_of([one.key for one in part])
        new, changed, moved = [], [], []
        for one in part:
            row = known.get(one.key)
            if row is None:
                new.append(_row(one, now))
            elif _differs(row, one):
                changed.append(_again(row, one, now))
            if places.get(one.key, set()) != set(_narrow(one)):
                moved.append(one)
        Row.objects.bulk_create(new)
        Row.objects.bulk_update(changed, [*COLUMNS, "shown_at", "changed_at", *STATE])
        WindowPlace.objects.filter(window__in=[one.key for one in moved]).delete()
        WindowPlace.objects.bulk_create(
            WindowPlace(window_id=one.key, territory=key) for one in moved for key in _narrow(one)
        )


def _narrow(one: Window) -> list[str]:
    """Return the territories that a list may be narrowed to: not the whole country."""
    return [key for key in one.territories if not key.startswith("country:")]


STATE = ("sequence", "gone_at", "rank")


def _row(one: Window, now: datetime) -> Row:
    values = {name: getattr(one, name) for name in COLUMNS}
    return Row(id=one.key, rank=one.rank, shown_at=one.shown_at, changed_at=now, **values)


def _differs(row: Row, one: Window) -> bool:
    if row.gone_at is not None or row.shown_at != one.shown_at:
        return True
    return any(getattr(row, name) != getattr(one, name) for name in COLUMNS)


def _again(row: Row, one: Window, now: datetime) -> Row:
    for name in COLUMNS:
        setattr(row, name, getattr(one, name))
    row.shown_at, row.rank, row.gone_at = one.shown_at, one.rank, None
    row.changed_at, row.sequence = now, row.sequence + 1
    return row


def _places_of(keys: Sequence[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for window, territory in WindowPlace.objects.filter(window__in=keys).values_list(
        "window", "territory"
    ):
        found.setdefault(window, set()).add(territory)
    return found


def _end(keys: Sequence[str], now: datetime) -> None:
    """Keep as gone what is still public, delete what is not."""
    for part in _parts(keys):
        public_still = _still_public(part)
        rows = Row.objects.filter(pk__in=part)
        rows.exclude(pk__in=public_still).delete()
        # What another window tells since it was written is in nobody's calendar yet.
        rows.filter(sequence=0, gone_at=None, changed_at__gte=now - SETTLED).delete()
        for row in rows.filter(pk__in=public_still, gone_at=None):
            row.gone_at = row.changed_at = now
            row.sequence += 1
            row.save(update_fields=["gone_at", "changed_at", "sequence"])


def _still_public(keys: Collection[str]) -> set[str]:
    """Return those of the keys whose thing a visitor can still read."""
    own = {key: key.removeprefix("end-") for key in keys}
    ids = list(own.values())
    records = census.find_records(key for key in ids if is_id(key))
    facts = census.find_facts(key for key in ids if key.startswith("clm-"))
    asked = {one.pk for one in requests.some([key for key in ids if key.startswith("req-")])}
    actions = set(public().filter(pk__in=ids).values_list("pk", flat=True))
    slugs = {key: key.removeprefix("act-").removeprefix("end-") for key in keys}
    # The twin of an act that is shown in its stead is told by that one: it is no trace.
    acts = {one.slug for one in watch.some_acts([f"wf-{slug}" for slug in slugs.values()])}
    there = {*records, *facts, *asked, *actions}
    return {key for key in keys if own[key] in there or slugs[key] in acts}


def _named(kind: str, slugs: Iterable[str]) -> list[str]:
    return [f"{kind}-{slug}" for slug in slugs]


def _after(refs: Iterable[str], prefix: str) -> list[str]:
    found = (ref.removeprefix(prefix) for ref in refs if ref.startswith(prefix))
    return list(dict.fromkeys(found))


def _parts(things: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(things)
    while part := list(islice(waiting, PART)):
        yield part
