"""What the observatory itself says in threads: an act published, a deadline, an opinion received.

Rooms above offer what they tell (`EventSource`), or call `post`. The sentence is made when it is
read, from the parameters, in the language of who reads; no member is named. The same event told
twice is one. What not everybody may see is told nowhere.

No thread is opened by a machine: a forum full of notices is read by nobody, and watching the
dossier needs none. Where nobody talks yet, who watches is told by a notice, and the event is kept
for the day on which a discussion opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.accounts.services import notices
from contrechamp.forum.domain import events as rules
from contrechamp.forum.domain.states import State
from contrechamp.forum.domain.subjects import split
from contrechamp.forum.models import Event, Post, Thread
from contrechamp.forum.queries.events import open_threads, visible_subjects
from contrechamp.foundation.plug import offered

from . import gate, noticing
from .placing import place, take_away

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An event and the ref that it is read from."""

    event: rules.Event
    origin: str

    @property
    def pair(self) -> Pair:
        """Return kind and identifier of what it is about."""
        return split(self.event.subject)


@transaction.atomic
def post(
    subject: str,
    event_kind: str,
    params: Mapping[str, Any],
    key: str,
    *,
    now: datetime,
    source_url: str = "",
) -> Event | None:
    """Tell one event about a thing once; None where not everybody may see the thing."""
    event = rules.Event(
        subject=subject,
        kind=event_kind,
        key=key,
        day=localdate(now),
        params=params,
        source_url=source_url,
    )
    known = Event.objects.filter(key=key).first()
    if known is None:
        _tell_new([Wanted(event, "")], now)
        known = Event.objects.filter(key=key).first()
    return known


def tell(refs: Sequence[str], *, now: datetime) -> None:
    """Tell what is new of some things of the rooms above; take back what is public no more."""
    for source in offered(rules.EventSource):
        mine = [ref for ref in dict.fromkeys(refs) if ref.startswith(source.prefix)]
        if mine:
            _follow(mine, source.find(mine, localdate(now)), now)


def due(today: date) -> list[str]:
    """Return of what a day to come is told today."""
    return [ref for source in offered(rules.EventSource) for ref in source.due(today)]


@transaction.atomic
def _follow(refs: Sequence[str], found: Mapping[str, Sequence[rules.Event]], now: datetime) -> None:
    """Let what is told of some things be what their room says of them now."""
    wanted = {one.key: Wanted(one, ref) for ref, told in found.items() for one in told}
    seen = visible_subjects({one.pair for one in wanted.values()}, None)
    wanted = {key: one for key, one in wanted.items() if one.pair in seen}
    clocks = {kind.kind for kind in offered(rules.EventKind) if kind.is_clock}
    known = {row.key: row for row in Event.objects.filter(origin__in=refs)}
    for key, row in known.items():
        if key in wanted:
            _bring_up_to_date(row, wanted[key].event, now)
        elif row.kind not in clocks or row.origin not in found:
            _withdraw(row, now)
    new = [one for key, one in wanted.items() if key not in known]
    _tell_new([one for one in new if one.event.is_news(localdate(now))], now)


def _tell_new(new: Sequence[Wanted], now: datetime) -> None:
    """Keep events that were not told yet; post them where one talks of it, or tell who watches."""
    seen = visible_subjects({one.pair for one in new}, None)
    by_pair: dict[Pair, list[Wanted]] = {}
    for one in new:
        if one.pair in seen:
            by_pair.setdefault(one.pair, []).append(one)
    if not by_pair:
        return
    rows = _keep([one for told in by_pair.values() for one in told], now)
    threads = {} if gate.is_read_only() else open_threads(list(by_pair))
    for pair, told in by_pair.items():
        for event in rules.newest([one.event for one in told]):
            row = rows[event.key]
            if row.has_post:  # An older observatory was loaded: it was told there.
                continue
            if pair in threads:
                _post(row, threads[pair], now)
            else:
                _tell_watchers(row, now)


def _keep(new: Iterable[Wanted], now: datetime) -> dict[str, Event]:
    keys = [one.event.key for one in new]
    posted = set(Post.objects.filter(event_key__in=keys).values_list("event_key", flat=True))
    made = [
        Event(
            key=one.event.key,
            origin=one.origin,
            subject_kind=one.pair[0],
            subject_id=one.pair[1],
            kind=one.event.kind,
            params=dict(one.event.params),
            source_url=one.event.source_url,
            day=one.event.day,
            told_at=now,
            has_post=one.event.key in posted,
        )
        for one in new
    ]
    return {row.key: row for row in Event.objects.bulk_create(made)}


def _post(row: Event, thread: Thread, now: datetime) -> None:
    made = Post.objects.create(
        thread=thread,
        kind=Post.Kind.SYSTEM,
        state=State.PENDING,
        event_kind=row.kind,
        event_params=row.params,
        event_key=row.key,
        source_url=row.source_url,
        created_at=now,
        changed_at=now,
    )
    row.has_post = True
    row.save(update_fields=["has_post"])
    place(made, now=now)


def _tell_watchers(row: Event, now: datetime) -> None:
    wanting = noticing.watching(row.subject)
    about = f"forum:subject:{row.subject}"
    notices.tell(wanting, noticing.EVENT, noticing.EVENT, str(row.pk), about=about, now=now)


def _bring_up_to_date(row: Event, event: rules.Event, now: datetime) -> None:
    """Say again what was taken back, and what its room corrected since."""
    params = dict(event.params)
    if (row.params, row.source_url) != (params, event.source_url):
        row.params, row.source_url, row.day = params, event.source_url, event.day
        row.save(update_fields=["params", "source_url", "day"])
        Post.objects.filter(event_key=row.key).update(
            event_params=params, source_url=event.source_url, changed_at=now
        )
    if row.withdrawn_at is None:
        return
    row.withdrawn_at = None
    row.save(update_fields=["withdrawn_at"])
    notices.hold(noticing.EVENT, [str(row.pk)], is_held=False)
    for there in Post.objects.filter(event_key=row.key, state=State.WITHDRAWN):
        place(there, now=now)


def _withdraw(row: Event, now: datetime) -> None:
    """Take back what visitors may read no more: its place in the thread says so."""
    if row.withdrawn_at is not None:
        return
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    notices.hold(noticing.EVENT, [str(row.pk)])
    for there in Post.objects.filter(event_key=row.key, state=State.PUBLISHED):
        take_away(there, State.WITHDRAWN, "", now=now)
