"""Papers of an action: which can be written, one as it stands, what it is made of. For its team."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contrechamp.cases.domain.drafting import Choices
from contrechamp.cases.domain.papers import PaperKind
from contrechamp.cases.domain.questionnaire import Standing
from contrechamp.cases.forms.drafting import AskedForm, FinalDocumentForm, MeanForm
from contrechamp.cases.models import Draft
from contrechamp.cases.queries.access import FINISHERS, PAPER_WRITERS, mine, role_of, written_by
from contrechamp.cases.queries.drafts import Open, choices_of, drafts_of, open_draft
from contrechamp.cases.services import drafting as services
from contrechamp.cases.shown import drafts as shown
from contrechamp.foundation.access import members_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

FORM = ("GET", "HEAD", "POST")
View = Callable[..., HttpResponse]


def me(request: HttpRequest) -> User:
    """Return who is signed in."""
    return cast("User", request.user)


def site_of(request: HttpRequest) -> str:
    """Return how the addresses of this site begin."""
    return f"{request.scheme}://{request.get_host()}"


def of_team(view: View) -> View:
    """Open a paper to the team of its action; others are told of none."""

    @wraps(view)
    def opened(request: HttpRequest, key: str, paper: str, **rest: Any) -> HttpResponse:
        action = get_object_or_404(mine(me(request)), pk=key)
        return view(request, get_object_or_404(drafts_of(action), pk=paper), **rest)

    return members_only(never_cache(opened))


def of_writers(view: View) -> View:
    """Open a paper to who may write it: who leads, takes part or advises."""

    @wraps(view)
    def opened(request: HttpRequest, key: str, paper: str, **rest: Any) -> HttpResponse:
        action = get_object_or_404(written_by(me(request)), pk=key)
        return view(request, get_object_or_404(drafts_of(action), pk=paper), **rest)

    return members_only(never_cache(opened))


def refused(request: HttpRequest, draft: Draft, no: Refused) -> HttpResponse:
    """Show why something was not done, with the way back to the paper."""
    context = {"action": draft.action, "draft": draft, "why": say(no)}
    return render(request, "cases/refused.html", context, status=409)


@require_http_methods(FORM)
@members_only
@never_cache
def index(request: HttpRequest, key: str) -> HttpResponse:
    """The papers of an action, and those that can be begun."""
    action = get_object_or_404(mine(me(request)), pk=key)
    why = ""
    if request.method == "POST":
        get_object_or_404(written_by(me(request)), pk=key)
        try:
            kind = PaperKind(request.POST.get("kind", ""))
        except ValueError:
            raise Http404 from None
        try:
            draft = services.begin(action, kind, actor=me(request), now=timezone.now())
            return redirect("cases:draft-choices", action.pk, draft.pk)
        except Refused as no:
            why = say(no)
    context = {
        "action": action,
        "drafts": drafts_of(action),
        "offers": shown.offers(action, timezone.localdate()),
        "without_model": shown.without_model(action),
        "may_write": role_of(request.user, action) in PAPER_WRITERS,
        "why": why,
    }
    return render(request, "cases/drafts.html", context, status=409 if why else 200)


def opened_for(request: HttpRequest, draft: Draft) -> Open:
    """Return a paper as it stands for this reader."""
    return open_draft(draft, user=me(request), now=timezone.now(), site=site_of(request))


@require_safe
@of_team
def paper(request: HttpRequest, draft: Draft) -> HttpResponse:
    return show_paper(request, draft)


def show_paper(request: HttpRequest, draft: Draft, **bound: Any) -> HttpResponse:
    """Show a paper; `bound` are forms that were sent and did not hold."""
    opened, role = opened_for(request, draft), role_of(request.user, draft.action)
    is_final = draft.state == Draft.State.FINAL
    facts = opened.gathered.material.facts
    context = {
        "action": draft.action,
        "draft": draft,
        "opened": opened,
        "is_final": is_final,
        "may_write": role in PAPER_WRITERS and not is_final,
        "may_attach": role in PAPER_WRITERS and is_final,
        "may_finish": role in FINISHERS,
        "behind": [part for part in opened.parts.values() if part.standing == "behind"],
        "mean_form": bound.get("mean") or MeanForm(facts=facts),
        "document_form": bound.get("document") or FinalDocumentForm(),
    }
    return render(request, "cases/draft.html", context)


@require_http_methods(FORM)
@of_writers
def choices(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Which grounds and facts the paper is made of."""
    if request.method == "POST":
        try:
            services.choose(
                draft,
                seen=_number(request, "vu"),
                means=request.POST.getlist("moyen"),
                facts=request.POST.getlist("fait"),
                actor=me(request),
                now=timezone.now(),
            )
        except Refused as no:
            return refused(request, draft, no)
        then = "draft-asked" if request.POST.get("then") == "asked" else "draft"
        return redirect(f"cases:{then}", draft.action_id, draft.pk)
    opened = opened_for(request, draft)
    context = {
        "action": draft.action,
        "draft": draft,
        "seen": opened.version.number,
        "groups": _grounds(opened),
        "facts": _facts(opened),
        "own": [
            (key, opened.choices.own[key].title)
            for key in opened.choices.means
            if key in opened.choices.own
        ],
    }
    return render(request, "cases/draft_choices.html", context)


