"""One act, with the words that prove it; and the way from a record to its acts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from contrechamp.foundation.copying import localdate
from contrechamp.watch.published import find_act, same_decision
from contrechamp.watch.shown import page_of
from contrechamp.watch.shown.mails import reason_words
from contrechamp.watch.shown.records import filter_of, query_of
from contrechamp.watch.shown.shares import act_share


@require_safe
def act(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_act(slug)
    if found is None:
        raise Http404
    if found.withdrawn_at:
        context = {"act": found, "reason": reason_words(found.reason)}
        return render(request, "watch/withdrawn.html", context, status=410)
    page = page_of(found, same_decision(found), localdate())
    context = {"page": page, "act": found, "line": page.line, "share": act_share(page.line)}
    return render(request, "watch/act.html", context)


@require_safe
def of_record(request: HttpRequest, key: str) -> HttpResponse:
    """Lead from a public record of the census to the acts that are about it."""
    narrowed = filter_of(key)
    if narrowed is None:
        raise Http404
    return redirect(f"{reverse('watch:week')}?{query_of(narrowed)}")
