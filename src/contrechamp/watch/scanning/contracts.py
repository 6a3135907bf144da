"""Registers of contracts: which format a file has, and the findings that it holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import file_digest
from pathlib import Path

from contrechamp.watch.domain.contracts.concluding import NOTHING, Concluded, conclude
from contrechamp.watch.domain.contracts.decp import columns_of, is_register
from contrechamp.watch.domain.contracts.identity import grouped, mark_duplicates, merged
from contrechamp.watch.domain.contracts.record import BadRecord, Record
from contrechamp.watch.domain.contracts.values import day_of
from contrechamp.watch.domain.finding import Finding, Problem, SourceDocument

from . import boamp, decp, ted

__all__ = ["mark_duplicates", "recognises", "scan"]

_HEAD = 16384
MOST_ALIKE = 100
"""Problems of one code in one file that are printed; the rest are counted in one line."""


@dataclass(frozen=True, slots=True)
class _Format:
    source: str
    rendition: str
    read: str


def recognises(path: Path) -> str | None:
    """Return `decp`, `boamp` or `ted` for a file of such a register, from its head; else None."""
    found = _format(path)
    return found.source if found else None


def _format(path: Path) -> _Format | None:
    try:
        with path.open("rb") as raw:
            head = raw.read(_HEAD)
    except OSError:
        return None
    text = _decoded(head).lstrip("\ufeff \t\r\n\0")
    if text.startswith("<"):
        return _xml_format(text)
    if text.startswith(("{", "[")):
        return _json_format(text)
    return _table_format(text)


def _decoded(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", errors="replace")
    try:
        return head.decode()
    except UnicodeDecodeError as error:
        # A letter cut by the end of the piece is no other encoding.
        return (
            head.decode(errors="ignore")
            if error.start > len(head) - 4
            else head.decode("cp1252", "replace")
        )


def _xml_format(text: str) -> _Format | None:
    tags = re.findall(
        r"<(?:\w+:)?([A-Za-z][\w-]*)[\s/>]", re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    )
    if not tags:
        return None
    if tags[0] in ted.ROOTS:
        return _Format("ted", "xml", "ted")
    if "ANNONCE" in tags[:3]:
        return _Format("boamp", "xml", "boamp_xml")
    if {"marche", "contrat-concession"} & set(tags[:3]):
        return _Format("decp", "xml", "decp_xml")
    return None


def _json_format(text: str) -> _Format | None:
    if '"$schema"' in text or '"$ref"' in text:
        return None
    if re.search(r'"marches"\s*:\s*[\[{]', text[:4096]):
        return _Format("decp", "json", "decp_json")
    if '"idweb"' in text or ('"nomacheteur"' in text and '"dateparution"' in text):
        return _Format("boamp", "json", "boamp_json")
    if (
        text.startswith("[")
        and ('"acheteur"' in text or '"autoriteConcedante"' in text)
        and '"objet"' in text
    ):
        return _Format("decp", "json", "decp_json")
    return None


def _table_format(text: str) -> _Format | None:
    head = text.split("\n", 1)[0].rstrip("\r")
    sign = decp.separator_of(head)
    if head.count(sign) < 3 or len(head) > 8000:
        return None
    cells = [cell.strip('" ') for cell in head.split(sign)]
    return _Format("decp", "csv", "decp_table") if is_register(columns_of(cells)) else None


_READERS = {
    "decp_json": decp.read_json,
    "decp_xml": decp.read_xml,
    "decp_table": decp.read_table,
    "boamp_xml": boamp.read_xml,
    "boamp_json": boamp.read_json,
    "ted": ted.read,
}


@dataclass
class _Kept:
    """The findings of one file while it is read, one for each contract."""

    findings: dict[str, list[Finding]] = field(default_factory=dict)

    def add(self, concluded: Concluded) -> None:
        """Add a record's findings, or its position where the contract is there already."""
        before = self.findings.get(concluded.key)
        if before is None:
            self.findings[concluded.key] = list(concluded.findings)
            return
        for index, finding in enumerate(concluded.findings):
            if index < len(before):
                before[index] = merged(before[index], finding)
            else:
                before.append(finding)

    def all(self) -> list[Finding]:
        """Return them in the order of the file, lots grouped."""
        flat = [finding for each in self.findings.values() for finding in each]
        return grouped(sorted(flat, key=lambda each: each.locator.records or ()))


