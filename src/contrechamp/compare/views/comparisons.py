"""Two to four of a kind side by side: as a page, as data, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.compare.domain import Cell, Comparison, Profile, compare
from contrechamp.compare.forms import SLOTS, Ask, read_ask
from contrechamp.compare.queries import KINDS, MEASURES, SETS, Choice, Found, find, profile
from contrechamp.compare.queries import suggestions as suggested
from contrechamp.compare.queries.profiles import amount_words
from contrechamp.foundation.table import csv_lines
from contrechamp.foundation.vocabulary import label


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of the form, with what it means."""

    name: str
    text: str
    found: Found | None

    @property
    def value(self) -> str:
        return self.found.one.name if self.found and self.found.one else self.text


def _slots(ask: Ask) -> list[Slot]:
    """Return the fields of the form; names are looked for among the kind that is chosen, or known.

    The first that is sure tells the kind of the others: "Nice" beside a company is a company.
    """
    kind = ask.kind
    found: dict[str, Found] = {name: find(text, kind) for name, text in ask.texts.items()}
    sure = next((one.one.kind for one in found.values() if one.one), "")
    for name, one in found.items():
        if sure and not kind and one.one is None:
            found[name] = find(ask.texts[name], sure)
    return [Slot(name, ask.texts.get(name, ""), found.get(name)) for name in SLOTS]


def _chosen(slots: list[Slot]) -> list[Choice]:
    chosen = [slot.found.one for slot in slots if slot.found and slot.found.one]
    return list({one.key: one for one in chosen}.values())


def _comparison(chosen: list[Choice]) -> Comparison:
    things = [profile(choice) for choice in chosen]
    amounts = sorted({code for thing in things for code in thing.cells if code[:7] == "amount "})
    return compare(things, [*MEASURES, *amounts], list(SETS))


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    ask = read_ask(request.GET)
    slots = _slots(ask)
    chosen = _chosen(slots)
    is_mixed = len({one.kind for one in chosen}) > 1
    found = _comparison(chosen) if len(chosen) > 1 and not is_mixed else None
    context: dict[str, Any] = {
        "ask": ask,
        "slots": slots,
        "chosen": chosen,
        "questions": _questions(request, slots),
        "is_mixed": is_mixed,
        "kinds": [(code, gettext(words), code == ask.kind) for code, words in KINDS.items()],
        "kind_words": [(one.name, gettext(KINDS[one.kind])) for one in chosen],
        "comparison": found,
        "lines": _lines(found) if found else [],
        "sets": _sets(found) if found else [],
        "suggestions": _suggestions(request, chosen) if 0 < len(chosen) < 3 else [],
        "encoded": urlencode([(s.name, s.found.one.key) for s in slots if s.found and s.found.one]),
    }
    context["data_query"] = f"?{context['encoded']}" if found else None
    return render(request, "compare/compare.html", context)


def _questions(request: HttpRequest, slots: list[Slot]) -> list[dict[str, Any]]:
    """Return what is asked back: of each text that is not one thing, what it may be."""
    asked = []
    for slot in slots:
        if slot.found is None or slot.found.one:
            continue
        links = []
        for choice in slot.found.choices:
            query = request.GET.copy()
            query[slot.name] = choice.key
            query.pop("sorte", None)
            links.append((choice, f"?{query.urlencode()}"))
        asked.append({"text": slot.text, "links": links})
    return asked


def _suggestions(request: HttpRequest, chosen: list[Choice]) -> list[tuple[Choice, str]]:
    taken = {one.key for one in chosen}
    keys = [one.key for one in chosen]
    return [
        (one, f"?{urlencode(list(zip(SLOTS, [*keys, one.key], strict=False)))}")
        for one in suggested(chosen[0])
        if one.key not in taken
    ]


def words_of(code: str) -> tuple[str, str]:
    """Return the name of a measure and how it is counted."""
    if code.startswith("amount "):
        return amount_words(code), gettext("Additionnés par sorte et par taxe, jamais ensemble.")
    name, note = MEASURES[code]
    return (gettext(name) if name else label("properties", code), gettext(note) if note else "")


def _lines(found: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "label": words_of(line.code)[0],
            "note": words_of(line.code)[1],
            "cells": list(zip(line.cells, line.shares, found.things, strict=True)),
        }
        for line in found.lines
    ]


def _sets(found: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "label": gettext(SETS[one.code]),
            "code": one.code,
            "common": one.common,
            "some": [
                (item, [found.things[number].name for number in numbers])
                for item, numbers in one.some
            ],
            "alone": list(zip(found.things, one.alone, strict=True)),
        }
        for one in found.shared
    ]


def _asked(request: HttpRequest) -> Comparison:
    """Return the comparison that a file is of, or answer that there is none."""
    chosen = _chosen(_slots(read_ask(request.GET)))
    if len(chosen) < 2 or len({one.kind for one in chosen}) > 1:
        raise Http404
    return _comparison(chosen)


@require_safe
def comparison_json(request: HttpRequest) -> HttpResponse:
    found = _asked(request)
    data: dict[str, Any] = {
        "things": [
            {"id": thing.key, "name": thing.name, "kind": thing.kind, "url": thing.url}
            for thing in found.things
        ],
        "measures": [
            {
                "code": line.code,
                "label": words_of(line.code)[0],
                "method": words_of(line.code)[1],
                "values": [_cell(cell) for cell in line.cells],
            }
            for line in found.lines
        ],
        "sets": [
            {
                "code": one.code,
                "label": gettext(SETS[one.code]),
                "common": [_item(items[0]) for items in one.common],
                "some": [
                    {**_item(item), "of": [found.things[n].key for n in numbers]}
                    for item, numbers in one.some
                ],
                "alone": [[_item(item) for item in items] for items in one.alone],
            }
            for one in found.shared
        ],
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _cell(cell: Cell | None) -> dict[str, Any] | None:
    """Return a value; null is "not known", which is not zero."""
    if cell is None:
        return None
    return {"text": cell.text, "value": cell.value, "url": cell.url or None, "note": cell.note}


def _item(item: Any) -> dict[str, Any]:
    return {"id": item.key, "name": item.name, "url": item.url, "fact": item.proof or None}


@require_safe
def comparison_csv(request: HttpRequest) -> HttpResponseBase:
    found = _asked(request)
    header = [gettext("mesure"), gettext("méthode"), *(thing.name for thing in found.things)]
    response = StreamingHttpResponse(
        csv_lines(header, _table(found)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="comparaison.csv"'
    return response


def _table(found: Comparison) -> Iterator[list[object]]:
    for line in found.lines:
        values = [
            "" if cell is None else cell.text if cell.value is None else cell.value
            for cell in line.cells
        ]
        yield [*words_of(line.code), *values]
    for one in found.shared:
        name = gettext(SETS[one.code])
        for items in one.common:
            yield [name, gettext("commun"), *(item.name for item in items)]
        for item, numbers in one.some:
            yield [name, gettext("à plusieurs"), *_spread(item.name, numbers, found.things)]
        for number, items in enumerate(one.alone):
            for item in items:
                yield [name, gettext("à un seul"), *_spread(item.name, (number,), found.things)]


def _spread(name: str, numbers: tuple[int, ...], things: tuple[Profile, ...]) -> list[str]:
    return [name if number in numbers else "" for number in range(len(things))]
