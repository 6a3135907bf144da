"""Series: chosen, told to each body, referred once, accepted member by member."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from contrechamp.foi import printing, services
from contrechamp.foi.domain.facts import Proof
from contrechamp.foi.domain.referral import incomplete
from contrechamp.foi.domain.series import SMALLEST
from contrechamp.foi.forms.series import FiledForm, InformedForm, PilotForm, ReceiptForm, StartForm
from contrechamp.foi.models import Series
from contrechamp.foi.queries.following import find_editable
from contrechamp.foi.queries.series import Standing, annex_of, find_series, like, standing_of
from contrechamp.foi.services.composing import Said
from contrechamp.foi.services.series import series_referral
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .recording import me, sent


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def start(request: HttpRequest, key: str) -> HttpResponse:
    """A series from the requests like one of them."""
    asked = find_editable(key, me(request))
    rows = like(asked, me(request))
    form = StartForm(rows, sent(request)[0])
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = services.start_series(
                asked, told["chosen"], title=told["title"], actor=me(request), now=timezone.now()
            )
        except Refused as no:
            form.add_error(None, say(no))
        else:
            return redirect("foi:series", made.pk)
    context = {"asked": asked, "rows": rows, "form": form, "smallest": SMALLEST}
    return render(request, "foi/start_series.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def series(request: HttpRequest, key: str) -> HttpResponse:
    """One series: who, until when, and the next of its steps."""
    made, now = find_series(key, me(request)), timezone.now()
    found = standing_of(made, now=now)
    act = request.POST.get("act", "")
    forms = _forms(found, act, sent(request)[0])
    error, failed = "", []
    if request.method == "POST":
        try:
            failed = ACTS.get(act, _unknown)(request, found, forms)
        except Refused as no:
            error = say(no)
        if not error and not failed and all(not form.errors for form in forms.values()):
            return redirect(request.path)
        found = standing_of(made, now=now)
    context = {
        "found": found, "made": made, "error": error, "failed": failed, "smallest": SMALLEST,
        "lacks": _lacks(found), "papers": made.papers.filter(kind="referral").order_by("made_at"),
        **forms,
    }  # fmt: skip
    return render(request, "foi/series.html", context)


Forms = dict[str, PilotForm | InformedForm | FiledForm | ReceiptForm]


def _forms(found: Standing, act: str, data: Any) -> Forms:
    today = {"day": timezone.localdate()}
    listed = {"accepted": [row.member.request for row in found.rows]}
    return {
        "pilot_form": PilotForm(found, data if act == "pilot" else None),
        "informed_form": InformedForm(found, data if act == "informed" else None, initial=today),
        "filed_form": FiledForm(data if act == "filed" else None, initial=today),
        "receipt_form": ReceiptForm(
            found, data if act == "receipt" else None, initial=today | listed
        ),
    }


def _lacks(found: Standing) -> list[str]:
    """What the referral of the series lacks."""
    if found.pilot is None or found.series.filed_on:
        return []
    lacks = incomplete(series_referral(found, Said(), now=timezone.now()))
    return [each.sentence for each in lacks]


Failed = list[tuple[str, str]]


def _pilot(request: HttpRequest, found: Standing, forms: Forms) -> Failed:
    form = forms["pilot_form"]
    if form.is_valid():
        services.choose_pilot(found.series, form.cleaned_data["pilot"], now=timezone.now())
    return []


def _notices(request: HttpRequest, found: Standing, forms: Forms) -> Failed:
    failed = services.send_notices(found.series, actor=me(request), now=timezone.now())
    names = {row.member.request: row.member.body_name for row in found.rows}
    return [(names.get(key, key), why) for key, why in failed]


def _informed(request: HttpRequest, found: Standing, forms: Forms) -> Failed:
    form = forms["informed_form"]
    if form.is_valid():
        told = form.cleaned_data
        services.tell_informed(
            found.series, told["member"], day=told["day"], proof=told["proof"],
            actor=me(request), now=timezone.now(),
        )  # fmt: skip
    return []


def _referral(request: HttpRequest, found: Standing, forms: Forms) -> Failed:
    services.make_referral(found.series, Said(), actor=me(request), now=timezone.now())
    return []


def _filed(request: HttpRequest, found: Standing, forms: Forms) -> Failed:
    form = forms["filed_form"]
    if form.is_valid():
        told = form.cleaned_data
        services.file_series(
            found.series, day=told["day"], proof=Proof(told["proof"]), actor=me(request),
            now=timezone.now(),
        )  # fmt: skip
    return []


def _receipt(request: HttpRequest, found: Standing, forms: Forms) -> Failed:
    form = forms["receipt_form"]
    if form.is_valid():
        told = form.cleaned_data
        services.register_series(
            found.series, told["accepted"], day=told["day"], number=told["number"],
            actor=me(request), now=timezone.now(),
        )  # fmt: skip
    return []


def _unknown(request: HttpRequest, found: Standing, forms: Forms) -> Failed:
    raise Http404


ACTS: dict[str, Callable[[HttpRequest, Standing, Forms], Failed]] = {
    "pilot": _pilot,
    "notices": _notices,
    "informed": _informed,
    "referral": _referral,
    "filed": _filed,
    "receipt": _receipt,
}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pdf": "application/pdf",
}


@require_safe
@members_only
def annex(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The annex as a file, its columns those of the law."""
    made = find_series(key, me(request))
    if form not in TYPES:
        raise Http404
    answer = HttpResponse(_annex(made, form), content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="serie-{made.pk}.{form}"'
    return answer


def _annex(made: Series, form: str) -> bytes:
    now = timezone.now()
    found = annex_of(standing_of(made, now=now), now=now)
    if form == "csv":
        return printing.annex_csv(found).encode()
    return printing.annex_ods(found) if form == "ods" else printing.annex_pdf(found).body
