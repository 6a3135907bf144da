"""Publication of a request: who may read it, and its letters one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.foi import services
from contrechamp.foi.forms.publishing import NOW, PublishForm, WithdrawForm, WordsForm
from contrechamp.foi.models import Request, ShownMessage
from contrechamp.foi.queries import letters_shown
from contrechamp.foi.queries.access import editable_by
from contrechamp.foi.queries.page import papers
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


def _mine(request: HttpRequest, key: str) -> Request:
    return get_object_or_404(editable_by(_me(request)), pk=key)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@never_cache
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Show a request to everybody, now or on a day."""
    asked = _mine(request, key)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _publish(asked, form, _me(request))
        except Refused as refusal:
            form.add_error(None, say(refusal))
        else:
            return redirect(request.path)
    return render(request, "foi/publishing.html", _context(request, asked) | {"form": form})


def _publish(asked: Request, form: PublishForm, actor: User) -> None:
    sent, now = form.cleaned_data, timezone.now()
    if sent["when"] == NOW:
        services.publish(asked, actor=actor, now=now)
        return
    services.plan(asked, until=sent["until"], reason=sent["reason"], actor=actor, now=now)


def _context(request: HttpRequest, asked: Request) -> dict[str, object]:
    try:
        services.publishing.check_may_be_public(asked)
        hindrance = ""
    except Refused as refusal:
        hindrance = say(refusal)
    log = list(asked.publications.select_related("made_by").order_by("-made_at", "-pk"))
    return {
        "asked": asked,
        "hindrance": hindrance,
        "withdraw": WithdrawForm(),
        "log": log,
        "may_undo": any(row.undone_at is None for row in log),
        "pairs": letters_shown.pairs(asked),
        "papers": papers(asked, request.user),
    }


@require_POST
@members_only
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take a request back from the public."""
    asked, form = _mine(request, key), WithdrawForm(request.POST)
    if form.is_valid():
        services.withdraw_publication(
            asked, reason=form.cleaned_data["reason"], actor=_me(request), now=timezone.now()
        )
        return redirect("foi:publish", key)
    context = _context(request, asked) | {"form": PublishForm(), "withdraw": form}
    return render(request, "foi/publishing.html", context, status=422)


@require_POST
@members_only
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Undo the last decision on who may read a request."""
    asked, form = _mine(request, key), PublishForm()
    try:
        services.undo_publication(asked, actor=_me(request), now=timezone.now())
    except Refused as refusal:
        context = _context(request, asked) | {"form": form, "error": say(refusal)}
        return render(request, "foi/publishing.html", context, status=409)
    return redirect("foi:publish", key)


@require_safe
@members_only
@never_cache
def letters(request: HttpRequest, key: str) -> HttpResponse:
    """Each letter as it was, beside what everybody would read of it."""
    asked = _mine(request, key)
    return _letters(request, asked, WordsForm())


def _letters(
    request: HttpRequest, asked: Request, form: WordsForm, *, at: int = 0, status: int = 200
) -> HttpResponse:
    pairs = letters_shown.pairs(asked)
    context = {
        "asked": asked,
        "pairs": pairs,
        "waiting": sum(pair.shown is None for pair in pairs),
        "form": form,
        "fresh_form": WordsForm(),
        "at": at,
    }
    return render(request, "foi/publishing_letters.html", context, status=status)


@require_POST
@members_only
def prepare(request: HttpRequest, key: str) -> HttpResponse:
    """Mask the letters that are not masked yet. None is shown by that."""
    services.prepare_letters(_mine(request, key), actor=_me(request), now=timezone.now())
    return redirect("foi:letters", key)


@require_POST
@members_only
def hide(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hide more words in a letter, or in all of them."""
    asked, form = _mine(request, key), WordsForm(request.POST)
    shown = _letter(asked, number)
    if form.is_valid():
        sent = form.cleaned_data
        try:
            services.hide_words(shown, sent["words"].splitlines(), everywhere=sent["everywhere"])
        except Refused as refusal:
            form.add_error("words", say(refusal))
        else:
            return _back(asked, shown)
    return _letters(request, asked, form, at=number, status=422)


ACTS: dict[str, Callable[[ShownMessage, User], ShownMessage]] = {
    "montrer": lambda shown, _: services.show_letter(shown),
    "retirer": lambda shown, _: services.hide_letter(shown),
    "recommencer": lambda shown, actor: services.mask_again(shown, actor=actor, now=timezone.now()),
}


@require_POST
@members_only
def letter_act(request: HttpRequest, key: str, number: int, act: str) -> HttpResponse:
    """Show a letter, take it back, or mask it anew from the original."""
    asked = _mine(request, key)
    return _back(asked, ACTS[act](_letter(asked, number), _me(request)))


def _letter(asked: Request, number: int) -> ShownMessage:
    return get_object_or_404(asked.shown.all(), pk=number)


def _back(asked: Request, shown: ShownMessage) -> HttpResponse:
    answer = redirect("foi:letters", asked.pk)
    answer["Location"] += f"#lettre-{shown.pk}"
    return answer
