"""One run of an arrival: what is still to take, what is being read, what is told."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from contrechamp.documents import workers
from contrechamp.documents.domain import archives, office, pdfs
from contrechamp.documents.domain.kinds import HEAD, Content, sniff
from contrechamp.documents.domain.reasons import (
    DIED,
    EMPTY,
    TOO_LARGE,
    UNSUPPORTED,
    Problem,
    Reason,
)
from contrechamp.documents.domain.walking import walk
from contrechamp.documents.models import (
    Document,
    File,
)
from contrechamp.foundation import bulk, lease
from contrechamp.foundation.store import address, sealed, store
from contrechamp.kernel.errors import gettext_noop

from .hidden import Looking, look_at, note_all
from .reading import forget_unused, missing_pages, queue_pages, write_pages
from .report import Entry, Progress, Report
from .telling import Source, Teller, count_pages, say
from .wishes import Wishes

if TYPE_CHECKING:
    pass

DEEPEST = 5
"""Files in messages in messages: no deeper."""
DRAWN = frozenset({"pdf", "office", "image"})
"""Kinds of which each page that was read can be shown."""
MOST_DEATHS = 12
"""Readers that one file may bring down, before its remaining pages are given up."""
SMALLER = {workers.TEXT_CHUNK: 64, workers.CHUNK: 8, 8: 1}
"""Into how many pages a unit is cut that brought its reader down."""

PARTLY = gettext_noop("{read} pages sur {all} lues : les autres sont abîmées.")
REPAIRED = gettext_noop("Lu dans une copie réparée : l'original est gardé tel quel.")
TOO_DEEP = gettext_noop("Trop de messages les uns dans les autres : enregistrez-le à part.")


@dataclass(slots=True)
class Work:
    """One content that is being read."""

    entry: Entry
    source: Source
    unit: workers.Unit
    file: File | None = None
    document: Document | None = None
    waiting: int = 1
    """Units that are not settled."""
    deaths: int = 0
    twins: list[tuple[Entry, Source]] = field(default_factory=list)
    """Files with the same content, to be told of when it is known whether it is taken in."""
    to_count: list[Entry] = field(default_factory=list)
    """Lines whose counts of pages are looked up when all are read."""


class Intake:
    """Takes files in, one after the other, while those before are read."""

    def __init__(self, wanted: Wishes, progress: Progress | None) -> None:
        self.wanted = wanted
        self.progress = progress
        self.report = Report()
        self.resumed = 0
        self._teller = Teller(wanted)
        self._env = settings.CONTRECHAMP
        self._store = store()
        self._units: deque[workers.Unit | workers.Look] = deque()
        self._looking = Looking()
        self._parts: deque[Source] = deque()
        self._works: dict[str, Work] = {}
        self._under_way = 0
        self._taken = 0

    def run(self, paths: list[Path]) -> Report:
        started = monotonic()
        self._teller.single = len(paths) == 1 and not paths[0].is_dir()
        self._take_up_what_was_cut()
        outcomes: Iterator[bulk.Outcome[Any, Any]] = bulk.run(workers.work, self._next_units(paths))
        for outcome in outcomes:
            self._under_way -= 1
            if isinstance(outcome.item, workers.Look):
                self._units.extend(self._looking.settle(outcome))
            else:
                self._settle(outcome)
            if self.progress:
                self.progress(self.report)
        note_all(self._looking, now=self.wanted.now)
        self.report.seconds = monotonic() - started
        self.report.batch = self._teller.batch.pk if self._teller.batch else None
        return self.report

    def _next_units(self, paths: list[Path]) -> Iterator[workers.Unit | workers.Look | bulk.Pause]:
        """Yield what is to be read: pages of what is begun first, so that little is begun."""
        found = (Source(self._shown(path), path, problem=problem) for path, problem in walk(paths))
        while True:
            if self._units:
                self._under_way += 1
                yield self._units.popleft()
            elif source := (self._parts.popleft() if self._parts else next(found, None)):
                self._take(source)
            elif self._under_way:
                yield bulk.LATER
            else:
                return

    def _shown(self, path: Path) -> str:
        # A name of a disk may hold bytes that are no text.
        shown = self.wanted.names.get(path) or str(path)
        return shown.encode("utf-8", "replace").decode()

    def _take(self, source: Source) -> None:
        entry = Entry(path=source.shown)
        self.report.documents.append(entry)
        self._taken += 1
        source.number = self._taken
        problem = source.problem
        if problem is None:
            try:
                problem = self._begin(entry, source)
            except OSError as error:
                detail = error.strerror or str(error)
                problem = Problem(Reason.UNREADABLE, workers.UNREAD, {"detail": detail})
        if problem:
            self._teller.refuse(entry, problem)

    def _begin(self, entry: Entry, source: Source) -> Problem | None:
        """Keep the file and let it be read; return why not."""
        content, problem = self._identify(entry, source)
        if content is None or problem:
            if source.part and source.part.key:
                self._forget([source.part.key])
            return problem or Problem(Reason.UNSUPPORTED, UNSUPPORTED)
        entry.kind, entry.mime = content
        if content.kind == "archive" and source.in_archive:
            self._forget([source.part.key] if source.part else [])
            return Problem(Reason.UNSUPPORTED, archives.NESTED)
        self._keep(entry, source)
        assert entry.sha256  # noqa: S101 - for the reader; it was just set
        if work := self._works.get(entry.sha256):
            self._join(work, entry, source)
            return None
        self._start(entry, source, content)
        return None

    def _join(self, work: Work, entry: Entry, source: Source) -> None:
        """Let a file wait for the same content, which is being read."""
        if work.document is None:
            work.twins.append((entry, source))
        else:
            self._teller.tell_known(entry, source, work.document)
            work.to_count.append(entry)

    def _identify(self, entry: Entry, source: Source) -> tuple[Content | None, Problem | None]:
        """Find out what a file is, from its ends alone: before it is copied anywhere."""
        if source.part:
            entry.bytes = source.part.bytes
            return source.part.content, self._size_problem(source.part.bytes)
        assert source.path  # noqa: S101 - one or the other
        with source.path.open("rb") as content:
            size = entry.bytes = content.seek(0, 2)
            if problem := self._size_problem(size):
                return None, problem
            content.seek(0)
            head = content.read(HEAD)
            content.seek(max(size - HEAD, 0))
            return sniff(head, content.read(HEAD)), None

    def _size_problem(self, size: int) -> Problem | None:
        limit = self._env.file_limit_mb
        if not size:
            return EMPTY
        if size > limit << 20:
            return Problem(
                Reason.TOO_LARGE, TOO_LARGE, {"size": -(-size // (1 << 20)), "limit": limit}
            )
        return None

    def _keep(self, entry: Entry, source: Source) -> None:
        """Put the file into the store, unless it is there; note its hashes."""
        if source.part:
            entry.sha256, entry.sha1 = source.part.key, source.part.sha1
            return
        assert source.path  # noqa: S101
        if known := self._find_known(source.path, entry.bytes):
            entry.sha256, entry.sha1 = known.sha256, known.sha1
            return
        with source.path.open("rb") as content:
            measured = workers.Measured(content)
            entry.sha256 = self._store.put(measured)
            entry.sha1 = measured.sha1

    def _find_known(self, path: Path, size: int) -> File | None:
        """Find a content of the same size and hash: then nothing is copied."""
        if not File.objects.filter(bytes=size).exists():
            return None
        with path.open("rb") as content:
            key = workers.hash_of(content)
        file = File.objects.filter(sha256=key).first()
        is_kept = self._store.exists(key) or sealed().exists(key)
        return file if file and is_kept else None

    def _start(self, entry: Entry, source: Source, content: Content) -> None:
        unit = self._unit(entry.sha256 or "", content)
        file = File.objects.filter(sha256=entry.sha256).first()
        if file is None:
            self._works[unit.key] = Work(entry, source, unit)
            self._units.append(unit)
            return
        document = self._teller.document_of(file)
        if document is None:
            with transaction.atomic():
                document = self._teller.open_document(entry, source, file, "")
        else:
            self._teller.tell_known(entry, source, document)
        self._read_on(Work(entry, source, unit, file, document, waiting=0))

    def _unit(self, key: str, content: Content) -> workers.Unit:
        return workers.Unit(
            store=address(),
            key=key,
            content=content,
            count=workers.TEXT_CHUNK if content.kind == "text" else workers.CHUNK,
            passwords=self.wanted.passwords,
            page_limit=self._env.page_limit,
            archive_limits=archives.Limits(
                files=self._env.archive_limit_files,
                bytes=self._env.archive_limit_mb << 20,
                ratio=self._env.archive_limit_ratio,
            ),
        )

    def _take_up_what_was_cut(self) -> None:
        """Read on the contents whose reader is gone."""
        self._store.sweep()
        for file in File.objects.filter(read_state="waiting").exclude(
            read_error="converter_missing"
        ):
            if not file.read_by or lease.is_gone(file.read_by):
                version = file.versions.select_related("document").first()
                if version:
                    self.resumed += 1
                    entry = Entry(path=version.received_name, sha256=file.pk)
                    unit = self._unit(file.pk, Content(file.kind, file.mime))
                    source = Source(version.received_name)
                    self._read_on(Work(entry, source, unit, file, version.document, waiting=0))

    def _read_on(self, work: Work) -> None:
        """Let the pages be read that are not there, if any and if nobody else does."""
        file = work.file
        assert file  # noqa: S101
        if file.read_error == Reason.CONVERTER_MISSING and office.find_converter():
            work.waiting, file.read_error, file.read_message = 1, "", ""
            self._works[file.pk] = work
            self._units.append(work.unit)
        elif file.read_state == "waiting" and (
            file.read_by in {"", lease.holder()} or lease.is_gone(file.read_by)
        ):
            if file.pk in self._works:
                return
            File.objects.filter(pk=file.pk).update(read_by=lease.holder())
            firsts = missing_pages(file, work.unit.count) if file.pages_count else [1]
            self._works[file.pk] = work
            work.to_count.append(work.entry)
            self._append_units(work, firsts, file.rendition)
            if not firsts:
                self._finish(work)
        if self.wanted.ocr != "never" and file.read_state != "waiting":
            queue_pages(file)
        if file.pk not in self._works:
            count_pages(work.entry, file)

    def _append_units(self, work: Work, firsts: Iterable[int], rendition: str) -> None:
        for first in firsts:
            work.waiting += 1
            self._units.append(replace(work.unit, first=first, rendition=rendition))

    def _settle(self, outcome: bulk.Outcome[workers.Unit, workers.Reading]) -> None:
        unit = outcome.item
        work = self._works[unit.key]
        work.waiting -= 1
        if isinstance(outcome, bulk.Failed):
            work.deaths += 1
            reading = workers.Reading(problem=DIED)
        else:
            reading = outcome.value
        if reading.problem and self._try_smaller(work, unit, reading.problem):
            return
        if work.file is None:
            self._settle_first(work, unit, reading)
        else:
            self._settle_more(work, unit, reading)
        if not work.waiting and work.file is not None:
            self._finish(work)

    def _try_smaller(self, work: Work, unit: workers.Unit, problem: Problem) -> bool:
        """Cut a unit that was too much for its reader, so that only the bad pages are lost."""
        too_much = {DIED.sentence, workers.TOO_SLOW, workers.NO_MEMORY}
        count = SMALLER.get(unit.count)
        if problem.sentence not in too_much or not count or work.deaths > MOST_DEATHS:
            return False
        if unit.content.kind not in {"pdf", "office", "image", "text"}:
            return False
        if work.file is None:
            work.unit, work.waiting = unit, 1
            self._units.append(replace(unit, count=1))
            return True
        last = min(unit.first + unit.count, work.file.pages_count + 1)
        smaller = [
            replace(unit, first=first, count=count) for first in range(unit.first, last, count)
        ]
        work.waiting += len(smaller)
        self._units.extend(smaller)
        return True

    def _settle_first(self, work: Work, unit: workers.Unit, reading: workers.Reading) -> None:
        """Open the document with its first pages, in one transaction; or refuse the file."""
        problem = reading.problem
        if problem and problem.reason != Reason.CONVERTER_MISSING:
            self._end(work, problem)
            self._forget([unit.key, *(part.key for part in reading.parts)])
            return
        if unit.content.kind == "archive":
            self._settle_archive(work, reading)
            return
        if (
            reading.pages
            and all(page.failed for page in reading.pages)
            and (reading.pages_count == len(reading.pages))
        ):
            self._end(work, Problem(Reason.BROKEN, workers.UNREAD, {"detail": "0 page"}))
            self._forget([unit.key, reading.rendition])
            return
        with transaction.atomic():
            work.file = self._teller.open_file(work.entry, work.unit.content, reading)
            known = self._teller.document_of(work.file)
            work.document = known or self._teller.open_document(
                work.entry, work.source, work.file, reading.title, reading.dated
            )
            self._write(work, reading)
        if known:
            work.entry.state, work.entry.id = "known", known.pk
        if problem:
            work.entry.reason, work.entry.message = problem.reason.value, say(problem)
            work.entry.warnings.append(say(problem))
        if reading.rendition and unit.content.kind == "pdf" and not unit.passwords:
            work.entry.warnings.append(gettext(REPAIRED))
        self._tell_twins(work)
        self._add_parts(work.source, reading.parts, work.document, in_archive=False)
        first = unit.first + len(reading.pages)
        if reading.pages and first <= reading.pages_count:
            self._append_units(
                work, range(first, reading.pages_count + 1, work.unit.count), reading.rendition
            )

    def _forget(self, keys: Iterable[str]) -> None:
        """Drop contents that nothing rests on: no table, and no file that is under way."""
        coming = {source.part.key for source in self._parts if source.part}
        forget_unused({*keys} - self._works.keys() - coming - {""})

    def _settle_archive(self, work: Work, reading: workers.Reading) -> None:
        """Go on with what an archive held. It is no document itself, and is not kept."""
        del self._works[work.unit.key]
        self._forget([work.unit.key])
        if reading.warnings:
            self._teller.refuse(work.entry, reading.warnings[0])
        else:
            self.report.documents.remove(work.entry)
        for entry, _ in work.twins:
            self.report.documents.remove(entry)
        self._add_parts(work.source, reading.parts, None, in_archive=True)

    def _add_parts(
        self,
        source: Source,
        parts: Sequence[workers.Part],
        parent: Document | None,
        *,
        in_archive: bool,
    ) -> None:
        for part in parts:
            problem = part.problem
            if problem is None and source.depth >= DEEPEST:
                problem = Problem(Reason.UNSUPPORTED, TOO_DEEP)
            self._parts.append(
                Source(
                    f"{source.shown}/{part.name}",
                    part=part,
                    problem=problem,
                    parent=parent,
                    in_archive=in_archive or source.in_archive,
                    depth=source.depth + 1,
                )
            )

    def _settle_more(self, work: Work, unit: workers.Unit, reading: workers.Reading) -> None:
        """Write further pages, in one transaction."""
        assert work.file  # noqa: S101
        if not work.file.pages_count:
            self._settle_converted(work, reading)
            return
        if reading.problem:
            last = min(unit.first + unit.count - 1, work.file.pages_count)
            bad = tuple(pdfs.unread(number) for number in range(unit.first, last + 1))
            reading = workers.Reading(pages=bad)
        self._write(work, reading)

    def _settle_converted(self, work: Work, reading: workers.Reading) -> None:
        """Take the first pages of a file that was kept until there was a converter for it."""
        file = work.file
        assert file  # noqa: S101
        with transaction.atomic():
            file.read_error = reading.problem.reason.value if reading.problem else ""
            file.read_message = say(reading.problem) if reading.problem else ""
            file.pages_count, file.rendition = reading.pages_count, reading.rendition
            file.save(update_fields=["read_error", "read_message", "pages_count", "rendition"])
            self._write(work, reading)
        work.entry.pages = file.pages_count
        firsts = range(len(reading.pages) + 1, file.pages_count + 1, work.unit.count)
        self._append_units(work, firsts, reading.rendition)

    def _write(self, work: Work, reading: workers.Reading) -> None:
        if not reading.pages or work.file is None:
            return
        write_pages(work.file, reading.pages, now=self.wanted.now, queue=self.wanted.ocr != "never")
        work.entry.pages_text += sum(bool(page.text.strip()) for page in reading.pages)
        work.entry.pages_ocr += sum(page.needs_recognition for page in reading.pages)

    def _finish(self, work: Work) -> None:
        """Note that all pages of a content were tried."""
        file, document = work.file, work.document
        del self._works[work.unit.key]
        if file is None or document is None or file.read_error:
            return
        failed = file.pages.filter(has_image=False).count() if file.kind in DRAWN else 0
        read = file.pages_count - failed
        file.read_state, file.read_by = ("partly" if failed else "read"), ""
        if failed:
            problem = Problem(Reason.BROKEN, PARTLY, {"read": read, "all": file.pages_count})
            file.read_message = say(problem)
            work.entry.warnings.append(say(problem))
        with transaction.atomic():
            file.save(update_fields=["read_state", "read_by", "read_error", "read_message"])
            self._teller.record(document, file, "read", detail=f"{read}/{file.pages_count}")
        if file.kind == "pdf":
            self._units.append(look_at(self._looking, file.pk, file.rendition))
        for entry in work.to_count:
            count_pages(entry, file)

    def _end(self, work: Work, problem: Problem) -> None:
        """Refuse a content under all the names that it came with."""
        del self._works[work.unit.key]
        for entry in (work.entry, *(twin for twin, _ in work.twins)):
            self._teller.refuse(entry, problem)

    def _tell_twins(self, work: Work) -> None:
        """Tell of the files with the same content that came meanwhile."""
        for entry, source in work.twins:
            assert work.document  # noqa: S101
            self._join(work, entry, source)
        work.twins.clear()
