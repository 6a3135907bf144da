"""Pages of the mail, for editors alone: the tray, a message, the mailbox, what leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from contrechamp.foundation.access import editors_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused
from contrechamp.mail import queries, services, shown

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.mail.models import Incoming, Outgoing

PER_PAGE = 50


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


def _message(id: str) -> Incoming:
    if (found := queries.find_incoming(id)) is None:
        raise Http404
    return found


def _letter(id: str) -> Outgoing:
    if (found := queries.find_outgoing(id)) is None:
        raise Http404
    return found


@require_safe
@editors_only
def tray(request: HttpRequest) -> HttpResponse:
    slug = request.GET.get("etat", "a-classer")
    if slug not in shown.STATES:
        raise Http404
    rows = queries.messages(shown.STATES[slug][0])
    pages = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "slug": slug,
        "tabs": shown.tabs(slug),
        "pages": pages,
        "rows": [
            {
                "incoming": row,
                "kind": shown.kind(row),
                "problems": shown.problems(row) if row.state == "UNREADABLE" else [],
                "suggestions": shown.whys(row)[:3] if row.state == "TRAY" else [],
                "threads": queries.titled(queries.threads_of(row)) if row.state == "FILED" else [],
            }
            for row in pages
        ],
        "health": queries.health(timezone.now()),
    }
    return render(request, "mail/tray.html", context)


@require_safe
@editors_only
def message(request: HttpRequest, id: str) -> HttpResponse:
    return render(request, "mail/message.html", shown.message(_message(id)))


@require_POST
@editors_only
def decide(request: HttpRequest, id: str) -> HttpResponse:
    incoming, now, me = _message(id), timezone.now(), _me(request)
    act, thread = request.POST.get("act", ""), request.POST.get("thread", "").strip()
    verbs = {
        "file": lambda: services.file_to(id, [thread] if thread else [], actor=me, now=now),
        "unfile": lambda: services.unfile(id, thread, actor=me, now=now),
        "aside": lambda: services.set_aside(id, actor=me, now=now),
        "spam": lambda: services.mark_spam(id, actor=me, now=now),
        "back": lambda: services.back_to_tray(id, actor=me, now=now),
        "again": lambda: services.read_again(id, now=now),
    }
    try:
        if act in verbs:
            verbs[act]()
    except Refused as refusal:
        context = shown.message(incoming) | {"why": say(refusal), "typed": thread}
        return render(request, "mail/message.html", context, status=409)
    return redirect("mail:message", id)


@require_safe
@editors_only
def raw(request: HttpRequest, id: str) -> HttpResponse:
    return _eml(_message(id))


@require_safe
@editors_only
def mailbox(request: HttpRequest) -> HttpResponse:
    pages = Paginator(queries.checks(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"pages": pages, "health": queries.health(timezone.now())}
    return render(request, "mail/mailbox.html", context)


@require_safe
@editors_only
def outbox(request: HttpRequest) -> HttpResponse:
    pages = Paginator(queries.letters(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "doubtful": queries.letters("MAYBE", "FAILED", "BOUNCED"),
        "waiting": queries.letters("QUEUED", "SENDING").order_by("next_try_at"),
        "pages": pages,
        "is_live": queries.is_live(),
        "is_demo": queries.is_demo(),
    }
    return render(request, "mail/outbox.html", context)


@require_POST
@editors_only
def stop(request: HttpRequest) -> HttpResponse:
    services.recall_all(actor=_me(request), now=timezone.now())
    return redirect("mail:outbox")


@require_safe
@editors_only
def letter(request: HttpRequest, id: str) -> HttpResponse:
    return _letter_page(request, _letter(id))


def _letter_page(request: HttpRequest, found: Outgoing, why: str = "") -> HttpResponse:
    context = {
        "letter": found,
        "thread": queries.titled([found.thread])[0],
        "text": shown.letter_text(found),
        "attempts": queries.attempts_of(found),
        "why": why,
    }
    return render(request, "mail/letter.html", context, status=409 if why else 200)


@require_POST
@editors_only
def settle(request: HttpRequest, id: str) -> HttpResponse:
    found, now, me = _letter(id), timezone.now(), _me(request)
    act = request.POST.get("act", "")
    try:
        if act == "recall":
            services.recall(id, actor=me, now=now)
        elif act in {"left", "stayed"}:
            services.decide(id, has_left=act == "left", actor=me, now=now)
    except Refused as refusal:
        return _letter_page(request, found, say(refusal))
    return redirect("mail:letter", id)


@require_safe
@editors_only
def letter_raw(request: HttpRequest, id: str) -> HttpResponse:
    return _eml(_letter(id))


def _eml(row: Incoming | Outgoing) -> HttpResponse:
    """Answer with the exact bytes, to be kept in a file: a browser must not show them."""
    try:
        content = queries.raw_of(row.sha256)
    except KeyError:
        raise Http404 from None
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{row.pk}.eml"'},
    )
