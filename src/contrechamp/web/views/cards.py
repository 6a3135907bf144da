"""Fact cards of the laboratory: one page, with its forms."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.response import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from contrechamp.foundation.table import csv_lines
from contrechamp.foundation.vocabulary import label
from contrechamp.lab import facts
from contrechamp.lab.facts import Card
from contrechamp.web.shown.cards import lines, say, side_label, with_families

SCHEMA = "contrechamp.lab.cards/1"
HEAD = (
    *("id", "topic", "side", *facts.WORDS, "source", "url", "locator", "seen"),
    *("technologies", "grounds", "experiments", "published_on", "changed_on"),
)


@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    """Show the cards, those of a subject or a technique when asked."""
    topic, technique = _asked(request)
    if (topic, technique) != (request.GET.get("sujet", ""), request.GET.get("technique", "")):
        return redirect("web:lab-cards")
    found = _found(topic, technique)
    groups = [
        {"code": code, "label": say(name), "lines": lines(c for c in found if c.topic == code)}
        for code, name in facts.TOPICS.items()
        if any(card.topic == code for card in found)
    ]
    return render(
        request,
        "web/cards/list.html",
        {
            "groups": groups,
            "total": len(found),
            "topic": topic,
            "technique": technique,
            "is_asked": bool(topic or technique),
            "topics": [(code, say(name)) for code, name in facts.TOPICS.items()],
            "techniques": [(code, label("technologies", code)) for code in _techniques()],
        },
    )


@require_safe
def cards_json(request: HttpRequest) -> HttpResponse:
    found = _found(*_asked(request))
    data = {"schema": SCHEMA, "cards": [card.to_json() for card in found]}
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def cards_csv(request: HttpRequest) -> HttpResponseBase:
    rows = _rows(_found(*_asked(request)))
    response = StreamingHttpResponse(csv_lines(HEAD, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="contrechamp-fiches.csv"'
    return response


def _rows(found: tuple[Card, ...]) -> Iterator[list[str]]:
    for card in found:
        words = [say(getattr(card, name)) for name in facts.WORDS]
        source = [card.source, card.url, card.locator, card.seen]
        named = [" ".join(codes) for codes in (card.technologies, card.grounds, card.experiments)]
        days = [card.at.isoformat(), card.changed_on.isoformat()]
        yield [card.id, card.topic, side_label(card.side), *words, *source, *named, *days]


def _asked(request: HttpRequest) -> tuple[str, str]:
    """Return the subject and the technique that are asked for; nothing of what is not known."""
    topic, technique = request.GET.get("sujet", ""), request.GET.get("technique", "")
    return topic if topic in facts.TOPICS else "", technique if technique in _techniques() else ""


def _techniques() -> list[str]:
    codes = (code for card in facts.shown() for code in card.technologies)
    return sorted(dict.fromkeys(codes), key=lambda code: label("technologies", code))


def _found(topic: str, technique: str) -> tuple[Card, ...]:
    found = facts.about(with_families([technique])) if technique else facts.shown()
    return tuple(card for card in found if topic in {"", card.topic})
