"""The one door from what was fetched to the rules that read it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from contrechamp.foundation import bulk
from contrechamp.watch.domain import snapshots
from contrechamp.watch.domain.finding import as_json
from contrechamp.watch.scanning import contracts, decp

RULES = "1"
"""Edition of the rules: what it reads is read once; a new edition reads all again."""
LONGEST_S = 900.0
MOST_RECORDS = 400_000
"""A register with more contracts is not compared with the one before: it is all new."""
REGISTERS = ("decp", "boamp", "ted")
ACTS = "contrechamp.watch.scanning.acts"


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


def findings_of(wanted: ToRead) -> Read:
    """Read a content in a process of its own, within limits; what fails becomes a problem."""
    for outcome in bulk.run(read, [wanted], workers=1):
        if isinstance(outcome, bulk.Done):
            return outcome.value
        problem = {"document": Path(wanted.path).name, "code": "broken", "page": None}
        return Read(lines=[{"type": "problem", **problem, "message": outcome.reason}])
    return Read()


def read(wanted: ToRead) -> Read:
    """Do the work of `findings_of`: plain values in, plain values out."""
    path = Path(wanted.path)
    with bulk.within(LONGEST_S):
        register = contracts.recognises(path) if wanted.reads != "raa" else None
        if register:
            lines = [as_json(line) for line in contracts.scan(path, path.name, register)]
        else:
            lines = _acts(path)
        state, positions = _register(path) if register == "decp" else ({}, {})
    for line in lines:
        if line["type"] == "finding":
            _complete(line["document"], wanted.known)
    return Read(lines=lines, state=state, positions=positions)


def _acts(path: Path) -> list[dict[str, Any]]:
    """Let the rules of acts read a bulletin, with its card beside it, as `watch scan` does."""
    if not find_spec(ACTS):
        return []
    scan: Callable[..., Any] = import_module(ACTS).scan
    return [line if isinstance(line, dict) else as_json(line) for line in scan(path)]


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


def card_of(known: dict[str, Any]) -> str:
    """Return the card that lies beside a bulletin, as `watch scan` reads cards."""
    keys = {"name": "title", "url": "url", "date": "published_on", "first_seen_on": "first_seen_on"}
    return json.dumps({key: known.get(each) for key, each in keys.items()}, ensure_ascii=False)
