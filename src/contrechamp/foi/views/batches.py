"""Batches: from a draft to many bodies, and what becomes of them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from contrechamp.foi import services
from contrechamp.foi.domain.pasting import MOST
from contrechamp.foi.domain.series import SMALLEST
from contrechamp.foi.forms.drafting import BatchForm
from contrechamp.foi.models import Batch, Request
from contrechamp.foi.queries import batches
from contrechamp.foi.services import Outcome
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .opening import me, of_draft

FORM = ("GET", "HEAD", "POST")
PER_PAGE = 25


@require_safe
@members_only
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "foi/batches.html", {"batches": batches.of_author(me(request))[:100]})


@require_http_methods(FORM)
@of_draft
def new(request: HttpRequest, draft: Request) -> HttpResponse:
    form, found, why = BatchForm(request.POST or None), None, ""
    if request.method == "POST" and form.is_valid():
        found = _found(form)
        keys = [key for key in request.POST.getlist("body") if key]
        if request.POST.get("act") == "make":
            try:
                batch = services.make_batch(draft, keys, actor=me(request), now=timezone.now())
            except Refused as refusal:
                why = say(refusal)
            else:
                return redirect("foi:batch", batch.pk)
    context = {
        "draft": draft,
        "form": form,
        "found": found,
        "why": why,
        "most": MOST,
        "smallest": SMALLEST,
    }
    return render(request, "foi/batch_new.html", context, status=409 if why else 200)


def _found(form: BatchForm) -> batches.Found:
    typed = form.cleaned_data["pasted"]
    found = batches.pasted(typed)
    if form.cleaned_data["genre"] and form.cleaned_data["departement"]:
        more = batches.of_kind(form.cleaned_data["genre"], form.cleaned_data["departement"])
        every = dict.fromkeys((*found.bodies, *more.bodies))
        left_out = found.left_out + more.left_out + max(0, len(every) - MOST)
        return batches.Found(bodies=tuple(every)[:MOST], doubts=found.doubts, left_out=left_out)
    return found


@require_http_methods(FORM)
@members_only
def batch(request: HttpRequest, pk: str) -> HttpResponse:
    found = batches.visible_to(me(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    outcome, act = None, request.POST.get("act", "")
    if request.method == "POST":
        outcome = _act(request, found, act)
        if not outcome.refused:
            return redirect("foi:batch", found.pk)
    page = Paginator(batches.requests_of(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": found,
        "page": page,
        "lines": batches.lines_of(list(page.object_list), today=localdate()),
        "counts": batches.counts_of(found),
        "refused": [(row, say(why)) for row, why in outcome.refused[:20]] if outcome else [],
        "refused_count": len(outcome.refused) if outcome else 0,
        "outcome": outcome,
    }
    return render(request, "foi/batch.html", context)


def _act(request: HttpRequest, found: Batch, act: str) -> Outcome:
    actor, now = me(request), timezone.now()
    if act in {"ready", "send"}:
        return services.ask_batch(found, act, actor=actor, now=now)
    if act == "stop":
        return services.stop_batch(found, actor=actor, now=now)
    if act.startswith("out:"):
        row = found.requests.filter(pk=act.removeprefix("out:")).first()
        if row is not None:
            services.take_out(found, row, actor=actor)
    if act.startswith("copy:"):
        row = found.requests.filter(pk=act.removeprefix("copy:")).first()
        if row is not None:
            services.rewrite_batch(found, row, actor=actor, now=now)
    return Outcome(0)
