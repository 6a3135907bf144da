"""An audit as plain values that can be kept and read again: what pages and papers need of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from contrechamp.lab.model import Figure, Series, Text, plain

from .audit import Audit
from .refused import LeftOut, NotUnderstood
from .saying import Cell, Column, Table
from .warnings import Warning_


def packed(audit: Audit) -> dict[str, Any]:
    """Return all of an audit as JSON can hold it. It holds no row of the table."""
    return {
        "kind": audit.kind,
        "columns": dict(audit.columns),
        "settings": dict(audit.settings),
        "rows": audit.rows,
        "refused": {
            "total": audit.refused.total,
            "first": [[each.line, each.why.to_json()] for each in audit.refused.first],
        },
        "sentence": audit.sentence.to_json(),
        "more": [each.to_json() for each in audit.more],
        "tables": [_table_as_json(each) for each in audit.tables],
        "figures": [_plain(asdict(each)) for each in audit.figures],
        "warnings": [[each.id, each.text.to_json()] for each in audit.warnings],
        "names": [each.to_json() for each in audit.names],
        "groups": [each.to_json() for each in audit.groups],
        "thresholds": list(audit.thresholds),
    }


def unpacked(data: Mapping[str, Any]) -> Audit:
    """Return the audit that was packed."""
    return Audit(
        kind=data["kind"],
        columns=data["columns"],
        settings=data["settings"],
        rows=data["rows"],
        refused=LeftOut(
            total=data["refused"]["total"],
            first=[NotUnderstood(line, _text(why)) for line, why in data["refused"]["first"]],
        ),
        sentence=_text(data["sentence"]),
        more=tuple(map(_text, data["more"])),
        tables=tuple(map(_table, data["tables"])),
        figures=tuple(map(_figure, data["figures"])),
        warnings=tuple(Warning_(name, _text(text)) for name, text in data["warnings"]),
        names=tuple(map(_text, data["names"])),
        groups=tuple(map(_text, data["groups"])),
        thresholds=tuple(data["thresholds"]),
    )


def _text(data: Mapping[str, str]) -> Text:
    return Text(data["fr"], data["en"])


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return plain(value)


def _table_as_json(table: Table) -> dict[str, Any]:
    return {
        "id": table.id,
        "title": table.title.to_json(),
        "columns": [[each.key, each.label.to_json(), each.kind] for each in table.columns],
        "rows": [[_cell_as_json(cell) for cell in row] for row in table.rows],
        "note": table.note.to_json(),
        "nothing": table.nothing.to_json(),
    }


def _cell_as_json(cell: Cell) -> Any:
    return cell.to_json() if isinstance(cell, Text) else _plain(cell)


def _table(data: Mapping[str, Any]) -> Table:
    return Table(
        data["id"],
        _text(data["title"]),
        tuple(Column(key, _text(label), kind) for key, label, kind in data["columns"]),
        tuple(tuple(map(_cell, row)) for row in data["rows"]),
        _text(data["note"]),
        _text(data["nothing"]),
    )


def _cell(data: Any) -> Cell:
    if isinstance(data, dict):
        return _text(data)
    return (data[0], data[1], data[2]) if isinstance(data, list) else data


def _figure(data: Mapping[str, Any]) -> Figure:
    texts = {name: _text(data[name]) for name in ("title", "x_label", "y_label", "reading")}
    series = tuple(Series(**{**each, "label": _text(each["label"])}) for each in data["series"])
    return Figure(**{**data, **texts, "series": series})
