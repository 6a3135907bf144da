"""Keep copies of outside pages, politely, and notice which are gone.

Nothing is asked of any site unless `CONTRECHAMP_ARCHIVE_SOURCES` says so. Requests go the way of
the watch: its name, its pauses, its proxy, robots.txt and limits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import IO

from django.conf import settings
from django.db import transaction

from contrechamp.archive import queries
from contrechamp.archive.domain import dead_since, next_look
from contrechamp.archive.models import Copy
from contrechamp.census import published
from contrechamp.census import queries as census
from contrechamp.documents import workers
from contrechamp.documents.domain.kinds import HEAD, sniff
from contrechamp.foundation import bulk
from contrechamp.foundation.bulk import Done
from contrechamp.foundation.signals import public_changed
from contrechamp.foundation.store import Store, at
from contrechamp.watch.connectors import Gone, Later, Refusal, TooLarge, Unreached
from contrechamp.watch.connectors.http import Web

AT_ONCE = 40
"""Pages of one round: the next one goes on."""
LONGEST_TEXT = 400_000
State = Copy.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a site answered."""

    state: str
    sha256: str = ""
    bytes: int = 0
    mime: str = ""
    title: str = ""
    text: str = ""
    error: str = ""
    until: datetime | None = None
    """Not before this, when the site asks for that."""


def store() -> Store:
    """Return the store of the copies: never among the documents, which may become public."""
    return at(store_address())


def store_address() -> str:
    """Return where the copies are kept."""
    return str(settings.CONTRECHAMP.data / "archive")


@transaction.atomic
def note_sources(*, now: datetime) -> int:
    """Write down the sources that are to be copied; return how many are new."""
    known = Copy.objects.values("pk")
    rows = census.outside_sources().exclude(pk__in=known)[:1000]
    made = [
        Copy(evidence=evidence, claim=claim, url=url, next_at=now) for evidence, claim, url in rows
    ]
    Copy.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def look_round(*, now: datetime, most: int = AT_ONCE) -> int:
    """Copy what is new and look whether the rest is there; return how many were looked at.

    Without the setting nothing is asked. What one site does stops no other.
    """
    if not settings.CONTRECHAMP.archive_sources:
        return 0
    note_sources(now=now)
    looked = 0
    web = Web()
    try:
        for copy in queries.due(now)[:most]:
            look_at(copy, web, now=now)
            looked += 1
    finally:
        web.close()
    return looked


def look_at(copy: Copy, web: Web, *, now: datetime) -> None:
    """Ask for one page; the first answer is kept, later ones say only that it is there."""
    seen = _ask(copy, web, now)
    with transaction.atomic():
        failures = copy.failures + 1 if seen.state == State.UNREACHED else 0
        said = {
            "state": seen.state,
            "checked_at": now,
            "failures": failures,
            "next_at": max(seen.until or now, next_look(seen.state, now)),
            "dead_since": dead_since(seen.state, copy.dead_since, failures, now),
            "error": seen.error,
        }
        if seen.sha256 and not copy.sha256:
            said |= {
                "sha256": seen.sha256,
                "bytes": seen.bytes,
                "mime": seen.mime,
                "title": seen.title[:300],
                "text": seen.text,
                "text_sha256": sha256(seen.text.encode()).hexdigest() if seen.text else "",
                "copied_at": now,
            }
        was = (copy.copied_at, copy.dead_since)
        Copy.objects.filter(pk=copy.pk).update(**said)
        if (said.get("copied_at", copy.copied_at), said["dead_since"]) != was:
            _tell(copy)


def _tell(copy: Copy) -> None:
    """Let the pages of a public fact be made anew; of a draft nothing is told."""
    fact = published.find_fact(copy.claim)
    if fact is not None and any(proof.id == copy.pk for proof in fact.evidence):
        public_changed.send(Copy, refs=[f"archive:copy:{copy.pk}"])


def _ask(copy: Copy, web: Web, now: datetime) -> Seen:
    try:
        answer = web.get(copy.url)
    except Gone as error:
        return Seen(state=State.GONE, error=str(error))
    except Later as error:
        return Seen(state=State.UNREACHED, error=str(error), until=error.moment(now))
    except (Refusal, TooLarge) as error:
        return Seen(state=State.REFUSED, error=str(error))
    except Unreached as error:
        return Seen(state=State.UNREACHED, error=str(error))
    if answer.content is None:
        return Seen(state=State.ALIVE)
    with answer.content as content:
        return Seen(state=State.ALIVE) if copy.sha256 else _kept(content)


def _kept(content: IO[bytes]) -> Seen:
    """Keep a content and read its text in a process of its own."""
    key = store().put(content)
    size = content.seek(0, 2)
    content.seek(0)
    head = content.read(HEAD)
    content.seek(max(0, size - HEAD))
    kind = sniff(head, content.read(HEAD))
    title, text = "", ""
    if kind is not None and kind.kind in workers.READERS and kind.kind != "archive":
        unit = workers.Unit(store=store_address(), key=key, content=kind)
        for outcome in bulk.run(workers.read, [unit], workers=1):
            if isinstance(outcome, Done):
                title = outcome.value.title
                text = "\n\n".join(page.text for page in outcome.value.pages)[:LONGEST_TEXT]
    return Seen(
        state=State.ALIVE,
        sha256=key,
        bytes=size,
        mime=kind.mime if kind else "",
        title=title,
        text=text,
    )
