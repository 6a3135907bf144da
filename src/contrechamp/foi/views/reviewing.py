"""The last look: what was found, the letter as it will be, its text by hand, its files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from contrechamp.foi import printing, services
from contrechamp.foi.domain.editing import MARK, check_text, editable
from contrechamp.foi.domain.guards import may_be_sent
from contrechamp.foi.domain.paper import Letter
from contrechamp.foi.models import Request
from contrechamp.foi.queries import letters
from contrechamp.foi.queries.drafting import findings
from contrechamp.foi.shown import drafting as shown
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .opening import me, of_draft, of_request

FORM = ("GET", "HEAD", "POST")
ODT = "application/vnd.oasis.opendocument.text"


@require_http_methods(FORM)
@of_draft
def review(request: HttpRequest, draft: Request) -> HttpResponse:
    why = _review(request, draft) if request.method == "POST" else ""
    if request.method == "POST" and not why:
        is_ready = request.POST.get("act") == "ready"
        return redirect("foi:draft-send" if is_ready else "foi:draft-review", draft.pk)
    today = localdate()
    found = findings(draft, today=today)
    letter = letters.letter_of(draft, day=today, is_draft=True) if draft.body else None
    context = {
        "draft": draft,
        "steps": shown.steps(draft, "review"),
        "mends": shown.mends(draft, found),
        "may_be_sent": may_be_sent(found) and draft.body is not None,
        "letter": letter,
        "blocks": shown.letter_blocks(letter) if letter else [],
        "heads": shown.letter_heads(letter) if letter else (),
        "channels": Request.Channel.choices,
        "why": why,
    }
    return render(request, "foi/draft_review.html", context, status=409 if why else 200)


def _review(request: HttpRequest, draft: Request) -> str:
    """Do what a button of the review asks; return why it could not be done, or nothing."""
    actor, now, act = me(request), timezone.now(), request.POST.get("act", "")
    try:
        if act == "channel" and request.POST.get("channel", "") in Request.Channel.values:
            services.write(draft, actor=actor, now=now, channel=request.POST["channel"])
        elif act == "composed":
            services.write(draft, actor=actor, now=now, text="")
        elif act == "ready":
            services.mark_ready(draft, actor=actor, now=now)
    except Refused as refusal:
        return say(refusal)
    return ""


@require_http_methods(FORM)
@of_draft
def text(request: HttpRequest, draft: Request) -> HttpResponse:
    if draft.body is None:
        return redirect("foi:draft-body", draft.pk)
    own = editable(letters.composed(draft, day=localdate()))
    typed, why = draft.text or own, ""
    if request.method == "POST":
        typed = request.POST.get("text", "")
        try:
            kept = check_text(typed)
        except Refused as refusal:
            why = say(refusal)
        else:
            is_ours = " ".join(kept.split()) == " ".join(own.split())
            services.write(
                draft, actor=me(request), now=timezone.now(), text="" if is_ours else kept
            )
            return redirect("foi:draft-review", draft.pk)
    context = {
        "draft": draft,
        "steps": shown.steps(draft, "review"),
        "text": typed,
        "why": why,
        "mark": MARK,
    }
    return render(request, "foi/draft_text.html", context, status=409 if why else 200)


@require_safe
@of_request
def letter_pdf(request: HttpRequest, draft: Request) -> HttpResponse:
    paper = printing.letter_pdf(_letter(draft))
    return _file(paper.body, "application/pdf", draft, "pdf", is_shown=True)


@require_safe
@of_request
def letter_odt(request: HttpRequest, draft: Request) -> HttpResponse:
    return _file(printing.letter_odt(_letter(draft)), ODT, draft, "odt")


@require_safe
@of_request
def letter_txt(request: HttpRequest, draft: Request) -> HttpResponse:
    body = _letter(draft).text.encode()
    return _file(body, "text/plain; charset=utf-8", draft, "txt", is_shown=True)


def _letter(draft: Request) -> Letter:
    if draft.body is None:
        raise Http404
    is_draft = draft.state == "DRAFT"
    return letters.letter_of(draft, day=draft.sent_on or localdate(), is_draft=is_draft)


def _file(
    body: bytes, media_type: str, draft: Request, form: str, *, is_shown: bool = False
) -> HttpResponse:
    how = "inline" if is_shown else "attachment"
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = f'{how}; filename="{draft.pk}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response
