"""Personal data: every page is screened, every finding decided, before a document is public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from zlib import crc32

from django.db import transaction
from django.db.models import QuerySet

from contrechamp.documents.domain import OfficeHolders, personal
from contrechamp.documents.domain.layout import check_rect
from contrechamp.documents.domain.personal.names import key_of
from contrechamp.documents.models import (
    Document,
    File,
    Page,
    Screening,
    ScreeningFinding,
    TextLayer,
)
from contrechamp.foundation import vocabulary
from contrechamp.foundation.plug import offered
from contrechamp.kernel.errors import Refused, gettext_noop

from .custody import NotYours, moment_of, record

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

Decision = ScreeningFinding.Decision
ROWS = 500
Key = tuple[int, str, str]
"""Page, kind and words: by these a finding is known again when a page has a new text."""


@transaction.atomic
def screen_document(document: Document, *, now: datetime) -> int:
    """Screen the open files of a document whose texts changed; return how many were screened."""
    holders = _holders(document.dated_earliest)
    count = 0
    for file in File.objects.filter(versions__document=document, area=File.Area.OPEN).distinct():
        if _screen(file, holders, now):
            found = ScreeningFinding.objects.filter(file=file).count()
            record(
                document,
                "screened",
                by=None,
                at=moment_of(document, now),
                file=file,
                detail=str(found),
            )
            count += 1
    return count


def _holders(day: date | None) -> frozenset[frozenset[str]]:
    names = (name for offer in offered(OfficeHolders) for name in offer.names(day))
    return frozenset(key for name in names if len(key := key_of(name)) > 1)


def _screen(file: File, holders: Collection[frozenset[str]], now: datetime) -> bool:
    layers = list(
        TextLayer.objects.filter(page__file=file, is_current=True)
        .order_by("page__number")
        .values_list("page__number", "pk", "text")
    )
    mark = _mark(file, layers, holders)
    if Screening.objects.filter(file=file, mark=mark).exists():
        return False
    found: list[tuple[int, personal.Passage, str]] = []
    for number, _, text in layers:
        for passage in personal.screen(text, holders):
            found.append((number, passage, text[passage.start : passage.end]))
    read = {number for number, _, text in layers if text.strip()}
    drawn = Page.objects.filter(file=file, has_image=True).values_list("number", flat=True)
    unread = personal.Passage(0, 0, personal.Kind.UNREAD_PAGE)
    found += [(number, unread, "") for number in sorted(set(drawn) - read)]
    _write(file, found)
    Screening.objects.update_or_create(file=file, defaults={"mark": mark, "screened_at": now})
    return True


def _mark(
    file: File, layers: Sequence[tuple[int, int, str]], holders: Collection[frozenset[str]]
) -> str:
    """Return what changes when another screening could find other things."""
    known = crc32(repr(sorted(map(sorted, holders))).encode())
    texts = crc32(repr([pk for _, pk, _ in layers]).encode())
    pages = Page.objects.filter(file=file).count()
    return f"{personal.RULES}-{pages}-{texts:08x}-{known:08x}"


def _write(file: File, found: Iterable[tuple[int, personal.Passage, str]]) -> None:
    """Write what was found; what was decided of the same words on the same page stands."""
    before: dict[Key, list[ScreeningFinding]] = defaultdict(list)
    for row in ScreeningFinding.objects.filter(file=file, found_by=None).order_by("start", "pk"):
        before[row.page, row.kind, row.exact].append(row)
    new: list[ScreeningFinding] = []
    moved: list[ScreeningFinding] = []
    for page, passage, exact in found:
        same = before[page, str(passage.kind), exact]
        if same:
            row = same.pop(0)
            row.start, row.end = passage.start, passage.end
            moved.append(row)
        else:
            new.append(
                ScreeningFinding(
                    file=file,
                    page=page,
                    kind=passage.kind,
                    start=passage.start,
                    end=passage.end,
                    exact=exact,
                )
            )
    gone = [row.pk for rows in before.values() for row in rows]
    for first in range(0, len(gone), ROWS):
        ScreeningFinding.objects.filter(pk__in=gone[first : first + ROWS]).delete()
    ScreeningFinding.objects.bulk_update(moved, ["start", "end"], batch_size=ROWS)
    ScreeningFinding.objects.bulk_create(new, batch_size=ROWS)


# Decisions


def _check_deciding(document: Document, actor: User) -> None:
    if document.state == Document.State.PUBLISHED and not actor.is_editor:
        raise NotYours(
            gettext_noop("« {title} » est publié : un éditeur peut le modifier."),
            title=document.title,
        )


def _check_decision(decision: str, reason: str, detail: str) -> None:
    if decision not in Decision.values:
        raise Refused(gettext_noop("Choisissez : caviarder, garder ou rien de personnel."))
    if decision != Decision.KEEP:
        return
    known = vocabulary.terms("keeping_reasons")
    if reason not in known:
        raise Refused(gettext_noop("Dites pourquoi ce passage est gardé : choisissez une raison."))
    if known[reason].get("needs_detail") and not detail.strip():
        raise Refused(
            gettext_noop(
                "Donnez la référence : où c'est déjà publié, ou comment l'accord est donné."
            )
        )


def findings_of(document: Document) -> QuerySet[ScreeningFinding]:
    """Return the findings of a document's open files."""
    seen = File.objects.filter(versions__document=document, area=File.Area.OPEN)
    return ScreeningFinding.objects.filter(file__in=seen)


