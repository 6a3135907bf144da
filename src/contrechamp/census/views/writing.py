"""Writing a fact: choose the record, what is said, then the fact with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contrechamp.census import queries, services
from contrechamp.census.forms.claims import ClaimForm, initial_of, is_relation, label_of, term_of
from contrechamp.census.forms.entities import EntityForm
from contrechamp.census.forms.evidence import EvidenceForm
from contrechamp.census.models import Claim, Entity
from contrechamp.census.services.drafting import NewRecord, Side, draft_claim
from contrechamp.census.shown import working
from contrechamp.census.shown.candidates import places_named, technologies_named
from contrechamp.forum.services import proposing as forum
from contrechamp.foundation.access import members_only
from contrechamp.foundation.vocabulary import label, terms
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .finding import (
    claim_or_404,
    entity_or_404,
    has_one_reviewer,
    passage_of,
    post_of,
    reader_of,
)

PER_PAGE = 50
FOUND = 12
"""Records offered for a name: more would have to be searched in turn."""


@members_only
@require_http_methods(["GET", "POST"])
def claim_new(request: HttpRequest) -> HttpResponse:
    """Lead through the three steps; where one is, the address says."""
    if not request.GET.get("sujet"):
        return _choose_subject(request)
    subject = entity_or_404(request, request.GET["sujet"])
    code = request.GET.get("propriete", "")
    if term_of(code) is None or not _may_say(subject, code):
        return _choose_property(request, subject)
    return _write(request, subject, code)


def _carried(request: HttpRequest) -> dict[str, str]:
    """Return what goes with one through the steps: the passage, or the post, that it is about."""
    return {name: request.GET.get(name, "")[:60] for name in ("citation", "message")}


def _address(**query: str) -> str:
    kept = {name: value for name, value in query.items() if value}
    return reverse("census:claim-new") + ("?" + urlencode(kept) if kept else "")


def _choose_subject(request: HttpRequest) -> HttpResponse:
    citation, q = request.GET.get("citation", ""), request.GET.get("q", "").strip()[:200]
    form = EntityForm(request.POST or None, initial={"name": q})
    why = ""
    if request.method == "POST" and form.is_valid():
        kind, type_ = form.kind_and_type()
        try:
            entity = services.add_entity(
                kind=kind,
                type=type_,
                name=form.cleaned_data["name"],
                actor=reader_of(request),
                now=timezone.now(),
            )
        except Refused as refusal:
            why = say(refusal)
        else:
            return redirect(_address(sujet=entity.pk, **_carried(request)))
    found = _found(request, q) if q else []
    return render(
        request,
        "census/claim_new.html",
        {
            "step": "subject",
            "citation": citation,
            "passage": passage_of(request, citation),
            "post": post_of(request),
            "q": q,
            "found": [
                working.card_of(
                    entity,
                    place=entity.territory.partition(":")[2],
                    choose_url=_address(sujet=entity.pk, **_carried(request)),
                )
                for entity in found
            ],
            "entity_form": form,
            "why": why,
        },
    )


def _found(request: HttpRequest, text: str, kinds: Sequence[str] = ()) -> list[Entity]:
    return list(queries.search_entities(text, reader_of(request), kinds=kinds, limit=FOUND))


def _may_say(subject: Entity, code: str) -> bool:
    term = term_of(code) or {}
    if is_relation(code):
        types = term.get("from_types")
        return subject.kind in term["from"] and (not types or subject.type in types)
    return subject.kind in term["kinds"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be said of a record."""

    label: str
    url: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Things that can be said, under one heading."""

    label: str
    choices: tuple[Choice, ...]


def _choose_property(request: HttpRequest, subject: Entity) -> HttpResponse:
    citation = request.GET.get("citation", "")

    def choices(names: Sequence[str]) -> tuple[Choice, ...]:
        return tuple(
            Choice(
                label_of(code).capitalize(),
                _address(sujet=subject.pk, propriete=code, **_carried(request)),
                _ends(code),
            )
            for code in names
            if _may_say(subject, code)
        )

    groups = (
        Group(gettext("Un lien avec une autre fiche"), choices(list(terms("relations")))),
        Group(gettext("Une valeur"), choices(list(terms("properties")))),
    )
    return render(
        request,
        "census/claim_new.html",
        {
            "step": "property",
            "subject": subject,
            "citation": citation,
            "passage": passage_of(request, citation),
            "post": post_of(request),
            "groups": [group for group in groups if group.choices],
            "restart_url": _address(**_carried(request)),
        },
    )


def _ends(code: str) -> str:
    """Say with what a relation joins, so that its direction is plain before it is chosen."""
    if not is_relation(code):
        return ""
    kinds = (term_of(code) or {}).get("to", ())
    return gettext("→ {kinds}").format(
        kinds=", ".join(str(Entity.Kind(kind).label) for kind in kinds)
    )


def _write(request: HttpRequest, subject: Entity, code: str) -> HttpResponse:
    citation = request.GET.get("citation", "")
    passage, post = passage_of(request, citation), post_of(request)
    form = ClaimForm(code, request.POST or None)
    evidence_form = EvidenceForm(
        request.POST or None,
        initial={
            "evidence_kind": "document" if passage else "url",
            "quote": citation,
            **(post.evidence if post else {}),
        },
    )
    context: dict[str, Any] = {
        "step": "claim",
        "subject": subject,
        "property": {"label": label_of(code)},
        "citation": citation,
        "passage": passage,
        "post": post,
        "form": form,
        "evidence_form": evidence_form,
        "restart_url": _address(**_carried(request)),
        "property_url": _address(sujet=subject.pk, **_carried(request)),
        "candidates": None,
    }
    if request.method == "POST" and _both_valid(form, evidence_form):
        side = _target(request, form, context) if is_relation(code) else None
        if side is not None or not is_relation(code):
            try:
                claim = draft_claim(
                    subject=subject,
                    property=code,
                    values=form.values(),
                    target=side,
                    evidence=evidence_form.values() if evidence_form.is_given else {},
                    and_submit=request.POST.get("then") == "submit",
                    actor=reader_of(request),
                    now=timezone.now(),
                )
            except Refused as refusal:
                context["why"] = say(refusal)
            else:
                if post is not None:
                    forum.note_proposed(post.post, claim.pk)
                return _after(request, subject, claim)
    return render(request, "census/claim_new.html", context)


def _both_valid(form: ClaimForm, evidence_form: EvidenceForm) -> bool:
    """Check both, so that all that is wrong is said at once."""
    return form.is_valid() & evidence_form.is_valid()


def _after(request: HttpRequest, subject: Entity, claim: Claim) -> HttpResponse:
    if request.POST.get("then") == "more":
        return redirect(_address(sujet=subject.pk, **_carried(request)))
    return redirect(f"{reverse('census:drafts')}?enregistre={claim.pk}")


def _target(request: HttpRequest, form: ClaimForm, context: dict[str, Any]) -> Side | None:
    """Return the other end that was named; put the candidates on the page when it is not plain."""
    term = form.term
    kinds: Sequence[str] = term["to"]
    chosen = request.POST.get("target_id", "")
    name = form.cleaned_data["target_text"]
    if chosen.startswith("new:"):
        kind, _colon, type_ = chosen.removeprefix("new:").partition(":")
        return Side(new=NewRecord(kind=kind, type=type_, name=name))
    if chosen:
        side = side_of(request, chosen)
        if side is not None:
            return side
    found = _found(request, name, kinds)
    exact = [entity for entity in found if entity.name.casefold() == name.casefold()]
    if len(exact) == 1:
        return Side(entity=exact[0])
    context["candidates"] = _candidates(found, name, kinds)
    context["new_kinds"] = new_kinds(kinds, term.get("to_types"))
    context["why"] = gettext(
        "Choisissez la fiche dont il s'agit, ou créez-en une, puis enregistrez."
    )
    return None


def side_of(request: HttpRequest, chosen: str) -> Side | None:
    """Return the other end that a radio button stands for, or None."""
    if chosen.startswith("place:"):
        return Side(territory=chosen.removeprefix("place:"))
    if chosen.startswith("tech:"):
        code = chosen.removeprefix("tech:")
        return Side(technology=code) if code in terms("technologies") else None
    entity = queries.entities_visible_to(reader_of(request)).filter(pk=chosen).first()
    return Side(entity=entity) if entity else None


def new_kinds(kinds: Sequence[str], types: Sequence[str] | None) -> list[dict[str, str]]:
    """Return the types of record that can be made on the spot."""
    made = {"actor", "project", "contract"} & set(kinds)
    options = [
        {"value": f"{term['kind']}:{code}", "label": label("entity_types", code)}
        for code, term in terms("entity_types").items()
        if term["kind"] in made or (code in {"site", "product"} and term["kind"] in kinds)
    ]
    return [one for one in options if not types or one["value"].partition(":")[2] in types]


def _candidates(found: Sequence[Entity], name: str, kinds: Sequence[str]) -> list[working.Card]:
    cards = working.cards_of(found)
    territories = {entity.territory for entity in found if entity.territory}
    terms_known = {code for entity in found for code in entity.keys.get("vocabulary", ())}
    if "place" in kinds:
        cards += [
            one for one in places_named(name) if one.id.removeprefix("place:") not in territories
        ]
    if "technology" in kinds:
        cards += [
            one
            for one in technologies_named(name)
            if one.id.removeprefix("tech:") not in terms_known
        ]
    return cards


@members_only
@require_GET
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer with the records whose name begins so: comfort for those with scripts."""
    q = request.GET.get("q", "").strip()[:200]
    found = _found(request, q) if len(q) > 1 else []
    rows = [
        {
            "id": card.id,
            "name": card.name,
            "about": " · ".join(filter(None, [card.type_label, card.place])),
        }
        for card in working.cards_of(found)
    ]
    return JsonResponse({"results": rows})


