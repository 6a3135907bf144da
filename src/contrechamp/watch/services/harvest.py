"""Each content that was fetched is read once by an edition of the rules, and enters the inbox."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from contrechamp.accounts.services import system_account
from contrechamp.documents.services import add_paths
from contrechamp.watch.domain import snapshots
from contrechamp.watch.domain.happenings import compare, content_of, is_late, key_of
from contrechamp.watch.domain.sites import read_site
from contrechamp.watch.models import Event, Fetch, Found, Item, Scan, Source
from contrechamp.watch.scanning import contracts

from . import kept, reading
from .fetching import Ran
from .inbox import Taken, forget_missing, take_in

MACHINE = "watch"
"""The account that signs what the watch brings."""
ENDINGS = {
    **{"application/pdf": ".pdf", "application/json": ".json", "application/xml": ".xml"},
    **{"text/xml": ".xml", "text/csv": ".csv", "text/plain": ".txt", "application/zip": ".zip"},
}


def unread(source: Source) -> list[int]:
    """Return the items whose content this edition of the rules has not read, old ones first."""
    scans = Scan.objects.filter(sha256=OuterRef("sha256"), reads=source.reads, rules=reading.RULES)
    items = Item.objects.filter(source=source).exclude(sha256="").filter(~Exists(scans))
    return list(items.order_by("published_on", "pk").values_list("pk", flat=True))


def harvest(item: Item, source: Source, ran: Ran, *, now: datetime) -> None:
    """Bring one content into the documents and what is found in it into the inbox."""
    if Scan.objects.filter(sha256=item.sha256, reads=source.reads, rules=reading.RULES).exists():
        return
    with _lent(item) as path:
        register = source.reads != "raa" and contracts.recognises(path)
        if not register:
            _add_document(item, path, now)
        read = reading.findings_of(
            reading.ToRead(path=str(path), reads=source.reads, known=_known(item, source))
        )
    with transaction.atomic():
        _write(item, source, read, ran, now)


def _write(item: Item, source: Source, read: reading.Read, ran: Ran, now: datetime) -> None:
    problems = [line for line in read.lines if line["type"] == "problem"]
    findings = [line for line in read.lines if line["type"] == "finding"]
    acts = next((line["acts"] for line in read.lines if line["type"] == "summary"), len(findings))
    _, is_new = Scan.objects.get_or_create(
        sha256=item.sha256,
        reads=source.reads,
        rules=reading.RULES,
        defaults={
            "at": now,
            "acts": acts,
            "findings": len(findings),
            "problems": problems[:200],
            "state": read.state,
        },
    )
    if not is_new:
        return  # Another process read it meanwhile.
    if read.state:
        findings = _only_news(item, source, read, findings, ran)
    before = _before(item)
    if before:
        old = _found_in(before)
        findings = _linked(old, findings)
        for event in Event.objects.filter(item=item, kind="replaced", after=item.sha256):
            event.detail = {**event.detail, **compare(old, findings)}
            event.save(update_fields=["detail"])
    taken = take_in(findings, now=now, item=item)
    for name in sorted({str(each["source"]) for each in findings} or {source.reads}):
        seen = [str(each["id"]) for each in findings]
        forget_missing(item.sha256, name, seen, taken=Taken())
    ran.scanned += 1
    ran.findings += taken.new
    ran.problems += len(problems)
    _tell_late(item, findings, ran, now)


def _only_news(
    item: Item,
    source: Source,
    read: reading.Read,
    findings: Sequence[dict[str, Any]],
    ran: Ran,
) -> list[dict[str, Any]]:
    """Of a register, keep what is new or changed since all that this source showed before."""
    shown = Fetch.objects.filter(item__source=source).exclude(sha256=item.sha256)
    scans = Scan.objects.filter(
        sha256__in=shown.values("sha256"), reads=source.reads, rules=reading.RULES
    ).order_by("at", "pk")
    known: dict[str, str] = {}
    for state in scans.values_list("state", flat=True).iterator(chunk_size=1):
        known |= state
    news = snapshots.compare(known, read.state)
    last = scans.last() if read_site(source.configuration).successive else None
    if before := _before(item):
        last = scans.filter(sha256=before).last()
    gone = snapshots.compare(last.state, read.state).gone if last else ()
    counts = {"new": len(news.new), "changed": len(news.changed), "gone": len(gone)}
    for key, count in counts.items():
        ran.contracts[key] += count
    for event in Event.objects.filter(item=item, after=item.sha256):
        event.detail = {**event.detail, "contracts": counts}
        event.save(update_fields=["detail"])
    if not known:
        return list(findings)
    fresh = {place for uid in (*news.new, *news.changed) for place in read.positions.get(uid, ())}
    return [each for each in findings if fresh & set(each["locator"].get("records") or ())]


def _before(item: Item) -> str:
    """Return the content that the last one replaced, or nothing."""
    event = (
        Event.objects.filter(item=item, kind=Event.Kind.REPLACED, after=item.sha256)
        .order_by("-at")
        .first()
    )
    return event.before if event else ""


def _found_in(sha256: str) -> list[Mapping[str, Any]]:
    rows = Found.objects.filter(sha256=sha256).exclude(state=Found.State.GONE)
    return [row.data for row in rows.order_by("position")]


def _linked(
    old: Sequence[Mapping[str, Any]], new: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Say of a decision that stands in both versions with the same words which one it repeats."""
    known = {(key_of(each), content_of(each)): each["id"] for each in old}
    linked = []
    for each in new:
        same = known.get((key_of(each), content_of(each)))
        linked.append({**each, "duplicate_of": each.get("duplicate_of") or same})
    return linked


