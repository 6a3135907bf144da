"""The public page of a member, and whom one does not want to hear."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from contrechamp.accounts import domain, queries, services
from contrechamp.accounts.domain.profiles import ProfilePart
from contrechamp.accounts.models import User
from contrechamp.foundation.access import members_only
from contrechamp.foundation.plug import offered

from .asking import user_of

SHOWN = 20


@require_safe
def profile(request: HttpRequest, name: str) -> HttpResponse:
    """Show what is public of a member: name, role, month, what they wrote. Not to be indexed."""
    user = _member(name)
    parts = [
        (part, part.of(user, request.user, SHOWN))
        for part in sorted(offered(ProfilePart), key=lambda part: part.order)
    ]
    reader = request.user if isinstance(request.user, User) else None
    context = {
        "account": user,
        "pattern": drawn(user),
        "parts": parts,
        "groups": queries.shown_groups_of(user),
        "is_blocked": bool(reader and user.pk in queries.blocked_by(reader)),
        "is_other": bool(reader and reader != user),
    }
    response = render(request, "accounts/profile.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@members_only
@never_cache
@require_safe
def blocks(request: HttpRequest) -> HttpResponse:
    """List whom one does not want to hear."""
    context = {"blocks": queries.blocks_of(user_of(request))}
    return render(request, "accounts/blocks.html", context)


@members_only
@require_POST
def block(request: HttpRequest, name: str) -> HttpResponse:
    """Hear somebody no more, or again."""
    user, other = user_of(request), _member(name)
    if request.POST.get("act") == "unblock":
        services.unblock(user, other)
    else:
        services.block(user, other, now=timezone.now())
    return redirect("accounts:blocks")


@members_only
@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Remember the last message read in what one follows, or forget it."""
    services.remember_reading(user_of(request), request.POST.get("remember") == "yes")
    return redirect("accounts:me")


def drawn(user: User) -> SafeString:
    """Return the pattern of an account as SVG; empty for one that is erased."""
    path, tint = domain.pattern(user.pattern_seed)
    if not path:
        return SafeString("")
    return format_html(
        '<svg class="pattern tint-{}" viewBox="0 0 5 5" aria-hidden="true" '
        'shape-rendering="crispEdges"><path d="{}" fill="currentColor"/></svg>',
        tint,
        path,
    )


def _member(name: str) -> User:
    user = queries.find_account(name)
    if user is None or user.is_machine:
        raise Http404
    return user