def _number(request: HttpRequest, name: str) -> int:
    """Return a number that a form carries; a page that was not made here has none."""
    text = request.POST.get(name, "")
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise Http404
    return int(text)


def _grounds(opened: Open) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the grounds by how they look, each with the facts that answer it, those chosen."""
    offered, chosen = opened.gathered.candidates, set(opened.choices.means)
    rows = [
        {
            "look": look,
            "facts": offered.facts_for(look.ground.code),
            "is_chosen": look.ground.code in chosen,
        }
        for look in offered.looks
    ]
    found = [
        (each.value, [row for row in rows if row["look"].standing is each])  # type: ignore[attr-defined]
        for each in Standing
    ]
    return [(standing, group) for standing, group in found if group]


def _facts(opened: Open) -> list[dict[str, Any]]:
    chosen = set(opened.choices.facts)
    return [
        {"fact": each, "is_chosen": each.key in chosen} for each in opened.gathered.candidates.facts
    ]


@require_http_methods(FORM)
@of_writers
def asked(request: HttpRequest, draft: Draft) -> HttpResponse:
    """By whom, of whom, what is asked."""
    opened, kept = opened_for(request, draft), choices_of(draft)
    form = _asked_form(request, draft, opened, kept)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask(draft, options=form.options(), actor=me(request), now=timezone.now())
        except Refused as no:
            return refused(request, draft, no)
        return redirect("cases:draft", draft.action_id, draft.pk)
    context = {
        "action": draft.action,
        "draft": draft,
        "form": form,
        "applicant": opened.gathered.material.applicant,
        "attacked": opened.gathered.material.attacked,
    }
    return render(request, "cases/draft_asked.html", context)


def _asked_form(request: HttpRequest, draft: Draft, opened: Open, kept: Choices) -> AskedForm:
    return AskedForm(
        request.POST if request.method == "POST" else None,
        kind=PaperKind(draft.kind),
        exhibits=opened.gathered.material.exhibits,
        facts=opened.gathered.material.facts,
        options=kept.options,
    )


@require_http_methods(FORM)
@of_team
def history(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Who changed what; a way back to each choice and each text."""
    may_write = role_of(request.user, draft.action) in PAPER_WRITERS
    if request.method == "POST":
        if not may_write:
            raise Http404
        number = _number(request, "vers")
        try:
            services.undo_choices(draft, number, actor=me(request), now=timezone.now())
        except Refused as no:
            return refused(request, draft, no)
        return redirect("cases:draft", draft.action_id, draft.pk)
    opened = opened_for(request, draft)
    context = {
        "action": draft.action,
        "draft": draft,
        "opened": opened,
        "versions": draft.versions.select_related("made_by").order_by("-number"),
        "texts": _texts(draft, opened),
        "may_write": may_write and draft.state == Draft.State.DRAFT,
    }
    return render(request, "cases/draft_history.html", context)


def _texts(draft: Draft, opened: Open) -> list[dict[str, Any]]:
    """Return what was written, the latest first, with the heading that it stands under now."""
    rows = draft.texts.select_related("made_by").order_by("-made_at", "-pk")
    last = {key: part.number for key, part in opened.parts.items()}
    return [
        {
            "row": row,
            "heading": opened.parts[row.section].entry.heading
            if row.section in opened.parts
            else row.title,
            "is_last": last.get(row.section, row.number) == row.number,
        }
        for row in rows
    ]


@require_POST
@of_writers
def throw_away(request: HttpRequest, draft: Draft) -> HttpResponse:
    try:
        services.throw_away(draft, now=timezone.now())
    except Refused as no:
        return refused(request, draft, no)
    return redirect("cases:drafts", draft.action_id)
