"""The list by day and size, answers, the journal, the signed statement."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from contrechamp.desk.domain.states import State
from contrechamp.desk.forms import ReplyForm
from contrechamp.desk.models import Reader
from contrechamp.desk.queries import duty, sheets
from contrechamp.desk.services import listing, pairing, sorting
from contrechamp.kernel.errors import Refused, gettext_noop

from .session import for_readers

PAGE = 50


@require_safe
@for_readers
def index(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show what lies at the door, and what waits for a second word."""
    now = timezone.now()
    listing.follow_store()
    pairing.carry_out(now)
    state = request.GET.get("etat", "")
    rows = sheets.sheets(state if state in list(State) else "")
    context = {
        "reader": reader,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "folders": sheets.folders(),
        "state": state,
        "proposals": sheets.proposals(),
        "duty": duty.on_duty(timezone.localdate()),
        "canary": duty.declared(now),
    }
    return render(request, "desk/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def reply(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Lay an answer into a mailbox: sealed offline, or written here for a moment."""
    form = ReplyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given, now = form.cleaned_data, timezone.now()
        sealed = given["sealed"]
        if bool(sealed) == bool(given["text"].strip()):
            raise Refused(gettext_noop("Donnez un fichier scellé ou un texte : l'un des deux."))
        if sealed:
            content = sealed.read(sorting.LARGEST + 1)
            sorting.put_reply(given["mailbox"], content, actor=reader, now=now)
        else:
            sorting.write_reply(
                given["mailbox"], given["reply_to"], given["text"], actor=reader, now=now
            )
        messages.success(request, gettext("La réponse est dans la boîte."))
        return redirect("desk:index")
    return render(request, "desk/reply.html", {"reader": reader, "form": form})


@require_safe
@for_readers
def journal(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show who did what, by day."""
    return render(request, "desk/journal.html", {"reader": reader, "deeds": sheets.deeds()})


@require_safe
@for_readers
def canary(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the signed statement and how to check it."""
    context = {"reader": reader, "canary": duty.declared(timezone.now())}
    return render(request, "desk/canary.html", context)
