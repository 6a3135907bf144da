"""Alerts by mail: one's own, and the links that mails hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.foundation.access import members_only
from contrechamp.watch import queries, services
from contrechamp.watch.forms import read_ask
from contrechamp.watch.models import Alert
from contrechamp.watch.services.alerting import about, sends_mail

from .lists import about as about_ask

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


class AlertForm(forms.Form):
    """Where and how often."""

    address = forms.EmailField(label=_("Adresse de courriel"), max_length=254)
    pace = forms.ChoiceField(label=_("Rythme"), choices=Alert.Pace.choices, initial="weekly")


@require_safe
@members_only
def mine(request: HttpRequest) -> HttpResponse:
    return _page(request, AlertForm())


@require_POST
@members_only
def add(request: HttpRequest) -> HttpResponse:
    form = AlertForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    ask = read_ask(QueryDict(request.POST.get("query", "")))
    services.add_alert(
        ask.query,
        form.cleaned_data["address"],
        owner=_me(request),
        now=timezone.now(),
        pace=form.cleaned_data["pace"],
    )
    return redirect("watch:alerts")


@require_POST
@members_only
def change(request: HttpRequest, key: int) -> HttpResponse:
    if "remove" in request.POST:
        services.remove_alert(key, owner=_me(request))
    else:
        services.change_pace(key, request.POST.get("pace", ""), owner=_me(request))
    return redirect("watch:alerts")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    is_done = request.method == "POST" and services.confirm_alert(token, now=timezone.now())
    return _link(request, token, "confirm", is_done=is_done)


@csrf_exempt  # The token is the secret, and mail programs post without a form (RFC 8058).
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        services.end_alert(token)
    return _link(request, token, "end", is_done=request.method == "POST")


def _link(request: HttpRequest, token: str, verb: str, *, is_done: bool) -> HttpResponse:
    alert = queries.alert_of_token(token)
    context = {"verb": verb, "is_done": is_done, "about": about(alert) if alert else ""}
    response = render(request, "watch/alert_link.html", context)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer" if verb == "end" else "same-origin"
    return response


def _page(request: HttpRequest, form: AlertForm) -> HttpResponse:
    query = (request.POST if request.method == "POST" else request.GET).get("query", "")
    ask = read_ask(QueryDict(query))
    context = {
        "form": form,
        "query": ask.query,
        "about": about_ask(ask),
        "alerts": [(alert, about(alert)) for alert in queries.alerts_of(_me(request))],
        "sends": sends_mail(),
        "paces": Alert.Pace.choices,
    }
    return render(request, "watch/alerts.html", context)


def _me(request: HttpRequest) -> User:
    """Return who is signed in; `members_only` has seen to it that somebody is."""
    return cast("User", request.user)
