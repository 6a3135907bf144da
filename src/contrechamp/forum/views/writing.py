"""Writing: a new thread, a reply, an edit. Every answer that is not "done" shows the text again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.forum.domain import ladder
from contrechamp.forum.domain.markdown import quoted
from contrechamp.forum.domain.states import State
from contrechamp.forum.domain.subjects import split
from contrechamp.forum.domain.warnings import Warned, warnings_of
from contrechamp.forum.forms.composing import Composed, read, seal
from contrechamp.forum.models import Post
from contrechamp.forum.queries import posts as posts_read
from contrechamp.forum.queries import threads as threads_read
from contrechamp.forum.queries import visible_boards
from contrechamp.forum.queries.subjects import find_subject, label_of
from contrechamp.forum.services import attaching, drafting, gate, posting, previewing
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .common import bringing, forum_here, now_of, number_of, refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

KEPT = "forum-kept"


@dataclass(slots=True, kw_only=True)
class Desk:
    """What a form of words is for."""

    kind: str
    """new, reply, edit."""
    key: str
    """Of the draft."""
    back: str
    """Where one came from."""
    action: str
    send: Callable[[Composed], Post]
    context: dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
@forum_here
def new(request: HttpRequest) -> HttpResponse:
    form = read(request) if request.method == "POST" else _asked(request)
    if not request.user.is_authenticated:
        return _sign_in_first(request, form)
    user = request.user
    kind, key = split(form.subject)
    card = find_subject(user, kind, key) if form.subject else None
    if form.subject and card is None:
        raise Http404
    boards = list(visible_boards(user).order_by("position", "title"))
    chosen = next((one for one in boards if one.slug == form.board), None)
    desk = Desk(
        kind="new",
        key=posting.new_key(form.board, form.subject),
        back=(card.url if card else "") or "/forum",
        action="/forum/nouveau",
        send=lambda sent: posting.start_thread(
            actor=user,
            title=sent.title,
            source=sent.text,
            board=chosen,
            subject=sent.subject,
            now=now_of(),
            token=sent.token,
            files=attaching.files_of(user, posting.new_key(form.board, form.subject)),
        ),
        context={
            "boards": [one for one in boards if not one.read_only or user.is_moderator],
            "chosen": chosen,
            "subject": card,
            "subject_label": label_of(kind) if kind else "",
        },
    )
    return _at_desk(request, desk, form)


@require_http_methods(["GET", "HEAD", "POST"])
@forum_here
def reply(request: HttpRequest, key: str) -> HttpResponse:
    form = read(request) if request.method == "POST" else _asked(request)
    if not request.user.is_authenticated:
        return _sign_in_first(request, form)
    user = request.user
    thread = threads_read.find_thread(user, key)
    if thread is None:
        return _gone(request, form) if form.text else _nothing()
    answered = posts_read.find_post(user, thread.pk, form.reply_to) if form.reply_to else None
    if request.method != "POST" and answered and request.GET.get("citer"):
        name = answered.author.username if answered.author else answered.author_label
        form.text = (form.text and f"{form.text}\n\n") + quoted(
            answered.source, name=name, n=answered.n or 0
        )
    desk = Desk(
        kind="reply",
        key=f"thread:{thread.pk}",
        back=thread.address,
        action=f"/forum/repondre/{thread.pk}",
        send=lambda sent: posting.reply(
            thread,
            actor=user,
            source=sent.text,
            reply_to=sent.reply_to,
            now=now_of(),
            token=sent.token,
            insists=sent.insists,
            files=attaching.files_of(user, f"thread:{thread.pk}"),
        ),
        context={
            "thread": thread,
            "board": thread.board,
            "answered": answered,
            "wakes": previewing.wakes(thread, now_of()),
        },
    )
    return _at_desk(request, desk, form)


@require_http_methods(["GET", "HEAD", "POST"])
@forum_here
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    form = read(request) if request.method == "POST" else _asked(request)
    if not request.user.is_authenticated:
        return _sign_in_first(request, form)
    user = request.user
    post = posts_read.find_own_post(user, pk)
    if post is None:
        return _gone(request, form) if form.text else _nothing()
    if request.method != "POST" and not form.text:
        form.text = post.source
    desk = Desk(
        kind="edit",
        key=f"edit:{post.pk}",
        back=post.address if post.n else post.thread.address,
        action=f"/forum/changer/{post.pk}",
        send=lambda sent: posting.edit(
            post,
            actor=user,
            source=sent.text,
            reason=sent.reason,
            now=now_of(),
            files=attaching.files_of(user, f"edit:{post.pk}"),
            dropped=sent.left,
        ),
        context={
            "thread": post.thread,
            "board": post.thread.board,
            "post": post,
            "attached": list(post.attachments.order_by("position")),
            "leaves_revision": previewing.leaves_revision(post, now_of()),
        },
    )
    return _at_desk(request, desk, form)


def _at_desk(request: HttpRequest, desk: Desk, form: Composed) -> HttpResponse:
    """Show the form, or do what its button says."""
    user = cast("User", request.user)
    why, warned, preview, asks_again = "", list[Warned](), "", False
    if request.method == "POST":
        request.session.pop(KEPT, None)  # From here on the draft keeps it.
        drafting.keep_draft(
            user,
            desk.key,
            source=form.text,
            title=form.title,
            reply_to=form.reply_to,
            now=now_of(),
        )
        why = _take_files(user, desk, form)
        if form.act == "draft" and not why:
            return redirect("/forum/brouillons")
        warned = warnings_of(f"{form.title}\n{form.text}")
        try:
            if why:
                pass  # A file was refused: the text is shown again, and nothing is sent without it.
            elif form.act == "send":
                gone = _sent_before(user, form)
                if gone is not None:
                    return redirect(_after(gone))
                ladder.check_form_time(form.shown_at, now_of(), trap=form.trap)
                if not warned or form.is_sure:
                    return redirect(_after(desk.send(form)))
            else:
                preview = previewing.preview(user, form.text, now=now_of())
        except gate.AskedToEdit as asked:
            why, asks_again = say(asked), True
        except Refused as refusal:
            why = say(refusal)
    elif (draft := posts_read.find_draft(user, desk.key)) and (
        not form.text or (desk.kind == "edit" and not form.is_kept)
    ):
        form.text, form.title = draft.source, form.title or draft.title
        form.reply_to = form.reply_to or draft.reply_to
    context = {
        **desk.context,
        "kind": desk.kind,
        "form": form,
        "mark": seal(now_of()),
        "why": why,
        "warned": warned,
        "asks_again": asks_again,
        "preview": mark_safe(preview),  # noqa: S308  made by our own renderer
        "action": desk.action,
        "back": desk.back,
        "is_read_only": gate.is_read_only(),
        **bringing(user, desk.key),
    }
    return render(request, "forum/compose.html", context)


def _take_files(user: User, desk: Desk, form: Composed) -> str:
    """Keep the files that came with a form, before anything else can go wrong; return why not."""
    if _sent_before(user, form) is not None:
        return ""
    if desk.kind == "new" and form.kept.startswith("new:"):
        attaching.carry(user, form.kept, desk.key, now_of())
    attaching.settle(user, desk.key, form.given, dropped=form.dropped)
    there = [one for one in desk.context.get("attached", ()) if one.position not in form.left]
    return refused(
        lambda: attaching.bring(
            user, desk.key, form.brought, about=form.about, there=len(there), now=now_of()
        )
    )


def _sent_before(user: User, form: Composed) -> Post | None:
    return posts_read.find_sent(user, form.token)


def _after(post: Post) -> str:
    """Return where one is led once a post was sent."""
    return post.address if post.state == State.PUBLISHED else post.thread.address


def _asked(request: HttpRequest) -> Composed:
    """Return what an address asks for, and what was kept while somebody signed in."""
    form = Composed(
        subject=request.GET.get("sujet", "")[:160],
        board=request.GET.get("salon", "")[:60],
        title=request.GET.get("titre", "")[:200],
    )
    number = request.GET.get("reponse", "")
    form.reply_to = int(number) if number.isdecimal() and len(number) < 8 else None
    kept = request.session.get(KEPT) if request.user.is_authenticated else None
    if kept and kept.get("path") == request.path:
        data = kept["form"]
        form.text, form.title = data["text"], data["title"] or form.title
        form.subject, form.board = data["subject"] or form.subject, data["board"] or form.board
        form.reply_to, form.reason = data["reply_to"], data["reason"]
        form.is_kept = True
    return form


def _sign_in_first(request: HttpRequest, form: Composed) -> HttpResponse:
    """Keep what a visitor wrote until they have signed in; show it, so that nothing is lost."""
    if request.method == "POST":
        request.session[KEPT] = {"path": request.path, "form": form.data()}
        request.session.set_expiry(24 * 3600)
    context = {"form": form, "next": request.get_full_path()}
    return render(request, "forum/sign_in_first.html", context)


def _gone(request: HttpRequest, form: Composed) -> HttpResponse:
    """Show a text again whose thread or post cannot be read any more."""
    drafting.keep_draft(
        cast("User", request.user), "new:", source=form.text, title=form.title, now=now_of()
    )
    return render(request, "forum/gone.html", {"form": form}, status=409)


def _nothing() -> HttpResponse:
    raise Http404


@csrf_exempt
@require_POST
@forum_here
def begin(request: HttpRequest) -> HttpResponse:
    """Take the text that was typed on the page of a thing, and show it in the form of the forum.

    Nothing is written, so that no token is needed: that page is the same for everybody.
    """
    form = read(request)
    form.act, form.is_sure = "", False
    thread = request.POST.get("thread", "")
    if not request.user.is_authenticated:
        return _sign_in_first_of(request, form, thread)
    request.session[KEPT] = {
        "path": f"/forum/repondre/{thread}" if thread else "/forum/nouveau",
        "form": form.data(),
    }
    return redirect(_place_of(form, thread))


def _place_of(form: Composed, thread: str) -> str:
    if thread:
        return f"/forum/repondre/{thread}" if thread.isascii() else "/forum"
    return f"/forum/nouveau?sujet={form.subject}"


def _sign_in_first_of(request: HttpRequest, form: Composed, thread: str) -> HttpResponse:
    path = f"/forum/repondre/{thread}" if thread else "/forum/nouveau"
    request.session[KEPT] = {"path": path, "form": form.data()}
    request.session.set_expiry(24 * 3600)
    context = {"form": form, "next": _place_of(form, thread)}
    return render(request, "forum/sign_in_first.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@forum_here
def drafts(request: HttpRequest) -> HttpResponse:
    user = cast("User", request.user)
    if request.method == "POST":
        drafting.forget_draft(user, number_of(request.POST.get("draft", "")))
        return redirect("/forum/brouillons")
    context = {
        "drafts": [(draft, previewing.place_of(draft.key)) for draft in posts_read.drafts_of(user)],
        "waiting": posts_read.waiting_of(user),
    }
    return render(request, "forum/drafts.html", context)


@require_POST
@members_only
@forum_here
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw one's own post, or show it again."""
    user = cast("User", request.user)
    post = posts_read.find_own_post(user, pk)
    if post is None:
        raise Http404
    act = posting.restore if post.state == State.WITHDRAWN else posting.withdraw
    post = act(post, actor=user, now=now_of())
    return redirect(post.address if post.n else "/forum/brouillons")


@require_safe
def resume(request: HttpRequest) -> HttpResponse:
    """Lead back to the form whose text was kept while somebody signed in."""
    kept = request.session.get(KEPT)
    return redirect(kept["path"] if kept else "/forum")
