"""Court actions as the interface answers them: what their public pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contrechamp.cases.shown.data import next_words, target_title
from contrechamp.cases.shown.words import fact_words

from .census import moment
from .papers import day

if TYPE_CHECKING:
    from contrechamp.cases.models import FactRow, Instance
    from contrechamp.cases.queries.published import Told


def action(one: Told) -> dict[str, Any]:
    """Return a public action with its public facts, courts and organisations."""
    found = one.action
    return {
        "id": found.pk,
        "url": one.url,
        "kind": found.kind,
        "title": found.title,
        "about": found.about,
        "state": found.state,
        "outcome": found.outcome or None,
        "next": next_words(one),
        "court": found.court,
        "technology": found.technology or None,
        "attacks": target_title(found) or None,
        "projects": sorted(one.projects),
        "territories": list(found.territories),
        "began_on": day(one.began_on),
        "decided_on": day(one.decided_on),
        "is_from_public_sources": bool(found.known_as),
        "doubts": found.doubts or None,
        "sources": list(found.sources),
        "facts": [_fact(row) for row in one.facts],
        "courts": [_court(row) for row in one.instances],
        "parties": [
            {"side": row.side, "name": row.name, "number": row.number or None}
            for row in one.parties
        ],
        "published_here_at": moment(found.published_at) if found.published_at else None,
        "changed_at": moment(one.changed_at),
    }


def _fact(row: FactRow) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "first": row.first.isoformat(),
        "last": row.last.isoformat(),
        "proof": row.proof,
        "text": fact_words(row.kind, row.values),
        "number": str(row.values.get("number") or "") or None,
        "outcome": str(row.values.get("outcome") or "") or None,
    }


def _court(row: Instance) -> dict[str, Any]:
    return {
        "court": row.court,
        "number": row.number or None,
        "filed_on": day(row.filed_on),
        "decided_on": day(row.decided_on),
        "ecli": row.ecli or None,
        "result": row.result or None,
        "source": row.source or None,
    }
