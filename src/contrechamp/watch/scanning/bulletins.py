"""One bulletin: its best rendition is read, its acts are cut out, its troubles are said."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.resources import files
from pathlib import Path

from contrechamp.documents.domain import drawing, layout, pdfs, recognition
from contrechamp.documents.domain.reasons import CannotRead, Reason
from contrechamp.watch.domain import bulletins, reading
from contrechamp.watch.domain.act import Act, Context
from contrechamp.watch.domain.assembling import assemble, fingerprint
from contrechamp.watch.domain.bulletins import Sheet
from contrechamp.watch.domain.days import days_in
from contrechamp.watch.domain.finding import Evidence, Finding, Problem, SourceDocument
from contrechamp.watch.domain.text import folded

from .renditions import Sheaf

LARGEST = 500_000_000
MOST_OCR_PAGES = 400
PAGES_AT_ONCE = 50
_LOOKS_LIKE_ACT = re.compile(
    r"\barretes?\b|\barticle\b|\bdecision\b|\bdeliberation\b|\brecepisse\b"
)


@dataclass(slots=True)
class Read:
    """What one document gave."""

    path: str
    acts: int = 0
    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    prints: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of a document by pages or, without pages of its own, as one."""

    rendition: str
    path: Path
    pages: tuple[str, ...] = ()
    whole: str = ""
    warnings: tuple[str, ...] = ()
    recognised: dict[int, recognition.Recognised] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A bulletin cut into its acts."""

    acts: tuple[Act, ...]
    document: SourceDocument
    context: Context
    text: _Text


def scan(sheaf: Sheaf, shown: str) -> Read:
    """Read a document and return its findings and problems. `shown`: its path as printed."""
    read = Read(path=shown)
    opened = open_acts(sheaf, read)
    if opened is None:
        return read
    read.acts = len(opened.acts)
    text = opened.text
    for finding, order in findings_of(opened):
        read.findings.append(finding)
        read.prints[finding.id] = fingerprint(order)
    if read.findings and text.rendition != "text":
        read.findings = _with_rectangles(read.findings, text)
    return read


def findings_of(opened: Opened) -> Iterator[tuple[Finding, Act]]:
    """Yield what the acts of a bulletin decide, each with the order that says so."""
    position = 0
    for act in opened.acts:
        for order, draft in reading.read(act, opened.context):
            finding = assemble(draft, order, opened.document, position)
            if opened.text.warnings:
                finding = replace(finding, warnings=(*finding.warnings, *opened.text.warnings))
            yield finding, order
            position += 1


def open_acts(sheaf: Sheaf, read: Read) -> Opened | None:
    """Read the best rendition of a bulletin and cut it; None with a problem where there is none."""
    text = _read(sheaf, read)
    if text is None:
        return None
    shown = read.path
    shown = (
        str(text.path.relative_to(sheaf.root)) if text.path.is_relative_to(sheaf.root) else shown
    )
    read.path = shown
    for problem in range(len(read.problems)):
        read.problems[problem] = replace(read.problems[problem], document=shown)
    sheets = (
        bulletins.sheets_of_pages(text.pages)
        if text.pages
        else bulletins.sheets_of_text(text.whole)
    )
    sheets = _without_unreadable(sheets, read)
    whole = text.whole or "\n".join(text.pages[:4])
    acts = bulletins.acts_of(sheets)
    if not any(_LOOKS_LIKE_ACT.search(act.pages.folded) for act in acts):
        if any(sheet.body.strip() for sheet in sheets):
            read.problems.append(
                Problem(
                    document=shown,
                    code="no_acts",
                    message="Aucun acte n'a été reconnu dans ce texte.",
                )
            )
        return None
    document = _document(sheaf, text, shown, sheets, whole)
    context = Context(
        departement=document.departement,
        published_on=document.published_on,
        publisher=document.publisher,
    )
    return Opened(tuple(acts), document, context, text)


def _document(
    sheaf: Sheaf, text: _Text, shown: str, sheets: list[Sheet], whole: str
) -> SourceDocument:
    published, how = bulletins.published_on(whole), "printed"
    if published is None and sheaf.card.listed_on:
        published, how = sheaf.card.listed_on, "listing"
    if published is None:
        published, how = _day_of_name(sheaf.card.title or text.path.stem), "name"
    return SourceDocument(
        path=shown,
        sha256=_sha256(text.path),
        title=sheaf.card.title or text.path.name.split(".", 1)[0],
        url=sheaf.card.url,
        publisher=sheaf.card.publisher,
        departement=sheaf.card.departement or bulletins.departement_of(sheets),
        published_on=published,
        published_how=how if published else None,
        first_seen_on=sheaf.card.first_seen_on,
        pages=max((sheet.number for sheet in sheets), default=0),
        rendition=text.rendition,
    )


def _day_of_name(name: str) -> date | None:
    days = days_in(folded(name).replace("_", " "))
    return days[-1] if days else None


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _read(sheaf: Sheaf, read: Read) -> _Text | None:
    """Read the best rendition: PDF with text, recognised PDF, text, then the images of the PDF."""
    failed: list[Problem] = []
    for path, rendition in ((sheaf.pdf, "pdf"), (sheaf.ocr_pdf, "ocr_pdf")):
        if path is None:
            continue
        pages = _pages(path, read.path, failed)
        if pages is not None and _has_text(pages):
            return _Text(rendition, path, pages=pages)
    if sheaf.text is not None:
        text = _plain(sheaf.text, read.path, failed)
        if text is not None:
            return text
    scan_of = sheaf.pdf or sheaf.ocr_pdf
    if scan_of is not None and not any(each.code in {"broken", "encrypted"} for each in failed):
        return _recognised(scan_of, read)
    read.problems.extend(failed or [problem_of(read.path, "empty_text")])
    return None


def _has_text(pages: tuple[str, ...]) -> bool:
    full = sum(len(page.split()) >= 10 for page in pages)
    return full >= max(1, len(pages) // 2)


MESSAGES = {
    "empty_text": "Le fichier ne contient aucun texte.",
    "broken": "Le fichier est abîmé : il ne s'ouvre pas. Téléchargez-le de nouveau.",
    "encrypted": "Le fichier est protégé par un mot de passe.",
    "too_large": "Le fichier est trop grand pour être lu.",
    "unreadable_text": "Des pages sont écrites dans une police sans table de caractères : {pages}. "
    "Il faut les lire par reconnaissance de caractères.",
    "unknown_format": "Ce n'est ni un recueil ni un registre connu.",
}


def problem_of(path: str, code: str, page: int | None = None, **values: object) -> Problem:
    """Return a problem with the sentence of its code."""
    return Problem(document=path, code=code, message=MESSAGES[code].format(**values), page=page)


def _pages(path: Path, shown: str, failed: list[Problem]) -> tuple[str, ...] | None:
    if path.stat().st_size == 0:
        failed.append(problem_of(shown, "empty_text"))
        return None
    if path.stat().st_size > LARGEST:
        failed.append(problem_of(shown, "too_large"))
        return None
    try:
        with pdfs.opened(path) as (document, _):
            count = len(document)
            texts: list[str] = []
            for first in range(1, count + 1, PAGES_AT_ONCE):
                texts += [page.text for page in pdfs.read_pages(document, first, PAGES_AT_ONCE)]
            return tuple(texts)
    except CannotRead as trouble:
        code = "encrypted" if trouble.reason is Reason.ENCRYPTED else "broken"
        failed.append(problem_of(shown, code))
        return None


def _plain(path: Path, shown: str, failed: list[Problem]) -> _Text | None:
    size = path.stat().st_size
    if size > LARGEST:
        failed.append(problem_of(shown, "too_large"))
        return None
    content = path.read_bytes()
    warnings: tuple[str, ...] = ()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
        warnings = ("encoding_guessed",)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        failed.append(problem_of(shown, "empty_text"))
        return None
    return _Text("text", path, whole=text, warnings=warnings)


def _recognised(path: Path, read: Read) -> _Text | None:
    """Read the images of a PDF by machine."""
    model = Path(str(files("contrechamp.documents").joinpath("data", "tessdata")))
    with pdfs.opened(path) as (document, _):
        count = len(document)
    if count > MOST_OCR_PAGES:
        read.problems.append(problem_of(read.path, "too_large"))
        return None
    found = {
        number: recognition.recognise(path, "pdf", number, model) for number in range(1, count + 1)
    }
    pages = tuple(found[number].text for number in range(1, count + 1))
    if not any(page.strip() for page in pages):
        read.problems.append(problem_of(read.path, "empty_text"))
        return None
    return _Text("ocr", path, pages=pages, recognised=found, warnings=("recognised_by_machine",))


def _without_unreadable(sheets: list[Sheet], read: Read) -> list[Sheet]:
    bad = [sheet.number for sheet in sheets if bulletins.is_unreadable(sheet.body)]
    if bad:
        shown = ", ".join(str(number) for number in bad[:12]) + (" …" if len(bad) > 12 else "")
        read.problems.append(problem_of(read.path, "unreadable_text", bad[0], pages=shown))
    return sheets


def _with_rectangles(findings: list[Finding], text: _Text) -> list[Finding]:
    """Say where on the page each quote stands."""
    words: dict[int, list[layout.Word]] = {}

    def words_on(page: int) -> list[layout.Word]:
        if page not in words:
            if page in text.recognised:
                rows: list[list[float]] = [list(row[:6]) for row in text.recognised[page].words]
            else:
                rows = drawing.measure(text.path, page, text.pages[page - 1])
            words[page] = layout.words_of(rows)
        return words[page]

    def placed(proof: Evidence) -> Evidence:
        if proof.page is None or not 0 < proof.page <= len(text.pages):
            return proof
        start = text.pages[proof.page - 1].find((proof.prefix or "") + proof.quote)
        start = start + len(proof.prefix or "") if start >= 0 else -1
        if start < 0:
            start = text.pages[proof.page - 1].find(proof.quote)
        if start < 0:
            return proof
        found = layout.rects_of(words_on(proof.page), start, start + len(proof.quote))
        return replace(
            proof,
            rects=tuple(tuple(round(side, 4) for side in rect) for rect in found),  # type: ignore[misc]
        )

    return [
        replace(each, evidence={key: placed(proof) for key, proof in each.evidence.items()})
        for each in findings
    ]
