"""Parts of other rooms' pages: which actions an act or a refusal is open to.

Public things only: the same for everybody, whatever private actions there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from contrechamp.cases.domain.openings import Attackable, Opening, openings
from contrechamp.cases.domain.windows import UNLIMITED, WHY, Sort, Why
from contrechamp.cases.queries import decided, listing, windows
from contrechamp.foi.domain.states import State
from contrechamp.foi.queries import listing as requests
from contrechamp.foundation.copying import localdate
from contrechamp.law.domain.items import Item
from contrechamp.watch import published as watch

from .windows import ShownWindow, shown

LAST = 6
"""Windows that the page of a record shows; the rest is a page away."""


def of_act(slug: str) -> str:
    """Draw which actions a public act is open to, and those that are public against it."""
    act = watch.find_act(slug)
    if act is None or act.withdrawn_at:
        return ""
    is_contract = act.source != "raa"
    known = Attackable(
        published_on=None if is_contract else act.published_on,
        is_contract=is_contract,
        court=act.data.get("court") or "",
    )
    context = {
        "openings": (found := openings(known, today=localdate())),
        "counts": counts(found),
        "actions": listing.about(slug),
        "is_contract": is_contract,
    }
    return render_to_string("cases/parts/of_act.html", context)


def counts(found: Iterable[Opening]) -> list[Item]:
    """Return how the days of openings were counted, each count once."""
    return list({way.item.step: way.item for way in found if way.item}.values())


def of_decision(key: str) -> str:
    """Draw which actions a decision of the census is open to; nothing for another fact."""
    found = decided.of_fact(key)
    if found is None:
        return ""
    one, _fact, publication = found
    ways = openings(decided.attackable_of(one, publication), today=localdate())
    context = {
        "openings": ways,
        "counts": counts(ways),
        "status": ways[0].openness,
        "published_on": publication.day,
        "why": gettext(WHY[Why(publication.why)]) if publication.why else "",
    }
    return render_to_string("cases/parts/of_decisions.html", context)


def of_decisions(key: str) -> str:
    """Draw the windows of a project or contract: the most urgent whole, the others in a line."""
    today = localdate()
    lines = shown(windows.of_record(key, most=LAST, today=today), today)
    first = next((line for line in lines if line.row.sort in windows.CHALLENGED), None)
    if first is None:
        return ""
    ways = _ways(first, key, today)
    total = windows.count_of_record(key)
    context = {
        "openings": ways,
        "counts": counts(ways),
        "first": first,
        "status": first.status,
        "published_on": first.row.published_on,
        "why": first.why,
        "others": [line for line in lines if line is not first],
        "is_many": len(lines) > 1,
        "total": total,
        "shown_count": len(lines),
        "key": key,
        "is_project": key.startswith("prj-"),
    }
    return render_to_string("cases/parts/of_decisions.html", context)


def _ways(line: ShownWindow, key: str, today: date) -> tuple[Opening, ...]:
    """Return the actions that a window of a record is open to."""
    row = line.row
    found = decided.of_fact(row.pk) if row.sort == Sort.DECISION else None
    if found:
        return openings(decided.attackable_of(found[0], found[2]), today=today)
    known = Attackable(
        published_on=row.published_on,
        is_never_published=row.why in UNLIMITED,
        is_contract=row.sort == Sort.CONTRACT,
        court=line.court,
    )
    return openings(known, today=today)


def of_request(key: str) -> str:
    """Draw the way to court from a request whose refusal is confirmed."""
    is_open = requests.state_of(key, now=timezone.now()) in {
        State.REFUSAL_CONFIRMED,
        State.LITIGATION,
    }
    actions = listing.about(key)
    if not actions and not is_open:
        return ""
    context = {
        "key": key,
        "actions": actions,
        "is_open": is_open,
    }
    return render_to_string("cases/parts/of_request.html", context)
