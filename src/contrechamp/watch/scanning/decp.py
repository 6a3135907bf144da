"""Reading the DECP register in its formats, row by row, with bounded memory."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import ijson
from lxml import etree

from contrechamp.watch.domain.contracts.decp import (
    columns_of,
    is_register,
    record_of,
    record_of_cells,
)
from contrechamp.watch.domain.contracts.record import BadRecord, Record
from contrechamp.watch.domain.contracts.weighing import may_concern

from .recoding import encoding_of, utf8

Read = Record | BadRecord
_CONCESSIONS = b'"contrat-concession"'
_NO_NUMBER = re.compile(rb":\s*(?:NaN|-?Infinity)\b")
"""What Python writes for a missing number, which is no JSON."""
BUFFER = 1 << 18


class _Watched:
    """A file that notes, as it goes by, whether it holds concessions; `NaN` becomes null."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._tail = b""
        self.has_concessions = False

    def read(self, size: int = -1) -> bytes:
        """Read on, and look for the concessions' key, over the joint of two pieces too."""
        piece = self._raw.read(size)
        if b"N" in piece[-16:]:
            # The sign may be cut by the end of the piece.
            piece += self._raw.read(16)
        if b"NaN" in piece or b"Infinity" in piece:
            piece = _NO_NUMBER.sub(b":null", piece)
        if not self.has_concessions:
            self.has_concessions = _CONCESSIONS in self._tail + piece
            self._tail = piece[-len(_CONCESSIONS) :]
        return piece


def json_rows(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield position and mapping of each row. Raise `ValueError` where the JSON breaks off."""
    with utf8(path) as raw:
        head = raw.read(4096)
    if re.match(rb"\s*\[", head):
        yield from _items(path, "item")
    elif re.search(rb'"marches"\s*:\s*\[', head):
        yield from _items(path, "marches.item")
    else:
        count = 0
        with utf8(path) as raw:
            watched = _Watched(raw)
            for row in _parsed(watched, "marches.marche.item"):
                yield count, row
                count += 1
        if watched.has_concessions:
            for index, row in _items(path, "marches.contrat-concession.item"):
                yield count + index, row


def _items(path: Path, prefix: str) -> Iterator[tuple[int, Any]]:
    with utf8(path) as raw:
        yield from enumerate(_parsed(_Watched(raw), prefix))


def _parsed(raw: Any, prefix: str) -> Iterator[Any]:
    try:
        yield from ijson.items(raw, prefix, buf_size=BUFFER, use_float=True)
    except ijson.JSONError as error:
        raise ValueError(str(error).split("\n", 1)[0][:120]) from error


def read_json(path: Path) -> Iterator[Read]:
    """Yield the contracts of a v1 or v2 JSON file that may be about surveillance."""
    for position, row in json_rows(path):
        if type(row) is dict and not may_concern(str(row.get("objet") or ""), row.get("codeCPV")):
            continue
        try:
            yield record_of(row, position)
        except (TypeError, AttributeError, KeyError) as error:
            yield BadRecord(
                position=position, code="bad_record", message=f"not a contract: {error}"
            )


def read_xml(path: Path) -> Iterator[Read]:
    """Yield the contracts of an XML file. Raise `ValueError` where it breaks off."""
    position = 0
    try:
        for _, element in etree.iterparse(
            str(path),
            events=("end",),
            tag=("{*}marche", "{*}contrat-concession"),
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
        ):
            try:
                yield record_of(_mapping(element), position)
            except (TypeError, AttributeError, KeyError) as error:
                yield BadRecord(
                    position=position, code="bad_record", message=f"not a contract: {error}"
                )
            position += 1
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)[:120]) from error


def _mapping(element: Any) -> dict[str, Any]:
    """Return an element's children as a mapping; what is there several times as a list."""
    made: dict[str, Any] = {}
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname
        value = _mapping(child) if len(child) else (child.text or "").strip() or None
        if name in made:
            before = made[name]
            made[name] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            made[name] = value
    return made


def read_table(path: Path) -> Iterator[Read]:
    """Yield the contracts of a CSV file, whatever its separator and encoding."""
    csv.field_size_limit(1 << 24)
    with path.open(encoding=encoding_of(path), errors="replace", newline="") as lines:
        head = lines.readline()
        lines.seek(0)
        rows = csv.reader(lines, delimiter=separator_of(head))
        columns = columns_of(next(rows, []))
        if not is_register(columns):
            raise ValueError("no columns of a register of contracts")
        position = -1
        for cells in rows:
            if not cells:
                continue
            position += 1
            try:
                yield record_of_cells(cells, columns, position)
            except ValueError as error:
                yield BadRecord(
                    position=position, code="bad_record", message=f"a short row: {error}"
                )


def separator_of(head: str) -> str:
    """Return the sign that parts the cells of a header."""
    return max(";|\t,", key=head.count)
