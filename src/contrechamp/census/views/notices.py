"""Corrections, replies and removals, from anybody, without an account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from contrechamp.census import published, queries, services
from contrechamp.census.forms.notices import NoticeForm, gate, new_token
from contrechamp.census.shown.public import fact_of
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .facts import fact_or_404


@never_cache
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, record: str) -> HttpResponse:
    """Take what somebody has to say about a public record."""
    found = published.find_record(record)
    if found is None:
        raise Http404
    url = published.record_url(found.kind, found.id)
    return _take(request, entity_id=found.id, claim_id="", about=found.name, about_url=url)


@never_cache
@require_http_methods(["GET", "POST"])
def propose_fact(request: HttpRequest, claim: str) -> HttpResponse:
    """Take what somebody has to say about a public fact."""
    fact = fact_or_404(claim)
    return _take(
        request,
        entity_id=fact.subject.id,
        claim_id=claim,
        about=fact_of(fact, {}).sentence,
        about_url=reverse("census:fact", args=[claim]),
    )


def _take(
    request: HttpRequest, *, entity_id: str, claim_id: str, about: str, about_url: str
) -> HttpResponse:
    if request.method == "GET":
        form = NoticeForm(initial={"token": new_token()})
        return _show(request, form, about, about_url)
    form = NoticeForm(request.POST)
    if not form.is_valid():
        sent = request.POST.copy()
        sent["token"] = new_token()
        again = NoticeForm(sent)
        again.full_clean()
        for name, errors in form.errors.items():
            if name not in again.errors:
                for error in errors:
                    again.add_error(None if name == "token" else name, error)
        return _show(request, again, about, about_url)
    if form.is_from_a_machine:
        return redirect(_thanks(entity_id))
    if not gate.lets_in(request.META.get("REMOTE_ADDR", "")):
        why = gettext("Beaucoup de messages arrivent en ce moment. Réessayez dans une heure.")
        return _show(request, form, about, about_url, why, status=429)
    given = form.cleaned_data
    if gate.use(given["token"]):
        entity, claim = queries.about_public(entity_id, claim_id)
        try:
            services.receive_notice(
                entity=entity,
                claim=claim,
                kind=given["kind"],
                text=given["text"],
                source=given["source"],
                capacity=given["capacity"],
                contact=given["contact"],
                received_on=timezone.localdate(),
            )
        except Refused as refusal:
            return _show(request, form, about, about_url, say(refusal), status=409)
    return redirect(_thanks(entity_id))


def _thanks(entity_id: str) -> str:
    return reverse("census:proposed", args=[entity_id])


def _show(
    request: HttpRequest,
    form: NoticeForm,
    about: str,
    about_url: str,
    why: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "about": about, "about_url": about_url, "why": why}
    return render(request, "census/propose.html", context, status=status)


@require_GET
def proposed(request: HttpRequest, record: str) -> HttpResponse:
    """Thank, and say what happens next."""
    found = published.find_record(record)
    if found is None:
        raise Http404
    url = published.record_url(found.kind, found.id)
    return render(request, "census/propose_thanks.html", {"about_url": url})
