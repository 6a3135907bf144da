"""Choosing exhibits: several are ticked at once, from five places, without a script."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from contrechamp.cases import services
from contrechamp.cases.domain.picking import Candidate
from contrechamp.cases.forms.exhibits import ScanForm
from contrechamp.cases.models import Action
from contrechamp.cases.queries import picking
from contrechamp.cases.queries.access import editable_by
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .exhibits import user_of

PLACES = {
    "faits": _("Faits du recensement"),
    "bibliotheque": _("Bibliothèque"),
    "demandes": _("Demandes d'accès"),
    "avis": _("Avis de la CADA"),
    "actes": _("Actes de la veille"),
    "fichier": _("Envoyer un fichier"),
}
FIRST, SCAN = "faits", "fichier"
SEARCHED = {"bibliotheque", "avis"}
LONGEST = 200


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@never_cache
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """What may be ticked from one place; what was ticked becomes numbered exhibits."""
    action = get_object_or_404(editable_by(user_of(request)), pk=key)
    place = request.GET.get("de", FIRST)
    place = place if place in PLACES else FIRST
    if place == SCAN:
        return _scan(request, action)
    problem = ""
    if request.method == "POST":
        try:
            services.take(
                action,
                request.POST.getlist("prendre"),
                _labels(request),
                actor=user_of(request),
                now=timezone.now(),
            )
            return redirect("cases:exhibits", action.pk)
        except Refused as no:
            problem = say(no)
    return _show(request, action, place, problem=problem)


def _labels(request: HttpRequest) -> dict[str, str]:
    start = "titre-"
    return {
        name.removeprefix(start): str(value)
        for name, value in request.POST.items()
        if name.startswith(start)
    }


def _show(request: HttpRequest, action: Action, place: str, *, problem: str) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:LONGEST]
    ticked, labels = request.POST.getlist("prendre"), _labels(request)
    every = _found(request, action, place, words)
    found = [
        {"one": one, "label": labels.get(one.ref, one.label), "is_ticked": one.ref in ticked}
        for one in every
        if not one.why_not
    ]
    context = {
        "action": action,
        "places": PLACES,
        "place": place,
        "words": words,
        "is_searched": place in SEARCHED,
        "found": found,
        "kept_out": [one for one in every if one.why_not],
        "problem": problem,
    }
    return render(request, "cases/choose.html", context, status=409 if problem else 200)


def _found(request: HttpRequest, action: Action, place: str, words: str) -> Sequence[Candidate]:
    actor = user_of(request)
    match place:
        case "bibliotheque":
            return picking.library(action, actor, words)
        case "demandes":
            return picking.of_requests(action, actor)
        case "avis":
            return picking.of_opinions(action, actor, words)
        case "actes":
            return picking.of_acts(action, actor)
        case _:
            return picking.claims_of(action, actor)


def _scan(request: HttpRequest, action: Action) -> HttpResponse:
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _take_file(request, action, form)
            return redirect("cases:exhibits", action.pk)
        except Refused as no:
            form.add_error(None, say(no))
    context = {"action": action, "places": PLACES, "place": SCAN, "form": form}
    return render(request, "cases/choose.html", context)


def _take_file(request: HttpRequest, action: Action, form: ScanForm) -> None:
    upload = form.cleaned_data["file"]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scan"
        with path.open("wb") as out:
            for block in upload.chunks():
                out.write(block)
        services.take_file(
            action,
            path,
            str(upload.name or "")[:120],
            told=form.told(),
            is_ours=form.cleaned_data["is_ours"],
            actor=user_of(request),
            now=timezone.now(),
        )
