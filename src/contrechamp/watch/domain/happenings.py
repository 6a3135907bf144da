"""What happened to a record where it is published: rules on days, contents and decisions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

APART = timedelta(days=1)
"""Two answers "not found" count as one when they are nearer to each other than that."""
TIMES_USUAL = 3
FEWEST_GAPS = 5
APART_FROM_CONTENT = frozenset(
    {"id", "document", "locator", "evidence", "confidence", "duplicate_of", "warnings", "schema"}
)


def has_vanished(missing_since: datetime | None, now: datetime) -> bool:
    """Answer whether a record that is not found now was not found a day ago either."""
    return missing_since is not None and now - missing_since >= APART


def is_silent(days: Iterable[date], today: date) -> bool:
    """Answer whether nothing was published for three times the usual gap between days."""
    known = sorted(set(days))
    gaps = [(after - before).days for before, after in pairwise(known)]
    if len(gaps) < FEWEST_GAPS:
        return False
    return (today - known[-1]).days > TIMES_USUAL * max(median(gaps[-30:]), 1)


def is_late(finding: Mapping[str, Any], published_on: date | None) -> bool:
    """Answer whether an act was published after the first event that it allows."""
    starts = [str(each["start"])[:10] for each in finding.get("intervals") or ()]
    return bool(published_on and starts and published_on.isoformat() > min(starts))


def key_of(finding: Mapping[str, Any]) -> str:
    """Return what names a decision in every version of its document."""
    act, contract = finding.get("act") or {}, finding.get("contract") or {}
    bundle = (finding.get("locator") or {}).get("bundle") or {}
    names = finding.get("file_numbers") or []
    buyer = (contract.get("buyer") or {}).get("siret")
    places = [each.get("printed") for each in finding.get("places") or ()]
    which = names or ([bundle.get("index")] if bundle else [])
    parts = (act.get("number"), act.get("order"), buyer, contract.get("id"), which, places[:1])
    return json.dumps([finding.get("technology"), *parts], ensure_ascii=False)


def content_of(finding: Mapping[str, Any]) -> str:
    """Return a hash of what a decision says, whatever document and page it stands on."""
    said = {key: each for key, each in finding.items() if key not in APART_FROM_CONTENT}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def compare(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> dict[str, list[str]]:
    """Return identifiers of the decisions that were added, removed (the old id) and changed."""
    old = {key_of(each): each for each in before}
    new = {key_of(each): each for each in after}
    both = old.keys() & new.keys()
    return {
        "added": sorted(str(new[key]["id"]) for key in new.keys() - old.keys()),
        "removed": sorted(str(old[key]["id"]) for key in old.keys() - new.keys()),
        "changed": sorted(
            str(new[key]["id"]) for key in both if content_of(old[key]) != content_of(new[key])
        ),
    }
