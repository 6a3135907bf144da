"""What came in by files: reports, what was not understood, publication."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from contrechamp.census import queries, services
from contrechamp.foundation.access import editors_only
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Refused

from .finding import reader_of

PER_PAGE = 100
MOST_ROWS = 60


@editors_only
@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "census/imports.html",
        {
            "runs": [
                {
                    "id": run.pk,
                    "dataset": run.dataset or run.kind,
                    "kind": run.kind,
                    "at": run.at,
                    "by": run.by.get_username(),
                    "issues_count": getattr(run, "issues_count", 0),
                }
                for run in queries.import_runs()[:200]
            ]
        },
    )


@editors_only
@require_http_methods(["GET", "POST"])
def run(request: HttpRequest, run: str) -> HttpResponse:
    found = queries.find_run(run)
    if found is None:
        raise Http404
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            report = services.publish_run(
                found.pk,
                reviewer=reader_of(request),
                now=timezone.now(),
                as_alleged=bool(request.POST.get("as_alleged")),
            )
        except Refused as refusal:
            context["why"] = say(refusal)
        else:
            here = reverse("census:import", args=[found.pk])
            return redirect(f"{here}?publies={len(report.published)}&restes={len(report.refused)}")
    code = request.GET.get("code", "")[:40]
    text = request.GET.get("a", "")
    start = int(text) if text.isdecimal() and len(text) < 7 else 0
    issues = queries.issues_of(found.pk)
    shown = list((issues.filter(code=code) if code else issues)[start : start + PER_PAGE + 1])
    query = f"code={code}&" if code else ""
    context |= {
        "run": {
            "id": found.pk,
            "dataset": found.dataset or found.kind,
            "kind": found.kind,
            "at": found.at,
            "by": found.by.get_username(),
            "short_hash": found.sha256[:12],
        },
        "report": _report(found.report),
        "codes": [
            {"code": one, "label": issue_label(one), "count": count}
            for one, count in queries.issue_counts(found.pk)
        ],
        "code": code,
        "issues": [
            {
                "line": issue.line,
                "label": issue_label(issue.code),
                "value": issue.value,
                "message": issue.message,
            }
            for issue in shown[:PER_PAGE]
        ],
        "states": [
            {"label": str(label), "value": count} for label, count in queries.run_states(found.pk)
        ],
        "done": _done(request),
        "next_url": f"?{query}a={start + PER_PAGE}" if len(shown) > PER_PAGE else "",
        "first_url": f"?{query}" if start else "",
    }
    return render(request, "census/import.html", context)


def _done(request: HttpRequest) -> str:
    published, left = request.GET.get("publies", ""), request.GET.get("restes", "")
    if not (published.isdecimal() and left.isdecimal() and len(published + left) < 14):
        return ""
    return " ".join(
        (
            ngettext("{count} fait publié.", "{count} faits publiés.", int(published)).format(
                count=published
            ),
            ngettext(
                "{count} fait reste en brouillon.",
                "{count} faits restent en brouillon.",
                int(left),
            ).format(count=left),
        )
    )


def issue_label(code: str) -> str:
    """Say in words what kind of issue a code is."""
    return {
        "relation_held": gettext("relation mise de côté"),
        "relation_misspelt": gettext("relation mal écrite"),
        "relation_variant": gettext("relation écrite autrement"),
        "relation_qualified": gettext("relation précisée"),
        "relation_lost": gettext("relation perdue"),
        "edge_repeated": gettext("lien répété"),
        "node_undeclared": gettext("nœud non déclaré"),
        "node_repeated": gettext("nœud répété"),
        "category_conflict": gettext("deux catégories"),
        "invisible_character": gettext("signe invisible"),
        "name_split": gettext("nom coupé en deux"),
        "place_ambiguous": gettext("lieu ambigu"),
        "place_unknown": gettext("lieu inconnu"),
        "person_suspected": gettext("peut-être une personne"),
        "register_as_target": gettext("registre pris pour une cible"),
        "identifier_found": gettext("numéro officiel trouvé"),
        "source_missing": gettext("sans source"),
        "source_file_only": gettext("source : nom de fichier seul"),
        "commented_row": gettext("ligne mise en commentaire"),
        "state_lowered": gettext("état abaissé"),
    }.get(code, code.replace("_", " "))


def _report(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the parts of a report as figures and tables."""
    labels = {
        "file": gettext("Le fichier"),
        "rows": gettext("Lignes"),
        "nodes": gettext("Fiches"),
        "edges": gettext("Liens"),
        "sources": gettext("Sources"),
        "relations": gettext("Relations, mot pour mot"),
        "misspelt": gettext("Mal écrites"),
        "undeclared": gettext("Non déclarées"),
        "suggestions": gettext("Fusions proposées"),
    }
    parts = []
    for name, label in labels.items():
        held = report.get(name)
        if isinstance(held, dict) and held:
            figures = [
                {"label": key_label(key), "value": value}
                for key, value in held.items()
                if key != "sha256" and isinstance(value, str | int | float)
            ]
            parts.append({"label": label, "figures": figures})
        elif isinstance(held, list) and held and isinstance(held[0], dict):
            keys = [key for key in held[0] if not key.endswith("_id")]
            rows = [[_cell(row.get(key)) for key in keys] for row in held[:MOST_ROWS]]
            parts.append({"label": label, "heads": [key_label(key) for key in keys], "rows": rows})
    return parts


def key_label(key: str) -> str:
    """Say in words what a figure or column of a report is."""
    return {
        "name": gettext("nom"),
        "bytes": gettext("octets"),
        "lines": gettext("lignes"),
        "encoding": gettext("codage"),
        "edges": gettext("liens"),
        "nodes": gettext("nœuds"),
        "commented": gettext("en commentaire"),
        "total": gettext("en tout"),
        "declared": gettext("déclarés"),
        "undeclared": gettext("non déclarés"),
        "created": gettext("créés"),
        "updated": gettext("mis à jour"),
        "unchanged": gettext("inchangés"),
        "rows": gettext("lignes"),
        "held": gettext("mis de côté"),
        "repeated": gettext("répétés"),
        "relations": gettext("relations"),
        "rows_without": gettext("lignes sans source"),
        "rows_with_url": gettext("lignes avec une adresse"),
        "rows_file_only": gettext("lignes avec un nom de fichier seul"),
        "rows_with_file": gettext("lignes avec un fichier"),
        "file_names": gettext("noms de fichiers"),
        "references": gettext("références"),
        "value": gettext("valeur"),
        "count": gettext("combien"),
        "relation": gettext("relation"),
        "reading": gettext("lecture"),
        "read_as": gettext("lu comme"),
        "kind": gettext("genre"),
        "a": gettext("une fiche"),
        "b": gettext("une autre"),
        "why": gettext("pourquoi"),
    }.get(key, key.replace("_", " "))


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return "—" if value is None else str(value)
