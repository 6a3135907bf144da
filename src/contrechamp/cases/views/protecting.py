"""Documents that a source gave: proposed by one person of the team, decided by another."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from contrechamp.cases import services
from contrechamp.cases.forms.exhibits import SourceForm
from contrechamp.cases.models import SourceDecision
from contrechamp.cases.queries.access import editable_by
from contrechamp.cases.queries.picking import title_of
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .exhibits import refused, user_of


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@never_cache
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """The questions about one document, then the proposal."""
    action = get_object_or_404(editable_by(user_of(request)), pk=key)
    sha256 = request.GET.get("document", "")
    title = title_of(sha256, user_of(request)) if len(sha256) == 64 else ""
    if not title:
        raise Http404
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.propose_source(
                action,
                sha256=sha256,
                answers=form.cleaned_data,
                actor=user_of(request),
                now=timezone.now(),
            )
            return redirect("cases:exhibits", action.pk)
        except Refused as no:
            form.add_error(None, say(no))
    context = {"action": action, "form": form, "title": title, "sha256": sha256}
    return render(request, "cases/source_document.html", context)


@require_POST
@members_only
def decide(request: HttpRequest, key: str, decision: str) -> HttpResponse:
    """Let a source's document in, or take the proposal or the decision back."""
    action = get_object_or_404(editable_by(user_of(request)), pk=key)
    row = get_object_or_404(SourceDecision, action=action, pk=decision)
    try:
        if request.POST.get("retirer"):
            services.revoke_source(row, actor=user_of(request), now=timezone.now())
        else:
            services.confirm_source(row, actor=user_of(request), now=timezone.now())
    except Refused as no:
        return refused(request, action, no)
    return redirect("cases:exhibits", action.pk)
