"""Drafting, step by step: each step is a form that saves and goes on; back and forward work."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from contrechamp.directory import queries as directory
from contrechamp.directory.domain.kinds import BODY_KINDS
from contrechamp.foi import services
from contrechamp.foi.domain.filling import (
    Entry,
    chosen,
    default_since,
    filling_of,
    title_of,
)
from contrechamp.foi.forms import drafting as forms
from contrechamp.foi.models import Request
from contrechamp.foi.queries import listing, requesters, subjects
from contrechamp.foi.queries.campaigns import find_campaign
from contrechamp.foi.queries.subjects import Subject
from contrechamp.foi.shown import drafting as shown
from contrechamp.foundation.access import members_only
from contrechamp.places import queries as places

from .opening import me, of_draft

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

FORM = ("GET", "HEAD", "POST")
MOST_FOUND = 30
DOCUMENT = "document"
"""The kind of document that a link of the arguments asks for."""


@require_http_methods(FORM)
@members_only
def new(request: HttpRequest) -> HttpResponse:
    subject = _subject(request)
    slug = request.GET.get("campagne", "")
    if slug and (campaign := find_campaign(slug, request.user)) is not None:
        return redirect("foi:campaign", campaign.slug)
    if request.method == "POST":
        return _start(request, subject)
    return render(request, "foi/new.html", _bodies_context(request, subject))


def _subject(request: HttpRequest) -> Subject | None:
    for name in subjects.NAMES:
        if key := request.GET.get(name, ""):
            return subjects.subject_of(name, key)
    return None


def _start(request: HttpRequest, subject: Subject | None) -> HttpResponse:
    body, now = forms.read_search(request.POST).body, timezone.now()
    draft = services.start(
        actor=me(request),
        now=now,
        project=subject.project if subject else "",
        slots=subject.slots if subject else {},
        requester=requesters.default_for(me(request)),
    )
    if body and directory.living().filter(pk=body).exists():
        services.address_to(draft, body, actor=me(request), now=now)
    if code := request.GET.get(DOCUMENT, ""):
        _add(draft, code, actor=me(request), now=now)
    return redirect("foi:draft-documents", draft.pk)


def _add(draft: Request, code: str, *, actor: User, now: datetime) -> None:
    """Tick the kind of document that a link asks for; one unknown to the catalogue adds none."""
    filling = filling_of(draft.slots, localdate())
    made = chosen((), codes=[code], own=(), before=filling, after=filling)
    if made:
        items = [services.Wanted(code=each.code, wording=each.wording) for each in made]
        services.write(draft, actor=actor, now=now, items=items)


def _bodies_context(request: HttpRequest, subject: Subject | None) -> dict[str, Any]:
    search, today = forms.read_search(request.GET), localdate()
    body = directory.living().filter(pk=search.body).first() if search.body else None
    found = (
        directory.find(
            search.text,
            kind=search.kind,
            departement=search.departement,
            limit=MOST_FOUND,
        )
        if search.is_asked
        else []
    )
    names = (*subjects.NAMES, DOCUMENT)
    kept = {name: request.GET[name] for name in names if request.GET.get(name)}
    return {
        "search": search,
        "found": found,
        "most": MOST_FOUND,
        "kinds": BODY_KINDS,
        "departements": places.departements(),
        "way": shown.way_to(body, today) if body else None,
        "subject": subject,
        "place": subjects.place_name(subject.territory) if subject else "",
        "holders": [
            (shown.HOLDERS[code], bodies)
            for code, bodies in subjects.holders_of(subject.territory if subject else "")
        ],
        "kept": kept,
        "drafts": listing.mine(me(request)).filter(sent_on=None)[:10],
    }


@require_http_methods(FORM)
@of_draft
def body(request: HttpRequest, draft: Request) -> HttpResponse:
    if request.method == "POST":
        key = forms.read_search(request.POST).body
        if key and directory.living().filter(pk=key).exists():
            services.address_to(draft, key, actor=me(request), now=timezone.now())
            return redirect("foi:draft-documents", draft.pk)
    subject = subjects.subject_of("projet", draft.project) if draft.project else None
    context = _bodies_context(request, subject)
    if context["way"] is None and draft.body is not None and not context["search"].is_asked:
        context["way"] = shown.way_to(draft.body, localdate())
    return render(request, "foi/draft_body.html", _page(draft, "body") | context)


def _page(draft: Request, here: str) -> dict[str, Any]:
    return {"draft": draft, "steps": shown.steps(draft, here)}


def entries(draft: Request) -> list[Entry]:
    """Return the documents of a draft as the rules know them."""
    return [Entry(row.code, row.wording) for row in draft.items.order_by("position")]


@require_http_methods(FORM)
@of_draft
def documents(request: HttpRequest, draft: Request) -> HttpResponse:
    today = localdate()
    if request.method == "POST":
        _choose(request, draft)
        then = request.POST.get("then", "")
        return redirect("foi:draft-documents" if then == "stay" else "foi:draft-items", draft.pk)
    now_there, filling = entries(draft), filling_of(draft.slots, today)
    context = {
        "groups": shown.groups(draft.body, filling, {each.code for each in now_there}),
        "own": "\n".join(each.wording for each in now_there if not each.code),
        "slots": draft.slots,
        "since": draft.slots.get("since") or default_since(today).isoformat(),
    }
    return render(request, "foi/draft_documents.html", _page(draft, "documents") | context)


def _choose(request: HttpRequest, draft: Request) -> None:
    choice, today = forms.read_choice(request.POST), localdate()
    made = chosen(
        entries(draft),
        codes=choice.codes,
        own=choice.own,
        before=filling_of(draft.slots, today),
        after=filling_of(choice.slots, today),
    )
    services.write(
        draft,
        actor=me(request),
        now=timezone.now(),
        items=[services.Wanted(code=each.code, wording=each.wording) for each in made],
        slots=choice.slots,
        title=draft.title or title_of(made, choice.slots["project"]),
    )


@require_http_methods(FORM)
@of_draft
def items(request: HttpRequest, draft: Request) -> HttpResponse:
    rows = list(draft.items.order_by("position"))
    if request.method == "POST":
        new = forms.read_items(request.POST, request.POST.getlist("code"))
        services.write(
            draft,
            actor=me(request),
            now=timezone.now(),
            title=new.title or draft.title,
            items=[services.Wanted(code=code, wording=text) for code, text in new.items],
        )
        act = request.POST.get("act", "")
        return redirect("foi:draft-requester" if act == "next" else "foi:draft-items", draft.pk)
    context = {"lines": shown.lines(draft, rows, today=localdate())}
    return render(request, "foi/draft_items.html", _page(draft, "items") | context)


@require_http_methods(FORM)
@of_draft
def requester(request: HttpRequest, draft: Request) -> HttpResponse:
    rows = list(requesters.usable_by(me(request)))
    if request.method == "POST":
        wanted = request.POST.get("requester", "")
        row = next((each for each in rows if each.pk == wanted), None)
        if row is not None:
            services.write(draft, actor=me(request), now=timezone.now(), requester=row)
            return redirect("foi:draft-review", draft.pk)
    context = {
        "requesters": [(row, requesters.lacks_of(row)) for row in rows],
        "is_missing": request.method == "POST",
    }
    return render(request, "foi/draft_requester.html", _page(draft, "requester") | context)


@require_POST
@of_draft
def throw_away(request: HttpRequest, draft: Request) -> HttpResponse:
    services.throw_away(draft, actor=me(request))
    return redirect("foi:new")
