"""The page of results: what was found, by what it can be narrowed, what it was narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.kernel.money import parse_amount
from contrechamp.search.domain import Problem, Query
from contrechamp.search.forms import (
    EXACTLY,
    FACETS,
    LIMITS,
    SCOPES,
    canonical,
    is_asked,
    read_query,
    with_only,
    with_value,
    without,
    words_only,
)
from contrechamp.search.queries import Results, chosen_labels
from contrechamp.ui.templatetags.look import money

from .finding import results_of

SHOWN_VALUES, MOST_VALUES = 8, 60
COUNTRY = "country:FR"
"""Nearly everything lies there: it narrows nothing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet as a link."""

    label: str
    count: int | None
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One facet, its first values and the others."""

    title: str
    choices: list[Choice]
    more: list[Choice]


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that the search was narrowed to, and the address without it."""

    title: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Field:
    """One bound of the form, as it was typed, and what is wrong with it."""

    name: str
    label: str
    value: str
    problem: str
    is_date: bool


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = read_query(request.GET)
    results = results_of(query) if is_asked(query) else None
    problems = results.problems if results else ()
    fields = _fields(query, problems)
    context: dict[str, Any] = {
        "query": query,
        "results": results,
        "fields": fields,
        "are_limits_open": any(field.value for field in fields),
        "problems": [_say(each) for each in problems if not each.field],
    }
    if results is not None:
        context |= _around(results, request.GET)
    return render(request, "search/search.html", context)


def _around(results: Results, data: QueryDict) -> dict[str, Any]:
    """Return the links of a page of results."""
    query = results.query
    keys = (*FACETS.values(), *SCOPES.values(), EXACTLY, "tri")
    return {
        "groups": _groups(results, data),
        "chips": _chips(results, data),
        "clear_url": words_only(data),
        "sorts": _sorts(query, data),
        "kept": [(key, each) for key in keys for each in data.getlist(key) if each],
        "page_number": results.offset // query.limit + 1,
        "pages_count": -(-results.total // query.limit),
        "next_url": with_only(data, "suite", results.next or ""),
        "first_url": without(data, "suite"),
        "suggestion_url": with_only(data, "q", results.suggestion),
        "exactly_url": with_only(data, EXACTLY, "1"),
        "inside_url": with_only(data, SCOPES["document"], ""),
        "encoded": data.urlencode(),
        "canonical": canonical(data),
    }


def _fields(query: Query, problems: tuple[Problem, ...]) -> list[Field]:
    labels = {
        "since": gettext("Depuis"),
        "until": gettext("Jusqu'à"),
        "least": gettext("Au moins (€)"),
        "most": gettext("Au plus (€)"),
    }
    wrong = {each.field: _say(each) for each in problems}
    return [
        Field(key, labels[name], getattr(query, name), wrong.get(name, ""), name in _DATES)
        for name, key in LIMITS.items()
    ]


_DATES = ("since", "until")


def _say(problem: Problem) -> str:
    return gettext(problem.sentence).format(text=problem.text)


def _titles() -> dict[str, str]:
    return {
        "kind": gettext("Type"),
        "technology": gettext("Technologie"),
        "place": gettext("Lieu"),
        "year": gettext("Année"),
        "status": gettext("Statut"),
        "document": gettext("Document"),
        "collection": gettext("Collection"),
        "since": gettext("Depuis"),
        "until": gettext("Jusqu'à"),
        "least": gettext("Au moins"),
        "most": gettext("Au plus"),
    }


def _chips(results: Results, data: QueryDict) -> list[Chip]:
    """Return all that was chosen, but for the words, each with the address without it."""
    titles, query = _titles(), results.query
    chips = []
    for name, key in FACETS.items():
        values = getattr(query, name)
        labels = {each.value: each.label for each in results.facets[name]}
        if missing := [value for value in values if value not in labels]:
            labels |= chosen_labels(name, missing)
        chips += [Chip(titles[name], labels[v], without(data, key, v)) for v in values]
    for name, key in SCOPES.items():
        chips += [
            Chip(titles[name], results.scopes.get(value, value[:12]), without(data, key, value))
            for value in getattr(query, name)
        ]
    wrong = {each.field for each in results.problems}
    for name, key in LIMITS.items():
        if (value := getattr(query, name)) and name not in wrong:
            shown = value if name in _DATES else money(parse_amount(value))
            chips.append(Chip(titles[name], shown, without(data, key)))
    if query.exactly:
        words = gettext("mots exactement comme écrits")
        chips.append(Chip("", words, without(data, EXACTLY)))
    return chips


def _groups(results: Results, data: QueryDict) -> list[Group]:
    groups = []
    for name, title in list(_titles().items())[: len(FACETS)]:
        choices = _choices(results, name, data)
        if choices:
            shown, more = choices[:SHOWN_VALUES], choices[SHOWN_VALUES:MOST_VALUES]
            groups.append(Group(title, shown, more))
    return groups


def _choices(results: Results, name: str, data: QueryDict) -> list[Choice]:
    """Return the values of a facet as links; those that were chosen are the chips."""
    key = FACETS[name]
    taken = data.getlist(key)
    return [
        Choice(each.label, each.count, with_value(data, key, each.value), False)
        for each in results.facets[name]
        if each.value not in taken and each.value != COUNTRY
    ]


def _sorts(query: Query, data: QueryDict) -> list[Choice]:
    words = {
        "": (gettext("les plus pertinents"), "relevance"),
        "date": (gettext("les plus récents"), "date"),
        "nouveau": (gettext("les derniers publiés"), "new"),
    }
    return [
        Choice(label, None, with_only(data, "tri", key), query.sort == sort)
        for key, (label, sort) in words.items()
    ]
