"""Letters that came: read, decided, their files kept; paper letters entered by hand."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.foi import services
from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.forms.replying import LetterForm, ObtainedForm, ReadingForm, SuggestionForm
from contrechamp.foi.queries.following import find_editable
from contrechamp.foi.queries.letters_in import find_reply, find_shown, letter_in
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .recording import me, sent


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def reply(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The letter with what the machine saw in it; a person says what it is."""
    asked = find_editable(key, me(request))
    found = find_reply(asked, number)
    now = timezone.now()
    letter = letter_in(asked, found, me(request), now=now)
    form = ReadingForm(letter, sent(request)[0])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.read_letter(
                found, form.kind, first=said["first"], values=form.values,
                outcomes=form.outcomes, note=said["note"], actor=me(request), now=now,
            )  # fmt: skip
        except Refused as no:
            form.add_error(None, say(no))
        else:
            return redirect(f"{request.path}?lue=1")
    context = {"asked": asked, "letter": letter, "form": form, "is_read": "lue" in request.GET}
    return render(request, "foi/reply.html", context)


@require_POST
@members_only
def keep_parts(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Chosen files of a message go to the library, private."""
    asked = find_editable(key, me(request))
    found = find_reply(asked, number)
    item = request.POST.get("item", "")
    mine = asked.items.filter(pk=int(item)).first() if item.isdecimal() else None
    services.keep_attachments(
        found, request.POST.getlist("part"), item=mine.pk if mine else None,
        actor=me(request), now=timezone.now(),
    )  # fmt: skip
    return redirect(f"{reverse('foi:reply', args=[key, number])}#pieces")


@require_safe
@members_only
def part(request: HttpRequest, key: str, number: int, part: str) -> HttpResponse:
    """One file of a message, to be looked at before it is kept; never opened in the browser."""
    asked = find_editable(key, me(request))
    letter = letter_in(asked, find_reply(asked, number), me(request), now=timezone.now())
    for each in letter.attachments:
        if each.part.number == part and each.scan.may_be_opened:
            answer = HttpResponse(each.part.content, content_type="application/octet-stream")
            answer["Content-Disposition"] = (
                content_disposition_header(True, each.part.name) or "attachment"
            )
            return answer
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def attach(request: HttpRequest, key: str) -> HttpResponse:
    """A file that somebody fetched themselves: from a link, a stick, a visit."""
    asked = find_editable(key, me(request))
    items = list(asked.items.order_by("position"))
    form = ObtainedForm(items, *sent(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            services.keep_by_hand(
                asked, file.name, file.read(), item=form.cleaned_data["item"],
                actor=me(request), now=timezone.now(),
            )  # fmt: skip
        except Refused as no:
            form.add_error("file", say(no))
        else:
            return redirect(f"{reverse('foi:request', args=[key])}#obtenu")
    return render(request, "foi/attach.html", {"asked": asked, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """A paper letter, copied and scanned: then it is read like any other."""
    asked = find_editable(key, me(request))
    today = {"day": timezone.localdate()}
    form = LetterForm(*sent(request), initial=today)
    if request.method == "POST" and form.is_valid():
        said, scan = form.cleaned_data, form.cleaned_data["scan"]
        try:
            made = services.enter_letter(
                asked, day=said["day"], text=said["text"], actor=me(request), now=timezone.now(),
                scan=(scan.name, scan.read()) if scan else None,
            )  # fmt: skip
        except Refused as no:
            form.add_error(None, say(no))
        else:
            return redirect("foi:reply", key, made.pk)
    return render(request, "foi/enter_letter.html", {"asked": asked, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def suggest(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A reader of the public page says what a letter is; its author decides."""
    found = find_shown(key, number)
    form = SuggestionForm(sent(request)[0])
    if request.method == "POST" and form.is_valid():
        services.suggest(found, Kind(form.cleaned_data["kind"]))
        return redirect(f"{reverse('foi:request', args=[key])}?note=5#echanges")
    context = {"asked": found.request, "form": form}
    return render(request, "foi/suggest.html", context)
