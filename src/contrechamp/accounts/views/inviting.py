"""Links of members for newcomers, and the answers that newcomers gave."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.accounts import queries, services
from contrechamp.accounts.forms import WelcomeForm
from contrechamp.foundation.access import members_only, moderators_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .asking import user_of


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def welcomes(request: HttpRequest) -> HttpResponse:
    """List one's links for newcomers; make one and show it, once."""
    user, now, link = user_of(request), timezone.now(), ""
    form = WelcomeForm(request.POST or None)
    if form.is_valid():
        try:
            secret = services.make_welcome(user, **form.cleaned_data, now=now)
            link = request.build_absolute_uri(reverse("accounts:welcome", args=[secret]))
        except Refused as refused:
            form.add_error(None, say(refused))
    context = {"form": form, "link": link, "welcomes": queries.welcomes_of(user), "now": now}
    return render(request, "accounts/welcomes.html", context)


@members_only
@require_POST
def end_welcome(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's links."""
    services.end_welcome(user_of(request), number, now=timezone.now())
    return redirect("accounts:welcomes")


@moderators_only
@never_cache
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Show what newcomers answered, the oldest first."""
    return render(request, "accounts/answers.html", {"answers": queries.answers()})


@moderators_only
@require_POST
def decide_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let a newcomer in, or close the account."""
    user, now = queries.find_by_public_id(public_id), timezone.now()
    verbs = {"accept": services.accept_answer, "decline": services.decline_answer}
    verb = verbs.get(request.POST.get("act", ""))
    if user is None or verb is None:
        raise Http404
    verb(user, actor=user_of(request), now=now)
    return redirect("accounts:answers")
