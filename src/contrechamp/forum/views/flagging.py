"""Flagging a post, with an account or without; the receipt of a notice."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from contrechamp.forum import queries as reads
from contrechamp.forum.domain import ladder
from contrechamp.forum.forms.composing import mark_of, seal
from contrechamp.forum.forms.moderation import NoticeForm
from contrechamp.forum.models import Post
from contrechamp.forum.queries import moderation as queries
from contrechamp.forum.services import flagging
from contrechamp.forum.shown import moderation as shown
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, thread: str, n: int) -> HttpResponse:
    post = reads.visible_posts(request.user).filter(thread=thread, n=n).first()
    if post is None:
        raise Http404
    if request.user.is_authenticated and "notice" not in request.GET:
        return _of_member(request, post)
    return _of_anybody(request, post)


def _of_member(request: HttpRequest, post: Post) -> HttpResponse:
    why = ""
    if request.method == "POST":
        now = timezone.now()
        try:
            _check_mark(request, now)
            flagging.flag(
                post,
                request.POST.get("category", ""),
                request.POST.get("note", ""),
                actor=cast("User", request.user),
                now=now,
            )
        except Refused as refusal:
            why = say(refusal)
        else:
            return redirect("forum:flags")
    context = {
        "post": post,
        "categories": shown.category_choices(),
        "sent": request.POST,
        "refusal": why,
        "mark": seal(timezone.now()),
    }
    return render(request, "forum/flag.html", context, status=409 if why else 200)


def _of_anybody(request: HttpRequest, post: Post) -> HttpResponse:
    form, why, now = NoticeForm(_typed(request)), "", timezone.now()
    if request.method == "POST":
        notice = form.notice(request.build_absolute_uri(post.address))
        try:
            _check_mark(request, now)
            _, code = flagging.give_notice(post, notice, now=now)
        except Refused as refusal:
            why = say(refusal)
        else:
            return redirect("forum:receipt", code)
    context = {"post": post, "form": form, "refusal": why, "mark": seal(now)}
    return render(request, "forum/notice.html", context, status=409 if why else 200)


def _typed(request: HttpRequest) -> QueryDict | None:
    """Return what was typed. The words of a member whose session ended are kept for the notice."""
    if not request.POST:
        return None
    typed = request.POST.copy()
    typed.setdefault("why", typed.get("note", ""))
    return typed


def _check_mark(request: HttpRequest, now: datetime) -> None:
    """Ask again where no person can have filled in the form so fast, or so long ago."""
    mark = mark_of(request)
    ladder.check_form_time(mark.shown_at, now, trap=mark.trap)


@require_safe
@never_cache
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.find_notice(flagging.digest_of(code))
    if found is None:
        raise Http404
    context = {"flag": found, "code": code, "wait": queries.wait(timezone.now())}
    return render(request, "forum/receipt.html", context)


@require_safe
@members_only
def mine(request: HttpRequest) -> HttpResponse:
    rows = [
        (flag, shown.category_label(flag.category))
        for flag in queries.flags_of_account(cast("User", request.user))[:100]
    ]
    return render(request, "forum/flags.html", {"rows": rows})
