"""One answer of a site becomes rows: the fetch as proof, the item's state, what happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from contrechamp.watch.connectors import (
    Answer,
    Connector,
    Gone,
    Later,
    Refusal,
    TooLarge,
    Unreached,
)
from contrechamp.watch.domain.happenings import has_vanished
from contrechamp.watch.domain.listed import Listed
from contrechamp.watch.models import Event, Fetch, Item, Source

from . import kept

MOST_ATTEMPTS = 5
AGAIN = timedelta(hours=6)
REST = timedelta(days=30)


@dataclass(slots=True, kw_only=True)
class Ran:
    """What one run of a source did. The keys of `as_json` are a contract."""

    name: str
    state: str = "OK"
    reason: str = ""
    resumed: bool = False
    listed: int = 0
    fetched: int = 0
    new: int = 0
    replaced: int = 0
    moved: int = 0
    vanished: int = 0
    missing: int = 0
    unchanged: int = 0
    late: int = 0
    silent: int = 0
    failed: int = 0
    scanned: int = 0
    findings: int = 0
    problems: int = 0
    waiting: int = 0
    contracts: dict[str, int] = field(default_factory=lambda: {"new": 0, "changed": 0, "gone": 0})
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        plain = {key: getattr(self, key) for key in self.__slots__}
        return {**plain, "seconds": round(self.seconds, 3)}

    @property
    def is_whole(self) -> bool:
        """Answer whether nothing failed."""
        return self.state == "OK" and not self.failed


@transaction.atomic
def write_listed(source: Source, listed: list[Listed], *, now: datetime) -> None:
    """Put the lines of a list into the queue. A day that the list says now goes before none."""
    for each in listed:
        item, is_new = Item.objects.get_or_create(
            source=source,
            url=each.url[:2000],
            defaults={
                "title": each.title[:500],
                "published_on": each.published_on,
                "published_how": each.published_how,
                "first_seen_at": now,
            },
        )
        if not is_new and each.published_on and not item.published_on:
            item.published_on, item.published_how = each.published_on, each.published_how
            item.save(update_fields=["published_on", "published_how"])


def fetch_item(item: Item, connector: Connector, ran: Ran, *, now: datetime) -> None:
    """Ask for one item and write down what came; raise what concerns the whole site."""
    try:
        answer = connector.fetch(
            item.url,
            etag=item.etag if item.sha256 else "",
            last_modified=item.last_modified if item.sha256 else "",
        )
    except Gone as error:
        _write_gone(item, error, ran, now)
    except Refusal as error:
        _write_failure(item, str(error), ran, now, REST)
        if error.whole:
            raise
    except Later as error:
        # It concerns the host: nothing else is asked for either.
        Item.objects.filter(pk=item.pk).update(not_before=error.moment(now), error=str(error))
        raise
    except TooLarge as error:
        _write_failure(item, str(error), ran, now, REST)
    except Unreached as error:
        _write_failure(item, str(error), ran, now, AGAIN)
        raise
    else:
        _write_answer(item, answer, ran, now)


def _write_answer(item: Item, answer: Answer, ran: Ran, now: datetime) -> None:
    sha256, size = item.sha256, 0
    if answer.content is not None:
        with answer.content as content:
            size = content.seek(0, 2)
            content.seek(0)
            sha256 = kept.own().put(content)
    ran.fetched += 1
    etag = answer.headers.get("etag", item.etag)[:300]
    last_modified = answer.headers.get("last-modified", item.last_modified)[:100]
    with transaction.atomic():
        headers = {**answer.headers, **({"name": answer.name} if answer.name else {})}
        Fetch.objects.create(
            item=item,
            at=now,
            status=answer.status,
            etag=etag,
            last_modified=last_modified,
            headers=headers,
            sha256=sha256,
            bytes=size,
        )
        if sha256 == item.sha256:
            ran.unchanged += 1
        else:
            _tell_content(item, sha256, ran, now)
        Item.objects.filter(pk=item.pk).update(
            state=Item.State.FETCHED,
            sha256=sha256,
            etag=etag,
            last_modified=last_modified,
            attempts=0,
            error="",
            not_before=None,
            missing_since=None,
        )
    if answer.content is not None and sha256 == item.sha256:
        kept.settle(sha256)


def _tell_content(item: Item, sha256: str, ran: Ran, now: datetime) -> None:
    """Note that a content is new, replaces another, or was seen elsewhere."""
    detail: dict[str, Any] = {}
    elsewhere = (
        Item.objects.filter(source_id=item.source_id, sha256=sha256).exclude(pk=item.pk).first()
    )
    if item.sha256:
        kind = Event.Kind.REPLACED
        ran.replaced += 1
    elif elsewhere:
        kind, detail = Event.Kind.MOVED, {"from": elsewhere.url, "to": item.url}
        ran.moved += 1
    else:
        kind = Event.Kind.NEW
        ran.new += 1
    Event.objects.create(
        source_id=item.source_id,
        item=item,
        kind=kind,
        at=now,
        before=item.sha256,
        after=sha256,
        detail=detail,
    )


@transaction.atomic
def _write_gone(item: Item, error: Gone, ran: Ran, now: datetime) -> None:
    Fetch.objects.create(item=item, at=now, status=error.answer_status)
    item.missing_since = item.missing_since or now
    ran.missing += 1
    if item.state != Item.State.VANISHED and has_vanished(item.missing_since, now):
        item.state = Item.State.VANISHED
        ran.vanished += 1
        Event.objects.create(
            source_id=item.source_id,
            item=item,
            kind=Event.Kind.VANISHED,
            at=now,
            before=item.sha256,
            detail={"missing_since": item.missing_since.isoformat()},
        )
    elif item.state != Item.State.VANISHED:
        item.state = Item.State.MISSING
    item.error = str(error)
    item.save(update_fields=["missing_since", "state", "error"])


def _write_failure(item: Item, why: str, ran: Ran, now: datetime, rest: timedelta) -> None:
    ran.failed += 1
    attempts = item.attempts + 1
    is_last = rest == REST or attempts >= MOST_ATTEMPTS
    state = Item.State.FETCHED if item.sha256 else Item.State.WAITING
    Item.objects.filter(pk=item.pk).update(
        attempts=attempts,
        error=why,
        not_before=now + rest,
        state=Item.State.FAILED if is_last and not item.sha256 else state,
    )