@transaction.atomic
def decide(
    document: Document,
    findings: Iterable[int],
    *,
    decision: str,
    reason: str = "",
    detail: str = "",
    actor: User,
    now: datetime,
) -> int:
    """Decide of some findings; return how many changed. What is decided alike stays as it is.

    Raise `Refused` when what is kept has no reason, or `NotYours` on a published document.
    """
    _check_deciding(document, actor)
    _check_decision(decision, reason, detail)
    chosen = findings_of(document).filter(pk__in=list(findings))
    return _decide(document, chosen, decision, reason, detail, actor, now)


@transaction.atomic
def decide_kind(
    document: Document,
    kind: str,
    *,
    decision: str,
    reason: str = "",
    detail: str = "",
    actor: User,
    now: datetime,
) -> int:
    """Decide of all findings of a kind that wait; return how many. Decided ones stay."""
    _check_deciding(document, actor)
    _check_decision(decision, reason, detail)
    chosen = findings_of(document).filter(kind=kind, decision="")
    return _decide(document, chosen, decision, reason, detail, actor, now)


def _decide(
    document: Document,
    chosen: QuerySet[ScreeningFinding],
    decision: str,
    reason: str,
    detail: str,
    actor: User,
    now: datetime,
) -> int:
    kept = decision == Decision.KEEP
    given = {"decision": decision, "reason": reason if kept else "", "detail": detail.strip()}
    count = chosen.exclude(**given).update(**given, decided_by=actor, decided_at=now)
    if count:
        detail_said = " ".join(filter(None, [f"{decision} {count}", given["reason"]]))
        record(document, "screening_decided", by=actor, at=now, detail=detail_said)
    return count


@transaction.atomic
def take_back(document: Document, findings: Iterable[int], *, actor: User, now: datetime) -> int:
    """Undo decisions, so that the findings wait again; return how many."""
    _check_deciding(document, actor)
    chosen = findings_of(document).filter(pk__in=list(findings)).exclude(decision="")
    count = chosen.update(decision="", reason="", detail="", decided_by=actor, decided_at=now)
    if count:
        record(document, "screening_undecided", by=actor, at=now, detail=str(count))
    return count


@transaction.atomic
def point_at(
    document: Document,
    file_id: str,
    page: int,
    *,
    kind: str,
    rect: Sequence[float] | None = None,
    actor: User,
    now: datetime,
) -> ScreeningFinding:
    """Note by hand what no detector sees: a signature, a face. Without a rectangle, the page.

    It is to be redacted until somebody decides otherwise. The same again changes nothing.
    """
    _check_deciding(document, actor)
    file = File.objects.filter(
        pk=file_id, versions__document=document, area=File.Area.OPEN, pages__number=page
    ).first()
    if file is None:
        raise Refused(gettext_noop("Ce document n'a pas de page {page}."), page=page)
    if kind not in personal.BY_HAND:
        raise Refused(gettext_noop("Dites ce que c'est : choisissez dans la liste."))
    try:
        rects = [list(check_rect(rect))] if rect else []
    except ValueError:
        raise Refused(
            gettext_noop("Donnez quatre nombres entre 0 et 1 : gauche, haut, droite, bas.")
        ) from None
    row, is_new = ScreeningFinding.objects.get_or_create(
        file=file,
        page=page,
        kind=kind,
        rects=rects,
        found_by=actor,
        defaults={"decision": Decision.REDACT, "decided_by": actor, "decided_at": now},
    )
    if is_new:
        record(
            document, "screening_pointed", by=actor, at=now, file=file, detail=f"{kind} p. {page}"
        )
    return row
