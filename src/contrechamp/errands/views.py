"""Pages of errands: the door, the one at hand, and what reviewers look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.errands import queries, services
from contrechamp.foundation.access import editors_only, members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


@require_safe
def door(request: HttpRequest) -> HttpResponse:
    done, waiting = queries.counts()
    mine = queries.done_by(_me(request)) if request.user.is_authenticated else None
    context = {
        "offers": sorted(queries.offers().values(), key=lambda one: one.order),
        "done": done,
        "waiting": waiting,
        "mine_count": mine.count() if mine is not None else 0,
    }
    return render(request, "errands/door.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def task(request: HttpRequest) -> HttpResponse:
    why = ""
    if request.method == "POST":
        try:
            return _take(request)
        except Refused as refusal:
            why = say(refusal)
    kind = request.GET.get("sorte", "")
    turn = services.hand(actor=_me(request), now=timezone.now(), kind=kind)
    offer = queries.offers()[turn.errand.kind] if turn else None
    context = {
        "turn": turn,
        "offer": offer,
        "matter": offer.show(turn.errand.ref) if turn and offer else None,
        "why": why,
        "sent": request.POST,
        "kind": kind,
        "last": queries.done_by(_me(request)).first(),
        "count": queries.done_by(_me(request)).count(),
    }
    return render(request, "errands/task.html", context, status=409 if why else 200)


def _take(request: HttpRequest) -> HttpResponse:
    turn, now = _number(request.POST.get("turn", "")), timezone.now()
    if "leave" in request.POST:
        services.leave(turn, actor=_me(request), now=now)
    else:
        services.answer(
            turn,
            request.POST.get("choice", ""),
            value=request.POST.get("value", ""),
            note=request.POST.get("note", ""),
            actor=_me(request),
            now=now,
        )
    kind = request.POST.get("sorte", "")
    answer = redirect("errands:task")
    if kind in queries.offers():
        answer["Location"] += f"?sorte={kind}"
    return answer


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else 0


@require_POST
@members_only
def undo(request: HttpRequest, turn: int) -> HttpResponse:
    services.take_back(turn, actor=_me(request), now=timezone.now())
    return redirect("errands:task")


@require_safe
@editors_only
def results(request: HttpRequest) -> HttpResponse:
    context = {
        "rows": queries.to_look_at(),
        "settled": queries.settled(),
        "offers": queries.offers(),
    }
    return render(request, "errands/results.html", context)


@require_POST
@editors_only
def close(request: HttpRequest, errand: int) -> HttpResponse:
    note = request.POST.get("note", "")
    services.settle(errand, actor=_me(request), now=timezone.now(), note=note)
    return redirect("errands:results")
