"""Scanned pages are read by machine, in any number of processes, each page once.

The ledger (`OcrPage`) remembers: a page is leased, read, and its text written together with
"done". Whoever is killed loses its leases: at once on the same machine, after five minutes
otherwise. A text that comes when the lease is lost is dropped, since somebody else writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from itertools import count
from pathlib import Path
from time import monotonic

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from contrechamp.documents import workers
from contrechamp.documents.domain.need import FEWEST, better, is_glyph_numbers, visible
from contrechamp.documents.domain.recognition import Recognised
from contrechamp.documents.models import OcrPage, Page, TextLayer
from contrechamp.documents.queries import drawn_from, is_public
from contrechamp.documents.signals import page_text_ready
from contrechamp.foundation import bulk, lease
from contrechamp.foundation.signals import public_changed
from contrechamp.foundation.store import address
from contrechamp.kernel.errors import Unavailable, gettext_noop

from .quotes import anchor_again

LEASE = timedelta(minutes=5)
RENEW_S = 60.0
ATTEMPTS = 2
_run_numbers = count(1)
State = OcrPage.State
Clock = Callable[[], datetime]


@dataclass(slots=True, kw_only=True)
class Recognition:
    """How far a run has come."""

    total: int = 0
    """Pages that waited when it began."""
    done: int = 0
    failed: int = 0
    seconds: float = 0.0

    @property
    def pages_per_minute(self) -> float:
        return 60 * self.done / self.seconds if self.seconds else 0.0


def model_folder() -> Path:
    """Return the folder of the French model, or raise `Unavailable` with what to do."""
    folder = Path(str(files("contrechamp.documents"))) / "data" / "tessdata"
    if not (folder / "fra.traineddata").exists():
        raise Unavailable(
            gettext_noop(
                "Le modèle français de lecture n'est pas installé : les pages attendent. "
                "Lancez `make demo` ou installez le paquet complet."
            )
        )
    return folder


def recognise_waiting(
    *,
    limit: int | None = None,
    seconds: float | None = None,
    clock: Clock = timezone.now,
    progress: Callable[[Recognition], None] | None = None,
) -> Recognition:
    """Read the pages that wait, on all cores; stop after so many pages or seconds."""
    started = last_renewed = monotonic()
    me = f"{lease.holder()}#{next(_run_numbers)}"
    free_lost_leases()
    run = Recognition(total=OcrPage.objects.exclude(state__in=[State.DONE, State.FAILED]).count())
    run.total = min(run.total, limit) if limit is not None else run.total
    if not run.total:
        return run
    end = started + seconds if seconds is not None else None
    scans = _leased_scans(me, str(model_folder()), limit, end, clock)
    try:
        for outcome in bulk.run(workers.recognise, scans):
            _record(outcome, me, run, clock())
            run.seconds = monotonic() - started
            if monotonic() - last_renewed > RENEW_S:
                last_renewed = monotonic()
                _mine(me).update(lease_until=clock() + LEASE)
            if progress:
                progress(run)
    finally:
        _mine(me).update(state=State.QUEUED, lease_until=None, leased_by="")
    return run


def _mine(me: str) -> QuerySet[OcrPage]:
    return OcrPage.objects.filter(state=State.RUNNING, leased_by=me)


def free_lost_leases() -> int:
    """Give back the pages whose reader is known to be gone; return how many."""
    holders = OcrPage.objects.filter(state=State.RUNNING).values_list("leased_by", flat=True)
    gone = [name for name in set(holders) if lease.is_gone(name.partition("#")[0])]
    return (
        OcrPage.objects.filter(state=State.RUNNING, leased_by__in=gone).update(
            state=State.QUEUED, lease_until=None, leased_by=""
        )
        if gone
        else 0
    )


def lease_pages(number: int, *, me: str, now: datetime) -> list[int]:
    """Take up to so many pages that nobody reads; return their identifiers."""
    skip = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    sql = f"""
        UPDATE documents_ocrpage
        SET state = 'RUNNING', lease_until = %s, leased_by = %s
        WHERE page_id IN (
            SELECT page_id FROM documents_ocrpage
            WHERE state = 'QUEUED' OR (state = 'RUNNING' AND lease_until < %s)
            ORDER BY attempts, page_id LIMIT %s {skip}
        )
        RETURNING page_id
    """  # noqa: S608 - no value of anybody's is in it
    adapt = connection.ops.adapt_datetimefield_value
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [adapt(now + LEASE), me, adapt(now), number])
        return [row[0] for row in cursor.fetchall()]


def _leased_scans(
    me: str, model: str, limit: int | None, end: float | None, clock: Clock
) -> Iterator[workers.Scan]:
    """Lease one page after the other, as workers become free."""
    taken = 0
    while (limit is None or taken < limit) and (end is None or monotonic() < end):
        leased = lease_pages(1, me=me, now=clock())
        if not leased:
            return
        taken += 1
        page = Page.objects.select_related("file").get(pk=leased[0])
        key, kind = drawn_from(page.file)
        yield workers.Scan(
            store=address(),
            key=key,
            kind="pdf" if kind == "office" else kind,
            page=page.number,
            model=model,
            ticket=page.pk,
        )


def _record(
    outcome: bulk.Outcome[workers.Scan, Recognised], me: str, run: Recognition, now: datetime
) -> None:
    page_id = outcome.item.ticket
    if isinstance(outcome, bulk.Done):
        run.done += record_text(page_id, outcome.value, me=me, now=now)
    elif record_failure(page_id, outcome.reason, me=me):
        run.failed += 1


@transaction.atomic
def record_text(page_id: int, found: Recognised, *, me: str, now: datetime) -> bool:
    """Write the text of a page with "done"; answer False when the lease was lost."""
    mine = _mine(me).filter(pk=page_id)
    if not mine.update(
        state=State.DONE, lease_until=None, leased_by="", error="", seconds=found.seconds
    ):
        return False
    page = Page.objects.get(pk=page_id)
    current = TextLayer.objects.filter(page=page, is_current=True).first()
    is_better = _replaces(found.text, current)
    if is_better and current:
        TextLayer.objects.filter(pk=current.pk).update(is_current=False)
    TextLayer.objects.create(
        page=page,
        kind=TextLayer.Kind.OCR,
        engine=found.engine,
        engine_version=found.engine_version,
        language="fr",
        text=found.text,
        words=[list(word) for word in found.words],
        confidence=found.confidence,
        is_current=is_better,
        made_at=now,
    )
    if is_better:
        _announce(page)
    return True


def _replaces(text: str, current: TextLayer | None) -> bool:
    """Answer whether a text read by machine is to be shown. A reader's correction stays."""
    if current is None or current.kind == TextLayer.Kind.OCR:
        return True
    if current.kind == TextLayer.Kind.CORRECTED:
        return False
    if visible(current.text) < FEWEST or is_glyph_numbers(current.text):
        return visible(text) >= visible(current.text) or better(text, current.text)
    return better(text, current.text)


def _announce(page: Page) -> None:
    """Find the quotes of the page again, and tell who searches."""
    key = page.file_id
    anchor_again(key, page.number)
    page_text_ready.send(Page, pages=[(key, page.number)])
    if is_public(key):
        public_changed.send(Page, refs=[f"documents:page:{key}/{page.number}"])


@transaction.atomic
def record_failure(page_id: int, reason: str, *, me: str) -> bool:
    """Note that reading failed; answer whether that was the last attempt."""
    line = _mine(me).filter(pk=page_id).first()
    if line is None:
        return False
    line.attempts += 1
    is_last = line.attempts >= ATTEMPTS
    line.state = State.FAILED if is_last else State.QUEUED
    line.error, line.lease_until, line.leased_by = reason[:500], None, ""
    line.save()
    return is_last


def retry_failed(keys: Iterable[str] | None = None) -> int:
    """Let the pages that failed be tried again, of all contents or of some; return how many."""
    failed = OcrPage.objects.filter(state=State.FAILED)
    if keys is not None:
        failed = failed.filter(page__file__in=list(keys))
    return failed.update(state=State.QUEUED, attempts=0, error="", lease_until=None)
