"""Read one content that was fetched: plain values in and out, in a process without tables."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contrechamp.foundation import bulk
from contrechamp.watch.domain import snapshots
from contrechamp.watch.domain.finding import Line, as_json

from . import contracts, decp, run

LONGEST_S = 900.0
MOST_RECORDS = 400_000
"""A register with more contracts is not compared with the one before: it is all new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRead:
    """A content as a file with its ending, and what is known of it from outside."""

    path: str
    reads: str
    known: dict[str, Any] = field(default_factory=dict)
    """url, title, departement, published_on, published_how, first_seen_on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What came of one content."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    state: dict[str, str] = field(default_factory=dict)
    """Of a register: uid to hash of each contract."""
    positions: dict[str, list[int]] = field(default_factory=dict)
    """Of a register: uid to places of its rows."""


def read(wanted: ToRead) -> Read:
    """Return the lines of a content, as `watch scan` would print them, and a register's state."""
    path = Path(wanted.path)
    register = contracts.recognises(path) if wanted.reads != "raa" else None
    with bulk.within(LONGEST_S):
        if register:
            lines = [as_json(line) for line in contracts.scan(path, path.name, register)]
        else:
            lines = _acts(path, wanted)
        state, positions = _register(path) if register == "decp" else ({}, {})
    for line in lines:
        if line["type"] == "finding":
            _complete(line["document"], wanted.known)
    return Read(lines=lines, state=state, positions=positions)


def _acts(path: Path, wanted: ToRead) -> list[dict[str, Any]]:
    """Read a bulletin with its card beside it, where `watch scan` looks for cards."""
    card = path.with_suffix(".json")
    files = [path]
    if card != path:
        card.write_text(_card(wanted.known), "utf-8")
        files.append(card)
    scanned = run.scan(files, source=wanted.reads, jobs=1)
    found: list[Line] = [*scanned.findings, *scanned.problems]
    lines = [as_json(line) for line in found]
    return [*lines, {"type": "summary", "acts": scanned.acts}]


def _card(known: dict[str, Any]) -> str:
    is_listed = known.get("published_how") == "listing"
    said = {
        "name": known.get("title"),
        "url": known.get("url"),
        "date": known.get("published_on") if is_listed else None,
        "first_seen_on": known.get("first_seen_on"),
        "departement": known.get("departement"),
    }
    return json.dumps(said, ensure_ascii=False)


def _register(path: Path) -> tuple[dict[str, str], dict[str, list[int]]]:
    hashes: dict[str, str] = {}
    positions: dict[str, list[int]] = {}
    if path.suffix.lower() != ".json":
        return hashes, positions
    rows: dict[str, list[Any]] = {}
    for position, row in decp.json_rows(path):
        if not isinstance(row, dict):
            continue
        uid = snapshots.uid_of(row)
        if uid in hashes:  # The few uids that return are hashed together, in any order.
            rows.setdefault(uid, [])
        hashes[uid] = snapshots.content_hash(row)
        positions.setdefault(uid, []).append(position)
        if len(hashes) > MOST_RECORDS:
            return {}, {}
    if rows:
        for _, row in decp.json_rows(path):
            if isinstance(row, dict) and (uid := snapshots.uid_of(row)) in rows:
                rows[uid].append(row)
        for each in rows.values():
            hashes |= snapshots.state_of(each)
    return hashes, positions


def _complete(document: dict[str, Any], known: dict[str, Any]) -> None:
    """Fill in what the file does not say itself. A day that is printed goes before ours."""
    for key in ("url", "title", "departement", "first_seen_on"):
        document[key] = known.get(key) or document.get(key)
    if not document.get("published_on") and known.get("published_on"):
        document["published_on"] = known["published_on"]
        document["published_how"] = known["published_how"]
