"""The grounds of an action, and the exhibits that each cites."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from contrechamp.cases import services
from contrechamp.cases.forms.exhibits import CiteForm
from contrechamp.cases.models import Action, Argument
from contrechamp.cases.queries.access import WRITERS, editable_by, mine, role_of
from contrechamp.cases.queries.exhibits import rows_of
from contrechamp.cases.shown.arguing import lines_of, offered_grounds, places_of
from contrechamp.foundation.access import members_only
from contrechamp.kernel.errors import Refused

from .exhibits import refused, user_of


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@never_cache
def arguments(request: HttpRequest, key: str) -> HttpResponse:
    """The grounds with their exhibits; a form to choose another."""
    action = get_object_or_404(mine(user_of(request)), pk=key)
    if request.method == "POST":
        return _add(request, get_object_or_404(editable_by(user_of(request)), pk=key))
    context = {
        "action": action,
        "lines": lines_of(action),
        "grounds": offered_grounds(),
        "places": places_of(action),
        "may_record": role_of(request.user, action) in WRITERS,
    }
    return render(request, "cases/arguments.html", context)


def _add(request: HttpRequest, action: Action) -> HttpResponse:
    try:
        services.add_argument(
            action,
            ground=request.POST.get("moyen", ""),
            title=request.POST.get("titre", ""),
            actor=user_of(request),
            now=timezone.now(),
        )
    except Refused as no:
        return refused(request, action, no)
    return redirect("cases:arguments", action.pk)


@require_POST
@members_only
def argument(request: HttpRequest, key: str, argument: str) -> HttpResponse:
    """Drop a ground, cite an exhibit for it, or take one from it."""
    action = get_object_or_404(editable_by(user_of(request)), pk=key)
    row = get_object_or_404(action.arguments, pk=argument, removed_at=None)
    taken = request.POST.get("enlever", "")
    if request.POST.get("retirer"):
        services.remove_argument(row, now=timezone.now())
    elif taken.isdecimal():
        services.uncite(row, int(taken))
    else:
        return _cite(request, action, row)
    return redirect("cases:arguments", action.pk)


def _cite(request: HttpRequest, action: Action, row: Argument) -> HttpResponse:
    form = CiteForm(request.POST, places=places_of(action))
    if form.is_valid():
        key, _, claim = form.cleaned_data["place"].partition("/")
        exhibit = get_object_or_404(rows_of(action), pk=key)
        try:
            services.cite(
                row,
                exhibit=exhibit,
                claim=claim,
                page=form.cleaned_data["page"],
                actor=user_of(request),
                now=timezone.now(),
            )
        except Refused as no:
            return refused(request, action, no)
    return redirect("cases:arguments", action.pk)
