"""The queue of moderation, and one post of it in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from contrechamp.forum.domain.flags import OF_THE_FORUM
from contrechamp.forum.forms.moderation import DecisionForm
from contrechamp.forum.models import Post
from contrechamp.forum.queries import moderation as queries
from contrechamp.forum.services import banning, moderating
from contrechamp.forum.shown import moderation as shown
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .guards import moderators_only

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

AT_ONCE = 20


@require_safe
@members_only
@moderators_only
def queue(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    me = cast("User", request.user)
    rows = queries.queue(me, now)
    context = {
        "rows": rows[:AT_ONCE],
        "count": len(rows),
        "done": request.GET.get("fait", ""),
        "verb": shown.verb_label(request.GET.get("fait", "")),
        **around(me),
    }
    return render(request, "forum/moderation.html", context)


def around(me: User) -> dict[str, Any]:
    """Return what each page of moderation has: the wait, what waits elsewhere, the emergency."""
    now = timezone.now()
    wait = queries.wait(now)
    return {
        "wait": wait,
        "oldest": shown.span(wait.oldest),
        "median": shown.span(wait.median),
        "queue_count": queries.waiting_rows(me).count(),
        "appeal_count": queries.open_appeals(me).count(),
        "account_count": queries.open_bans(me).count() + queries.open_claims(me).count(),
        "emergency": queries.emergency(now),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@moderators_only
def item(request: HttpRequest, post: int) -> HttpResponse:
    me = cast("User", request.user)
    found = queries.find_post(post, me)
    if found is None:
        raise Http404
    form = DecisionForm(request.POST or None)
    why = ""
    if request.method == "POST":
        try:
            done = _decide(found, request, form, me)
        except Refused as refusal:
            why = say(refusal)
        else:
            if done:
                answer = redirect("forum:moderation")
                answer["Location"] += f"?fait={done}"
                return answer
            return redirect("forum:moderation-post", found.pk)
    context = {
        **_page(found, me),
        "form": form,
        "why": why,
        "reasons": shown.reason_choices(),
        **around(me),
    }
    return render(request, "forum/moderation_post.html", context, status=409 if why else 200)


def _page(post: Post, me: User) -> dict[str, Any]:
    rows = queries.queue(me, timezone.now())
    place = next((at for at, row in enumerate(rows) if row.post.pk == post.pk), None)
    following = rows[place + 1] if place is not None and place + 1 < len(rows) else None
    return {
        "post": post,
        "attached": list(post.attachments.order_by("position")),
        "row": rows[place] if place is not None else None,
        "next_post": following.post if following else None,
        "before": queries.context_of(post),
        "has_flaggers": place is not None
        and any(flag.category not in OF_THE_FORUM for flag in rows[place].flags),
        "notes": post.notes.select_related("by").order_by("at"),
        "history": queries.history_of(post.author) if post.author else None,
        "acts": [(act, shown.verb_label(act.verb)) for act in _acts(post)],
        "flags": [
            (flag, shown.category_label(flag.category))
            for flag in post.flags.select_related("by").order_by("made_at")
        ],
    }


def _acts(post: Post) -> Any:
    return post.actions.select_related("by").order_by("number")


def _decide(post: Post, request: HttpRequest, form: DecisionForm, me: User) -> str:
    """Do what the pressed button says; return the verb of a decision, or nothing to stay."""
    now, said = timezone.now(), form.said()
    verb = request.POST.get("do", "")
    match verb:
        case "approve":
            return moderating.approve(post.pk, actor=me, now=now).verb
        case "keep" | "keep-abusive":
            abusive = verb == "keep-abusive"
            return moderating.keep(post.pk, actor=me, now=now, abusive=abusive).verb
        case "return":
            done = moderating.return_for_change(
                post.pk, reason=said.reason, text=said.text, actor=me, now=now
            )
            return done.verb
        case "remove":
            done = moderating.remove(post.pk, reason=said.reason, text=said.text, actor=me, now=now)
            return done.verb
        case "restore":
            return moderating.restore(post.pk, actor=me, now=now).verb
        case _:
            _do_beside(verb, post, said, me)
            return ""


def _do_beside(verb: str, post: Post, said: Any, me: User) -> None:
    """Do what leaves the post where it is: notes, who reads it, what becomes of its author."""
    now = timezone.now()
    if verb == "note":
        moderating.note(post.pk, said.note, actor=me, now=now)
    elif verb == "take":
        moderating.take(post.pk, actor=me, now=now)
    elif verb == "leave":
        moderating.leave(post.pk, actor=me)
    elif verb == "silence" and post.author:
        moderating.silence(
            post.author,
            hours=said.hours,
            reason=said.reason,
            text=said.text,
            actor=me,
            now=now,
            post=post,
        )
    elif verb == "ban" and post.author:
        banning.propose_ban(post.author, reason=said.reason, text=said.text, actor=me, now=now)
