"""One section of a paper: written by hand, given back to the facts, taken up again; its means."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from contrechamp.cases.domain.drafting import Changed
from contrechamp.cases.domain.papers import Section
from contrechamp.cases.forms.drafting import FinalDocumentForm, MeanForm, citation
from contrechamp.cases.models import Draft
from contrechamp.cases.queries.access import finished_by
from contrechamp.cases.queries.drafts import MEANS, Open, Part
from contrechamp.cases.services import drafting as services
from contrechamp.cases.shown import drafts as shown
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .drafts import FORM, me, of_writers, opened_for, refused, show_paper, site_of


def _part(opened: Open, section: str) -> Part:
    """Return a section that can be written, or raise Http404."""
    part = opened.parts.get(section)
    if part is None or part.section.is_computed:
        raise Http404
    return part


def _to(draft: Draft, section: str) -> HttpResponse:
    """Lead to a section on the page of its paper."""
    return redirect(f"{reverse('cases:draft', args=[draft.action_id, draft.pk])}#{section}")


@require_http_methods(FORM)
@of_writers
def section(request: HttpRequest, draft: Draft, section: str) -> HttpResponse:
    """The text of one section: write, look, cite an exhibit, keep."""
    if draft.state == Draft.State.FINAL:
        return redirect("cases:draft", draft.action_id, draft.pk)
    opened = opened_for(request, draft)
    part = _part(opened, section)
    if request.method != "POST":
        return _show(request, opened, part, text=part.section.body, title=part.section.title)
    text, title = request.POST.get("texte", ""), request.POST.get("titre", part.section.title)
    seen = request.POST.get("vu", "")
    if request.POST.get("act") != "keep":
        return _try(request, opened, part, text=text, title=title, seen=seen)
    try:
        services.write(
            draft,
            section,
            text=text,
            title=title if part.is_mean else "",
            seen=int(seen) if seen.isascii() and seen.isdigit() else -1,
            basis=request.POST.get("base", "")[:64],
            actor=me(request),
            now=timezone.now(),
        )
    except Refused as no:
        return _show(request, opened, part, text=text, title=title, no=no)
    return _to(draft, section)


def _try(
    request: HttpRequest, opened: Open, part: Part, *, text: str, title: str, seen: str
) -> HttpResponse:
    """Show a text as it will be, with a citation at its end if one was asked for. Keep nothing."""
    key = request.POST.get("piece", "")
    there = {each.key for each in opened.paper.exhibits}
    if request.POST.get("act") == "cite" and key in there:
        text = f"{text.rstrip()} {citation(key, request.POST.get('page', ''))}"
    return _show(request, opened, part, text=text, title=title, seen=seen, is_tried=True)


def _show(
    request: HttpRequest,
    opened: Open,
    part: Part,
    *,
    text: str,
    title: str,
    seen: str = "",
    no: Refused | None = None,
    is_tried: bool = False,
) -> HttpResponse:
    tried = Section(key=part.section.key, title=title, body=text, role=part.section.role)
    context: dict[str, Any] = {
        "action": opened.draft.action,
        "draft": opened.draft,
        "opened": opened,
        "part": part,
        "text": text,
        "title": title,
        "seen": seen if seen.isascii() and seen.isdigit() else part.number,
        "why": say(no) if no else "",
        "is_changed": isinstance(no, Changed),
        "preview": shown.drawn(tried, opened.paper.exhibits) if is_tried else [],
        "is_tried": is_tried,
        "rows": min(max(len(text) // 70 + text.count("\n") + 3, 8), 30),
    }
    return render(request, "cases/draft_section.html", context, status=409 if no else 200)


@require_POST
@of_writers
def restore(request: HttpRequest, draft: Draft, section: str) -> HttpResponse:
    """Give a section back to the facts, keep one's own on facts that changed, or undo."""
    now, act = timezone.now(), request.POST.get("act", "")
    try:
        if act == "facts":
            services.follow_facts(draft, section, actor=me(request), now=now)
        elif act == "own":
            basis = request.POST.get("base", "")[:64]
            services.keep_own(draft, section, basis=basis, actor=me(request), now=now)
        elif act.isascii() and act.isdigit():
            services.restore_text(draft, section, int(act[:6]), actor=me(request), now=now)
        else:
            raise Http404
    except Refused as no:
        return refused(request, draft, no)
    return _to(draft, section)


@require_POST
@of_writers
def mean(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Move, withdraw or add a means."""
    now, act, key = timezone.now(), request.POST.get("act", ""), request.POST.get("cle", "")
    opened = opened_for(request, draft)
    if act == "add":
        return _add(request, draft, opened)
    part = next((each for each in opened.parts.values() if each.is_mean and each.code == key), None)
    about = part.section.title if part else ""
    try:
        if act in {"up", "down"}:
            beside = opened.beside(key, -1 if act == "up" else 1)
            services.move_mean(draft, key, beside, about=about, actor=me(request), now=now)
        elif act == "withdraw":
            why = request.POST.get("pourquoi", "")
            services.withdraw_mean(draft, key, about=about, why=why, actor=me(request), now=now)
        else:
            raise Http404
    except Refused as no:
        return refused(request, draft, no)
    return _to(draft, part.section.key if part and act != "withdraw" else "moyens")


def _add(request: HttpRequest, draft: Draft, opened: Open) -> HttpResponse:
    form = MeanForm(request.POST, facts=opened.gathered.material.facts)
    if not form.is_valid():
        return show_paper(request, draft, mean=form)
    try:
        key = services.add_mean(draft, form.told(), actor=me(request), now=timezone.now())
    except Refused as no:
        form.add_error(None, say(no))
        return show_paper(request, draft, mean=form)
    return _to(draft, f"{MEANS}{key}")


@require_POST
@of_writers
def final(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Declare a paper final, or open it again: for who leads or advises."""
    if not finished_by(me(request)).filter(pk=draft.action_id).exists():
        raise Http404
    now = timezone.now()
    try:
        if request.POST.get("act") == "reopen":
            why = request.POST.get("pourquoi", "")
            services.reopen(draft, why=why, actor=me(request), now=now)
        else:
            services.finish(draft, actor=me(request), now=now, site=site_of(request))
    except Refused as no:
        return refused(request, draft, no)
    return redirect("cases:draft", draft.action_id, draft.pk)


@require_POST
@of_writers
def attach(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Attach the version written elsewhere to a final paper."""
    form = FinalDocumentForm(request.POST)
    if form.is_valid():
        try:
            sha256 = form.cleaned_data["document"]
            services.attach_final(draft, sha256=sha256, actor=me(request), now=timezone.now())
        except Refused as no:
            form.add_error(None, say(no))
        else:
            return redirect("cases:draft", draft.action_id, draft.pk)
    return show_paper(request, draft, document=form)
