"""Campaigns: read by everybody, joined by members, written by editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.foi import services
from contrechamp.foi.domain.filling import Entry, chosen, default_since, filling_of
from contrechamp.foi.forms.drafting import CampaignForm, read_search
from contrechamp.foi.models import Campaign
from contrechamp.foi.queries import batches, campaigns
from contrechamp.foi.shown import drafting as shown
from contrechamp.foundation.access import editors_only, members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .opening import me

if TYPE_CHECKING:
    from django.http import QueryDict

FORM = ("GET", "HEAD", "POST")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = list(campaigns.shown_to(request.user))
    progress = campaigns.progress_of(rows, now=timezone.now())
    context = {"campaigns": [(row, progress[row.pk]) for row in rows]}
    return render(request, "foi/campaigns.html", context)


@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(request, slug)
    own = campaigns.own_of(found, me(request)) if request.user.is_authenticated else []
    context = {"page": campaigns.page_of(found, now=timezone.now()), "campaign": found, "own": own}
    return render(request, "foi/campaign.html", context)


def find(request: HttpRequest, slug: str) -> Campaign:
    found = campaigns.find_campaign(slug, request.user)
    if found is None:
        raise Http404
    return found


@require_POST
@members_only
def join(request: HttpRequest, slug: str) -> HttpResponse:
    found, body = find(request, slug), read_search(request.POST).body
    draft = services.join_campaign(found, actor=me(request), now=timezone.now(), body=body)
    return redirect("foi:draft-review" if draft.body_id else "foi:draft-body", draft.pk)


@require_http_methods(FORM)
@editors_only
def new(request: HttpRequest) -> HttpResponse:
    initial = {"since": default_since(localdate())}
    return _edit(request, CampaignForm(request.POST or None, initial=initial), None)


@require_http_methods(FORM)
@editors_only
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(request, slug)
    form = CampaignForm(request.POST or None, initial=_initial(found))
    return _edit(request, form, found)


def _edit(request: HttpRequest, form: CampaignForm, found: Campaign | None) -> HttpResponse:
    doubts: tuple[batches.Doubt, ...] = ()
    why = ""
    if request.method == "POST" and form.is_valid():
        named = batches.pasted(form.cleaned_data["pasted"])
        doubts = named.doubts
        if not doubts or request.POST.get("act") == "anyway":
            try:
                plan = _plan(form, request.POST, [each.pk for each in named.bodies], found)
                saved = _save(request, plan, found)
            except Refused as refusal:
                why = say(refusal)
            else:
                return redirect("foi:campaign", saved.slug)
    codes = set(request.POST.getlist("document")) or {
        str(each.get("code", "")) for each in (found.items if found else [])
    }
    context = {
        "form": form,
        "campaign": found,
        "doubts": doubts,
        "why": why,
        "groups": shown.groups(None, filling_of({}, localdate()), codes),
    }
    return render(request, "foi/campaign_edit.html", context, status=409 if why else 200)


def _plan(
    form: CampaignForm, data: QueryDict, bodies: list[str], found: Campaign | None
) -> services.Plan:
    given, today = form.cleaned_data, localdate()
    filling = filling_of({"since": given["since"].isoformat()}, today)
    before = (
        [Entry(each.get("code", ""), each.get("wording", "")) for each in found.items]
        if found
        else []
    )
    made = chosen(
        before,
        codes=data.getlist("document"),
        own=given["own"].splitlines(),
        before=filling_of({"since": _since(found)}, today),
        after=filling,
    )
    return services.Plan(
        title=given["title"],
        about=given["about"],
        subject=given["subject"],
        items=[services.Wanted(code=each.code, wording=each.wording) for each in made],
        bodies=bodies,
        is_public=given["is_public"],
        since=given["since"].isoformat(),
        project=found.project if found else "",
    )


def _save(request: HttpRequest, plan: services.Plan, found: Campaign | None) -> Campaign:
    if found is None:
        return services.make_campaign(plan, actor=me(request), now=timezone.now())
    return services.change_campaign(found, plan, actor=me(request))


def _since(found: Campaign | None) -> str:
    return next((each.get("since", "") for each in found.items), "") if found else ""


def _initial(found: Campaign) -> dict[str, Any]:
    return {
        "title": found.title,
        "about": found.about,
        "subject": found.subject,
        "own": "\n".join(each.get("wording", "") for each in found.items if not each.get("code")),
        "since": _since(found) or default_since(localdate()),
        "pasted": campaigns.listed(found),
        "is_public": found.is_public,
    }


@require_POST
@editors_only
def close(request: HttpRequest, slug: str) -> HttpResponse:
    found, who = find(request, slug), me(request)
    if found.closed_at is None:
        services.close_campaign(found, actor=who, now=timezone.now())
    else:
        services.open_campaign(found, actor=who)
    return redirect("foi:campaign", found.slug)
