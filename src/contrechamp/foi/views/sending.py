"""Sending a request: by our mail, with time to think again; or telling that it left otherwise."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from contrechamp.directory.domain.showing import public_value
from contrechamp.foi import services
from contrechamp.foi.domain.states import State
from contrechamp.foi.forms.drafting import SentForm
from contrechamp.foi.models import Request
from contrechamp.foi.shown import drafting as shown
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import ContrechampError
from contrechamp.mail import queries as mail
from contrechamp.mail import services as mail_services
from contrechamp.mail.domain.departing import COOLING

from .opening import me, of_request

FORM = ("GET", "HEAD", "POST")
OPEN = {State.DRAFT, State.READY, State.UNDELIVERED}


@require_http_methods(FORM)
@of_request
def send(request: HttpRequest, draft: Request) -> HttpResponse:
    if draft.state not in OPEN:
        return redirect("foi:request", draft.pk)
    now = timezone.now()
    form, why = SentForm(initial={"day": localdate(now)}), ""
    if request.method == "POST":
        form = SentForm(request.POST, request.FILES)
        try:
            if _send(request, draft, form, now):
                return redirect("foi:draft-send", draft.pk)
        except ContrechampError as refusal:
            why = say(refusal)
    context = _context(draft, now) | {"form": form, "why": why}
    return render(request, "foi/draft_send.html", context, status=409 if why else 200)


def _send(request: HttpRequest, draft: Request, form: SentForm, now: datetime) -> bool:
    """Do what a button asks; answer whether it was done, or the form is to be looked at again."""
    actor, act = me(request), request.POST.get("act", "")
    if act == "mail":
        services.send(draft, actor=actor, now=now)
    elif act == "recall":
        for letter in mail.outgoing_of(draft.pk):
            if letter.state == "QUEUED":
                mail_services.recall(letter.pk, actor=actor, now=now)
    elif act == "sent":
        form.fields["way"].required = form.fields["day"].required = True
        return form.is_valid() and _record(draft, form, request, now)
    return True


def _record(draft: Request, form: SentForm, request: HttpRequest, now: datetime) -> bool:
    scan = form.cleaned_data.get("scan")
    kept = services.keep_file(scan.name, scan.read(), actor=me(request), now=now) if scan else ""
    services.record_sent(
        draft,
        channel=form.channel,
        day=form.cleaned_data["day"],
        received_on=form.receipt_day,
        proof=form.proof,
        document=kept,
        actor=me(request),
        now=now,
    )
    return True


def _context(draft: Request, now: datetime) -> dict[str, Any]:
    letters = list(mail.outgoing_of(draft.pk))
    waiting = next((each for each in letters if each.state == "QUEUED"), None)
    doubtful = next((each for each in reversed(letters) if each.state in {"FAILED", "MAYBE"}), None)
    way = shown.way_to(draft.body, localdate(now)) if draft.body else None
    left = (waiting.send_after - now).total_seconds() if waiting else 0
    return {
        "draft": draft,
        "steps": shown.steps(draft, "send"),
        "way": way,
        "to": public_value(way["way"]) if way and way["way"] and way["way"].is_mail else "",
        "is_mail": bool(way and way["way"] and way["way"].is_mail),
        "reply_to": mail.reply_address(draft.pk),
        "leaves_at": now + COOLING,
        "waiting": waiting,
        "minutes_left": max(0, int(-(-left // 60))),
        "doubtful": doubtful if waiting is None else None,
        "is_live": mail.is_live(),
        "is_undelivered": draft.state == State.UNDELIVERED,
    }
