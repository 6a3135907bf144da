"""Make a public copy of a file and test it. Without a passed test there is no copy."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from contrechamp.documents import redacting
from contrechamp.documents.domain.kinds import HEAD, Content, sniff
from contrechamp.documents.domain.reasons import EMPTY, UNSUPPORTED, CannotRead, Reason
from contrechamp.documents.domain.redaction.finding import fold
from contrechamp.documents.domain.redaction.leaks import Check
from contrechamp.documents.domain.redaction.making import Found
from contrechamp.documents.domain.redaction.plan import Plan, Term
from contrechamp.documents.models import File, TextLayer
from contrechamp.documents.queries import public
from contrechamp.foundation import bulk, vocabulary
from contrechamp.foundation.store import sealed, store
from contrechamp.kernel.errors import Refused, gettext_noop

from .ocr import model_folder

REASONS = "redaction_reasons"
MOST_SENTENCES = 60
MOST_TEXTS = 200
SHORTEST_WORD = 5

Named = tuple[str, str]
"""What a text is called, and the text."""


class CannotCopy(Refused):
    """No public copy can be made of this file, or it cannot be tested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What came of making a public copy."""

    original: str
    found: Found
    flattened: tuple[int, ...] = ()
    mime: str = "application/pdf"
    sha256: str = ""
    bytes: int = 0
    checks: tuple[Check, ...] = ()
    path: Path | None = None
    """Where the copy is; None when there is none."""
    missing: tuple[int, ...] = ()
    """Places in the plan of terms that stand nowhere."""

    @property
    def passed(self) -> bool:
        return bool(self.checks) and all(check.passed for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        """Return the report that scripts read. It holds no word of the plan."""
        found, kept = self.found, self.path is not None
        return {
            "report": "contrechamp.documents.redact",
            "version": 1,
            "original": {"sha256": self.original},
            "public": {
                "path": str(self.path) if kept else None,
                "sha256": self.sha256 if kept else None,
                "bytes": self.bytes if kept else 0,
                "pages": found.pages_count,
            },
            "occurrences": {"found": found.found_count, "covered": found.covered_count},
            "boxes": [
                {
                    "page": box.page,
                    "rect": list(box.rect),
                    "reason": box.reason,
                    "from": box.source,
                }
                for box in found.boxes
            ],
            "pages_flattened": list(self.flattened),
            "leak_test": {
                "passed": self.passed if self.checks else None,
                "checks": [check.as_json() for check in self.checks],
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a copy is made and tested, beside the plan."""

    ocr: bool = True
    """Whether a machine reads pictures, before and after."""
    is_decided: bool = False
    """Whether an editor has decided of sentences that stand elsewhere too."""
    passwords: tuple[str, ...] = field(default=(), repr=False)
    named: tuple[Named, ...] = field(default=(), repr=False)
    """What is shown beside the file: title, name of the download."""
    batch: tuple[Named, ...] = field(default=(), repr=False)
    """Texts that are published with it."""


def reasons() -> tuple[str, ...]:
    """Return the codes of reasons."""
    return tuple(vocabulary.terms(REASONS))


def marks() -> dict[str, str]:
    """Return what is painted on a box, by reason."""
    return {code: str(term["mark"]) for code, term in vocabulary.terms(REASONS).items()}


def make_copy(
    source: Path, plan: Plan, out: Path | None, wanted: Wanted, *, content: Content | None = None
) -> Copy:
    """Make the public copy of a file at `out`, if the leak test passes; without `out`, only look.

    Raise `CannotCopy` or `CannotRead` when the file does not let itself be copied, `Unavailable`
    when pictures are to be read and there is no model.
    """
    content = content or content_of(source)
    model = str(model_folder()) if wanted.ocr else ""
    with source.open("rb") as read:
        original = file_digest(read, "sha256").hexdigest()
    with _folder() as folder:
        made_at = folder / f"copie.{'txt' if content.kind in redacting.TEXTUAL else 'pdf'}"
        job = redacting.Job(
            source=str(source),
            content=content,
            plan=plan,
            marks=marks(),
            out=str(made_at) if out else "",
            model=model,
            passwords=wanted.passwords,
            known=_read_before(original),
        )
        copy = _made(job, original)
        if out is None:
            return copy
        checks = _probe(copy, plan, made_at, out, wanted, model).checks
        if _is_in_copied_pages(copy, checks):
            copy = _made(replace(job, all_pictures=True), original)
            checks = _probe(copy, plan, made_at, out, wanted, model).checks
        passed = bool(checks) and all(check.passed for check in checks)
        if passed:
            _settle(made_at, out)
        return replace(copy, checks=checks, path=out if passed else None)


def _read_before(key: str) -> dict[int, tuple[str, Any]]:
    """Return what a machine has read of a content that we keep, by page."""
    rows = TextLayer.objects.filter(
        page__file=key, kind=TextLayer.Kind.OCR, is_current=True, words__isnull=False
    )
    return {
        number: (text, words)
        for number, text, words in rows.values_list("page__number", "text", "words")
    }


def _is_in_copied_pages(copy: Copy, checks: Iterable[Check]) -> bool:
    """Answer whether what leaks may be in a page that was copied as it was, with its fonts."""
    failed = {check.name for check in checks if not check.passed}
    return bool(failed & {"bytes", "text"}) and len(copy.flattened) < copy.found.pages_count


