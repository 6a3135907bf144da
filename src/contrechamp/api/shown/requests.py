"""Access requests as the interface answers them: what their public pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contrechamp.foi.queries import published
from contrechamp.foi.queries.published import Told

from .census import moment
from .papers import day

if TYPE_CHECKING:
    from contrechamp.foi.models import FactRow


def request(one: Told) -> dict[str, Any]:
    """Return a public request without its letters."""
    asked, body = one.request, one.request.body
    return {
        "id": asked.pk,
        "url": one.url,
        "title": asked.title,
        "body": {"id": body.pk, "name": body.name, "siren": body.siren or None} if body else None,
        "state": one.state.value,
        "sent_on": day(asked.sent_on),
        "first_answer_on": day(asked.first_answer_on),
        "days_to_answer": asked.days_to_answer,
        "act_by_safe": day(one.act_by),
        "project": asked.project or None,
        "items": [
            {
                "position": item.position,
                "code": item.code or None,
                "wording": item.wording,
                "outcome": item.outcome,
            }
            for item in one.items
        ],
        "facts": [_fact(row) for row in one.facts],
        "published_here_at": moment(asked.published_at) if asked.published_at else None,
        "changed_at": moment(one.changed_at),
    }


def _fact(row: FactRow) -> dict[str, Any]:
    said = row.values
    sense = str(said.get("sense") or said.get("outcome") or "")
    return {
        "id": row.pk,
        "kind": row.kind,
        "first": row.first.isoformat(),
        "last": row.last.isoformat(),
        "proof": row.proof,
        "number": str(said.get("number") or "") or None,
        "sense": sense or None,
        "reasons": [str(code) for code in said.get("reasons") or ()],
    }


def whole(one: Told) -> dict[str, Any]:
    """Return a public request with the letters that everybody may read."""
    return request(one) | {
        "letters": [
            {
                "day": row.day.isoformat(),
                "direction": row.direction,
                "subject": row.subject,
                "text": row.text,
            }
            for row in published.letters(one.request)
        ]
    }
