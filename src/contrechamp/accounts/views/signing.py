from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth import logout
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from contrechamp.accounts import queries, services
from contrechamp.accounts.domain import TooManyTries
from contrechamp.accounts.forms import CodeForm, NewPassphraseForm, SignInForm
from contrechamp.accounts.models import User
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .asking import circuit_of, place_of
from .session import known_device, open_session, safe_next

STEP_FOR = timedelta(minutes=10)
STEP_SALT = "accounts.second-step"


@sensitive_post_parameters("passphrase")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and passphrase, then for the second code where there is one."""
    after = request.POST.get("next", request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(safe_next(request, after))
    form = SignInForm(request.POST or None, is_kept_waiting="code" in request.POST)
    status, is_kept_waiting = 200, False
    if form.is_valid():
        try:
            return _enter(request, form.cleaned_data, after)
        except Refused as refused:
            form.add_error(None, say(refused))
            status, is_kept_waiting = refused.status, isinstance(refused, TooManyTries)
    if is_kept_waiting and "code" not in form.fields:
        problem, form = form.errors, SignInForm(request.POST, is_kept_waiting=True)
        form.full_clean()
        form.errors.update(problem)
    key = services.ask_proof(**place_of(request))
    context = {"form": form, "next": after, "key": key}
    return render(request, "accounts/sign_in.html", context, status=status)


def _enter(request: HttpRequest, given: Mapping[str, Any], after: str) -> HttpResponse:
    """Sign in who gives the right things, or ask for the second code."""
    name, stay, now = given["name"], given["stay"], timezone.now()
    if given.get("code"):
        user = services.check_sign_in_with_code(name, given["passphrase"], given["code"], now=now)
        return open_session(request, user, stay=stay, after=after, now=now)
    user = services.check_sign_in(
        name,
        given["passphrase"],
        device=known_device(request, name),
        circuit=circuit_of(request, now),
        now=now,
    )
    if queries.has_second_lock(user):
        return _ask_code(request, CodeForm(), _step(user, stay=stay, after=after))
    return open_session(request, user, stay=stay, after=after, now=now)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Take the second code of somebody whose passphrase was right some minutes ago."""
    step = request.POST.get("step", "")
    user, asked = _read_step(step)
    if user is None:
        return redirect("accounts:sign-in")
    form = CodeForm(request.POST)
    if form.is_valid():
        now = timezone.now()
        try:
            services.check_code(user, form.cleaned_data["code"], now=now)
        except Refused as refused:
            form.add_error("code", say(refused))
            return _ask_code(request, form, step, status=refused.status)
        return open_session(request, user, stay=asked["stay"], after=asked["after"], now=now)
    return _ask_code(request, form, step)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    return redirect("web:home")


@sensitive_post_parameters("new", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Let the bearer of a link choose the passphrase of the account that it is for."""
    now = timezone.now()
    found = queries.find_invitation(secret, now)
    if found is None:
        raise Http404
    form = NewPassphraseForm(request.POST or None)
    if form.is_valid():
        try:
            services.join(secret, passphrase=form.cleaned_data["new"], now=now)
        except Refused as refused:
            form.add_error("new", say(refused))
        else:
            # Not signed in at once: who has a second code is still asked for it.
            return redirect("accounts:sign-in")
    return render(request, "accounts/invitation.html", {"form": form, "account": found.user})


def _ask_code(
    request: HttpRequest, form: CodeForm, step: str, *, status: int = 200
) -> HttpResponse:
    key = services.ask_proof(**place_of(request))
    context = {"form": form, "step": step, "key": key}
    return render(request, "accounts/code.html", context, status=status)


def _step(user: User, *, stay: bool, after: str) -> str:
    """Return a proof that the passphrase was right, which holds while it is not changed."""
    values = {"id": user.pk, "hash": user.get_session_auth_hash(), "stay": stay, "after": after}
    return signing.dumps(values, salt=STEP_SALT)


def _read_step(step: str) -> tuple[User | None, dict[str, Any]]:
    try:
        asked: dict[str, Any] = signing.loads(step, salt=STEP_SALT, max_age=STEP_FOR)
    except signing.BadSignature:
        return None, {}
    user = queries.find_account_by_id(asked["id"])
    if user is None or user.get_session_auth_hash() != asked["hash"]:
        return None, {}
    return user, asked
