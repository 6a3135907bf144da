"""What happened: told, corrected, taken back, put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from contrechamp.foi import services
from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.domain.possible import BY_HAND
from contrechamp.foi.forms.recording import FactForm, initial_of
from contrechamp.foi.models import FactRow, Item, Request
from contrechamp.foi.queries.following import find_editable, find_fact, offered
from contrechamp.foi.shown import words
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def me(request: HttpRequest) -> User:
    """Return who is signed in."""
    return cast("User", request.user)


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """Return what a form was sent with, files apart; nothing when it is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _kind(text: str) -> Kind:
    if text not in BY_HAND:
        raise Http404
    return Kind(text)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def note(request: HttpRequest, key: str) -> HttpResponse:
    """First which fact, then its day and proof: two pages, so that each asks little."""
    asked = find_editable(key, me(request))
    chosen = request.GET.get("fait", "")
    if not chosen:
        stages = [
            (words.STAGES[stage], [(kind, words.TOLD[kind]) for kind in kinds])
            for stage, kinds in offered(asked, now=timezone.now())
        ]
        return render(request, "foi/note.html", {"asked": asked, "stages": stages})
    kind = _kind(chosen)
    form = FactForm(
        kind, *sent(request), items=_items(asked), initial={"first": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid() and _told(request, asked, form):
        return redirect(f"{reverse('foi:request', args=[key])}?note=1#recit")
    context = {"asked": asked, "form": form, "kind": kind, "told": words.TOLD[kind]}
    return render(request, "foi/note_fact.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def correct(request: HttpRequest, key: str, fact: str) -> HttpResponse:
    """The same form, filled with what is known."""
    asked = find_editable(key, me(request))
    old = find_fact(asked, fact)
    if old.kind not in BY_HAND or old.values.get("is_removal"):
        raise Http404
    form = FactForm(Kind(old.kind), *sent(request), items=_items(asked), initial=_initial(old))
    if request.method == "POST" and form.is_valid() and _told(request, asked, form, old.pk):
        return redirect(f"{reverse('foi:request', args=[key])}?note=2#recit")
    context = {"asked": asked, "form": form, "kind": old.kind, "old": old}
    return render(request, "foi/note_fact.html", context)


def _items(asked: Request) -> list[Item]:
    return list(asked.items.order_by("position"))


def _initial(old: FactRow) -> dict[str, Any]:
    last = old.last if old.last != old.first else None
    first = {"first": old.first, "last": last, "proof": old.proof, "note": old.note}
    return {**initial_of(old.values), **first}


def _told(request: HttpRequest, asked: Request, form: FactForm, corrects: str = "") -> bool:
    """Record what a form says; a refusal goes on the form, with what was typed."""
    told = form.cleaned_data
    scan = told["scan"]
    try:
        services.note(
            asked,
            form.kind,
            first=told["first"],
            last=told["last"],
            proof=form.proof,
            values=form.values,
            words=told["note"],
            outcomes=form.outcomes,
            scan=(scan.name, scan.read()) if scan else None,
            corrects=corrects,
            actor=me(request),
            now=timezone.now(),
        )
    except Refused as no:
        form.add_error(None, say(no))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def take_back(request: HttpRequest, key: str, fact: str) -> HttpResponse:
    """A mention entered by mistake: why, then it counts no more."""
    asked = find_editable(key, me(request))
    old = find_fact(asked, fact)
    why, error = request.POST.get("why", ""), ""
    if request.method == "POST":
        try:
            services.take_back(old.pk, note=why, actor=me(request), now=timezone.now())
        except Refused as no:
            error = say(no)
        else:
            return redirect(f"{reverse('foi:request', args=[key])}?note=3#recit")
    context = {"asked": asked, "old": old, "why": why, "error": error}
    return render(request, "foi/take_back.html", context)


@require_POST
@members_only
def put_back(request: HttpRequest, key: str, fact: str) -> HttpResponse:
    asked = find_editable(key, me(request))
    services.put_back(find_fact(asked, fact).pk, actor=me(request), now=timezone.now())
    return redirect(f"{reverse('foi:request', args=[key])}?note=4#recit")
