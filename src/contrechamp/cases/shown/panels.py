"""Parts of other rooms' pages: which actions an act is open to, what is under way about a record.

Public things only: the same for everybody, whatever private actions there are.
"""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone

from contrechamp.cases.domain.openings import Attackable, openings
from contrechamp.cases.queries import listing
from contrechamp.cases.queries.results import IS_SERIOUS, holding
from contrechamp.foi.domain.states import State
from contrechamp.foi.queries import listing as requests
from contrechamp.foundation.copying import localdate
from contrechamp.watch import published as watch


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
        "openings": openings(known, today=localdate()),
        "actions": listing.about(slug),
        "is_contract": is_contract,
    }
    return render_to_string("cases/parts/of_act.html", context)


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


def of_record(key: str) -> str:
    """Draw the public actions about a record of the census; nothing where there is none."""
    actions = listing.about_record(key)
    if not actions:
        return ""
    rows = [(action, holding(action)) for action in actions]
    serious = [one for _, found in rows for one in found if one.result.change in IS_SERIOUS]
    context = {"rows": rows, "serious": serious}
    return render_to_string("cases/parts/of_record.html", context)
