"""Alerts by mail: one's own, and the links that mails hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.foundation.access import members_only
from contrechamp.watch import queries, services
from contrechamp.watch.forms import followed, read_ask
from contrechamp.watch.models import Alert
from contrechamp.watch.services.alerting import ACTS, OPEN, about, about_subject, sends_mail

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


class AlertForm(forms.Form):
    """Where, how often and in which language."""

    address = forms.EmailField(label=_("Adresse de courriel"), max_length=254)
    pace = forms.ChoiceField(label=_("Rythme"), choices=Alert.Pace.choices, initial="weekly")
    language = forms.ChoiceField(label=_("Langue des courriels"), choices=settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an alert is asked for: a subject and its key."""

    subject: str
    key: str
    about: str


@require_safe
@members_only
def mine(request: HttpRequest) -> HttpResponse:
    return _page(request, AlertForm(initial={"language": (get_language() or "fr")[:2]}))


@require_POST
@members_only
def add(request: HttpRequest) -> HttpResponse:
    form = AlertForm({"language": (get_language() or "fr")[:2], **request.POST.dict()})
    if not form.is_valid():
        return _page(request, form)
    asked = _asked(request)
    services.add_alert(
        asked.key,
        form.cleaned_data["address"],
        owner=_me(request),
        now=timezone.now(),
        pace=form.cleaned_data["pace"],
        subject=asked.subject,
        language=form.cleaned_data["language"],
    )
    return redirect("watch:alerts")


@require_POST
@members_only
def change(request: HttpRequest, key: int) -> HttpResponse:
    if "remove" in request.POST:
        services.remove_alert(key, owner=_me(request))
    else:
        services.change_alert(
            key,
            owner=_me(request),
            pace=request.POST.get("pace", ""),
            language=request.POST.get("language", "fr"),
        )
    return redirect("watch:alerts")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    is_done = request.method == "POST" and services.confirm_alert(token, now=timezone.now())
    return _link(request, "confirm", queries.alert_of_token(token), is_done=is_done)


@csrf_exempt  # The token is the secret, and mail programs post without a form (RFC 8058).
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    alert, is_done = queries.alert_of_token(token), request.method == "POST"
    if is_done:
        services.end_alert(token)
    return _link(request, "end", alert, is_done=is_done)


def _link(request: HttpRequest, verb: str, alert: Alert | None, *, is_done: bool) -> HttpResponse:
    """Show what a link of a mail does, in the language of the mail that holds it."""
    language = alert.language if alert else (get_language() or "fr")
    with override(language):
        context = {"verb": verb, "is_done": is_done, "about": about(alert) if alert else ""}
        response = render(request, "watch/alert_link.html", context)
    response["Content-Language"] = language
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer" if verb == "end" else "same-origin"
    return response


def _page(request: HttpRequest, form: AlertForm) -> HttpResponse:
    asked = _asked(request)
    context = {
        "form": form,
        "asked": asked,
        "alerts": [(alert, about(alert)) for alert in queries.alerts_of(_me(request))],
        "sends": sends_mail(),
        "paces": Alert.Pace.choices,
        "languages": settings.LANGUAGES,
    }
    return render(request, "watch/alerts.html", context)


def _asked(request: HttpRequest) -> Asked:
    """Return what is to be followed. What is not this person's own does not exist."""
    sent = request.POST if request.method == "POST" else request.GET
    subject = sent.get("subject", "") or ACTS
    key = sent.get("key", "") or sent.get("query", "")
    if subject in {ACTS, OPEN}:
        key = followed(read_ask(QueryDict(key)))
    said = about_subject(subject[:20], key[:300], _me(request).pk)
    if said is None:
        raise Http404
    return Asked(subject, key, said)


def _me(request: HttpRequest) -> User:
    """Return who is signed in; `members_only` has seen to it that somebody is."""
    return cast("User", request.user)
