"""Public copies are made and tested in processes of `foundation.bulk`, like all foreign bytes.

`make` writes the copy into a folder that its caller lends; `probe` is given that file, the words
and the boxes, and nothing of how it was made. The words travel through pipes: they are in no list
of processes, no name and no log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from contrechamp.foundation.bulk import Overdue, within
from contrechamp.kernel.errors import Refused, gettext_noop

from .domain import emails, office, pictures, recognition, textual, webpages
from .domain.kinds import HEAD, Content, sniff
from .domain.reasons import UNSUPPORTED, CannotRead, Reason
from .domain.redaction import leaks, making, plain, reading, sheets, writing
from .domain.redaction.leaks import Check
from .domain.redaction.making import Found
from .domain.redaction.painting import pack
from .domain.redaction.plan import Box, Plan, Term

SECONDS = 120.0
TEXTUAL = frozenset({"text", "html", "email"})
LONGEST_S = 7_200.0
LARGEST_TEXT = 20_000_000
TOO_SLOW = gettext_noop("La copie demande plus de {seconds} s : le fichier est abîmé ou piégé.")
FAILED = gettext_noop(
    "La copie publique ne peut pas être faite : le fichier fait échouer son lecteur."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One copy to make; without `out`, only to look."""

    source: str
    content: Content
    plan: Plan = field(repr=False)
    marks: dict[str, str]
    out: str = ""
    model: str = ""
    """Folder of the language's data for pages that are pictures; empty: they are not read."""
    passwords: tuple[str, ...] = field(default=(), repr=False)
    known: dict[int, tuple[str, Any]] = field(default_factory=dict, repr=False)
    """Text and words of pages that a machine has read before."""
    all_pictures: bool = False
    """Whether pages that hide nothing become pictures too: nothing of the old file is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What came of it. `problem` and its values are a sentence without any word of the list."""

    found: Found | None = None
    flattened: tuple[int, ...] = ()
    mime: str = "application/pdf"
    sha256: str = ""
    bytes: int = 0
    problem: str = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One public copy to test."""

    path: str
    terms: tuple[Term, ...] = field(repr=False)
    kept: dict[int, int] = field(default_factory=dict)
    boxes: tuple[Box, ...] = ()
    flattened: tuple[int, ...] | None = None
    """Pages that are pictures; None: those that look like it."""
    marks: dict[str, str] = field(default_factory=dict)
    model: str = ""
    named: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    sentences: tuple[str, ...] = field(default=(), repr=False)
    published: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Name and text of what others publish, in which sentences are searched."""
    batch: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Name and text of what is published with it, in which words are searched."""
    is_decided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """What the leak test found."""

    checks: tuple[Check, ...] = ()
    pages: int = 0
    problem: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        return bool(self.checks) and all(check.passed for check in self.checks)


def make(job: Job) -> Made:
    """Find what the plan hides and write the copy; what is wrong is told, not raised."""
    try:
        with within(LONGEST_S):
            return _make(job)
    except Refused as refused:
        return Made(problem=refused.sentence, values=dict(refused.values))
    except Overdue:
        return Made(problem=TOO_SLOW, values={"seconds": round(LONGEST_S)})
    # Foreign bytes; and the message of a library could repeat what it read.
    except Exception:  # noqa: BLE001
        return Made(problem=FAILED)


def _make(job: Job) -> Made:
    kind = job.content.kind
    if kind in TEXTUAL:
        return _make_text(job)
    if kind not in {"pdf", "image", "office"}:
        raise CannotRead(Reason.UNSUPPORTED, UNSUPPORTED)
    with TemporaryDirectory() as folder:
        prepared = Path(folder, "prepared.pdf")
        _prepare(job, Path(folder), prepared)
        machine = partial(_by_machine, prepared, job)
        found = making.look(prepared, job.plan, machine)
        if not job.out:
            return Made(found=found)
        flattened = making.write(
            prepared,
            Path(job.out),
            found,
            job.marks,
            all_pictures=job.all_pictures or kind == "image",
        )
    return _made(job, found, tuple(flattened))


def _made(
    job: Job, found: Found, flattened: tuple[int, ...], mime: str = "application/pdf"
) -> Made:
    out = Path(job.out)
    with out.open("rb") as content:
        key = hashlib.file_digest(content, "sha256").hexdigest()
    return Made(found=found, flattened=flattened, mime=mime, sha256=key, bytes=out.stat().st_size)


def _prepare(job: Job, folder: Path, prepared: Path) -> None:
    source = Path(job.source)
    if job.content.kind == "image":
        with pictures.opened(source) as image:
            count = pictures.count_pages(image)
        writing.write_pictures(prepared, [_frame(source, n) for n in range(1, count + 1)])
        return
    if job.content.kind == "office":
        source = office.convert(source, job.content.mime, folder)
    making.prepare(source, prepared, job.passwords)


def _frame(source: Path, number: int) -> tuple[Any, tuple[float, float]]:
    image, dpi = pictures.grey(source, number)
    return pack(image, quality=92), (image.width * 72 / dpi, image.height * 72 / dpi)


def _by_machine(path: Path, job: Job, number: int) -> sheets.Sheet | None:
    size = reading.size_of(path, number)
    if number in job.known:
        return sheets.sheet_of_words(number, size, *job.known[number])
    if not job.model:
        return None
    read = recognition.recognise(path, "pdf", number, Path(job.model))
    return sheets.sheet_of_words(number, size, read.text, read.words)


def _make_text(job: Job) -> Made:
    done = plain.redact_text(_text_pages(job), job.plan, job.marks)
    if not job.out:
        return Made(found=done.found)
    Path(job.out).write_text("".join(done.pages), "utf-8", newline="\n")
    return _made(job, done.found, (), "text/plain")


def _text_pages(job: Job) -> list[str]:
    source = Path(job.source)
    readers: dict[str, Callable[[], str]] = {
        "html": lambda: webpages.read_page(source)[1],
        "email": lambda: emails.read_email(source).text,
        "text": lambda: _whole(source),
    }
    return list(textual.paginate([textual.clean(readers[job.content.kind]())])) or [""]


def _whole(source: Path) -> str:
    with textual.opened(source) as text:
        return text.read(LARGEST_TEXT)


# The leak test


def probe(asked: Probe) -> Probed:
    """Try to read the words back; what is wrong with the file is told, not raised."""
    try:
        with within(LONGEST_S):
            return _probe(asked)
    except Refused as refused:
        return Probed(problem=refused.sentence, values=dict(refused.values))
    except Overdue:
        return Probed(problem=TOO_SLOW, values={"seconds": round(LONGEST_S)})
    # A test that cannot be finished is not passed; its reason could repeat what it read.
    except Exception:  # noqa: BLE001
        return Probed(problem=FAILED)


def _probe(asked: Probe) -> Probed:
    path = Path(asked.path)
    with path.open("rb") as content:
        head = content.read(HEAD)
    kind = sniff(head)
    beside = leaks.check_beside((("nom du fichier", path.name), *asked.named), asked.terms)
    if kind is not None and kind.kind == "pdf":
        checks, pages = _probe_pdf(asked, path)
    else:
        checks, pages = _probe_text(asked, path)
    return Probed(checks=(*checks, beside, _elsewhere(asked)), pages=pages)


def _elsewhere(asked: Probe) -> Check:
    batch = leaks.check_others(asked.batch, asked.terms)
    if not batch.passed:
        return batch
    return leaks.check_elsewhere(
        asked.sentences, asked.published, asked.terms, is_decided=asked.is_decided
    )


def _probe_pdf(asked: Probe, path: Path) -> tuple[list[Check], int]:
    readings = reading.readings(path)
    found = reading.anatomy(path)
    touched = sorted({box.page for box in asked.boxes})
    if asked.flattened is None:
        touched = reading.picture_pages(path)
    seen = dict(reading.pictures(path, sorted({box.page for box in asked.boxes})))
    read = None
    if asked.model:
        model = Path(asked.model)
        read = {n: recognition.recognise(path, "pdf", n, model).text for n in touched}
    return [
        leaks.check_text(readings, asked.terms, asked.kept),
        leaks.check_bytes(found, path.read_bytes(), asked.terms, asked.kept),
        leaks.check_structure(found, asked.terms),
        leaks.check_picture(
            seen,
            asked.boxes,
            asked.marks,
            read,
            asked.terms,
            asked.kept,
            dict(enumerate(readings["pdfium"], start=1)),
        ),
        leaks.check_words(reading.words(path, touched), asked.boxes),
    ], len(readings["pdfium"])


def _probe_text(asked: Probe, path: Path) -> tuple[list[Check], int]:
    raw = path.read_bytes()
    texts = {"texte": [raw.decode("utf-8", "replace")]}
    nothing = "sans objet : texte sans pages"
    return [
        leaks.check_text(texts, asked.terms, asked.kept),
        leaks.check_bytes(leaks.Anatomy(), raw, asked.terms, asked.kept),
        Check("structure", True, nothing),
        Check("picture", True, nothing),
        Check("words", True, nothing),
    ], len(list(textual.paginate([texts["texte"][0]]))) or 1


def kept_counts(found: Found) -> dict[int, int]:
    """Return by term how many finds an editor let stand."""
    counts: dict[int, int] = {}
    for each in found.occurrences:
        if each.is_kept:
            counts[each.index] = counts.get(each.index, 0) + 1
    return counts


def texts(job: Job) -> list[str]:
    """Return what a file says, page by page; nothing when it cannot be read."""
    try:
        with within(SECONDS):
            if job.content.kind == "pdf":
                return reading.readings(Path(job.source))["pdfium"]
            return _text_pages(job) if job.content.kind in TEXTUAL else []
    # Foreign bytes: a file beside that cannot be read says nothing.
    except Exception:  # noqa: BLE001
        return []