def _made(job: redacting.Job, original: str) -> Copy:
    made = _run(redacting.make, job)
    if made.problem or made.found is None:
        raise CannotCopy(made.problem or redacting.FAILED, **made.values)
    there = {each.index for each in made.found.occurrences if not each.is_part}
    return Copy(
        original=original,
        found=made.found,
        flattened=made.flattened,
        mime=made.mime,
        sha256=made.sha256,
        bytes=made.bytes,
        missing=tuple(index for index in range(len(job.plan.terms)) if index not in there),
    )


def _probe(
    copy: Copy, plan: Plan, made_at: Path, out: Path, wanted: Wanted, model: str
) -> redacting.Probed:
    return leak_test(
        redacting.Probe(
            path=str(made_at),
            terms=plan.terms,
            kept=redacting.kept_counts(copy.found),
            boxes=copy.found.boxes,
            flattened=copy.flattened,
            marks=marks(),
            model=model,
            named=(("nom de la copie", out.name), *wanted.named),
            sentences=copy.found.sentences,
            published=tuple(published_beside(copy.found.sentences, copy.original)),
            batch=wanted.batch,
            is_decided=wanted.is_decided,
        )
    )


def leak_test(probe: redacting.Probe) -> redacting.Probed:
    """Test a public copy in a process of its own, or raise `CannotCopy` when it cannot be read."""
    probed: redacting.Probed = _run(redacting.probe, probe)
    if probed.problem:
        raise CannotCopy(probed.problem, **probed.values)
    return probed


def probe_copy(
    public_copy: Path, terms: tuple[Term, ...], *, ocr: bool = True, batch: Iterable[Path] = ()
) -> redacting.Probed:
    """Test a file that anybody made, against words alone."""
    content_of(public_copy)
    return leak_test(
        redacting.Probe(
            path=str(public_copy),
            terms=terms,
            model=str(model_folder()) if ocr else "",
            batch=tuple((path.name, text) for path in batch for text in texts_of(path)),
        )
    )


def texts_of(path: Path) -> list[str]:
    """Return what a file of the same batch says."""
    job = redacting.Job(source=str(path), content=content_of(path), plan=Plan(), marks={})
    return list(_run(redacting.texts, job))


def _run(function: Any, item: Any) -> Any:
    for outcome in bulk.run(function, [item], workers=1, cluster=""):
        if isinstance(outcome, bulk.Failed):
            raise CannotCopy(redacting.FAILED)
        return outcome.value
    raise CannotCopy(redacting.FAILED)


@contextmanager
def _folder() -> Iterator[Path]:
    """Lend a folder that only we read, on the disk of the store."""
    root: Path = settings.CONTRECHAMP.data / "arrivals"
    root.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=root, prefix="new-") as folder:
        Path(folder).chmod(0o700)
        yield Path(folder)


def _settle(made: Path, out: Path) -> None:
    """Put the tested copy at its place, whole or not at all."""
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        shutil.copyfile(made, beside)
        beside.replace(out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CannotCopy(
            gettext_noop("La copie ne peut pas être écrite à cet endroit : {detail}."),
            detail=error.strerror or str(error),
        ) from None


def content_of(source: Path) -> Content:
    """Return what a file is, or raise `CannotRead`."""
    try:
        with source.open("rb") as read:
            head = read.read(HEAD)
            read.seek(max(source.stat().st_size - HEAD, 0))
            found = sniff(head, read.read(HEAD))
    except OSError as error:
        raise CannotRead(
            Reason.UNREADABLE,
            gettext_noop("Le fichier ne peut pas être lu : {detail}."),
            detail=error.strerror or str(error),
        ) from None
    if not head:
        raise CannotRead(EMPTY.reason, EMPTY.sentence)
    if found is None or found.kind == "archive":
        raise CannotRead(Reason.UNSUPPORTED, UNSUPPORTED)
    return found


@contextmanager
def kept_file(key: str) -> Iterator[tuple[Path, Content]]:
    """Lend a content that we keep, open or sealed; of an office file its rendition."""
    rows = list(File.objects.filter(sha256__startswith=key)[:2]) if len(key) >= 12 else []
    if len(rows) != 1:
        raise CannotCopy(gettext_noop("Aucun document n'a cette empreinte."))
    (file,) = rows
    wanted = file.rendition or file.sha256
    content = Content("pdf", "application/pdf") if file.rendition else Content(file.kind, file.mime)
    places = store(), sealed()
    place = next((place for place in places if place.exists(wanted)), places[0])
    with place.path(wanted) as path:
        yield path, content


def published_beside(sentences: Iterable[str], original: str) -> Iterator[Named]:
    """Yield name and text of public pages that may show one of the sentences."""
    documents = public().exclude(versions__file=original)
    layers = TextLayer.objects.filter(
        is_current=True,
        page__file__area=File.Area.OPEN,
        page__file__versions__document__in=documents,
    ).exclude(page__file=original)
    told: set[int] = set()
    for word in sorted({word for s in sentences if (word := _rarest(s))})[:MOST_SENTENCES]:
        rows = layers.filter(text__icontains=word).values_list(
            "pk", "page__file_id", "page__number", "text"
        )
        for pk, key, number, text in rows[:MOST_TEXTS]:
            if pk not in told:
                told.add(pk)
                yield f"{key[:12]} p. {number}", text


def _rarest(sentence: str) -> str:
    """Return the longest word that a table finds whatever its case."""
    words = [word for word in re.findall(r"[A-Za-z]+|\d+", sentence) if len(word) >= SHORTEST_WORD]
    return max(words, key=lambda word: (len(word), fold(word)), default="")
