"""What runs in the processes of `foundation.bulk`: foreign bytes are parsed here and nowhere else.

Each function takes one unit of work and returns plain values. It opens files by their key in the
store whose address the unit carries, since a worker has neither settings nor tables. What is
wrong with a file is an answer (`Problem`); what breaks the process is told by `bulk`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from contrechamp.foundation.bulk import Overdue, within
from contrechamp.foundation.store import Readable, at
from contrechamp.kernel.errors import gettext_noop

from .domain import (
    archives,
    emails,
    hidden,
    office,
    pdfs,
    pictures,
    recognition,
    scrubbing,
    textual,
    webpages,
)
from .domain.kinds import HEAD, Content, sniff
from .domain.pdfs import PageText
from .domain.reasons import TOO_MANY_PAGES, CannotRead, Problem, Reason

CHUNK = 64
"""Pages of one unit: enough to make opening the file cheap, few enough to spread a long one."""
TEXT_CHUNK = 512
"""The same for plain text, of which all before is read again for each unit."""
READ_S = 90.0
CONVERT_S = office.SECONDS + 60.0
UNPACK_S = 900.0
RECOGNISE_S = 120.0

TOO_SLOW = gettext_noop("La lecture dure plus de {seconds} s : le fichier est abîmé ou piégé.")
NO_MEMORY = gettext_noop("La lecture demande trop de mémoire : le fichier est abîmé ou piégé.")
UNREAD = gettext_noop("Le fichier ne peut pas être lu : {detail}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Some pages of one content. The first unit also says what the content is."""

    store: str
    key: str
    content: Content
    first: int = 1
    count: int = CHUNK
    rendition: str = ""
    passwords: tuple[str, ...] = ()
    page_limit: int = 5_000
    archive_limits: archives.Limits = field(default_factory=archives.Limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file inside a file, kept in the store; or why it is not."""

    name: str
    key: str = ""
    sha1: str = ""
    bytes: int = 0
    content: Content | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of a unit."""

    pages_count: int = 0
    """Of the whole content; 0 when it holds only other files."""
    pages: tuple[PageText, ...] = ()
    parts: tuple[Part, ...] = ()
    rendition: str = ""
    title: str = ""
    dated: str = ""
    problem: Problem | None = None
    """Why it is refused as a whole; then `parts` are kept for nothing."""
    warnings: tuple[Problem, ...] = ()


def read(unit: Unit) -> Reading:
    """Read a unit, within the time that it may take."""
    limit = {"office": CONVERT_S, "archive": UNPACK_S}.get(unit.content.kind, READ_S)
    try:
        with within(limit), at(unit.store).path(unit.key) as path:
            return READERS[unit.content.kind](unit, path)
    except CannotRead as refused:
        return Reading(problem=refused.problem)
    except Overdue:
        return Reading(problem=Problem(Reason.BROKEN, TOO_SLOW, {"seconds": round(limit)}))
    except MemoryError:
        return Reading(problem=Problem(Reason.BROKEN, NO_MEMORY))
    except (KeyError, OSError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        return Reading(problem=Problem(Reason.UNREADABLE, UNREAD, {"detail": detail}))
    # Foreign bytes: whatever else a library raises on them concerns this file alone.
    except Exception as error:  # noqa: BLE001
        detail = f"{type(error).__name__} {error}"[:200]
        return Reading(problem=Problem(Reason.BROKEN, UNREAD, {"detail": detail}))


def _check_count(unit: Unit, count: int) -> None:
    if count > unit.page_limit:
        raise CannotRead(Reason.TOO_MANY_PAGES, TOO_MANY_PAGES, pages=count, limit=unit.page_limit)
    if not count:
        raise CannotRead(Reason.EMPTY, gettext_noop("Le document n'a aucune page."))


def _read_pdf(unit: Unit, path: Path) -> Reading:
    try:
        if unit.rendition:
            with at(unit.store).path(unit.rendition) as rendition:
                return _read_opened(unit, rendition)
        return _read_opened(unit, path)
    except CannotRead as refused:
        if refused.reason is not Reason.BROKEN or unit.first > 1 or unit.rendition:
            raise
        # pdfium and qpdf repair different things.
        return _read_rewritten(unit, path, "")


def _read_opened(unit: Unit, path: Path) -> Reading:
    with pdfs.opened(path, unit.passwords) as (document, password):
        if password:
            return _read_rewritten(unit, path, password)
        count = len(document)
        _check_count(unit, count)
        return Reading(
            pages_count=count,
            pages=tuple(pdfs.read_pages(document, unit.first, unit.count)),
            rendition=unit.rendition,
            title=pdfs.title_of(document) if unit.first == 1 else "",
        )


def _read_rewritten(unit: Unit, path: Path, password: str) -> Reading:
    """Keep a copy that opens without a password, or with its structure repaired; read that."""
    with TemporaryDirectory() as folder:
        copy = Path(folder, "copy.pdf")
        pdfs.rewrite(path, copy, password)
        return _read_opened(replace(unit, rendition=_keep(unit, copy), passwords=()), copy)


def _keep(unit: Unit, path: Path) -> str:
    with path.open("rb") as content:
        return at(unit.store).put(content)


def _read_office(unit: Unit, path: Path) -> Reading:
    if unit.rendition:
        return _read_pdf(unit, path)
    with TemporaryDirectory() as folder:
        made = office.convert(path, unit.content.mime, Path(folder))
        return _read_opened(replace(unit, rendition=_keep(unit, made)), made)


def _read_image(unit: Unit, path: Path) -> Reading:
    with pictures.opened(path) as image:
        count = pictures.count_pages(image)
    _check_count(unit, count)
    return Reading(
        pages_count=count, pages=tuple(pictures.read_pages(path, unit.first, unit.count))
    )


def _plain_pages(first: int, texts: list[str]) -> tuple[PageText, ...]:
    return tuple(
        PageText(number, 595.0, 842.0, 0, textual.clean(text), False, False, False)
        for number, text in enumerate(texts, first)
    )


def _read_text(unit: Unit, path: Path) -> Reading:
    if path.stat().st_size > unit.page_limit * textual.PAGE * 4:
        pages = path.stat().st_size // textual.PAGE
        raise CannotRead(Reason.TOO_MANY_PAGES, TOO_MANY_PAGES, pages=pages, limit=unit.page_limit)
    texts = textual.some_pages(path, unit.first, unit.count)
    count = unit.first - 1 + len(texts)
    if len(texts) == unit.count:
        with textual.opened(path) as text:
            count = sum(1 for _ in textual.paginate(textual.blocks(text)))
    _check_count(unit, count)
    return Reading(pages_count=count, pages=_plain_pages(unit.first, texts))


def _read_html(unit: Unit, path: Path) -> Reading:
    title, text = webpages.read_page(path)
    return replace(_of_text(unit, text or title), title=title[:300])


def _of_text(unit: Unit, text: str) -> Reading:
    pages = list(textual.paginate([text])) or [""]
    _check_count(unit, len(pages))
    return Reading(pages_count=len(pages), pages=_plain_pages(1, pages))


def _read_email(unit: Unit, path: Path) -> Reading:
    message = emails.read_email(path)
    parts = tuple(
        _take(unit, attached.name, BytesIO(attached.content)) for attached in message.attachments
    )
    return replace(
        _of_text(unit, message.text),
        parts=parts,
        title=message.subject[:300],
        dated=message.sent_on,
    )


def _read_archive(unit: Unit, path: Path) -> Reading:
    """Keep every file of an archive. When it is refused as a whole, the parts are to be dropped."""
    parts: list[Part] = []
    try:
        for entry in archives.unpack(
            path, unit.content.mime, lambda content: _take(unit, "", content), unit.archive_limits
        ):
            taken = entry.taken if isinstance(entry.taken, Part) else Part(name="")
            parts.append(replace(taken, name=entry.name, problem=entry.problem or taken.problem))
    except CannotRead as refused:
        # A cut archive still gives what came before the cut.
        if refused.reason is Reason.BROKEN and any(part.key for part in parts):
            return Reading(parts=tuple(parts), warnings=(refused.problem,))
        return Reading(parts=tuple(parts), problem=refused.problem)
    if not parts:
        raise CannotRead(Reason.EMPTY, gettext_noop("L'archive ne contient aucun fichier."))
    return Reading(parts=tuple(parts))


@dataclass(slots=True)
class Measured:
    """Reads through, and learns what passes: size, SHA-1, first and last bytes."""

    source: Readable
    size: int = 0
    head: bytes = b""
    tail: bytes = b""
    _digest: hashlib._Hash = field(
        default_factory=lambda: hashlib.sha1(usedforsecurity=False), repr=False
    )

    @property
    def sha1(self) -> str:
        return self._digest.hexdigest()

    def read(self, size: int = -1, /) -> bytes:
        block = self.source.read(size)
        self._digest.update(block)
        self.size += len(block)
        if len(self.head) < HEAD:
            self.head += block[: HEAD - len(self.head)]
        self.tail = block[-HEAD:] if len(block) >= HEAD else (self.tail + block)[-HEAD:]
        return block


def hash_of(content: Readable) -> str:
    """Return the SHA-256 of a content, which is its key."""
    digest = hashlib.sha256()
    while block := content.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()


def _take(unit: Unit, name: str, content: Readable) -> Part:
    """Keep one file of a file. Who called decides whether it is wanted."""
    measured = Measured(content)
    key = at(unit.store).put(measured)
    return Part(
        name=name,
        key=key,
        sha1=measured.sha1,
        bytes=measured.size,
        content=sniff(measured.head, measured.tail),
    )


READERS = {
    "pdf": _read_pdf,
    "office": _read_office,
    "image": _read_image,
    "text": _read_text,
    "html": _read_html,
    "email": _read_email,
    "archive": _read_archive,
}


# Recognition


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One page to recognise."""

    store: str
    key: str
    kind: str
    page: int
    model: str
    """The folder of the language's data."""
    ticket: int = 0
    """The page's line in the ledger, for who asked."""


def recognise(scan: Scan) -> recognition.Recognised:
    """Read one page by machine. What goes wrong is raised: `bulk` tells it."""
    with within(RECOGNISE_S), at(scan.store).path(scan.key) as path:
        return recognition.recognise(path, scan.kind, scan.page, Path(scan.model))


# Redactions that hide nothing


Done = TypeVar("Done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Some pages of a PDF to look at: by its path, or by its key in a store."""

    name: str
    """For who asked: the file that it is of."""
    path: str = ""
    store: str = ""
    key: str = ""
    first: int = 1
    count: int = CHUNK
    passwords: tuple[str, ...] = ()


def look(unit: Look) -> hidden.Inspection | Problem:
    """Say what is hidden on some pages, within the time that it may take."""

    def inspect() -> hidden.Inspection:
        if unit.path:
            return hidden.inspect(Path(unit.path), unit.first, unit.count, unit.passwords)
        with at(unit.store).path(unit.key) as path:
            return hidden.inspect(path, unit.first, unit.count, unit.passwords)

    return _told(inspect)


def _told(act: Callable[[], Done]) -> Done | Problem:
    """Do something with foreign bytes, within its time; what goes wrong is told, not raised."""
    try:
        with within(READ_S):
            return act()
    except CannotRead as refused:
        return refused.problem
    except Overdue:
        return Problem(Reason.BROKEN, TOO_SLOW, {"seconds": round(READ_S)})
    except MemoryError:
        return Problem(Reason.BROKEN, NO_MEMORY)
    # Foreign bytes: whatever else a library raises on them concerns this file alone.
    except Exception as error:  # noqa: BLE001
        return Problem(Reason.BROKEN, UNREAD, {"detail": f"{type(error).__name__} {error}"[:200]})


def work(unit: Unit | Look) -> Reading | hidden.Inspection | Problem:
    """Read a unit, or look at one: an arrival does both, with the same processes."""
    return look(unit) if isinstance(unit, Look) else read(unit)


# Cleaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Wash:
    """A file of this machine to clean, and where the clean copy goes."""

    path: str
    out: str


def wash(unit: Wash) -> scrubbing.Scrubbed | Problem:
    """Write a copy without what tells of its author; say what it told before and after."""
    return _told(lambda: scrubbing.scrub(Path(unit.path), Path(unit.out)))
