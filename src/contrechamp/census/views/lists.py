"""Lists of public records, as pages, CSV and JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import conditional_page, require_safe

from contrechamp.census import listed, published
from contrechamp.foundation.vocabulary import label
from contrechamp.kernel.ids import is_id
from contrechamp.places import queries as places
from contrechamp.ui.templatetags.look import number

from . import data

PER_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How the list of one kind of record looks."""

    kind: str
    name: str
    title: Callable[[], str]
    lead: Callable[[], str]
    invitation: Callable[[], str]
    counted: Callable[[int], str]
    columns: tuple[tuple[str, Callable[[], str]], ...]
    """(code, head): of a fact, with `<` read from the other end; or `type`, `facts`, `siren`."""
    facets: tuple[str, ...] = ("type", "ou", "technique")


KINDS = {
    "project": Kind(
        kind="project",
        name="projects",
        title=lambda: gettext("Projets"),
        lead=lambda: gettext(
            "Chaque décision ou intention d'une autorité d'utiliser une technique quelque part."
        ),
        invitation=lambda: gettext(
            "Vous connaissez un projet ? Un acte, une facture ou un article suffisent pour "
            "commencer."
        ),
        counted=lambda n: ngettext("{n} projet", "{n} projets", n).format(n=number(n)),
        columns=(
            ("type", lambda: gettext("Genre")),
            ("located_in", lambda: gettext("Où")),
            ("uses_technology", lambda: gettext("Techniques")),
            ("stage", lambda: gettext("Avancement")),
            ("facts", lambda: gettext("Faits")),
        ),
    ),
    "actor": Kind(
        kind="actor",
        name="actors",
        title=lambda: gettext("Acteurs"),
        lead=lambda: gettext(
            "Qui décide, paie, vend, revend, contrôle ou conteste : villes, entreprises, "
            "groupements, tribunaux."
        ),
        invitation=lambda: gettext(
            "Il manque une entreprise ou une administration ? Dites-le-nous."
        ),
        counted=lambda n: ngettext("{n} acteur", "{n} acteurs", n).format(n=number(n)),
        columns=(
            ("type", lambda: gettext("Genre")),
            ("siren", lambda: "SIREN"),
            ("facts", lambda: gettext("Faits")),
        ),
    ),
    "technology": Kind(
        kind="technology",
        name="technologies",
        title=lambda: gettext("Techniques"),
        lead=lambda: gettext("Ce que font les machines, qui les vend et où elles servent."),
        invitation=lambda: gettext(
            "Les techniques apparaissent avec les projets qui les utilisent."
        ),
        counted=lambda n: ngettext("{n} technique", "{n} techniques", n).format(n=number(n)),
        columns=(
            ("type", lambda: gettext("Genre")),
            ("facts", lambda: gettext("Faits")),
        ),
        facets=("type",),
    ),
    "contract": Kind(
        kind="contract",
        name="contracts",
        title=lambda: gettext("Marchés"),
        lead=lambda: gettext("Appels d'offres, marchés, accords-cadres et subventions."),
        invitation=lambda: gettext(
            "Un avis d'attribution ou une facture ? Ajoutez-le comme document."
        ),
        counted=lambda n: ngettext("{n} marché", "{n} marchés", n).format(n=number(n)),
        columns=(
            ("type", lambda: gettext("Genre")),
            ("<buyer_of", lambda: gettext("Acheteur")),
            ("awarded_to", lambda: gettext("Titulaire")),
            ("facts", lambda: gettext("Faits")),
        ),
    ),
}


def wanted_of(request: HttpRequest, kind: Kind) -> tuple[listed.Wanted, str]:
    """Read what is asked for. A place that is not known gives an empty list and is said so."""
    asked = request.GET
    where = asked.get("ou", "").strip()[:120] if "ou" in kind.facets else ""
    technique = asked.get("technique", "") if "technique" in kind.facets else ""
    letter = asked.get("lettre", "")[:1].lower()
    return (
        listed.Wanted(
            kind=kind.kind,
            type=asked.get("type", "")[:40],
            territories=_territories(where) if where else None,
            technology=technique if is_id(technique, "tec") else "",
            letter=letter if letter.isalpha() or letter == "0" else "",
        ),
        where,
    )


def _territories(where: str) -> tuple[str, ...]:
    """Return the keys of the place that is meant and of the communes in it."""
    found = places.search_territories(where, limit=1)
    if not found:
        return ()
    territory = found[0]
    keys = [territory.key]
    if territory.kind != "commune":
        keys += [one.key for one in places.communes_of(territory.key)]
    return tuple(keys)