def _tell_late(item: Item, findings: Sequence[Mapping[str, Any]], ran: Ran, now: datetime) -> None:
    late = [str(each["id"]) for each in findings if is_late(each, _published(each))]
    if late:
        ran.late += 1
        Event.objects.get_or_create(
            source_id=item.source_id,
            item=item,
            kind=Event.Kind.LATE,
            after=item.sha256,
            defaults={"at": now, "detail": {"findings": late}},
        )


def _published(finding: Mapping[str, Any]) -> Any:
    day = finding["document"].get("published_on")
    return datetime.fromisoformat(day).date() if day else None


def _known(item: Item, source: Source) -> dict[str, Any]:
    """Return what is known of a content from outside. When we saw it is no day of publication."""
    return {
        "url": item.url if item.url.startswith("http") else None,
        "title": item.title or None,
        "departement": source.departement or None,
        "published_on": item.published_on.isoformat() if item.published_on else None,
        "published_how": item.published_how or None,
        "first_seen_on": item.first_seen_at.date().isoformat(),
    }


def _add_document(item: Item, path: Path, now: datetime) -> None:
    """Bring it into the documents, as a draft; what they refuse stays in our own store."""
    web = item.url.startswith("http")
    add_paths(
        [path],
        actor=system_account(MACHINE),
        now=now,
        origin="OFFICIAL_SITE" if web else "IMPORT",
        source_url=item.url if web else "",
        obtained_on=now.date(),
        doc_type="bulletin" if item.source.reads == "raa" else "other",
        names={path: item.title if web and item.title else path.name},
    )
    kept.settle(item.sha256)


@contextmanager
def _lent(item: Item) -> Iterator[Path]:
    """Lend a content under a name with its ending: rules and documents go by it."""
    fetch = item.fetches.filter(sha256=item.sha256, status=200).order_by("-at").first()
    headers = fetch.headers if fetch else {}
    name = re.sub(r"[^\w. -]", "_", str(headers.get("name") or ""))[-120:].strip(". ")
    kind = str(headers.get("content-type", "")).partition(";")[0].strip().lower()
    with kept.path_of(item.sha256) as source, TemporaryDirectory(prefix="watch-") as folder:
        if "." not in name:
            with source.open("rb") as content:
                is_pdf = content.read(5) == b"%PDF-"
            name = (name or item.sha256[:16]) + (".pdf" if is_pdf else ENDINGS.get(kind, ""))
        stem, _, ending = name.rpartition(".")
        # The scan takes names that are equal up to the first dot for one document.
        path = Path(folder) / f"{stem.replace('.', '_') or ending}.{ending}"
        try:
            path.hardlink_to(source)
        except OSError:
            shutil.copyfile(source, path)
        yield path
