"""What screening found in a document, what is decided, and what is to be redacted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from contrechamp.documents.domain.layout import Rect, rects_of
from contrechamp.documents.domain.personal import REASONS, Kind
from contrechamp.documents.models import (
    Document,
    File,
    HiddenText,
    ScreeningFinding,
    TextLayer,
    Version,
)

from .reading import words_on

WHOLE = Rect(0.0, 0.0, 1.0, 1.0)
AROUND = 140
"""Characters shown on each side of a passage."""


class ToRedact(NamedTuple):
    """A passage that somebody decided to redact."""

    page: int
    rects: tuple[Rect, ...]
    """Fractions of the page, origin top left; the whole page when nothing smaller is known."""
    span: tuple[int, int] | None
    """Offsets in the page's current text; none for what was pointed at on its picture."""
    reason: str
    """A code of the reasons of redactions."""
    file: str
    """The SHA-256 of the content that it is in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """How many findings of a kind there are, and how many wait."""

    kind: str
    total: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A finding with its words and what stands around them, for who decides."""

    finding: ScreeningFinding
    before: str
    words: str
    after: str
    rects: tuple[Rect, ...]
    has_image: bool


def findings(document: Document) -> QuerySet[ScreeningFinding]:
    """Return the findings of the files of a document that a publication would show, in order."""
    seen = File.objects.filter(versions__document=document, area=File.Area.OPEN)
    return ScreeningFinding.objects.filter(file__in=seen).order_by("file", "page", "start", "pk")


