"""Pages that wait are read by a job, without anybody asking."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from contrechamp.documents import queries, services, tasks
from contrechamp.documents.models import OcrPage
from contrechamp.foundation import jobs
from tests import make
from tests.documents import files

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_an_arrival_of_scans_leaves_one_job_which_reads_them(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, data=tmp_path / "data", workers=1)
    enqueued: list[object] = []
    monkeypatch.setattr(jobs, "enqueue_once", enqueued.append)

    with django_capture_on_commit_callbacks(execute=True):
        services.add_paths([files.tiff(tmp_path / "a.tif", 2)], actor=make.user("sarah"), now=NOW)
    tasks.look()
    tasks.recognise.func()

    assert enqueued == [tasks.recognise, tasks.recognise]
    assert queries.recognition() == queries.Progress(done=2)


@pytest.mark.django_db
def test_without_pages_that_wait_a_round_asks_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    enqueued: list[object] = []
    monkeypatch.setattr(jobs, "enqueue_once", enqueued.append)

    tasks.look()

    assert enqueued == []
    assert not OcrPage.objects.exists()
