"""A whole project in one form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from contrechamp.census import queries
from contrechamp.census.forms.evidence import EvidenceForm
from contrechamp.census.forms.projects import ProjectForm
from contrechamp.census.services.drafting import NewRecord, Side, Sketch, draft_project
from contrechamp.census.shown.candidates import places_named
from contrechamp.foundation.access import members_only
from contrechamp.foundation.vocabulary import label
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused
from contrechamp.kernel.names import fold

from .finding import passage_of, reader_of
from .writing import side_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that a name may mean."""

    value: str
    label: str
    hint: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A name that may mean several things: the person chooses."""

    name: str
    legend: str
    options: tuple[Option, ...]


@members_only
@require_http_methods(["GET", "POST"])
def project_new(request: HttpRequest) -> HttpResponse:
    citation = request.GET.get("citation", "")
    passage = passage_of(request, citation)
    form = ProjectForm(request.POST or None, initial={"type": "deployment"})
    evidence_form = EvidenceForm(
        request.POST or None,
        initial={"evidence_kind": "document" if passage else "url", "quote": citation},
    )
    context: dict[str, Any] = {
        "form": form,
        "evidence_form": evidence_form,
        "passage": passage,
        "choices": [],
    }
    if request.method == "POST" and form.is_valid() & evidence_form.is_valid():
        questions: list[Question] = []
        given = form.cleaned_data
        sides = {
            "place": _place(request, given["town"], questions),
            "authority": _actor(request, "authority", given["authority"], questions),
            "company": _actor(request, "company", given["company"], questions),
        }
        context["choices"] = questions
        if questions:
            context["why"] = gettext("Dites de quelle fiche il s'agit, puis enregistrez.")
        else:
            return _save(request, form, evidence_form, sides, context)
    return render(request, "census/project_new.html", context)


def _save(
    request: HttpRequest,
    form: ProjectForm,
    evidence_form: EvidenceForm,
    sides: dict[str, Side | None],
    context: dict[str, Any],
) -> HttpResponse:
    given = form.cleaned_data
    values = [
        (code, given[field])
        for code, field in (
            ("summary", "summary"),
            ("stage", "stage"),
            (
                "decided_on"
                if given["stage"] not in {"announced", "under_study"}
                else "announced_on",
                "decided",
            ),
        )
        if given[field]
    ]
    sketch = Sketch(
        name=given["name"],
        type=given["type"],
        values=values,
        technologies=given["technologies"],
        evidence=evidence_form.values() if evidence_form.is_given else {},
        **sides,
    )
    try:
        project, _claims = draft_project(
            sketch,
            and_submit=request.POST.get("then") == "submit",
            actor=reader_of(request),
            now=timezone.now(),
        )
    except Refused as refusal:
        context["why"] = say(refusal)
        return render(request, "census/project_new.html", context)
    return redirect(reverse("census:desk", args=[project.pk]))


def _place(request: HttpRequest, text: str, questions: list[Question]) -> Side | None:
    if not text:
        return None
    if chosen := request.POST.get("choix-place", ""):
        return side_of(request, chosen)
    cards = places_named(text)
    same = [card for card in cards if fold(card.name) == fold(text)]
    if len(cards) == 1 or len(same) == 1:
        return Side(territory=(same or cards)[0].id.removeprefix("place:"))
    options = [
        Option(value=card.id, label=card.name, hint=f"{card.type_label}, {card.place}")
        for card in cards
    ]
    if not options:
        options = [
            Option(value="none", label=gettext("Aucun lieu de ce nom : continuer sans lieu"))
        ]
    questions.append(
        Question(
            name="choix-place",
            legend=gettext("Quel lieu est « {text} » ?").format(text=text),
            options=tuple(options),
        )
    )
    return None


def _actor(request: HttpRequest, role: str, text: str, questions: list[Question]) -> Side | None:
    """Return the actor of that name, a new one, or ask which of several it is."""
    if not text:
        return None
    type_ = "authority" if role == "authority" else "company"
    chosen = request.POST.get(f"choix-{role}", "")
    if chosen == "new":
        return Side(new=NewRecord(kind="actor", type=type_, name=text))
    if chosen:
        return side_of(request, chosen)
    found: Sequence[Any] = queries.search_entities(
        text, reader_of(request), kinds=("actor",), limit=8
    )
    found = list(found)
    same = [entity for entity in found if fold(entity.name) == fold(text)]
    if len(same) == 1:
        return Side(entity=same[0])
    if not found:
        return Side(new=NewRecord(kind="actor", type=type_, name=text))
    options = [
        Option(value=entity.pk, label=entity.name, hint=label("entity_types", entity.type))
        for entity in found
    ]
    options.append(
        Option(value="new", label=gettext("Aucune : créer « {text} »").format(text=text))
    )
    questions.append(
        Question(
            name=f"choix-{role}",
            legend=gettext("Qui est « {text} » ?").format(text=text),
            options=tuple(options),
        )
    )
    return None
