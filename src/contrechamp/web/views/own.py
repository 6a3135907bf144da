"""Audit your own: give a table, choose its columns, read what it says; keep it only when asked.

What is sent is never written: the file is read in memory, not by the handlers that would put a
large one on disk, and no answer may be kept by anybody on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from contrechamp.foundation.words import say as say_error
from contrechamp.kernel.errors import Refused
from contrechamp.lab.errors import LabRefused
from contrechamp.lab.own import samples
from contrechamp.lab.own.audit import Audit
from contrechamp.lab.own.columns import DECISIONS, PATROLS, Kind, guess_kind
from contrechamp.lab.own.identity import check_no_identity
from contrechamp.lab.own.keeping import unpacked
from contrechamp.lab.own.sheet import Sheet, open_sheet
from contrechamp.web.forms.own import AuditForm
from contrechamp.web.models import KeptAudit
from contrechamp.web.queries import own as reads
from contrechamp.web.services import own as services
from contrechamp.web.shown import own as shown
from contrechamp.web.shown.laboratory import say

View = Callable[..., HttpResponse]
KINDS: tuple[Kind, ...] = (DECISIONS, PATROLS)
DAYS = ("7", "30", "90", "365")


class InMemory(MemoryFileUploadHandler):
    """Holds a file that is small enough for a page, and reads no further of another."""

    received = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Take every file: Django would leave what is large to a handler that writes."""
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.received > services.MOST_BYTES:
            raise SkipFile  # The rest is read past; the page says that it was too large.
        return super().receive_data_chunk(raw_data, start)


def in_memory(view: View) -> View:
    """Let a form be read in memory alone, before its token is checked."""
    checked = never_cache(csrf_protect(view))

    @csrf_exempt
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [InMemory(request)]
        return checked(request, *args, **kwargs)

    return read


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a table."""
    return _start(request)


def _start(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "error": error,
        "tables": reads.public_tables(services.MOST_BYTES),
        "kept": [_line(each) for each in reads.kept_by(request.user, localdate())],
        "samples": [(name, say(label)) for name, label in samples.LABELS.items()],
    }
    return render(request, "web/lab/own/start.html", context, status=status)


def _line(kept: KeptAudit) -> dict[str, object]:
    sentence = say(unpacked(kept.content).sentence)
    secret = services.secret_of(kept.key)
    return {"key": kept.key, "secret": secret, "sentence": sentence, "until": kept.until}


@in_memory
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest) -> HttpResponse:
    """Take a table, refuse it or show its first rows, and ask which column is what."""
    if request.method != "POST":
        return redirect("web:own")
    try:
        body = _table(request)
        services.check_size(len(body))
        sheet = open_sheet(body)
        check_no_identity(sheet)
        sealed = services.seal(body)
    except LabRefused as no:
        return _start(request, say(no.text), no.status)
    except Refused as no:
        return _start(request, say_error(no), no.status)
    kind = _kind(request) or guess_kind(sheet)
    return _choose(request, sheet, sealed, AuditForm(sheet, kind))


def _table(request: HttpRequest) -> bytes:
    """Return the table that was sent, in whichever way."""
    if sealed := request.POST.get("table", ""):
        return services.unseal(sealed)
    if name := request.POST.get("sample", ""):
        return samples.sample(name) or b""
    if sha256 := request.POST.get("document", ""):
        return reads.public_table(sha256, services.MOST_BYTES) or b""
    sent = request.FILES.get("file")
    if sent is not None:
        return bytes(sent.read())
    if _was_cut(request):
        services.check_size(services.MOST_BYTES + 1)
    return request.POST.get("pasted", "").encode()


def _was_cut(request: HttpRequest) -> bool:
    return any(getattr(each, "received", 0) for each in request.upload_handlers)


def _kind(request: HttpRequest) -> Kind | None:
    return next((kind for kind in KINDS if kind == request.POST.get("kind")), None)


def _choose(
    request: HttpRequest, sheet: Sheet, sealed: str, form: AuditForm, error: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "sealed": sealed,
        "kind": form.kind,
        "names": sheet.names,
        "rows": shown.preview(sheet),
        "error": error,
    }
    status = 422 if error or form.errors else 200
    return render(request, "web/lab/own/columns.html", context, status=status)


@in_memory
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest) -> HttpResponse:
    """Say what a table says, as a page or a file; keep it when that is asked."""
    if request.method != "POST":
        return redirect("web:own")
    sealed, kind = request.POST.get("table", ""), _kind(request) or DECISIONS
    try:
        body = services.unseal(sealed)
        sheet = open_sheet(body)
    except LabRefused as no:
        return _start(request, say(no.text), no.status)
    except Refused as no:
        return _start(request, say_error(no), no.status)
    form = AuditForm(sheet, kind, request.POST)
    if not form.is_valid():
        return _choose(request, sheet, sealed, form)
    try:
        found = services.compute(body, form.options())
    except LabRefused as no:
        return _choose(request, sheet, sealed, form, say(no.text))
    return _answer(request, found, form, sealed)


def _answer(request: HttpRequest, found: Audit, form: AuditForm, sealed: str) -> HttpResponse:
    wanted = request.POST.get("as", "")
    if wanted == "keep":
        days = request.POST.get("days", "")
        owner = None if isinstance(request.user, AnonymousUser) else request.user
        kept = services.keep(
            found, days=int(days) if days in DAYS else 30, owner=owner, today=localdate()
        )
        return redirect("web:own-delete", kept.key, services.secret_of(kept.key))
    if wanted:
        return _file(found, wanted)
    context = {
        "report": shown.report(found),
        "form": form,
        "scores": shown.scores(found),
        "sealed": sealed,
        "kind": form.kind,
        "days": DAYS,
    }
    return render(request, "web/lab/own/report.html", context)


def _file(found: Audit, wanted: str) -> HttpResponse:
    """Give a result as a file."""
    if wanted == "json":
        return _download(shown.as_json(found).encode(), "application/json", "audit.json")
    if wanted == "pdf":
        return _download(shown.as_pdf(found, localdate()), "application/pdf", "audit.pdf")
    name = wanted.removeprefix("csv-")
    text = shown.as_csv(found, name)
    if text is None:
        raise Http404
    return _download(text.encode(), "text/csv; charset=utf-8", f"audit-{name}.csv")


def _download(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@never_cache
def kept(request: HttpRequest, key: str) -> HttpResponse:
    """Show a result that somebody asked to keep."""
    found = _kept(key)
    context = {"report": shown.report(unpacked(found.content)), "kept": found}
    return render(request, "web/lab/own/kept.html", context)


@require_safe
@never_cache
def kept_file(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """Give a kept result as a file."""
    return _file(unpacked(_kept(key).content), form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def delete(request: HttpRequest, key: str, secret: str) -> HttpResponse:
    """Show whoever kept a result its two addresses, and delete it when asked."""
    if not services.is_secret(key, secret):
        raise Http404
    found = _kept(key)
    if request.method == "POST":
        services.forget(found.key)
        return redirect("web:own")
    return render(request, "web/lab/own/delete.html", {"kept": found})


def _kept(key: str) -> KeptAudit:
    found = reads.find_kept(key, localdate())
    if found is None:
        raise Http404
    return found
