"""One sealed dossier: fetch it, sort it, note it, and what needs two readers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from contrechamp.desk.domain.ranges import Span, Unsatisfiable, asked
from contrechamp.desk.domain.states import State
from contrechamp.desk.domain.two import Act
from contrechamp.desk.forms import DigestForm, MarkForm, SealedForm, StateForm
from contrechamp.desk.models import Note, Paired, Reader, Sheet
from contrechamp.desk.queries import door, sheets
from contrechamp.desk.services import pairing, sorting
from contrechamp.kernel.errors import Refused, gettext_noop

from .session import for_readers

CHUNK = 1 << 16
SEALED = "application/octet-stream"


def _sheet(file: str) -> Sheet:
    try:
        return sheets.find_sheet(file)
    except Sheet.DoesNotExist:
        raise Http404 from None


@require_safe
@for_readers
def show(request: HttpRequest, reader: Reader, file: str) -> HttpResponse:
    """Show what the server knows of a dossier."""
    sheet = _sheet(file)
    mark_form = MarkForm(
        initial={
            "priority": sheet.priority,
            "assignee": sheet.assignee_id,
            "wants_second": sheet.wants_second,
            "is_spam": sheet.is_spam,
        }
    )
    context = {
        "reader": reader,
        "sheet": sheet,
        "choices": sheets.choices_of(sheet),
        "proposals": sheets.proposals(sheet),
        "notes": sheets.notes(sheet),
        "deeds": sheets.deeds(sheet),
        "mark_form": mark_form,
        "note_form": SealedForm(),
        "readers": len(sheets.readers()),
        "leaving": door.leaving_of(sheet, door.keeping(), datetime.now(UTC).date()),
        "is_ended": sheet.state in {State.TO_DESTROY, State.DESTROYED},
    }
    return render(request, "desk/sheet.html", context)


@require_safe
@for_readers
def download(request: HttpRequest, reader: Reader, file: str) -> HttpResponseBase:
    """Hand out the sealed file, or the range of it that is still missing."""
    sheet = _sheet(file)
    path: Path = settings.DESK_DOOR / "store" / sheet.pk
    if sheet.state == State.DESTROYED or not path.is_file():
        raise Http404
    size = path.stat().st_size
    try:
        span = asked(request.headers.get("Range", ""), size)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    whole = span or Span(0, size)
    if sheet.state == State.NEW and request.method == "GET":
        sorting.say_state(sheet, State.COLLECTED, actor=reader, now=timezone.now())
    response = StreamingHttpResponse(
        _bytes(path, whole) if request.method == "GET" else iter(()),
        status=206 if span else 200,
        content_type=SEALED,
    )
    response["Content-Length"] = str(whole.length)
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = f'attachment; filename="{sheet.pk}"'
    if span:
        response["Content-Range"] = f"bytes {span.start}-{span.end - 1}/{size}"
    return response


def _bytes(path: Path, span: Span) -> Iterator[bytes]:
    with path.open("rb") as sealed:
        sealed.seek(span.start)
        left = span.length
        while left and (chunk := sealed.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


@require_POST
@for_readers
def say_state(request: HttpRequest, reader: Reader, file: str) -> HttpResponse:
    """Say a fixed word of a dossier."""
    form = StateForm(request.POST)
    if not form.is_valid():
        raise Refused(gettext_noop("Choisissez un des états proposés."))
    state = State(form.cleaned_data["state"])
    sorting.say_state(_sheet(file), state, actor=reader, now=timezone.now())
    return redirect("desk:sheet", file=file)


@require_POST
@for_readers
def mark(request: HttpRequest, reader: Reader, file: str) -> HttpResponse:
    """Say how urgent it is, and whose."""
    form = MarkForm(request.POST)
    if not form.is_valid():
        raise Refused(gettext_noop("Choisissez parmi ce qui est proposé."))
    sorting.mark(_sheet(file), actor=reader, now=timezone.now(), **form.cleaned_data)
    messages.success(request, gettext("C'est noté."))
    return redirect("desk:sheet", file=file)


@require_POST
@for_readers
def take(request: HttpRequest, reader: Reader, file: str) -> HttpResponse:
    """Say that one reads it oneself."""
    sorting.take(_sheet(file), actor=reader, now=timezone.now())
    messages.success(request, gettext("Ce dossier est à vous."))
    return redirect("desk:sheet", file=file)


@require_POST
@for_readers
def add_note(request: HttpRequest, reader: Reader, file: str) -> HttpResponse:
    """Keep a note that was sealed offline."""
    form = SealedForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused(gettext_noop("Choisissez le fichier scellé de la note."))
    sorting.add_note(_sheet(file), form.content(), actor=reader, now=timezone.now())
    return redirect("desk:sheet", file=file)


@require_safe
@for_readers
def note(request: HttpRequest, reader: Reader, file: str, number: int) -> HttpResponse:
    """Hand out a sealed note."""
    found = Note.objects.filter(sheet=_sheet(file), number=number).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.sealed), content_type=SEALED)
    response["Content-Disposition"] = f'attachment; filename="note-{number:03d}.age"'
    return response


@require_POST
@for_readers
def propose(request: HttpRequest, reader: Reader, file: str, act: str) -> HttpResponse:
    """Give the first word of what needs two."""
    if act.upper() not in list(Act):
        raise Http404
    form = DigestForm(request.POST)
    digest = form.cleaned_data["digest"] if form.is_valid() else ""
    pairing.propose(_sheet(file), Act(act.upper()), actor=reader, now=timezone.now(), digest=digest)
    messages.success(request, gettext("C'est proposé : une autre personne doit confirmer."))
    return redirect("desk:sheet", file=file)


def _answered(request: HttpRequest, paired: Paired, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("desk:sheet", file=paired.sheet_id)


@require_POST
@for_readers
def confirm(request: HttpRequest, reader: Reader, pk: int) -> HttpResponse:
    """Give the second word."""
    form = DigestForm(request.POST)
    digest = form.cleaned_data["digest"] if form.is_valid() else ""
    try:
        paired = pairing.confirm(pk, actor=reader, now=timezone.now(), digest=digest)
    except Paired.DoesNotExist:
        raise Http404 from None
    return _answered(request, paired, gettext("C'est confirmé."))


@require_POST
@for_readers
def stop(request: HttpRequest, reader: Reader, pk: int) -> HttpResponse:
    """Stop what was proposed."""
    try:
        paired = pairing.stop(pk, actor=reader, now=timezone.now())
    except Paired.DoesNotExist:
        raise Http404 from None
    return _answered(request, paired, gettext("C'est arrêté."))
