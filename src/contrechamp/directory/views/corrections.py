"""Corrections: proposed by members, decided by editors, with what else needs a look."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.directory import queries, services
from contrechamp.directory.domain.kinds import BodyKind, ProposalKind
from contrechamp.directory.forms import BodyForm, CorrectionForm
from contrechamp.directory.models import Address, Body
from contrechamp.foundation.access import editors_only, members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .bodies import find_body

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MOST = 50


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def correct(request: HttpRequest, pk: str) -> HttpResponse:
    found = find_body(pk)
    form = CorrectionForm(request.POST if request.method == "POST" else None, body=found)
    if form.is_valid():
        sent = form.cleaned_data
        correction = services.Correction(
            kind=ProposalKind(sent["kind"]),
            source=sent["source"],
            value=sent["value"],
            address_kind=sent["address_kind"],
            address=sent["address"],
            comment=sent["comment"],
        )
        services.propose_correction(found, correction, actor=_me(request), now=timezone.now())
        return redirect(f"{request.path}?envoyee=1")
    context = {"body": found, "form": form, "is_sent": "envoyee" in request.GET}
    return render(request, "directory/correct.html", context)


@require_safe
@editors_only
def corrections(request: HttpRequest) -> HttpResponse:
    context = {
        "proposals": queries.open_proposals()[:MOST],
        "quarantined": queries.quarantined()[:MOST],
        "suggestions": queries.merge_suggestions(MOST),
        "imports": queries.imports()[:10],
        "me": _me(request),
    }
    return render(request, "directory/corrections.html", context)


@require_POST
@editors_only
def decide(request: HttpRequest, pk: str) -> HttpResponse:
    if queries.proposal(pk) is None:
        raise Http404
    reason, now = request.POST.get("reason", ""), timezone.now()
    if "accept" in request.POST:
        services.accept(pk, actor=_me(request), reason=reason, now=now)
    else:
        services.refuse(pk, actor=_me(request), reason=reason, now=now)
    return redirect("directory:corrections")


@require_POST
@editors_only
def set_aside(request: HttpRequest, address: int) -> HttpResponse:
    return _tend(request, address, "quarantine")


@require_POST
@editors_only
def put_back(request: HttpRequest, address: int) -> HttpResponse:
    return _tend(request, address, "release")


def _tend(request: HttpRequest, address: int, verb: str) -> HttpResponse:
    do = {"quarantine": services.quarantine, "release": services.release}[verb]
    reason = request.POST.get("reason", "")
    try:
        row = do(address, actor=_me(request), reason=reason, now=timezone.now())
    except Address.DoesNotExist as error:
        raise Http404 from error
    return redirect("directory:body", row.body_id)


@require_POST
@editors_only
def merge(request: HttpRequest, pk: str) -> HttpResponse:
    found, reason, now = find_body(pk), request.POST.get("reason", ""), timezone.now()
    if "part" in request.POST:
        services.part_bodies(found.pk, actor=_me(request), reason=reason, now=now)
    else:
        into = find_body(request.POST.get("into", "").strip())
        services.merge_bodies(found.pk, into.pk, actor=_me(request), reason=reason, now=now)
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def add(request: HttpRequest) -> HttpResponse:
    form = BodyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = _add(request, form)
        except Refused as refusal:
            form.add_error(None, say(refusal))
        else:
            return redirect(made)
    return render(request, "directory/add.html", {"form": form})


def _add(request: HttpRequest, form: BodyForm) -> Body:
    sent = form.cleaned_data
    new = services.NewBody(
        name=sent["name"],
        kind=BodyKind(sent["kind"]),
        siren=sent["siren"],
        territory=sent["territory"],
        website=sent["website"],
    )
    return services.add_body(new, actor=_me(request), now=timezone.now())