def scan(path: Path, rel: str, source: str) -> Iterator[Finding | Problem]:
    """Yield the problems and then the findings of a file, which is called `rel`.

    `source` is `decp`, `boamp` or `ted`, as `recognises` says or as the caller insists. Rows are
    read one after another: only findings are kept until the end, since a contract may return.
    """
    found = _format(path)
    if found is None or found.source != source:
        yield Problem(
            document=rel, code="unknown_format", message=f"not a register that {source} knows"
        )
        return
    with path.open("rb") as raw:
        digest = file_digest(raw, "sha256").hexdigest()
    document = SourceDocument(path=rel, sha256=digest, rendition=found.rendition)
    kept, counted = _Kept(), Counter[str]()
    try:
        for read in _READERS[found.read](path):
            concluded, bad = _read(read, document, source)
            for each in bad:
                counted[each.code] += 1
                if counted[each.code] <= MOST_ALIKE:
                    yield _problem(rel, each)
            if concluded.findings:
                kept.add(concluded)
    except (ValueError, OSError) as error:
        yield Problem(document=rel, code="broken", message=f"breaks off: {error}")
    for code, count in counted.items():
        if count > MOST_ALIKE:
            yield Problem(
                document=rel, code=code, message=f"and {count - MOST_ALIKE} more like this"
            )
    yield from kept.all()


def records_of(path: Path) -> Iterator[Record]:
    """Yield the records of a register that can be read, each lot of a notice after its whole."""
    found = _format(path)
    if found is None:
        return
    for read in _READERS[found.read](path):
        if isinstance(read, Record):
            yield read
            yield from read.parts


def _problem(rel: str, bad: BadRecord) -> Problem:
    where = "" if bad.position is None else f"record {bad.position}: "
    return Problem(document=rel, code=bad.code, message=f"{where}{bad.message}")


def _read(
    read: Record | BadRecord, document: SourceDocument, source: str
) -> tuple[Concluded, tuple[BadRecord, ...]]:
    if isinstance(read, BadRecord):
        return NOTHING, (read,)
    concluded = _concluded(read, _document(read, document, source), source)
    return concluded, concluded.problems


def _document(record: Record, document: SourceDocument, source: str) -> SourceDocument:
    """Return the document with what the record says of its publication."""
    if source == "decp":
        return replace(document, publisher=record.platform) if record.platform else document
    day = day_of(record.published).value
    return replace(
        document,
        publisher=record.platform,
        published_on=day,
        published_how="notice" if day else None,
        title=record.title,
    )


def _concluded(record: Record, document: SourceDocument, source: str) -> Concluded:
    """Conclude from the lots that speak for themselves, else from the whole."""
    if not record.parts:
        return conclude(record, document, source)
    telling = [
        part
        for part in record.parts
        if conclude(replace(part, object=part.own or ""), document, source).findings
    ]
    if not telling:
        names = tuple(name for part in record.parts for name in part.lots)
        return conclude(replace(record, lots=names), document, source)
    parts = [conclude(part, document, source) for part in telling]
    return Concluded(
        findings=tuple(_numbered(parts)),
        problems=tuple(dict.fromkeys(each for part in parts for each in part.problems)),
        key=f"{record.id}\x1f{record.position}",
    )


def _numbered(parts: list[Concluded]) -> Iterator[Finding]:
    """Yield the findings of lots, their identifiers kept apart by the number of the lot."""
    seen: Counter[str] = Counter()
    for part in parts:
        for finding in part.findings:
            seen[finding.id] += 1
            count = seen[finding.id]
            yield finding if count == 1 else replace(finding, id=f"{finding.id[:-2]}{count:02x}")
