from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.accounts import queries, services
from contrechamp.accounts.domain import Role
from contrechamp.accounts.forms import OpenAccountForm, RoleForm
from contrechamp.accounts.models import User
from contrechamp.foundation.access import administrators_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .asking import user_of

ACTS_PER_PAGE = 50


@administrators_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """List every account and what was done to them; open one and show its link, once."""
    form = OpenAccountForm(request.POST or None, initial={"role": Role.MEMBER})
    if form.is_valid():
        actor, now = user_of(request), timezone.now()
        try:
            user = services.open_account(
                name=form.cleaned_data["name"],
                role=Role(form.cleaned_data["role"]),
                actor=actor,
                now=now,
            )
        except Refused as refused:
            form.add_error("name", say(refused))
        else:
            return _show_link(request, user, services.invite(user, actor=actor, now=now))
    acts = Paginator(queries.acts(), ACTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "accounts": queries.accounts(), "acts": acts}
    return render(request, "accounts/people.html", context)


@administrators_only
@never_cache
@require_safe
def person(request: HttpRequest, name: str) -> HttpResponse:
    """Show one account and what an administrator can do with it."""
    user = _account(name)
    context = {
        "account": user,
        "has_totp": queries.has_totp(user),
        "form": RoleForm(initial={"role": user.role}),
        "acts": queries.acts_of(user),
    }
    return render(request, "accounts/person.html", context)


@administrators_only
@never_cache
@require_POST
def act(request: HttpRequest, name: str) -> HttpResponse:
    """Do one thing to an account: role, link, or one of `ACTS`."""
    user, actor, now = _account(name), user_of(request), timezone.now()
    wanted = request.POST.get("act", "")
    if wanted == "link":
        return _show_link(request, user, services.invite(user, actor=actor, now=now))
    if wanted == "role":
        form = RoleForm(request.POST)
        if form.is_valid():
            services.change_role(user, Role(form.cleaned_data["role"]), actor=actor, now=now)
    elif wanted in ACTS:
        ACTS[wanted](user, actor=actor, now=now)
    else:
        raise Http404
    return redirect("accounts:person", user.username)


ACTS: dict[str, Callable[..., object]] = {
    "close": services.close_account,
    "reopen": services.reopen_account,
    "reset-totp": services.reset_totp,
    "end-sessions": services.end_sessions,
    "moderate": partial(services.let_moderate, moderates=True),
    "not-moderate": partial(services.let_moderate, moderates=False),
    "confirm": services.confirm_member,
}


def _show_link(request: HttpRequest, user: User, secret: str) -> HttpResponse:
    """Show a link once: only its digest is kept."""
    link = request.build_absolute_uri(reverse("accounts:invitation", args=[secret]))
    return render(request, "accounts/link.html", {"account": user, "link": link})


def _account(name: str) -> User:
    user = queries.find_any_account(name)
    if user is None or user.is_machine:
        raise Http404
    return user
