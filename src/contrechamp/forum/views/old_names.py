"""Names of an imported forum: what stands under one, asking for it, what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contrechamp.forum.queries import old_names as names
from contrechamp.forum.queries import posts as posts_read
from contrechamp.forum.services import claiming
from contrechamp.foundation.access import members_only
from contrechamp.kernel.errors import Refused, gettext_noop

from .common import forum_here, now_of, number_of, refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

SHOWN = 20


@require_safe
@forum_here
def name(request: HttpRequest, key: str, n: int) -> HttpResponse:
    """Show what stands under the name of an imported post, and the way to say "that was me"."""
    user = request.user if request.user.is_authenticated else None
    post = posts_read.find_post(user, key, n)
    if post is None or post.author_id or not (post.origin and post.author_label):
        raise Http404
    rows = names.posts_of_name(post.origin, post.author_label, user)
    context = {
        "label": post.author_label,
        "origin": post.origin,
        "host": names.host_of(post.origin),
        "back": post,
        "posts": rows[:SHOWN],
        "count": rows.count(),
        "claim": names.find_open(user, post.origin, post.author_label) if user else None,
    }
    return render(request, "forum/old_name.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@forum_here
def mine(request: HttpRequest) -> HttpResponse:
    me, why = cast("User", request.user), ""
    if request.method == "POST":
        why = refused(lambda: _act(request, me))
        if not why:
            return redirect("forum:old-names")
    context = {
        "claims": [(claim, names.host_of(claim.origin)) for claim in names.claims_of(me)],
        "origins": [(origin, names.host_of(origin)) for origin in names.origins()],
        "refusal": why,
        "sent": request.POST,
    }
    return render(request, "forum/old_names.html", context, status=409 if why else 200)


def _act(request: HttpRequest, me: User) -> None:
    sent, now = request.POST, now_of()
    key = number_of(sent.get("key", ""))
    match sent.get("do", ""):
        case "claim":
            origin, typed = sent.get("origin", "")[:80], sent.get("label", "")[:80]
            claiming.claim_label(
                names.spelt(origin, typed),
                origin=origin,
                wants_removal=sent.get("wants") == "removal",
                actor=me,
                now=now,
            )
        case "prove":
            claiming.prove_label(key, sent.get("proof", "").strip(), actor=me)
        case "cancel":
            claiming.cancel_claim(key, actor=me)
        case "undo":
            claiming.undo_claim(key, actor=me, now=now)
        case _:
            raise Refused(gettext_noop("Ce bouton n'existe plus : revenez à la page."))
