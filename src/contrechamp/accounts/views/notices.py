"""What one is told, what one watches, and the links of mails that end them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.accounts import models
from contrechamp.accounts.domain.notices import Detail, Frequency, Level, Scope
from contrechamp.accounts.forms.notices import SettingsForm, WatchForm
from contrechamp.accounts.models import Subscription
from contrechamp.accounts.queries import notices as queries
from contrechamp.accounts.services import mailing
from contrechamp.accounts.services import notices as services
from contrechamp.foundation.access import members_only
from contrechamp.kernel import syndication

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

PER_PAGE = 50
IN_FEED = 50
ATOM, JSON = "application/atom+xml", "application/feed+json"


@members_only
@never_cache
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Show somebody what is new: what they have not read first, by what it is about."""
    user = user_of(request)
    asked = request.GET.get("avant", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 18 else None
    is_read = "lus" in request.GET
    rows = list(queries.notices_of(user, is_read=is_read, before=before)[: PER_PAGE + 1])
    context = {
        "groups": queries.said(rows[:PER_PAGE], user),
        "is_read": is_read,
        "before": before,
        "older": rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None,
        "unread": queries.unread_count(user),
        "done": request.GET.get("fait", ""),
    }
    return render(request, "accounts/notices.html", context)


@members_only
@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """Mark some notices as read, or all; where one wishes, mute what they are about."""
    user, now = user_of(request), timezone.now()
    ids = [int(one) for one in request.POST.getlist("avis") if one.isdecimal() and len(one) < 18]
    is_all = request.POST.get("quoi") == "tout"
    services.mark_read(user, now=now, ids=None if is_all else ids)
    if about := request.POST.get("muet", ""):
        services.mute_about(user, about, now=now)
    return redirect(f"{reverse('accounts:notices')}?fait={'muet' if about else 'lu'}")


@members_only
@never_cache
@require_safe
def watching(request: HttpRequest) -> HttpResponse:
    """Show somebody what they watch and mute, and let them change it."""
    found = queries.subscriptions_of(user_of(request))
    context = {
        "watched": [one for one in found if one.row.level == Subscription.Level.WATCH],
        "muted": [one for one in found if one.row.level == Subscription.Level.MUTE],
        "frequencies": models.Frequency.choices,
        "wants_mentions": not any(
            one.row.scope == Scope.MENTION and one.row.level == Level.MUTE for one in found
        ),
        "done": request.GET.get("fait", ""),
    }
    return render(request, "accounts/watching.html", context)


@members_only
@require_POST
def watch(request: HttpRequest) -> HttpResponse:
    """Watch, mute or leave something, from its own page or from the list; then go back there."""
    user, form = user_of(request), WatchForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    scope, key = Scope(given["scope"]), given["key"]
    if given["level"]:
        frequency = Frequency(given["frequency"]) if given["frequency"] else None
        level = Level(given["level"])
        services.watch(user, scope, key, level, now=timezone.now())
        services.change_frequency(user, scope, key, frequency)
    else:
        services.unwatch(user, scope, key)
    return redirect(_back(request) or f"{reverse('accounts:watching')}?fait=1")


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    """Let somebody choose what mails say and how often they leave."""
    user = user_of(request)
    form = SettingsForm(request.POST or None, initial=_wanted(user))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        services.change_settings(
            user,
            detail=Detail(given["detail"]),
            frequency=Frequency(given["frequency"]),
            watches_own=given["watches_own"],
        )
        return redirect(f"{reverse('accounts:notice-settings')}?fait=1")
    return _settings_page(request, user, {"form": form})


@members_only
@never_cache
@require_POST
def notice_feed(request: HttpRequest) -> HttpResponse:
    """Give somebody a new address of their private feed, shown once; or close it."""
    user = user_of(request)
    if request.POST.get("quoi") == "fermer":
        services.close_feed(user)
        return redirect(f"{reverse('accounts:notice-settings')}?fait=flux")
    token = services.open_feed(user)
    made = [
        request.build_absolute_uri(reverse(f"accounts:notices-{kind}", args=[token]))
        for kind in ("atom", "jsonfeed")
    ]
    return _settings_page(
        request, user, {"form": SettingsForm(initial=_wanted(user)), "made": made}
    )


@members_only
@require_POST
def try_address_again(request: HttpRequest) -> HttpResponse:
    """Take an address up again that a mail came back from."""
    services.accept_address(user_of(request))
    return redirect(f"{reverse('accounts:notice-settings')}?fait=adresse")


def _wanted(user: User) -> dict[str, object]:
    """Return what the form of settings shows first."""
    row = queries.settings_of(user)
    return {"frequency": row.frequency, "detail": row.detail, "watches_own": row.watches_own}


def _settings_page(request: HttpRequest, user: User, more: dict[str, object]) -> HttpResponse:
    context = {
        "wanted": queries.settings_of(user),
        "sends_mail": mailing.sends_mail(),
        "done": request.GET.get("fait", ""),
        **more,
    }
    return render(request, "accounts/notice_settings.html", context)


@csrf_exempt  # The token is the secret, and mail programs post without a form (RFC 8058).
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """End mails by a link of one of them, signed in or not: a page asks, a form ends."""
    found = mailing.read_stop_token(token)
    user, about = found or (None, "")
    is_done = request.method == "POST" and user is not None
    is_one = bool(about) and request.POST.get("quoi") == "un"
    if is_done and user:
        if is_one:
            services.stop_mail_about(user, about, now=timezone.now())
        else:
            services.stop_mail(user)
    with override(user.language if user else None):
        context = {
            "is_known": user is not None,
            "about": about,
            "is_done": is_done,
            "is_one": is_one,
        }
        response = render(request, "accounts/stop_mail.html", context)
        response["Content-Language"] = user.language if user else "fr"
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_safe
def notices_atom(request: HttpRequest, token: str) -> HttpResponseBase:
    return _feed(request, token, ATOM)


@never_cache
@require_safe
def notices_jsonfeed(request: HttpRequest, token: str) -> HttpResponseBase:
    return _feed(request, token, JSON)


def _feed(request: HttpRequest, token: str, kind: str) -> HttpResponseBase:
    """Tell one person what is new, by the feed's address alone: a feed reader has no account."""
    user = queries.find_feed_owner(token)
    if user is None:
        raise Http404
    site = f"{request.scheme}://{request.get_host()}"
    with override(user.language):
        rows = queries.newest(user, IN_FEED)
        feed = syndication.Feed(
            title=gettext("Mes avis — Contrechamp"),
            key=f"compte/avis/{user.public_id}",
            address=f"{site}{request.path}",
            page=f"{site}{reverse('accounts:notices')}",
            host=request.get_host(),
            items=[_item(group, one, site) for group in rows for one in group.said],
        )
    body = syndication.atom(feed) if kind == ATOM else syndication.json_feed(feed)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    answer["ETag"] = etag
    return get_conditional_response(request, etag, None, answer) or answer


def _item(group: queries.Group, one: queries.Said, site: str) -> syndication.Item:
    return syndication.Item(
        key=f"accounts:notice:{one.id}",
        title=f"{group.title} — {one.card.text}",
        url=f"{site}{one.card.url}",
        summary=one.card.text,
        published=one.created_at,
        updated=one.created_at,
    )


def user_of(request: HttpRequest) -> User:
    """Return who is signed in; `members_only` has seen to it that somebody is."""
    return cast("User", request.user)


def _back(request: HttpRequest) -> str:
    """Return where a form of another page asks to go back to; only to this site."""
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_ours and address.startswith("/") else ""
