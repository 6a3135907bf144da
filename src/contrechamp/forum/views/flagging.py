"""Flagging a post, with an account or without; the receipt of a notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from contrechamp.forum import queries as reads
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
        try:
            flagging.flag(
                post,
                request.POST.get("category", ""),
                request.POST.get("note", ""),
                actor=cast("User", request.user),
                now=timezone.now(),
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
    }
    return render(request, "forum/flag.html", context, status=409 if why else 200)


def _of_anybody(request: HttpRequest, post: Post) -> HttpResponse:
    form, why = NoticeForm(request.POST or None), ""
    if request.method == "POST":
        notice = form.notice(request.build_absolute_uri(post.address))
        try:
            _, code = flagging.give_notice(post, notice, now=timezone.now())
        except Refused as refusal:
            why = say(refusal)
        else:
            return redirect("forum:receipt", code)
    context = {"post": post, "form": form, "refusal": why}
    return render(request, "forum/notice.html", context, status=409 if why else 200)


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
