"""A source is run: listed, its queue fetched, what is new read. Killed anywhere, it goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from contrechamp.foundation import lease
from contrechamp.kernel.errors import ContrechampError, Refused, gettext_noop
from contrechamp.watch.connectors import Connector, Later, Refusal, Unreached, connect
from contrechamp.watch.domain.happenings import is_silent
from contrechamp.watch.domain.sites import read_site
from contrechamp.watch.models import Event, Item, Source

from .fetching import Ran, fetch_item, write_listed
from .harvest import harvest, unread

MOST_FAILURES = 3
"""So many failures in a row, and the site is left alone for the day."""
SOON, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
LOST = timedelta(days=2)
"""A process of another machine that has held a source for so long is taken to be gone."""
RECENT = timedelta(days=60)
MOST_RECENT, MOST_OLD = 200, 20
"""Known files that one run asks for again: recent ones, and some of the old."""
Clock = Callable[[], datetime]
Told = Callable[[Ran], None]


class Busy(Refused):
    """Another process runs this source now."""


def due(now: datetime) -> list[str]:
    """Return the names of the sources whose time has come."""
    waiting = Source.objects.exclude(state=Source.State.PAUSED)
    waiting = waiting.filter(Q(next_run_at__isnull=True) | Q(next_run_at__lte=now))
    return list(waiting.order_by("next_run_at", "name").values_list("name", flat=True))


def ready(now: datetime) -> list[str]:
    """Return the names of the sources that somebody may run now: not paused, not left alone."""
    waiting = Source.objects.exclude(state=Source.State.PAUSED)
    rests = Q(state__in=[Source.State.BLOCKED, Source.State.FAILING], next_run_at__gt=now)
    return list(waiting.exclude(rests).order_by("name").values_list("name", flat=True))


def asked_for_later(names: list[str], before: datetime) -> dict[str, datetime]:
    """Return when sites may be asked again that said so, where that is before a moment."""
    items = Item.objects.filter(
        source__name__in=names, state=Item.State.WAITING, not_before__lte=before, attempts=0
    )
    rows = items.values_list("source__name").annotate(at=Max("not_before")).order_by()
    return {name: at for name, at in rows if at}


def run_source(name: str, *, clock: Clock = timezone.now, told: Told | None = None) -> Ran:
    """Run a source once; what fails is told in what is returned and in the source's state.

    Raise `Busy` while another process runs it, `Refused` when there is none of that name.
    """
    started = monotonic()
    source = Source.objects.filter(name=name).first()
    if source is None:
        raise Refused(gettext_noop("Aucune source ne s'appelle « {name} »."), name=name)
    ran = Ran(name=name)
    ran.resumed = _take(source, clock())
    try:
        _Run(source, ran, clock, told).go()
    finally:
        Source.objects.filter(pk=source.pk, run_by=lease.holder()).update(run_by="")
    ran.waiting = _waiting(source).count()
    ran.seconds = monotonic() - started
    return ran


def _take(source: Source, now: datetime) -> bool:
    """Take the source for this process; return whether a run of it had been cut."""
    before = source.run_by
    is_lost = source.last_run_at is not None and now - source.last_run_at > LOST
    is_free = not before or lease.is_gone(before) or is_lost
    taken = is_free and Source.objects.filter(pk=source.pk, run_by=before).update(
        run_by=lease.holder(), last_run_at=now
    )
    if not taken:
        raise Busy(gettext_noop("La source « {name} » est en cours."), name=source.name)
    return bool(before)


def _waiting(source: Source) -> QuerySet[Item]:
    return Item.objects.filter(source=source, state=Item.State.WAITING)


class _Run:
    """One run of a source that this process holds."""

    def __init__(self, source: Source, ran: Ran, clock: Clock, told: Told | None) -> None:
        self.source, self.ran, self.clock, self.told = source, ran, clock, told
        self.site = read_site(source.configuration)
        self.failures = source.failures if source.failures < MOST_FAILURES else 0

    def go(self) -> None:
        connector = connect(self.source.kind, self.source.address, self.site)
        try:
            self._list(connector)
            self._read_unread()
            self._fetch(connector, self._queue())
            if not self.ran.resumed:
                self._fetch(connector, self._known())
        except Refusal as error:
            self._end(Source.State.BLOCKED, error, WEEK)
        except Later as error:
            self._end(Source.State.OK, error, error.after)
        except Unreached as error:
            is_day = self.failures >= MOST_FAILURES
            self._end(Source.State.FAILING, error, DAY if is_day else SOON)
        except ContrechampError as error:  # No feed, no account: it needs somebody.
            self._end(Source.State.FAILING, error, DAY)
        else:
            self._succeed()
        finally:
            robots = connector.robots()
            connector.close()
            if robots:
                Source.objects.filter(pk=self.source.pk).update(robots=robots[:100_000])

    def _list(self, connector: Connector) -> None:
        try:
            for part in connector.list():
                write_listed(self.source, part, now=self.clock())
                self.ran.listed += len(part)
                self._tell()
        except Unreached:
            self.failures += 1
            raise

    def _queue(self) -> list[int]:
        """Return what waits, the newest first; snapshots in the order in which they were made."""
        ready = Q(not_before__isnull=True) | Q(not_before__lte=self.clock())
        order = "published_on" if self.site.successive else "-published_on"
        waiting = _waiting(self.source).filter(ready).order_by(order, "pk")
        return list(waiting.values_list("pk", flat=True))

    def _known(self) -> list[int]:
        """Return known files to ask for again: what is missing, what is recent, some old ones."""
        now = self.clock()
        ready = Q(not_before__isnull=True) | Q(not_before__lte=now)
        known = Item.objects.filter(ready, source=self.source).filter(
            Q(state=Item.State.FETCHED) | Q(state=Item.State.MISSING)
        )
        known = known.annotate(asked=Max("fetches__at")).exclude(asked__gte=self._started())
        recent = Q(first_seen_at__gte=now - RECENT) | Q(state=Item.State.MISSING)
        order = known.order_by("asked", "pk")
        if self.source.kind == Source.Kind.FOLDER:
            return list(order.values_list("pk", flat=True))
        old = order.exclude(recent).filter(asked__lt=now - RECENT / 2)
        return [
            *order.filter(recent).values_list("pk", flat=True)[:MOST_RECENT],
            *old.values_list("pk", flat=True)[:MOST_OLD],
        ]

    def _started(self) -> datetime:
        started = Source.objects.values_list("last_run_at", flat=True).get(pk=self.source.pk)
        return started or self.clock()

    def _fetch(self, connector: Connector, numbers: list[int]) -> None:
        for number in numbers:
            item = Item.objects.select_related("source").get(pk=number)
            try:
                fetch_item(item, connector, self.ran, now=self.clock())
            except Unreached:
                self.failures += 1
                if self.failures >= MOST_FAILURES:
                    raise
            else:
                self.failures = 0
                self._read(number)
            self._tell()

    def _read_unread(self) -> None:
        for number in unread(self.source):
            self._read(number)

    def _read(self, number: int) -> None:
        item = Item.objects.select_related("source").get(pk=number)
        if item.sha256:
            harvest(item, self.source, self.ran, now=self.clock())

    def _tell(self) -> None:
        if self.told:
            self.told(self.ran)

    def _succeed(self) -> None:
        now = self.clock()
        self._tell_silence(now)
        Source.objects.filter(pk=self.source.pk).update(
            state=Source.State.OK,
            state_reason="",
            failures=self.failures,
            last_success_at=now,
            next_run_at=now + timedelta(hours=self.source.every_hours),
        )

    def _end(self, state: Source.State, error: ContrechampError, rest: timedelta) -> None:
        self.ran.state, self.ran.reason = state.value, str(error)
        Source.objects.filter(pk=self.source.pk).update(
            state=state,
            state_reason=str(error),
            failures=self.failures,
            next_run_at=self.clock() + rest,
        )

    def _tell_silence(self, now: datetime) -> None:
        """Note once that nothing was published for much longer than usual."""
        items = Item.objects.filter(source=self.source, published_on__isnull=False)
        days = list(items.values_list("published_on", flat=True).distinct())
        if not is_silent([day for day in days if day], timezone.localdate(now)):
            return
        last = max(day for day in days if day)
        _, is_new = Event.objects.get_or_create(
            source=self.source,
            item=None,
            kind=Event.Kind.SILENT,
            detail={"since": last.isoformat()},
            defaults={"at": now},
        )
        self.ran.silent += is_new
