"""What is new, changed or gone between two successive dumps of one register of contracts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

State = dict[str, str]
"""What is kept of a dump: for each contract's uid, sixteen digits that stand for its content."""
_NOT_CONTENT = frozenset(("source", "_type", "uid", "uuid", "created_at", "updated_at"))


@dataclass(frozen=True, kw_only=True)
class Difference:
    """The uids that a dump brings, alters and no longer holds, each in the order of the dump."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Answer whether nothing happened."""
        return not (self.new or self.changed or self.gone)


def uid_of(row: Mapping[str, Any]) -> str:
    """Return what identifies a contract in its register: its uid, else buyer's number and id.

    Where a register gives no number at all, its object stands for it.
    """
    if uid := row.get("uid"):
        return str(uid)
    buyer = row.get("acheteur") or row.get("autoriteConcedante") or {}
    number = buyer.get("id") if isinstance(buyer, Mapping) else row.get("acheteur_id")
    own = row.get("id")
    return f"{number or ''}{own}" if own else f"{number or ''}:{row.get('objet') or ''}"


def content_hash(row: Mapping[str, Any]) -> str:
    """Return sixteen digits that change with what the register says of the contract."""
    said = {key: value for key, value in row.items() if key not in _NOT_CONTENT}
    plain = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return sha256(plain.encode()).hexdigest()[:16]


def state_of(rows: Iterable[Mapping[str, Any]]) -> State:
    """Return what is to be kept of a dump; rows with one uid count as one, whatever their order."""
    hashes: dict[str, set[str]] = {}
    for row in rows:
        hashes.setdefault(uid_of(row), set()).add(content_hash(row))
    return {
        uid: min(each)
        if len(each) == 1
        else sha256(" ".join(sorted(each)).encode()).hexdigest()[:16]
        for uid, each in hashes.items()
    }


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> Difference:
    """Return what happened between two states."""
    return Difference(
        new=tuple(uid for uid in after if uid not in before),
        changed=tuple(uid for uid in after if uid in before and before[uid] != after[uid]),
        gone=tuple(uid for uid in before if uid not in after),
    )