@require_safe
def listing(request: HttpRequest, *, kind: str) -> HttpResponse:
    of = KINDS[kind]
    wanted, where = wanted_of(request, of)
    after = request.GET.get("apres", "")[:340]
    found = listed.find(wanted, after=after, limit=PER_PAGE)
    here = reverse(f"census:{of.name}")
    kept = {
        name: value
        for name, value in (("type", wanted.type), ("ou", where), ("technique", wanted.technology))
        if value
    }
    query = urlencode(kept | ({"lettre": wanted.letter} if wanted.letter else {}))
    facets = _facets(of, wanted, where)
    page: dict[str, Any] = {
        "title": of.title(),
        "lead": of.lead(),
        "invitation": of.invitation(),
        "url": here,
        "csv_url": f"{here}.csv" + (f"?{query}" if query else ""),
        "json_url": f"{here}.json" + (f"?{query}" if query else ""),
        "atom_url": f"{here}.atom",
        "facets": facets,
        "chips": _chips(facets, wanted.letter, here, kept),
        "is_filtered": bool(query),
        "letters": _letters(found.letters, wanted.letter, here, kept),
        "counted": of.counted(found.total),
        "heads": [gettext("Nom"), *(head() for _, head in of.columns)],
        "rows": _rows(of, found.records),
        "next_url": _next(here, kept, wanted.letter, found.next),
        "first_url": f"{here}?{query}" if after else "",
    }
    context = {"listing": page, "data_query": f"?{query}" if query else ""}
    return render(request, "census/list.html", context)


def _chips(
    facets: Sequence[dict[str, Any]], letter: str, base: str, kept: dict[str, str]
) -> list[dict[str, str]]:
    """Return each choice that narrows the list, and where the list without it is."""
    every = kept | ({"lettre": letter} if letter else {})
    words = {"lettre": letter.upper(), "ou": kept.get("ou", "")}
    for facet in facets:
        for option in facet["options"] or ():
            if option["value"] and option["value"] == facet["value"]:
                words[facet["name"]] = option["label"]
    return [
        {
            "label": words.get(name) or value,
            "url": f"{base}?{rest}" if rest else base,
        }
        for name, value in every.items()
        for rest in [urlencode({other: kept for other, kept in every.items() if other != name})]
    ]


def _next(here: str, kept: dict[str, str], letter: str, after: str) -> str:
    if not after:
        return ""
    query = kept | ({"lettre": letter} if letter else {}) | {"apres": after}
    return f"{here}?{urlencode(query)}"


def _letters(
    letters: Sequence[str], here: str, base: str, kept: dict[str, str]
) -> list[dict[str, Any]]:
    if len(letters) < 2:
        return []
    return [
        {
            "label": "0–9" if letter == "0" else letter.upper(),
            "url": f"{base}?{urlencode(kept | {'lettre': letter})}",
            "is_here": letter == here,
        }
        for letter in letters
    ]


def _facets(of: Kind, wanted: listed.Wanted, where: str) -> list[dict[str, Any]]:
    every = {"value": "", "label": gettext("tous")}
    facets: list[dict[str, Any]] = []
    types = listed.types_of(of.kind)
    if "type" in of.facets and len(types) > 1:
        options = [{"value": code, "label": label("entity_types", code)} for code in types]
        facets.append(
            {
                "name": "type",
                "label": gettext("Genre"),
                "value": wanted.type,
                "options": [every, *options],
            }
        )
    if "ou" in of.facets:
        facets.append({"name": "ou", "label": gettext("Où"), "value": where, "options": None})
    if "technique" in of.facets:
        options = [
            {"value": key, "label": name} for key, name in listed.technologies_used_by(of.kind)
        ]
        if options:
            facets.append(
                {
                    "name": "technique",
                    "label": gettext("Technique"),
                    "value": wanted.technology,
                    "options": [{"value": "", "label": gettext("toutes")}, *options],
                }
            )
    return facets


def _rows(of: Kind, records: Sequence[published.Record]) -> list[dict[str, Any]]:
    codes = [code for code, _ in of.columns if code not in {"type", "facts", "siren"}]
    short = listed.facts_in_short([record.id for record in records], codes) if codes else {}

    def cell(record: published.Record, code: str) -> str:
        if code == "type":
            return record.type_label
        if code == "facts":
            return str(record.counts.get("facts", 0))
        if code == "siren":
            return next((n.value for n in record.identifiers if n.scheme == "siren"), "")
        return ", ".join(dict.fromkeys(short.get(record.id, {}).get(code, [])))

    return [
        {
            "name": record.name,
            "url": record.url,
            "id": record.id,
            "cells": [cell(record, code) for code, _ in of.columns],
        }
        for record in records
    ]


@require_safe
def as_csv(request: HttpRequest, *, kind: str) -> HttpResponseBase:
    of = KINDS[kind]
    wanted, _where = wanted_of(request, of)
    heads = ["id", "name", "type", "url", "facts", "siren", "changed_at"]
    rows = (
        (
            record.id,
            record.name,
            record.type,
            request.build_absolute_uri(record.url),
            record.counts.get("facts", 0),
            next((n.value for n in record.identifiers if n.scheme == "siren"), ""),
            record.at.isoformat(),
        )
        for record in listed.all_of(wanted)
    )
    return data.csv_answer(of.name, heads, rows)


@require_safe
@conditional_page
def as_json(request: HttpRequest, *, kind: str) -> HttpResponse:
    of = KINDS[kind]
    wanted, where = wanted_of(request, of)
    found = listed.find(wanted, after=request.GET.get("apres", "")[:340], limit=PER_PAGE)
    kept = {
        name: value
        for name, value in (("type", wanted.type), ("ou", where), ("technique", wanted.technology))
        if value
    }
    return data.answer(
        {
            "total": found.total,
            "results": [
                data.ref_as_data(record.ref)
                | {"facts": record.counts.get("facts", 0), "changed_at": record.at.isoformat()}
                for record in found.records
            ],
            "next": _next(reverse(f"census:{of.name}-json"), kept, wanted.letter, found.next)
            or None,
        }
    )
