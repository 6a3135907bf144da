"""What is due, as a list and as calendars; reminders by mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain, groupby
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from contrechamp.foi import services
from contrechamp.foi.domain.calendar import entries
from contrechamp.foi.domain.offers import PersonalDates
from contrechamp.foi.forms.reminding import AddressForm
from contrechamp.foi.models import CalendarFeed, ReminderAddress, Request
from contrechamp.foi.queries import calendars, listing
from contrechamp.foi.queries.access import visible_to
from contrechamp.foi.queries.page import letters
from contrechamp.foi.shown.words import said
from contrechamp.foundation.access import members_only
from contrechamp.foundation.plug import offered
from contrechamp.kernel.dates import add_months
from contrechamp.kernel.icalendar import Entry, calendar

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

PER_PAGE = 60
MONTHS = 4
MOST = 2000
"""Requests of one feed: a calendar of more is of no use to anybody."""


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """What is to be done, the soonest first: one's own, or for a visitor the public ones."""
    today = timezone.localdate()
    wants_all = request.GET.get("qui") == "toutes"
    rows = listing.due(request.user, until=add_months(today, MONTHS), everybody=wants_all)
    page = listing.Pages(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = listing.lines(list(page.object_list), now=timezone.now())
    context = {
        "page": page,
        "months": [(month, list(group)) for month, group in groupby(lines, key=_month)],
        "today": today,
        "everybody": wants_all,
        "seen": seen if (seen := request.GET.get("vu", "")).isdecimal() else "",
        "letters": letters(request.user, everybody=wants_all)
        if request.user.is_authenticated
        else [],
        "reminders": services.unseen(request.user) if request.user.is_authenticated else [],
    }
    return render(request, "foi/due.html", context)


def _month(line: listing.Line) -> date:
    day = line.act_by or date.max
    return day.replace(day=1)


@require_safe
def of_request(request: HttpRequest, key: str) -> HttpResponseBase:
    """The calendar of one request, as public as it is."""
    found = get_object_or_404(visible_to(request.user).exclude(sent_on=None), pk=key)
    return _calendar(request, [found], name=found.title, is_private=not found.is_public)


@require_safe
def of_public(request: HttpRequest) -> HttpResponseBase:
    rows = calendars.of_public()[:MOST]
    return _calendar(request, rows, name=gettext("Demandes publiques"), is_private=False)


@require_safe
@never_cache
def of_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """A private calendar, by its address alone: an agenda has no account here."""
    feed = calendars.find_feed(token)
    if feed is None:
        raise Http404
    rows = calendars.rows_of(feed)[:MOST]
    name = feed.get_scope_display()
    if feed.scope != CalendarFeed.Scope.PERSON:
        return _calendar(request, rows, name=name, is_private=True)
    site, today = request.build_absolute_uri("/").rstrip("/"), timezone.localdate()
    more = [each.entries(feed.owner_id, site, today, _say) for each in offered(PersonalDates)]
    return _calendar(request, rows, name=name, is_private=True, more=chain.from_iterable(more))


def _say(text: str, /, **values: object) -> str:
    return said(text, values)


def _calendar(
    request: HttpRequest,
    rows: Iterable[Request],
    *,
    name: str,
    is_private: bool,
    more: Iterable[Entry] = (),
) -> HttpResponseBase:
    site = request.build_absolute_uri("/").rstrip("/")
    found = calendars.deadlines(rows, site=site, now=timezone.now(), is_private=is_private)
    events = entries(found, is_private=is_private, say=_say)
    host = request.get_host().partition(":")[0]
    parts = calendar(chain(events, more), host=host, name=f"{name} — Contrechamp")
    answer = StreamingHttpResponse(parts, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="echeances.ics"'
    return answer


@members_only
@never_cache
def reminders(request: HttpRequest) -> HttpResponse:
    """Where one is reminded: by mail, by calendars. A new address is shown once."""
    user = cast("User", request.user)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["address"]
        services.want_reminders(address, owner=user, now=timezone.now())
        return redirect("foi:reminders")
    return render(request, "foi/reminders.html", _where(user) | {"form": form})


def _where(user: User) -> dict[str, object]:
    open_feeds = CalendarFeed.objects.filter(owner=user, revoked_at=None)
    return {
        "sends_mail": services.reminding.sends_mail(),
        "address": ReminderAddress.objects.filter(owner=user).first(),
        "feeds": {feed.scope: feed for feed in open_feeds},
        "scopes": [
            (scope, label)
            for scope, label in CalendarFeed.Scope.choices
            if scope == CalendarFeed.Scope.PERSON or user.is_editor
        ],
    }


@require_POST
@members_only
@never_cache
def open_feed(request: HttpRequest) -> HttpResponse:
    user, scope = cast("User", request.user), request.POST.get("scope", "")
    if scope not in CalendarFeed.Scope.values:
        raise Http404
    token = services.open_feed(scope, owner=user, now=timezone.now())
    path = reverse("foi:feed", args=[token])
    context = _where(user) | {
        "form": AddressForm(),
        "new_address": request.build_absolute_uri(path),
        "new_scope": scope,
    }
    return render(request, "foi/reminders.html", context)


@require_POST
@members_only
def close_feed(request: HttpRequest) -> HttpResponse:
    services.close_feed(
        request.POST.get("scope", ""), owner=cast("User", request.user), now=timezone.now()
    )
    return redirect(f"{reverse('foi:reminders')}?fait=agenda")


@require_POST
@members_only
def end_reminders(request: HttpRequest) -> HttpResponse:
    services.end_reminders(owner=cast("User", request.user))
    return redirect(f"{reverse('foi:reminders')}?fait=courriel")


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button: programs that look at each link of a mail must not confirm it."""
    if request.method == "POST":
        if not services.confirm_reminders(token, now=timezone.now()):
            raise Http404
        return render(request, "foi/confirmed.html")
    return render(request, "foi/confirm.html", {"token": token})


@require_POST
@members_only
def see(request: HttpRequest, number: int) -> HttpResponse:
    """Put a reminder away, or bring it back."""
    user = cast("User", request.user)
    if request.POST.get("remettre"):
        services.unsee(number, owner=user)
    else:
        services.see(number, owner=user, now=timezone.now())
        return redirect(f"{reverse('foi:due')}?vu={number}")
    return redirect("foi:due")