@members_only
@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    saved = request.GET.get("enregistre", "")
    start = _start(request)
    found = list(queries.drafts_of(reader)[start : start + PER_PAGE + 1])
    return render(
        request,
        "census/drafts.html",
        {
            "claims": working.lines_of(found[:PER_PAGE], reader),
            "saved": gettext("Enregistré.") if saved else "",
            "next_url": f"?a={start + PER_PAGE}" if len(found) > PER_PAGE else "",
            "first_url": reverse("census:drafts") if start else "",
        },
    )


def _start(request: HttpRequest) -> int:
    text = request.GET.get("a", "")
    return int(text) if text.isdecimal() and len(text) < 7 else 0


@members_only
@require_POST
def submit(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    wanted = request.POST.getlist("ids")[:500]
    seen = queries.claims_visible_to(reader).filter(pk__in=wanted).values_list("pk", flat=True)
    services.submit(list(seen), actor=reader, now=timezone.now())
    return redirect("census:drafts")


@members_only
@require_POST
def withdraw(request: HttpRequest, claim: str) -> HttpResponse:
    found = claim_or_404(request, claim)
    services.withdraw(
        [found.pk],
        actor=reader_of(request),
        now=timezone.now(),
        reason=request.POST.get("reason", "")[:2000],
    )
    return redirect("census:desk", found.subject_id)


@members_only
@require_http_methods(["GET", "POST"])
def claim_edit(request: HttpRequest, claim: str) -> HttpResponse:
    """Change a claim; when somebody was quicker, show both texts and let choose."""
    found = claim_or_404(request, claim)
    reader = reader_of(request)
    form = ClaimForm(
        found.property, request.POST or None, initial=initial_of(found), with_target=False
    )
    context: dict[str, Any] = {
        "claim": working.line_of(found, reader, single=has_one_reviewer()),
        "form": form,
        "candidates": None,
        "may_submit": found.state == "DRAFT",
        "may_withdraw": found.state != "WITHDRAWN"
        and (reader.is_editor or (found.made_by_id == reader.pk and not found.published_as)),
    }
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        try:
            services.change_claim(
                found.pk,
                expected_version=int(version) if version.isdecimal() and len(version) < 9 else 0,
                actor=reader,
                now=timezone.now(),
                reason=request.POST.get("reason", "")[:2000],
                **form.values(),
            )
        except services.Conflict as conflict:
            context["conflict"] = _both_texts(found, form, conflict, request.POST)
        except Refused as refusal:
            context["why"] = say(refusal)
        else:
            return redirect("census:claim-edit", found.pk)
    context["evidence"] = working.line_of(found, reader, with_pictures=True).evidence
    status = 409 if "conflict" in context else 200
    return render(request, "census/claim_edit.html", context, status=status)


def _both_texts(
    claim: Claim, form: ClaimForm, conflict: Refused, sent: Mapping[str, Any]
) -> dict[str, Any]:
    """Put what is stored beside what was sent, field by field, as the form writes them."""
    stored = ClaimForm(claim.property, initial=initial_of(claim), with_target=False)
    rows = []
    for bound, now in zip(form, stored, strict=True):
        theirs, mine = now.value(), bound.value()
        rows.append(
            {
                "name": bound.html_name,
                "label": bound.label,
                "theirs": _plain(stored, now.name, theirs),
                "mine": _plain(stored, now.name, mine),
                "theirs_raw": _raw(theirs),
                "mine_raw": _raw(mine),
                "is_different": _raw(theirs) != _raw(mine),
            }
        )
    return {
        "version": getattr(conflict, "version", claim.version),
        "reason": str(sent.get("reason", ""))[:2000],
        "rows": rows,
    }


def _raw(value: Any) -> str:
    return "" if value is None else str(value)


def _plain(form: ClaimForm, name: str, value: Any) -> str:
    """Say a value in words: the label of a code, else the text."""
    choices = dict(getattr(form.fields[name], "choices", ()) or ())
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(str(choices.get(one, _raw(one))) for one in values)


@members_only
@require_http_methods(["GET", "POST"])
def evidence_new(request: HttpRequest, claim: str) -> HttpResponse:
    found = claim_or_404(request, claim)
    citation = request.GET.get("citation", "")
    passage = passage_of(request, citation)
    form = EvidenceForm(
        request.POST or None,
        initial={"evidence_kind": "document" if passage else "url", "quote": citation},
    )
    context: dict[str, Any] = {
        "claim": working.line_of(found, reader_of(request)),
        "form": form,
        "passage": passage,
    }
    if request.method == "POST" and form.is_valid():
        try:
            if not form.is_given:
                form.add_error("evidence_kind", gettext("Choisissez une sorte de source."))
            else:
                services.add_evidence(
                    found, actor=reader_of(request), now=timezone.now(), **form.values()
                )
                return redirect("census:claim-edit", found.pk)
        except Refused as refusal:
            context["why"] = say(refusal)
    return render(request, "census/evidence_new.html", context)
