"""Correcting what was noted, taking it back, putting it back: nothing is overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from contrechamp.cases import services
from contrechamp.cases.domain.facts import Kind, Outcome, Proof
from contrechamp.cases.domain.kinds import ActionKind
from contrechamp.cases.forms.choosing import DocumentForm
from contrechamp.cases.forms.recording import CorrectCostForm, CorrectForm, CorrectInstanceForm
from contrechamp.cases.models import Action, Cost, FactRow, Instance
from contrechamp.cases.queries.access import editable_by
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .uploading import document_of

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

COURT = ("court", "number", "filed_on", "hearing_on", "decided_on", "result", "ecli", "source")
MONEY = ("kind", "amount", "day", "note")


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def _action(request: HttpRequest, key: str) -> Action:
    return get_object_or_404(editable_by(_user(request)), pk=key)


def _refused(request: HttpRequest, action: Action, no: Refused) -> HttpResponse:
    context = {"action": action, "why": say(no)}
    return render(request, "cases/refused.html", context, status=200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@never_cache
def fact(request: HttpRequest, key: str, fact: str) -> HttpResponse:
    """The form of a fact, filled with what is known of it."""
    action, user = _action(request, key), _user(request)
    row = get_object_or_404(action.facts, pk=fact)
    if row.values.get("is_removal") or FactRow.objects.filter(corrects=row).exists():
        raise Http404
    is_sent = request.method == "POST"
    looks = is_sent and "chercher" in request.POST
    form = CorrectForm(
        request.POST if is_sent and not looks else None,
        kind=Kind(row.kind),
        is_collective=action.kind == ActionKind.COLLECTIVE,
        initial=request.POST.dict() if looks else _told(row),
    )
    choice = DocumentForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        user=user,
        chosen=row.document,
    )
    if is_sent and not looks and form.is_valid() and choice.is_valid():
        try:
            _correct(action, row, form, document_of(choice, user), user)
        except Refused as no:
            form.add_error(None, say(no))
        else:
            return redirect("cases:action", action.pk)
    context = {"action": action, "form": form, "choice": choice, "row": row}
    return render(request, "cases/correct_fact.html", context)


def _told(row: FactRow) -> dict[str, Any]:
    last = row.last if row.last != row.first else None
    return {**row.values, "kind": row.kind, "first": row.first, "last": last, "proof": row.proof}


def _correct(action: Action, row: FactRow, form: CorrectForm, document: str, user: User) -> FactRow:
    said = form.cleaned_data
    return services.record(
        action,
        Kind(row.kind),
        first=said["first"],
        last=said["last"],
        proof=Proof(said["proof"]),
        values=form.told(),
        document=document,
        note=said["reason"],
        corrects=row.pk,
        actor=user,
        now=timezone.now(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@never_cache
def instance(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A court: as it should have been told, taken back, or put back."""
    action = _action(request, key)
    row = get_object_or_404(action.instances, pk=number, replaced_by=None)
    if answer := _moved(request, action, row):
        return answer
    said = {name: getattr(row, name) for name in COURT}
    form = CorrectInstanceForm(request.POST or None, initial=said)

    def save(said: dict[str, Any]) -> object:
        result = Outcome(said["result"]) if said["result"] else None
        rest = said | {"result": result, "replaces": row.pk}
        return services.add_instance(action, **rest, actor=_user(request), now=timezone.now())

    return _page(request, action, row, form, save)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@never_cache
def cost(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Money: as it should have been told, taken back, or put back."""
    action = _action(request, key)
    row = get_object_or_404(action.costs, pk=number, replaced_by=None)
    if answer := _moved(request, action, row):
        return answer
    form = CorrectCostForm(
        request.POST or None, initial={name: getattr(row, name) for name in MONEY}
    )

    def save(said: dict[str, Any]) -> object:
        rest = said | {"replaces": row.pk}
        return services.add_cost(action, **rest, actor=_user(request), now=timezone.now())

    return _page(request, action, row, form, save)


def _moved(request: HttpRequest, action: Action, row: Instance | Cost) -> HttpResponse | None:
    """Take a row back, or put it back, where this is what was asked; None otherwise."""
    by: dict[str, Any] = {"actor": _user(request), "now": timezone.now()}
    try:
        if request.method == "POST" and "remettre" in request.POST:
            services.put_back_row(row, **by)
        elif request.method == "POST" and "annuler" in request.POST:
            services.take_back_row(row, reason=request.POST.get("pourquoi", "")[:300], **by)
        elif row.is_removal:
            raise Http404
        else:
            return None
    except Refused as no:
        return _refused(request, action, no)
    return redirect("cases:follow", action.pk)


def _page(
    request: HttpRequest, action: Action, row: Instance | Cost, form: Any, save: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except Refused as no:
            form.add_error(None, say(no))
        else:
            return redirect("cases:follow", action.pk)
    return render(request, "cases/correct_row.html", {"action": action, "form": form, "row": row})