def counts(document: Document) -> list[KindCount]:
    """Return how many findings of each kind there are, the most waiting first."""
    rows = (
        findings(document)
        .order_by()
        .values_list("kind")
        .annotate(total=Count("pk"), waiting=Count("pk", filter=Q(decision="")))
    )
    found = [KindCount(kind=kind, total=total, waiting=waiting) for kind, total, waiting in rows]
    return sorted(found, key=lambda each: (-each.waiting, -each.total, each.kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCount:
    """How many findings a page has, and how many wait."""

    file: str
    page: int
    total: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the team must know of a document before it can be public."""

    is_screened: bool
    waiting: int
    to_redact: int
    verdict: str
    """The worst of its open files."""
    is_kept: bool
    """Whether an editor decided to publish it as it is."""


def summary(document: Document) -> Summary:
    """Return how far the decisions about a document have come."""
    rows = findings(document)
    worst = next(
        iter(sorted(hidden_text(document), key=lambda row: _WORST.index(row.verdict))), None
    )
    return Summary(
        is_screened=screened_at(document) is not None,
        waiting=rows.filter(decision="").count(),
        to_redact=rows.filter(decision=ScreeningFinding.Decision.REDACT).count(),
        verdict=worst.verdict if worst else "clean",
        is_kept=bool(worst and worst.decision),
    )


_WORST = ("bad", "not_checked", "suspect", "clean")


def screened_at(document: Document) -> datetime | None:
    """Return when all open files of a document were last screened, or None."""
    seen = File.objects.filter(versions__document=document, area=File.Area.OPEN)
    moments = list(seen.values_list("screening__screened_at", flat=True))
    return None if not moments or None in moments else max(moments)


def pages_of(document: Document) -> list[PageCount]:
    """Return the pages on which something was found, in order."""
    rows = (
        findings(document)
        .order_by("file", "page")
        .values_list("file", "page")
        .annotate(total=Count("pk"), waiting=Count("pk", filter=Q(decision="")))
    )
    return [PageCount(file=file, page=page, total=n, waiting=w) for file, page, n, w in rows]


def next_page(document: Document, sha256: str, number: int) -> PageCount | None:
    """Return the next page on which something waits, after this one first; None when none does."""
    waiting = [each for each in pages_of(document) if each.waiting]
    after = [each for each in waiting if (each.file, each.page) > (sha256, number)]
    before = [each for each in waiting if (each.file, each.page) < (sha256, number)]
    return next(iter([*after, *before]), None)


def undecided_count(document: Document) -> int:
    """Return how many findings wait for a decision."""
    return findings(document).filter(decision="").count()


def hidden_text(document: Document) -> list[HiddenText]:
    """Return what is known of redactions that hide nothing, for each file that shows some."""
    seen = File.objects.filter(versions__document=document, area=File.Area.OPEN)
    return list(
        HiddenText.objects.filter(file__in=seen)
        .exclude(verdict="clean")
        .select_related("file", "decided_by")
        .order_by("file")
    )


def verdict_of(sha256: str) -> dict[str, Any]:
    """Return verdict and count of findings of a content, as the report of an arrival has them."""
    row = HiddenText.objects.filter(file=sha256).first()
    if row is None:
        return {"verdict": "not_checked", "findings": 0}
    return {"verdict": row.verdict, "findings": len(row.findings)}


def passages_to_redact(document: Document) -> list[ToRedact]:
    """Return what is decided to be redacted in the newest content that is no public copy."""
    version = (
        Version.objects.filter(document=document)
        .exclude(role=Version.Role.PUBLIC_COPY)
        .order_by("-number")
        .first()
    )
    if version is None:
        return []
    rows = ScreeningFinding.objects.filter(
        file=version.file_id, decision=ScreeningFinding.Decision.REDACT
    ).order_by("page", "start", "pk")
    layers = _layers(version.file_id, {row.page for row in rows})
    return [_to_redact(row, layers.get(row.page)) for row in rows]


def words_of(marked: ToRedact) -> str:
    """Return the words of a marked passage; none for what was pointed at on a picture."""
    layer = _layers(marked.file, {marked.page}).get(marked.page)
    if layer is None or marked.span is None:
        return ""
    start, end = marked.span
    return " ".join(layer.text[start:end].split())


def _to_redact(row: ScreeningFinding, layer: TextLayer | None) -> ToRedact:
    rects = _rects(row, layer)
    span = (row.start, row.end) if row.end and row.start is not None else None
    reason = REASONS.get(row.kind, "private_person")
    return ToRedact(row.page, rects or (WHOLE,), span, reason, row.file_id)


def _rects(row: ScreeningFinding, layer: TextLayer | None) -> tuple[Rect, ...]:
    if row.rects:
        return tuple(Rect(*rect) for rect in row.rects)
    if layer is None or not row.end or row.start is None:
        return ()
    return tuple(rects_of(words_on(layer), row.start, row.end))


def _layers(sha256: str, pages: set[int]) -> dict[int, TextLayer]:
    rows = TextLayer.objects.filter(
        page__file=sha256, page__number__in=pages, is_current=True
    ).select_related("page__file")
    return {layer.page.number: layer for layer in rows}


def shown(rows: Sequence[ScreeningFinding]) -> list[Shown]:
    """Return findings with their words in context and where they stand on their page."""
    layers: dict[str, dict[int, TextLayer]] = {}
    for key in {row.file_id for row in rows}:
        layers[key] = _layers(key, {row.page for row in rows if row.file_id == key})
    return [_shown(row, layers[row.file_id].get(row.page)) for row in rows]


def _shown(row: ScreeningFinding, layer: TextLayer | None) -> Shown:
    text = layer.text if layer else ""
    start, end = row.start or 0, row.end or 0
    return Shown(
        finding=row,
        before=text[max(start - AROUND, 0) : start] if end else "",
        words=text[start:end],
        after=text[end : end + AROUND] if end else "",
        rects=_rects(row, layer),
        has_image=row.kind == Kind.UNREAD_PAGE or layer is None or layer.page.has_image,
    )


def report(document: Document) -> list[dict[str, Any]]:
    """Return the findings as the command line writes them, without their words."""
    return [
        {
            "page": row.page,
            "kind": row.kind,
            "start": row.start if row.end else None,
            "end": row.end or None,
            "decision": row.decision.lower() or None,
            "reason": row.reason or None,
        }
        for row in findings(document)
    ]
