"""The list by day and size, answers, the journal, the signed statement."""

from __future__ import annotations

from datetime import UTC

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from contrechamp.desk.domain.roster import Duty
from contrechamp.desk.domain.states import State
from contrechamp.desk.forms import ReplyForm
from contrechamp.desk.models import Reader
from contrechamp.desk.queries import door, duty, sheets
from contrechamp.desk.services import listing, pairing, sorting
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Misconfigured, Refused, gettext_noop

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
    state = state if state in list(State) else ""
    is_mine = request.GET.get("qui") == "moi"
    page = Paginator(sheets.sheets(state, reader if is_mine else None), PAGE).get_page(
        request.GET.get("page")
    )
    kept, today = door.keeping(), now.astimezone(UTC).date()
    duty_, roster_trouble = _duty()
    context = {
        "reader": reader,
        "page": page,
        "rows": [(sheet, door.leaving_of(sheet, kept, today)) for sheet in page.object_list],
        "folders": sheets.folders(),
        "state": state,
        "is_mine": is_mine,
        "mine": sheets.count_of(reader),
        "kept": kept,
        "proposals": sheets.proposals(),
        "duty": duty_,
        "roster_trouble": roster_trouble,
        "canary": duty.declared(now),
    }
    return render(request, "desk/index.html", context)


def _duty() -> tuple[Duty | None, str]:
    """Return who is on duty this week, or the sentence that says what is wrong in the roster."""
    try:
        return duty.on_duty(timezone.localdate()), ""
    except Misconfigured as error:
        return None, say(error)


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
