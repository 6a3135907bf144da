"""What was decided about oneself, and contesting it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from contrechamp.forum.forms.moderation import AppealForm
from contrechamp.forum.queries import moderation as queries
from contrechamp.forum.services import appealing
from contrechamp.forum.shown import moderation as shown
from contrechamp.foundation.access import members_only

from .common import refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@require_safe
@members_only
def mine(request: HttpRequest) -> HttpResponse:
    rows = queries.decisions_about(cast("User", request.user))[:100]
    found = [shown.decision_of(row, today=localdate(), is_alone=False) for row in rows]
    return render(request, "forum/decisions.html", {"rows": found})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def one(request: HttpRequest, number: int) -> HttpResponse:
    me = cast("User", request.user)
    action = queries.find_decision(number, me)
    if action is None:
        raise Http404
    form, why = AppealForm(request.POST or None), ""
    if request.method == "POST":
        text, now = request.POST.get("text", ""), timezone.now()
        why = refused(lambda: appealing.appeal(action, text, actor=me, now=now))
        if not why:
            return redirect("forum:decision", number)
    said = shown.decision_of(action, today=localdate(), is_alone=queries.is_alone(action))
    context = {"decision": said, "form": form, "refusal": why}
    return render(request, "forum/decision.html", context, status=409 if why else 200)
