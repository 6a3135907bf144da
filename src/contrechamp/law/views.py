"""The calculator, the open questions and the rules, as pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contrechamp.foundation.words import say
from contrechamp.kernel.dates import add_months
from contrechamp.kernel.errors import Refused
from contrechamp.ui.domain import timeline

from . import queries
from .domain.asking import DISTANCES, answer
from .domain.facts import CALCULATOR
from .domain.items import Item, Reading, Remedies
from .templatetags.law import step_name, words

ROWS = 3
"""How many facts the form has room for; one more than what was told, beyond."""


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """Show the form, and what the law draws from the facts told in the address."""
    told = list(zip(request.GET.getlist("quoi"), request.GET.getlist("jour"), strict=False))
    facts = [(name, day) for name, day in told if name or day]
    said = {name: request.GET.get(name, "") for name in ("lecture", "recours", "distance")}
    context: dict[str, Any] = {
        "rows": [*facts, *[("", "")] * max(1, ROWS - len(facts))],
        "events": [(code, queries.pack().events[code]) for code in CALCULATOR],
        "readings": list(Reading),
        "remedies": list(Remedies),
        "distances": DISTANCES,
        "said": said,
        "is_asked": bool(facts),
    }
    if facts:
        try:
            items = answer(
                [f"{name}={day}" for name, day in facts],
                reading=said["lecture"],
                remedies=said["recours"],
                distance=said["distance"],
                today=timezone.localdate().isoformat(),
            )
            context |= {"steps": items, "drawing": drawing_of(items)}
        except Refused as no:
            context["wrong"] = say(_in_words(no))
    return render(request, "law/calculator.html", context)


def _in_words(refused: Refused) -> Refused:
    """Return a refusal that names events as the form does: their codes are for programs."""
    events = queries.pack().events
    named = {
        name: words(events[value]) if isinstance(value, str) and value in events else value
        for name, value in refused.values.items()
    }
    return type(refused)(refused.sentence, **named)


def drawing_of(items: tuple[Item, ...]) -> timeline.Drawing | None:
    """Return the time line of an answer: births as points, windows as bars, no rescue line."""
    events = [
        timeline.Event(
            key=item.step,
            text=step_name(item),
            name=step_name(item),
            when="",
            url=f"#{item.step}",
            earliest=item.not_before or item.last_day,
            from_latest=item.not_before or item.last_day,
            to_earliest=item.act_by_safe,
            latest=item.last_day if item.act_by_safe else item.not_before or item.last_day,
            lasts=item.act_by_safe is not None,
        )
        for item in items
        if not item.is_cap
    ]
    known = [day for item in items for day in (item.not_before, item.act_by_safe) if day]
    if not known:
        return timeline.draw(events)
    today = timezone.localdate()
    first, last = min(known), max(event.last for event in events)
    return timeline.draw(events, first=add_months(first, -1), last=add_months(last, 1), today=today)


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """List what the law leaves open, and what we show."""
    pack = queries.pack()
    asked = [
        (one, [r for r in pack.every() if one.code in r.uncertain])
        for one in pack.questions.values()
    ]
    return render(request, "law/questions.html", {"questions": asked})


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the pack as a table."""
    pack = queries.pack()
    context = {"rules": pack.every(), "stale": pack.stale(timezone.localdate())}
    return render(request, "law/rules.html", context)
