"""Papers: composed, kept, sent by mail or told to have left otherwise."""

from __future__ import annotations

import io
import zipfile

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from contrechamp.foi import services
from contrechamp.foi.domain import composable, replying
from contrechamp.foi.domain.referral import incomplete
from contrechamp.foi.forms.composing import GoneForm, PaperForm
from contrechamp.foi.models import Paper, Request
from contrechamp.foi.queries.following import find_editable
from contrechamp.foi.queries.papers import find_paper
from contrechamp.foi.queries.reading import reading_of
from contrechamp.foi.services import composing, departing
from contrechamp.foi.services.papers import pdf_of
from contrechamp.foi.shown.words import PAPERS
from contrechamp.foundation import opendocument
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused
from contrechamp.mail import queries as mail

from .recording import me, sent

TYPES = {
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "odt": "application/vnd.oasis.opendocument.text",
    "zip": "application/zip",
}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def compose(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """A paper before it is made: what is asked of the person, what lacks, how it reads."""
    asked = find_editable(key, me(request))
    if kind not in composable.SLUGS:
        raise Http404
    code, now = composable.SLUGS[kind], timezone.now()
    if "word" in request.POST:
        composing.say_nothing_came(asked, actor=me(request), now=now)
        return redirect(request.get_full_path())
    known = composing.known_of(asked, now=now)
    form = PaperForm(code, known, _answers(request, asked), sent(request)[0])
    error = composable.objection(code, known.facts, known.status)
    if request.method == "POST" and form.is_valid():
        try:
            paper = composing.make(asked, code, form.said, actor=me(request), now=now)
        except Refused as no:
            form.add_error(None, say(no))
        else:
            return redirect("foi:paper", paper.pk)
    context = {"asked": asked, "form": form, "code": code, "title": PAPERS[code], "error": error}
    return render(request, "foi/compose.html", context | _lacks(known, code, error))


def _lacks(known: composing.Known, code: str, error: str) -> dict[str, object]:
    """What a paper lacks, and its files."""
    if error:
        return {}
    is_referral = code == composable.REFERRAL
    found = incomplete(composing.referral_of(known, composing.Said())) if is_referral else ()
    return {
        "lacks": found,
        "needs_word": composing.needs_a_word(known, code),
        "files": known.files if code in {composable.REFERRAL, composable.HANDOVER} else (),
        "windows": [known.status.dates.items.get("cada")] if is_referral else [],
    }


def _answers(request: HttpRequest, asked: Request) -> tuple[str, ...]:
    """What the rules propose to answer to a letter: the one named, else the last that was read."""
    number = request.GET.get("lettre", "")
    rows = asked.replies.filter(state="READ").order_by("-day", "-pk")
    one = rows.filter(pk=int(number)).first() if number.isdecimal() else rows.first()
    return replying.answers(reading_of(asked, one)) if one else ()


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """A paper that was made, and how it leaves."""
    found = find_paper(key, me(request))
    form = GoneForm(
        request.POST if request.POST.get("act") == "gone" else None,
        initial={"day": timezone.localdate()},
    )
    error = ""
    if request.method == "POST":
        try:
            if _acted(request, found, form):
                return redirect(request.path)
        except Refused as no:
            error = say(no)
    context = {
        "paper": found,
        "asked": found.request,
        "title": PAPERS.get(found.kind, found.kind),
        "form": form,
        "error": error,
        "letter": mail.find_outgoing(found.message) if found.message else None,
        **_ways(found),
    }
    return render(request, "foi/paper.html", context)


def _ways(found: Paper) -> dict[str, object]:
    """How a paper may leave."""
    try:
        to = departing.where_to(found)
    except Refused as no:
        return {"is_whole": departing.is_whole(found), "why_not": say(no)}
    return {"is_whole": departing.is_whole(found), "to": to}


def _acted(request: HttpRequest, found: Paper, form: GoneForm) -> bool:
    act, now = request.POST.get("act", ""), timezone.now()
    if act == "send":
        services.send_paper(found, actor=me(request), now=now)
        return True
    if act == "recall":
        services.recall_paper(found, actor=me(request), now=now)
        return True
    if act == "gone" and form.is_valid():
        day = form.cleaned_data["day"]
        services.tell_gone(found, day=day, proof=form.chosen, actor=me(request), now=now)
        return True
    return False


@require_safe
@members_only
def paper_file(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """A paper as a file: PDF, office text, plain text, or all of it with its enclosures."""
    found = find_paper(key, me(request))
    if form not in TYPES:
        raise Http404
    answer = HttpResponse(_content(found, form), content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{found.pk}.{form}"'
    return answer


def _content(found: Paper, form: str) -> bytes:
    if form == "pdf":
        return pdf_of(found)
    if form == "txt":
        return found.text.encode()
    if form == "odt":
        lines = [opendocument.Line(line) for line in found.text.splitlines() if line.strip()]
        title = str(PAPERS.get(found.kind, found.kind))
        return opendocument.text_document(title, lines, day=timezone.localdate(found.made_at))
    return _bundle(found)


def _bundle(found: Paper) -> bytes:
    """The letter with the files that it lists, for a form or an envelope."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("lettre.pdf", pdf_of(found))
        bundle.writestr("lettre.txt", found.text)
        for each in departing.files_of(found, now=timezone.now()):
            bundle.writestr(each.line.name, each.content)
    return out.getvalue()
