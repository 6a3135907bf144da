"""Two records that may be one: proposals, comparison, merge, undo."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contrechamp.census import queries, services
from contrechamp.census.models import Entity
from contrechamp.census.shown import working
from contrechamp.census.shown.facts import label_of, value_text
from contrechamp.foundation.access import editors_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused
from contrechamp.kernel.ids import is_id

from .finding import entity_or_404, reader_of

MOST_CLAIMS = 30


@editors_only
@require_GET
def merges(request: HttpRequest) -> HttpResponse:
    a, b = request.GET.get("a", "").strip(), request.GET.get("b", "").strip()
    why = ""
    if a or b:
        seen = queries.entities_visible_to(reader_of(request))
        if is_id(a) and is_id(b) and a != b and seen.filter(pk__in=[a, b]).count() == 2:
            return redirect("census:merge", a, b)
        why = gettext("Donnez les identifiants de deux fiches différentes (act-…, prj-…).")
    words = {
        "fusion": gettext("Les deux fiches n'en font plus qu'une."),
        "differentes": gettext("C'est noté : cette paire ne sera plus proposée."),
        "defaite": gettext("La fusion est défaite."),
    }
    return render(
        request,
        "census/merges.html",
        {
            "suggestions": queries.merge_suggestions(),
            "merges": [_done(merge) for merge in queries.merges_done()[:100]],
            "done": words.get(request.GET.get("fait", ""), ""),
            "why": why,
            "a": a,
            "b": b,
        },
    )


def _done(merge: Any) -> dict[str, Any]:
    return {
        "id": merge.pk,
        "survivor": merge.survivor_id,
        "survivor_name": merge.survivor.name,
        "absorbed_name": merge.absorbed.name,
        "at": merge.change.at,
        "by": merge.change.by.get_username(),
        "reason": merge.change.reason,
        "is_undone": merge.undone_by_id is not None,
    }


@editors_only
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, a: str, b: str) -> HttpResponse:
    one, other = entity_or_404(request, a), entity_or_404(request, b)
    if one.pk == other.pk or one.merged_into_id or other.merged_into_id:
        raise Http404
    survivor, absorbed = services.choose_survivor(one, other)
    why, reason = "", request.POST.get("reason", "")[:2000]
    if request.method == "POST":
        actor, now = reader_of(request), timezone.now()
        try:
            if request.POST.get("decision") == "same":
                services.merge(survivor, absorbed, actor=actor, now=now, reason=reason)
                return redirect(f"{reverse('census:merges')}?fait=fusion")
            if request.POST.get("decision") == "different":
                services.mark_not_same(survivor, absorbed, actor=actor, now=now, reason=reason)
                return redirect(f"{reverse('census:merges')}?fait=differentes")
        except Refused as refusal:
            why = say(refusal)
    sides = [_side(request, survivor, survives=True), _side(request, absorbed, survives=False)]
    return render(
        request,
        "census/merge.html",
        {
            "sides": sides,
            "suggestion": _why(one, other),
            "blocked": ""
            if one.kind == other.kind
            else gettext(
                "Ces deux fiches ne sont pas de la même sorte : elles ne se fusionnent pas."
            ),
            "what_happens": _what_happens(survivor, absorbed, sides),
            "conflicts": _conflicts(sides),
            "why": why,
            "reason": reason,
        },
    )


def _why(one: Entity, other: Entity) -> str:
    for pair in queries.merge_suggestions():
        if {pair.a, pair.b} == {one.pk, other.pk}:
            return str(pair.why)
    return ""


def _side(request: HttpRequest, entity: Entity, *, survives: bool) -> dict[str, Any]:
    reader = reader_of(request)
    claims = queries.claims_of(entity.pk, reader)
    count = claims.count()
    lines = working.lines_of(claims[:MOST_CLAIMS], reader)
    return {
        "id": entity.pk,
        "name": entity.name,
        "survives": survives,
        "type_label": working.type_label(entity.type),
        "state_label": entity.get_state_display(),
        "made_at": entity.made_at,
        "names": [row.text for row in entity.names.order_by("role", "text")],
        "identifiers": [
            f"{row.scheme.upper()} {row.value}"
            for row in entity.identifiers.order_by("scheme", "value")
        ],
        "claims_count": count,
        "claims": [line.sentence for line in lines],
        "more_claims": max(0, count - MOST_CLAIMS),
        "values": {
            (claim.property, str(claim.value))
            for claim in claims
            if claim.subject_id == entity.pk and claim.value is not None
        },
    }


def _what_happens(survivor: Entity, absorbed: Entity, sides: list[dict[str, Any]]) -> list[str]:
    because = (
        gettext("elle a un numéro officiel")
        if sides[0]["identifiers"] and not sides[1]["identifiers"]
        else gettext("elle est publiée")
        if survivor.published_as and not absorbed.published_as
        else gettext("elle est la plus ancienne")
    )
    count = sides[1]["claims_count"]
    return [
        gettext("« {name} » ({id}) reste : {because}.").format(
            name=survivor.name, id=survivor.pk, because=because
        ),
        gettext("L'adresse de « {name} » mène pour toujours à celle-ci.").format(
            name=absorbed.name
        ),
        gettext("Les noms de la seconde deviennent d'autres noms de la première."),
        ngettext(
            "{count} fait change de fiche, avec ses sources.",
            "{count} faits changent de fiche, avec leurs sources.",
            count,
        ).format(count=count),
        gettext("Tout peut se défaire ; ce qui sera ajouté depuis restera sur la première."),
    ]


def _conflicts(sides: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the values that both records have, and that differ."""
    a, b = (dict(side["values"]) for side in sides)
    return [
        {
            "label": label_of(code),
            "a": value_text(code, a[code])[0] or a[code],
            "b": value_text(code, b[code])[0] or b[code],
        }
        for code in sorted(set(a) & set(b))
        if a[code] != b[code]
    ]


@editors_only
@require_POST
def undo(request: HttpRequest, merge: int) -> HttpResponse:
    services.undo_merge(
        merge,
        actor=reader_of(request),
        now=timezone.now(),
        reason=request.POST.get("reason", "")[:2000],
    )
    return redirect(f"{reverse('census:merges')}?fait=defaite")
