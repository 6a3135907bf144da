"""Mandates of a collective complaint: for who leads it, and its counsel. Nobody else has a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from contrechamp.cases import services
from contrechamp.cases.domain.kinds import ActionKind
from contrechamp.cases.domain.mandates import LEAST_SHOWN
from contrechamp.cases.forms.mandates import ListForm, MandateForm, RevokeForm
from contrechamp.cases.models import Action
from contrechamp.cases.queries.access import led_by
from contrechamp.cases.queries.mandates import kept_by, mandates_of, mandates_on
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

PER_PAGE = 100


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def _led(request: HttpRequest, key: str) -> Action:
    """Return a collective complaint that somebody leads: only they change its mandates."""
    return get_object_or_404(led_by(_user(request)).filter(kind=ActionKind.COLLECTIVE), pk=key)


@require_safe
@members_only
@never_cache
def mandates(request: HttpRequest, key: str) -> HttpResponse:
    return _show(request, get_object_or_404(kept_by(_user(request)), pk=key))


@sensitive_variables()
def _show(request: HttpRequest, action: Action, **bound: forms.Form) -> HttpResponse:
    rows = Paginator(mandates_of(action), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "action": action,
        "page": rows,
        "count": mandates_on(action, timezone.localdate()),
        "least": LEAST_SHOWN,
        "may_lead": led_by(_user(request)).filter(pk=action.pk).exists(),
        "form": MandateForm(),
        "list_form": ListForm(prefix="liste"),
        "today": timezone.localdate(),
    }
    return render(request, "cases/mandates.html", context | bound)


@sensitive_post_parameters()
@require_POST
@members_only
@never_cache
@sensitive_variables()
def add(request: HttpRequest, key: str) -> HttpResponse:
    action, form = _led(request, key), MandateForm(request.POST)
    if form.is_valid():
        try:
            services.add_mandate(
                action, **form.cleaned_data, actor=_user(request), now=timezone.now()
            )
        except Refused as no:
            form.add_error(None, say(no))
        else:
            return redirect("cases:mandates", action.pk)
    return _show(request, action, form=form)


@sensitive_post_parameters()
@require_POST
@members_only
@never_cache
@sensitive_variables()
def take_list(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the mandates of a CSV: all or none."""
    action, form = _led(request, key), ListForm(request.POST, request.FILES, prefix="liste")
    if form.is_valid():
        text = form.text()
        try:
            if text is None:
                form.add_error(None, gettext("Ce fichier n'est pas un CSV, ou il est trop lourd."))
            else:
                services.import_mandates(action, text, actor=_user(request), now=timezone.now())
                return redirect("cases:mandates", action.pk)
        except Refused as no:
            form.add_error(None, say(no))
    return _show(request, action, list_form=form)


@require_POST
@members_only
@never_cache
def change(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Note that a mandate is revoked, undo this, or forget who gave it."""
    action = _led(request, key)
    get_object_or_404(action.mandates, number=number)
    if "effacer" in request.POST:
        services.erase_mandate(action, number, now=timezone.now())
    elif "retablir" in request.POST:
        services.restore_mandate(action, number)
    else:
        form = RevokeForm(request.POST)
        day = form.cleaned_data["day"] if form.is_valid() else timezone.localdate()
        try:
            services.revoke_mandate(action, number, day=day, now=timezone.now())
        except Refused as no:
            return render(request, "cases/refused.html", {"action": action, "why": say(no)})
    return redirect("cases:mandates", action.pk)


@require_POST
@members_only
def show_number(request: HttpRequest, key: str) -> HttpResponse:
    """Let everybody read how many mandates there are, or nobody."""
    action = _led(request, key)
    services.show_mandates(action, is_shown=request.POST.get("montrer") == "1")
    return redirect("cases:mandates", action.pk)
