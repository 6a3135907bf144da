"""The opinions known from citations, before any file: written once, never over a file's words."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from contrechamp.opinions.domain.bodies import body_of
from contrechamp.opinions.domain.known import Known, known
from contrechamp.opinions.models import Opinion

from .indexing import Line, add_lines, next_entry
from .matching import match_kinds


@transaction.atomic
def load_known(*, now: datetime) -> int:
    """Add the cited opinions that are not here yet; return how many. Again changes nothing.

    One that is here by a citation alone and is told otherwise now is corrected.
    """
    there = Opinion.objects.in_bulk(list(known()))
    entry, changed, lines = next_entry(), [], []
    for number, told in known().items():
        found = there.get(number)
        values = _values(told)
        if found and (not found.is_cited or all(getattr(found, k) == v for k, v in values.items())):
            continue
        Opinion.objects.update_or_create(
            pk=number,
            defaults=values | {"entry": entry, "changed_at": now},
            create_defaults=values | {"entry": entry, "changed_at": now, "first_at": now},
        )
        lines.append(Line(entry, told.fr, "", told.administration, ""))
        changed.append(number)
        entry += 1
    add_lines(lines)
    match_kinds(changed)
    return len([number for number in changed if number not in there])


def _values(told: Known) -> dict[str, object]:
    """Return the fields of a cited opinion: no words of the CADA, none were read."""
    return {
        "administration": told.administration,
        "body": body_of(told.administration),
        "session_on": told.session_on,
        "year": told.session_on.year if told.session_on else None,
        "outcome": told.outcome.value,
        "motives": list(told.motives),
        "is_cited": True,
    }
