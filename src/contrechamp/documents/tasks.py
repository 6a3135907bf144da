"""Jobs of the documents: each looks for what waits, and calls one verb."""

from __future__ import annotations

from django.db.transaction import on_commit
from django.utils import timezone

from contrechamp.foundation import jobs
from contrechamp.foundation.jobs import job

from . import queries, services

SLICE_S = 45.0
"""How long one job reads pages: other jobs wait no longer than that."""


@job()
def recognise() -> None:
    """Read waiting pages for a while; come again while that leads on."""
    run = services.recognise_waiting(seconds=SLICE_S)
    if (run.done or run.failed) and queries.recognition().waiting:
        jobs.enqueue_once(recognise)


def recognise_soon(**_: object) -> None:
    """Let the pages that were queued be read, once it is sure that they were."""
    on_commit(lambda: jobs.enqueue_once(recognise))


def look() -> None:
    """Do what a moment asks for: embargoes that ended, pages whose reader is gone."""
    services.announce_ended_embargoes(now=timezone.now())
    services.free_lost_leases()
    if queries.recognition().waiting:
        jobs.enqueue_once(recognise)
