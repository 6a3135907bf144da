"""Following an action: what happened, its courts, parties and money. For its team."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from contrechamp.cases import services
from contrechamp.cases.domain.facts import Kind, Outcome, Proof
from contrechamp.cases.domain.kinds import ActionKind
from contrechamp.cases.forms.choosing import DocumentForm
from contrechamp.cases.forms.recording import (
    ChangeForm,
    CostForm,
    FactForm,
    InstanceForm,
    PartyForm,
    SeatForm,
)
from contrechamp.cases.models import Action
from contrechamp.cases.queries.access import editable_by, led_by
from contrechamp.cases.queries.page import page_of
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .uploading import document_of

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

Verb = Callable[[Action, Any, "User"], object]


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def _action(request: HttpRequest, key: str) -> Action:
    return get_object_or_404(editable_by(_user(request)), pk=key)


def _forms(action: Action, kinds: Any) -> dict[str, forms.Form]:
    return {
        "fact": FactForm(kinds=kinds, is_collective=action.kind == ActionKind.COLLECTIVE),
        "instance": InstanceForm(prefix="instance", initial={"court": action.court}),
        "party": PartyForm(prefix="partie"),
        "cost": CostForm(prefix="argent"),
    }


def _show(request: HttpRequest, action: Action, **bound: forms.Form) -> HttpResponse:
    page = page_of(action, request.user, now=timezone.now())
    shown = {"choice": DocumentForm(user=_user(request))} | _forms(action, page.kinds) | bound
    context = {"page": page, "action": action, "forms": shown}
    return render(request, "cases/follow.html", context)


def _take(request: HttpRequest, key: str, name: str, form: forms.Form, verb: Verb) -> HttpResponse:
    """Do what a form says, or show it again with what is wrong."""
    action = _action(request, key)
    if form.is_valid():
        try:
            verb(action, form.cleaned_data, _user(request))
        except Refused as no:
            form.add_error(None, say(no))
        else:
            return redirect("cases:action", action.pk)
    return _show(request, action, **{name: form})


@members_only
@never_cache
def follow(request: HttpRequest, key: str) -> HttpResponse:
    """What happened: the form of a fact, and those of courts, parties and money."""
    action = _action(request, key)
    if request.method != "POST":
        return _show(request, action)
    page = page_of(action, request.user, now=timezone.now())
    is_collective = action.kind == ActionKind.COLLECTIVE
    choice = DocumentForm(request.POST, request.FILES, user=_user(request))
    if "chercher" in request.POST:
        again = FactForm(kinds=page.kinds, is_collective=is_collective, initial=request.POST.dict())
        return _show(request, action, fact=again, choice=choice)
    form = FactForm(request.POST, kinds=page.kinds, is_collective=is_collective)
    if not choice.is_valid():
        return _show(request, action, fact=form, choice=choice)

    def verb(action: Action, said: Any, user: User) -> object:
        return services.record(
            action,
            Kind(said["kind"]),
            first=said["first"],
            last=said["last"],
            proof=Proof(said["proof"]),
            values=form.told(),
            document=document_of(choice, user),
            note=said["note"],
            actor=user,
            now=timezone.now(),
        )

    return _take(request, key, "fact", form, verb)


@require_POST
@members_only
def take_back(request: HttpRequest, key: str, fact: str) -> HttpResponse:
    """Take a fact back, with a reason, or put it back again."""
    action, user = _action(request, key), _user(request)
    row = get_object_or_404(action.facts, pk=fact)
    try:
        if request.POST.get("remettre"):
            services.put_back(row.pk, actor=user, now=timezone.now())
        else:
            why = request.POST.get("pourquoi", "")
            services.take_back(row.pk, actor=user, now=timezone.now(), note=why)
    except Refused as no:
        return render(request, "cases/refused.html", {"action": action, "why": say(no)})
    return redirect("cases:action", action.pk)


@require_POST
@members_only
@never_cache
def instance(request: HttpRequest, key: str) -> HttpResponse:
    form = InstanceForm(request.POST, prefix="instance")

    def verb(action: Action, said: Any, user: User) -> object:
        result = Outcome(said["result"]) if said["result"] else None
        rest = said | {"result": result}
        return services.add_instance(action, **rest, actor=user, now=timezone.now())

    return _take(request, key, "instance", form, verb)


@require_POST
@members_only
@never_cache
def party(request: HttpRequest, key: str) -> HttpResponse:
    form = PartyForm(request.POST, prefix="partie")
    return _take(
        request,
        key,
        "party",
        form,
        lambda action, said, user: services.add_party(
            action, **said, actor=user, now=timezone.now()
        ),
    )


@require_POST
@members_only
def remove_party(request: HttpRequest, key: str, number: int) -> HttpResponse:
    services.remove_party(_action(request, key), number, now=timezone.now())
    return redirect("cases:follow", key)


@require_POST
@members_only
@never_cache
def cost(request: HttpRequest, key: str) -> HttpResponse:
    form = CostForm(request.POST, prefix="argent")
    return _take(
        request,
        key,
        "cost",
        form,
        lambda action, said, user: services.add_cost(
            action, **said, actor=user, now=timezone.now()
        ),
    )


@members_only
@never_cache
def settings(request: HttpRequest, key: str) -> HttpResponse:
    """What the action says of itself, its team, whether it is public. For who leads it."""
    action = get_object_or_404(led_by(_user(request)), pk=key)
    form = ChangeForm(request.POST or None, initial=_now(action))
    if request.method == "POST" and form.is_valid():
        services.change(action, **form.cleaned_data, now=timezone.now())
        return redirect("cases:action", action.pk)
    return _settings(request, action, form, SeatForm(prefix="equipe"))


def _now(action: Action) -> dict[str, object]:
    return {
        name: getattr(action, name)
        for name in ("title", "about", "strategy", "court", "money_needed")
    }


def _settings(
    request: HttpRequest, action: Action, form: ChangeForm, seat_form: SeatForm
) -> HttpResponse:
    page = page_of(action, request.user, now=timezone.now())
    context = {"page": page, "action": action, "form": form, "seat": seat_form}
    return render(request, "cases/settings.html", context)


@require_POST
@members_only
@never_cache
def seat(request: HttpRequest, key: str) -> HttpResponse:
    """Give somebody a role, or take them out of the team."""
    action = get_object_or_404(led_by(_user(request)), pk=key)
    form = SeatForm(request.POST, prefix="equipe")
    if form.is_valid():
        try:
            services.seat_by_name(action, **form.cleaned_data, now=timezone.now())
        except Refused as no:
            form.add_error(None, say(no))
        else:
            return redirect("cases:settings", action.pk)
    return _settings(request, action, ChangeForm(initial=_now(action)), form)


@require_POST
@members_only
def unseat(request: HttpRequest, key: str, number: int) -> HttpResponse:
    action = get_object_or_404(led_by(_user(request)), pk=key)
    member = get_object_or_404(action.members.select_related("user"), pk=number)
    try:
        services.unseat(action, user=member.user)
    except Refused as no:
        return render(request, "cases/refused.html", {"action": action, "why": say(no)})
    return redirect("cases:action" if member.user == request.user else "cases:settings", action.pk)


@require_POST
@members_only
def publish(request: HttpRequest, key: str) -> HttpResponse:
    action = get_object_or_404(led_by(_user(request)), pk=key)
    wanted = request.POST.get("publier")
    if wanted not in {"0", "1"}:
        raise Http404
    services.set_public(action, is_public=wanted == "1", now=timezone.now())
    return redirect("cases:action", action.pk)
