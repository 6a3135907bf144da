"""Redactions that hide nothing: looked for in children, noted with the file, then decided."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.db import transaction

from contrechamp.documents import workers
from contrechamp.documents.domain import hidden
from contrechamp.documents.domain.hidden import Finding, Verdict
from contrechamp.documents.domain.kinds import HEAD, sniff
from contrechamp.documents.domain.reasons import DIED, EMPTY, UNSUPPORTED, Problem, Reason
from contrechamp.documents.models import Document, File, HiddenText, Version
from contrechamp.foundation import bulk
from contrechamp.foundation.store import address
from contrechamp.kernel.errors import Refused, gettext_noop

from .custody import NotYours, moment_of, record

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@dataclass(slots=True)
class Checked:
    """What is known of one file."""

    name: str
    sha256: str = ""
    problem: Problem | None = None
    parts: list[hidden.Inspection] = field(default_factory=list)
    started: float = field(default_factory=monotonic)
    seconds: float = 0.0

    @property
    def pages(self) -> int:
        return hidden.merge(self.parts).pages_count

    @property
    def findings(self) -> tuple[Finding, ...]:
        return hidden.merge(self.parts).findings

    @property
    def verdict(self) -> Verdict:
        """Return what is said of it; when a part could not be read, no less than what was found."""
        found = hidden.verdict_of(self.findings)
        unread = self.problem or any(part.unread for part in self.parts)
        return Verdict.NOT_CHECKED if unread and found is Verdict.CLEAN else found


Progress = Callable[[int, int], None]
"""Called with the pages looked at, and those known of so far."""


def check_redactions(
    paths: Iterable[Path], *, passwords: Sequence[str] = (), progress: Progress | None = None
) -> list[Checked]:
    """Look at files on the disk; store nothing. What cannot be read has its `problem`."""
    found: list[Checked] = []
    units: list[workers.Look] = []
    for number, path in enumerate(paths):
        checked = Checked(str(path))
        found.append(checked)
        checked.problem = _identify(checked, path)
        if checked.problem is None:
            whole = str(path.absolute())
            units.append(workers.Look(name=str(number), path=whole, passwords=tuple(passwords)))
    looking = Looking({str(number): each for number, each in enumerate(found)})
    looking.run(units, progress, cluster="")  # The files lie on this machine.
    return found


def _identify(checked: Checked, path: Path) -> Problem | None:
    try:
        with path.open("rb") as content:
            size = content.seek(0, 2)
            content.seek(0)
            head = content.read(HEAD)
            content.seek(max(size - HEAD, 0))
            kind = sniff(head, content.read(HEAD))
            content.seek(0)
            checked.sha256 = file_digest(content, "sha256").hexdigest()
    except OSError as error:
        detail = error.strerror or str(error)
        return Problem(Reason.UNREADABLE, workers.UNREAD, {"detail": detail})
    if not size:
        return EMPTY
    if kind is None or kind.kind != "pdf":
        return Problem(Reason.UNSUPPORTED, UNSUPPORTED if kind is None else NOT_PDF)
    return None


NOT_PDF = gettext_noop("Ce n'est pas un PDF : il n'y a rien à chercher sous des rectangles.")


@dataclass(slots=True)
class Looking:
    """Files that are being looked at, part by part: the first part says how many there are."""

    known: dict[str, Checked] = field(default_factory=dict)

    def begin(self, checked: Checked, unit: workers.Look) -> workers.Look:
        """Take a file up; return its first part."""
        self.known[unit.name] = checked
        return unit

    def settle(
        self, outcome: bulk.Outcome[workers.Look, hidden.Inspection | Problem]
    ) -> list[workers.Look]:
        """Note what came of a part; return the parts that follow from it."""
        unit, checked = outcome.item, self.known[outcome.item.name]
        checked.seconds = monotonic() - checked.started
        answer = outcome.value if isinstance(outcome, bulk.Done) else DIED
        if isinstance(answer, Problem):
            checked.problem = answer
            return []
        checked.parts.append(answer)
        if unit.first > 1:
            return []
        firsts = range(1 + unit.count, answer.pages_count + 1, unit.count)
        return [replace(unit, first=first) for first in firsts]

    def run(
        self,
        units: Iterable[workers.Look],
        progress: Progress | None = None,
        *,
        cluster: str | None = None,
    ) -> None:
        """Look at all parts."""
        waiting = deque(units)
        under_way = done = 0

        def following() -> Iterator[workers.Look | bulk.Pause]:
            nonlocal under_way
            while waiting or under_way:
                if waiting:
                    under_way += 1
                    yield waiting.popleft()
                else:
                    yield bulk.LATER

        for outcome in bulk.run(workers.look, following(), cluster=cluster):
            under_way -= 1
            waiting.extend(self.settle(outcome))
            done += outcome.item.count
            if progress:
                pages = [each.parts[0].pages_count for each in self.known.values() if each.parts]
                progress(min(done, sum(pages)), sum(pages))


# Kept files


def check_kept(keys: Iterable[str], *, now: datetime, progress: Progress | None = None) -> None:
    """Look at those kept files whose pages are drawn from a PDF and that nobody has looked at.

    What cannot be looked at is noted as `not_checked`, and tried again when asked again.
    """
    files = list(
        File.objects.filter(pk__in=list(keys), kind="pdf")
        .exclude(hidden__verdict__in=(Verdict.CLEAN, Verdict.SUSPECT, Verdict.BAD))
        .values_list("pk", "rendition")
    )
    if not files:
        return
    looking = Looking()
    looking.run([look_at(looking, key, rendition) for key, rendition in files], progress)
    note_all(looking, now=now)


def look_at(looking: Looking, key: str, rendition: str) -> workers.Look:
    """Take up a kept file; return its first part.

    The rendition of a PDF opens without a password, or with its structure repaired.
    """
    unit = workers.Look(name=key, store=address(), key=rendition or key)
    return looking.begin(Checked(key, key), unit)


@transaction.atomic
def note_all(looking: Looking, *, now: datetime) -> None:
    """Keep what was found of kept files."""
    for key, checked in looking.known.items():
        _note(key, checked, now)


def _note(key: str, checked: Checked, now: datetime) -> None:
    rows = [describe(each) for each in checked.findings]
    HiddenText.objects.update_or_create(
        file_id=key,
        defaults={"verdict": checked.verdict, "findings": rows, "checked_at": now},
    )
    for version in Version.objects.filter(file=key).select_related("document"):
        record(
            version.document,
            "checked",
            by=None,
            at=moment_of(version.document, now),
            file_id=key,
            detail=f"{checked.verdict} {len(rows)}",
        )


def describe(finding: Finding, *, reveal: bool = False) -> dict[str, Any]:
    """Return a finding as reports and tables hold it."""
    return {
        "page": finding.page,
        "rect": list(finding.rect),
        "kind": str(finding.kind),
        "characters": finding.characters,
        "dark": finding.dark,
        "text": finding.text if reveal else None,
    }


@transaction.atomic
def decide_hidden_text(
    document: Document, file_id: str, *, reason: str, actor: User, now: datetime
) -> None:
    """Decide that a file with badly made redactions is published as it is, with the reason.

    An empty reason takes the decision back. Raise `Refused` unless an editor decides.
    """
    if not actor.is_editor:
        raise NotYours(gettext_noop("Seul un éditeur décide de publier un document mal caviardé."))
    row = HiddenText.objects.select_for_update().filter(file=file_id).first()
    if row is None or not document.versions.filter(file=file_id).exists():
        raise Refused(gettext_noop("Ce fichier n'a pas encore été vérifié."))
    row.reason = reason.strip()
    row.decision = HiddenText.Decision.KEPT if row.reason else ""
    row.decided_by, row.decided_at = (actor, now) if row.reason else (None, None)
    row.save(update_fields=["reason", "decision", "decided_by", "decided_at"])
    what = "hidden_text_kept" if row.reason else "hidden_text_undecided"
    record(document, what, by=actor, at=now, file_id=file_id, detail=row.reason)
