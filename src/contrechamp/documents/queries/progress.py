"""How far reading has come: for the command line, the page of an arrival, the job."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from contrechamp.documents.models import Document, File, OcrPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Counts of pages that need recognition."""

    queued: int = 0
    running: int = 0
    done: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        return self.queued + self.running + self.done + self.failed

    @property
    def waiting(self) -> int:
        return self.queued + self.running


def _counts(lines: QuerySet[OcrPage]) -> Progress:
    rows = lines.values_list("state").annotate(pages=Count("pk"))
    return Progress(**{state.lower(): pages for state, pages in rows})


def recognition() -> Progress:
    """Return the counts of all pages."""
    return _counts(OcrPage.objects.all())


def recognition_of(sha256: str) -> Progress:
    """Return the counts of one content."""
    return _counts(OcrPage.objects.filter(page__file=sha256))


def recognition_failures() -> QuerySet[OcrPage]:
    """Return the pages that could not be read by machine, with their reason."""
    return (
        OcrPage.objects.filter(state=OcrPage.State.FAILED)
        .select_related("page", "page__file")
        .order_by("page")
    )


def seconds_per_page() -> float | None:
    """Return how long the last pages took, on one core; None before the first."""
    last = OcrPage.objects.filter(seconds__isnull=False).order_by("-pk").values_list("seconds")
    found = [row[0] for row in last[:50] if row[0] is not None]
    return sum(found) / len(found) if found else None


def status() -> dict[str, int]:
    """Return the counts of documents, contents and pages by how far they have come."""
    files = dict(File.objects.values_list("read_state").annotate(n=Count("pk")))
    states = dict(Document.objects.values_list("state").annotate(n=Count("pk")))
    return {
        "documents": sum(states.values()),
        "published": states.get(Document.State.PUBLISHED, 0),
        "files": sum(files.values()),
        "files_read": files.get("read", 0),
        "files_partly_read": files.get("partly", 0),
        "files_waiting": files.get("waiting", 0),
        "files_failed": files.get("failed", 0),
    }
