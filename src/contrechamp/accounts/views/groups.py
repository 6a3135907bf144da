"""Local groups: their list, their pages, who enters, and their calendar."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.accounts import queries, services
from contrechamp.accounts.domain.groups import Territories
from contrechamp.accounts.forms.groups import GroupForm, MeetingForm
from contrechamp.accounts.models import Group, User
from contrechamp.foundation.access import members_only
from contrechamp.foundation.plug import offered
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused
from contrechamp.kernel.icalendar import calendar
from contrechamp.kernel.syndication import atom

from .asking import user_of
from .meetings import entries, feed


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """List the local groups."""
    found = list(queries.groups())
    named = _named([group.territory for group in found])
    rows = [(group, named.get(group.territory)) for group in found]
    return render(request, "accounts/groups.html", {"rows": rows})


@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a group: what it says, who wants to be seen, when it meets."""
    found = _group(slug)
    user = request.user if isinstance(request.user, User) else None
    everybody = list(queries.memberships_of(found).filter(state="IN"))
    context = {
        "group": found,
        "territory": _named([found.territory]).get(found.territory),
        "meetings": queries.meetings_of(found, timezone.now()),
        "own": queries.membership_of(found, user) if user else None,
        "looks_after": bool(user and queries.looks_after(found, user)),
        "shown": [each for each in everybody if each.is_shown],
        "size": len(everybody),
    }
    return render(request, "accounts/group.html", context)


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: HttpRequest) -> HttpResponse:
    """Found a group."""
    form = GroupForm(request.POST or None)
    if form.is_valid():
        try:
            made = services.make_group(
                actor=user_of(request), now=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error("name", say(refused))
        else:
            return redirect("accounts:group", made.slug)
    return render(request, "accounts/group_form.html", {"form": form})


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a group says of itself."""
    found, user = _own_group(request, slug)
    place = (_named([found.territory]).get(found.territory) or ("", ""))[0]
    initial = {"name": found.name, "text": found.text, "entry": found.entry, "place": place}
    form = GroupForm(request.POST or None, initial=initial)
    if form.is_valid():
        services.change_group(found, actor=user, now=timezone.now(), **form.cleaned_data)
        return redirect("accounts:group", slug)
    return render(request, "accounts/group_form.html", {"form": form, "group": found})


@members_only
@require_POST
def group_act(request: HttpRequest, slug: str) -> HttpResponse:
    """Join or ask, leave, show one's name or hide it."""
    found, user, now = _group(slug), user_of(request), timezone.now()
    acts: dict[str, Callable[[], object]] = {
        "join": lambda: services.join_group(found, user, now=now),
        "leave": lambda: services.leave_group(found, user),
        "show": lambda: services.show_membership(found, user, True),
        "hide": lambda: services.show_membership(found, user, False),
    }
    _do(acts, request.POST.get("act", ""))
    return redirect("accounts:group", slug)


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def group_members(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who is in a group and who asks; decide. A link invites newcomers into it."""
    found, actor = _own_group(request, slug)
    now, link = timezone.now(), ""
    if request.method == "POST" and request.POST.get("act") == "invite":
        secret = services.make_welcome(actor, uses=10, days=30, group=found, now=now)
        link = request.build_absolute_uri(f"/bienvenue/{secret}/")
    elif request.method == "POST":
        user = queries.find_by_public_id(request.POST.get("user", ""))
        if user is None:
            raise Http404
        acts: dict[str, Callable[[], object]] = {
            "accept": lambda: services.accept_member(found, user, actor=actor, now=now),
            "out": lambda: services.put_out(found, user, actor=actor),
            "give": lambda: services.let_look_after(found, user, True, actor=actor),
            "take": lambda: services.let_look_after(found, user, False, actor=actor),
        }
        _do(acts, request.POST.get("act", ""))
        return redirect("accounts:group-members", slug)
    context = {"group": found, "memberships": queries.memberships_of(found), "link": link}
    return render(request, "accounts/group_members.html", context)


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_meeting(request: HttpRequest, slug: str, public_id: str = "") -> HttpResponse:
    """Add a meeting, change it, cancel it."""
    found, actor = _own_group(request, slug)
    meeting = queries.find_meeting(found, public_id) if public_id else None
    if public_id and meeting is None:
        raise Http404
    if meeting and request.POST.get("act") == "cancel":
        services.cancel_meeting(meeting, actor=actor, now=timezone.now())
        return redirect("accounts:group", slug)
    initial = {name: getattr(meeting, name) for name in MeetingForm.base_fields} if meeting else {}
    form = MeetingForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            services.set_meeting(
                found, meeting, actor=actor, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error("ends_at", say(refused))
        else:
            return redirect("accounts:group", slug)
    context = {"form": form, "group": found, "meeting": meeting}
    return render(request, "accounts/meeting_form.html", context)


@require_safe
def group_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a group's meetings to a calendar, those of before too."""
    found, host = _group(slug), request.get_host()
    page = request.build_absolute_uri(f"/groupes/{slug}/")
    text = "".join(calendar(entries(found, page), host=host, name=found.name))
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


@require_safe
def group_atom(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a group's meetings as a feed, the newest first."""
    found = _group(slug)
    page = request.build_absolute_uri(f"/groupes/{slug}/")
    address = request.build_absolute_uri()
    content = atom(feed(found, page=page, address=address, host=request.get_host()))
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def _named(keys: list[str]) -> dict[str, tuple[str, str]]:
    """Return the names and addresses of territories, from the room that knows them."""
    named: dict[str, tuple[str, str]] = {}
    for offer in offered(Territories):
        named.update(offer.show([key for key in keys if key]))
    return named


def _group(slug: str) -> Group:
    found = queries.find_group(slug)
    if found is None:
        raise Http404
    return found


def _own_group(request: HttpRequest, slug: str) -> tuple[Group, User]:
    """Return a group that somebody looks after; for others there is no such page."""
    found, user = _group(slug), user_of(request)
    if not queries.looks_after(found, user):
        raise Http404
    return found, user


def _do(acts: dict[str, Callable[[], object]], wanted: str) -> None:
    if wanted not in acts:
        raise Http404
    acts[wanted]()
