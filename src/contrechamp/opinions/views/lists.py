"""The list of opinions, narrowed and counted, and the page of one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from contrechamp.opinions import queries
from contrechamp.opinions.domain import Outcome, kinds, odds_of
from contrechamp.opinions.domain.odds import BIAS
from contrechamp.opinions.domain.outcomes import LABELS
from contrechamp.opinions.forms import ALL, SLUGS, Ask, read_ask
from contrechamp.opinions.models import Opinion
from contrechamp.opinions.queries import lists
from contrechamp.opinions.shown import line_of, odds_bars, odds_sentence, page_of

PER_PAGE = 25


class Counted(Paginator[Opinion]):
    """Pages whose count is known already: it is not asked for again."""

    def __init__(self, rows: Any, per_page: int, total: int) -> None:
        super().__init__(rows, per_page)
        self.total = total

    @cached_property
    def count(self) -> int:
        """Return how many there are."""
        return self.total


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    ask = read_ask(request.GET)
    rows = queries.filtered(ask.filter)
    counts = queries.counts(rows)
    page = Counted(rows, PER_PAGE, sum(counts.values())).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [line_of(one) for one in page.object_list],
        "bars": [(bar, ask.without("issue", "page", issue=bar.slug)) for bar in odds_bars(counts)],
        "says": odds_sentence(odds_of(counts)),
        "bias": gettext(BIAS),
        "total": page.paginator.count,
        "run": queries.last_run(),
        "last_session": lists.last_session(),
        **around(ask),
    }
    return render(request, "opinions/list.html", context)


@require_safe
def opinion(request: HttpRequest, number: str) -> HttpResponse:
    one = queries.find_opinion(number)
    if one is None:
        raise Http404
    page = page_of(one)
    return render(request, "opinions/opinion.html", {"one": one, "page": page, "line": page.line})


def around(ask: Ask) -> dict[str, Any]:
    """Return what the list has around it: its form, what narrows it, and the two subjects."""
    base, language, years = reverse("opinions:list"), get_language() or "fr", lists.years()
    chosen = ask.filter
    return {
        "ask": ask,
        "here_url": base,
        "data_query": f"?{ask.query}" if ask.query else "",
        "documents": [(k.slug, k.label(language), k == ask.kind) for k in kinds().values()],
        "outcomes": [
            (slug, gettext(LABELS[outcome]), chosen.outcome == outcome)
            for slug, outcome in SLUGS.items()
        ],
        "years": list(range(years[1], years[0] - 1, -1)) if years else [],
        "chips": _chips(ask, base, language),
        "segments": [
            {
                "label": gettext("Surveillance"),
                "url": f"{base}{ask.without('sujet')}",
                "is_current": chosen.only_surveillance,
            },
            {
                "label": gettext("Tous les avis"),
                "url": f"{base}{ask.without('sujet', sujet=ALL)}",
                "is_current": not chosen.only_surveillance,
            },
        ],
    }


def _chips(ask: Ask, base: str, language: str) -> list[dict[str, str]]:
    said = {
        "q": f"« {ask.values.get('q', '')} »",
        "administration": ask.values.get("administration", ""),
        "document": ask.kind.label(language) if ask.kind else "",
        "issue": gettext(LABELS[Outcome(ask.filter.outcome)]) if ask.filter.outcome else "",
        "annee": ask.values.get("annee", ""),
    }
    return [
        {"label": words, "url": f"{base}{ask.without(name)}"}
        for name, words in said.items()
        if name in ask.values
    ]
