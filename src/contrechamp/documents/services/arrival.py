"""Files come in: each is kept once, read in bounded processes, and told of by its own line.

Nothing that one file does stops the others. What is written is written whole: a document appears
in the tables with its first pages or not at all, further pages follow some at a time, and what a
power cut left undone is taken up by the next arrival.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from contrechamp.documents.queries.screening import verdict_of

from .hidden import check_kept
from .intake import Intake
from .report import Progress, Report
from .wishes import Wishes, check

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def add_paths(
    paths: Iterable[Path | str],
    *,
    actor: User,
    now: datetime,
    progress: Progress | None = None,
    **wishes: object,
) -> Report:
    """Take in files and folders; return what became of each file. See `Wishes` for the options.

    Adding the same again changes nothing: what is there is `known`.
    """
    wanted = Wishes(actor=actor, now=now, **wishes)  # type: ignore[arg-type]
    check(wanted)
    named = [Path(path) for path in paths]
    report = Intake(wanted, progress).run(named)
    _look_for_hidden_text(report, now)
    return report


def _look_for_hidden_text(report: Report, now: datetime) -> None:
    """Say of each PDF whether text can be read under what its redactions cover."""
    started = monotonic()
    taken = [entry for entry in report.documents if entry.sha256 and entry.state != "refused"]
    check_kept([entry.sha256 for entry in taken if entry.sha256], now=now)
    for entry in taken:
        entry.redactions = verdict_of(entry.sha256 or "")
    report.seconds += monotonic() - started


def finish_readings(*, actor: User, now: datetime) -> int:
    """Read on where a reading was cut; return how many contents were taken up."""
    intake = Intake(Wishes(actor=actor, now=now), None)
    intake.run([])
    return intake.resumed
