"""Appeals, accounts and the emergency switch."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from contrechamp.forum.domain.exports import is_elsewhere
from contrechamp.forum.forms.moderation import EmergencyForm
from contrechamp.forum.queries import moderation as queries
from contrechamp.forum.queries import old_names as names
from contrechamp.forum.services import appealing, banning, claiming, emergency, moderating
from contrechamp.forum.shown import moderation as shown
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .common import number_of, refused
from .guards import moderators_only
from .moderation import around

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@moderators_only
def appeals(request: HttpRequest) -> HttpResponse:
    me, why = cast("User", request.user), ""
    if request.method == "POST":
        why = refused(
            lambda: appealing.decide(
                number_of(request.POST.get("appeal", "")),
                grants=request.POST.get("do") == "grant",
                answer=request.POST.get("answer", ""),
                actor=me,
                now=timezone.now(),
            )
        )
        if not why:
            return redirect("forum:moderation-appeals")
    rows = [
        {
            "appeal": row,
            "what": shown.verb_label(row.action.verb),
            "why": shown.reason_label(row.action.reason),
            "is_mine": row.action.by_id == me.pk and not queries.is_alone(row.action),
            "is_alone": row.action.by_id == me.pk and queries.is_alone(row.action),
        }
        for row in queries.open_appeals(me)
    ]
    context = {"rows": rows, "refusal": why, "sent": request.POST, **around(me)}
    return render(request, "forum/moderation_appeals.html", context, status=409 if why else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@moderators_only
def people(request: HttpRequest) -> HttpResponse:
    me, why = cast("User", request.user), ""
    if request.method == "POST":
        why = refused(lambda: _act(request, me))
        if not why:
            return redirect("forum:moderation-accounts")
    context = {
        "bans": [(row, shown.reason_label(row.reason)) for row in queries.open_bans(me)],
        "claims": [
            (claim, is_elsewhere(claim.proof, names.host_of(claim.origin)))
            for claim in queries.open_claims(me)
        ],
        "named": [(claim, names.host_of(claim.origin)) for claim in names.granted(me)[:50]],
        "silenced": queries.silenced(me, timezone.now()),
        "refusal": why,
        "me": me,
        **around(me),
    }
    return render(request, "forum/moderation_accounts.html", context, status=409 if why else 200)


def _act(request: HttpRequest, me: User) -> None:
    now, what = timezone.now(), request.POST.get("do", "")
    key = number_of(request.POST.get("key", ""))
    if what in {"ban", "no-ban"}:
        banning.decide_ban(key, grants=what == "ban", actor=me, now=now)
    elif what in {"claim", "no-claim"}:
        claiming.decide_claim(key, grants=what == "claim", actor=me, now=now)
    elif what == "unname":
        claiming.undo_claim(key, actor=me, now=now)
    elif what == "speak":
        user = queries.find_silenced(key, me, now)
        if user:
            moderating.end_silence(user, actor=me, now=now)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@moderators_only
def switch(request: HttpRequest) -> HttpResponse:
    me, why, now = cast("User", request.user), "", timezone.now()
    form = EmergencyForm(request.POST or None)
    if request.method == "POST":
        try:
            if request.POST.get("do") == "off":
                emergency.switch_off(actor=me, now=now)
                return redirect("forum:moderation-emergency")
            if form.is_valid():
                emergency.switch_on(actor=me, now=now, **form.cleaned_data)
                return redirect("forum:moderation-emergency")
        except Refused as refusal:
            why = say(refusal)
    context = {"form": form, "refusal": why, **around(me)}
    return render(request, "forum/moderation_emergency.html", context, status=409 if why else 200)
