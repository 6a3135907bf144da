"""What the law says of a project: questions, grounds, duties and flags. Nothing told is kept.

Answers live in the address: the page can be kept as a bookmark, and sent to a lawyer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.cases.domain.compliance import Line, sheet
from contrechamp.cases.domain.flags import Flag, flags
from contrechamp.cases.domain.grounds import library
from contrechamp.cases.domain.questionnaire import Answer, Look, Standing, answers, asked, looks
from contrechamp.cases.domain.said import Said, What, codes_in
from contrechamp.cases.forms.answering import SAID, read_answers
from contrechamp.cases.queries.held import Paper, papers_of
from contrechamp.cases.queries.said import said_of
from contrechamp.census import published
from contrechamp.foundation.copying import localdate
from contrechamp.foundation.words import written

Facts = Mapping[str, published.Fact]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All that the law says of a project on a day, from facts and from what was told."""

    record: published.Record
    families: frozenset[str]
    told: Mapping[str, str]
    answers: Mapping[str, Answer]
    looks: tuple[Look, ...]
    sheet: tuple[Line, ...]
    flags: tuple[Flag, ...]
    facts: Facts
    """Published facts that any of this rests on, by identifier."""


def _project(entity: str, suffix: str) -> published.Record | HttpResponsePermanentRedirect:
    """Return a project; where it was merged into another, the way there; else 404."""
    found = published.find_record(entity)
    if found is None:
        now = published.resolve_redirect(entity)
        if now is None or (found := published.find_record(now)) is None:
            raise Http404
        return HttpResponsePermanentRedirect(f"{found.url}{suffix}")
    if found.kind != "project":
        raise Http404
    return found


def look_at(record: published.Record, told: Mapping[str, str], today: date) -> Seen:
    """Return what the law says of a project on a day."""
    facts = said_of(record)
    families = codes_in(facts, What.TECHNOLOGY)
    given = answers(library(), facts, told, today=today)
    return Seen(
        record=record,
        families=families,
        told=told,
        answers=given,
        looks=looks(library(), given, families),
        sheet=sheet(facts, families, today=today),
        flags=flags(facts, today=today),
        facts=published.find_facts({one.ref for one in facts if one.ref}),
    )


@require_safe
def page(request: HttpRequest, entity: str) -> HttpResponse:
    """Show the questions with what facts answer, and what that opens."""
    record = _project(entity, "/droit")
    if isinstance(record, HttpResponse):
        return record
    seen = look_at(record, read_answers(request.GET, library()), localdate())
    papers = papers_of(record)
    groups = [(standing, _grounds(seen, standing, papers)) for standing in Standing]
    context: dict[str, Any] = {
        "seen": seen,
        "record": record,
        "questions": _questions(seen, papers),
        "groups": [(standing, rows) for standing, rows in groups if rows],
        "counts": {standing.value: len(rows) for standing, rows in groups},
        "duties": [_duty(seen, line, papers) for line in seen.sheet],
        "flags": [_flag(seen, flag) for flag in seen.flags],
        "here": f"{record.url}/droit",
        "data_query": _query(seen.told),
    }
    return render(request, "cases/project_law.html", context)


@require_safe
def as_json(request: HttpRequest, entity: str) -> HttpResponse:
    """Give the same as data."""
    record = _project(entity, "/droit.json")
    if isinstance(record, HttpResponse):
        return record
    seen = look_at(record, read_answers(request.GET, library()), localdate())
    data = {
        "project": record.id,
        "notice": gettext("Ceci informe, et doit être vérifié par un avocat."),
        "answers": {
            code: {"answer": one.value or None, "from": one.origin, "facts": _refs(one.facts)}
            for code, one in seen.answers.items()
        },
        "grounds": [
            {"code": one.ground.code, "standing": one.standing, "missing": one.missing}
            for one in seen.looks
        ],
        "duties": [
            {"code": one.duty.code, "found": one.found, "facts": _refs(one.evidence)}
            for one in seen.sheet
        ],
        "flags": [
            {"code": one.kind.code, "day": f"{one.day}", "facts": _refs(one.quoted)}
            for one in seen.flags
        ],
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _refs(facts: tuple[Said, ...]) -> list[str]:
    return [one.ref for one in facts if one.ref]


def _query(told: Mapping[str, str]) -> str:
    return f"?{urlencode({code: SAID[value] for code, value in told.items()})}" if told else ""


def _facts(seen: Seen, said: tuple[Said, ...]) -> list[published.Fact]:
    """Return the facts to show as evidence, each once."""
    refs = dict.fromkeys(one.ref for one in said)
    return [seen.facts[ref] for ref in refs if ref in seen.facts]


def _papers(codes: tuple[str, ...], papers: Mapping[str, Sequence[Paper]]) -> list[dict[str, Any]]:
    """Return kinds of documents with what we hold or asked of each."""
    rows = [(code, list(papers.get(code, ()))) for code in codes]
    return [
        {
            "code": code,
            "held": [one for one in found if one.is_held],
            "asked": [one for one in found if not one.is_held],
        }
        for code, found in rows
    ]


def _questions(seen: Seen, papers: Mapping[str, Sequence[Paper]]) -> list[dict[str, Any]]:
    return [
        {
            "question": one,
            "answer": (answer := seen.answers[one.code]),
            "chosen": SAID.get(seen.told.get(one.code, answer.value), "inconnu"),
            "facts": _facts(seen, answer.facts),
            "note": gettext(answer.note).format(days=answer.note_days) if answer.note else "",
        }
        for one in asked(library(), seen.families)
    ]


def _grounds(
    seen: Seen, standing: Standing, papers: Mapping[str, Sequence[Paper]]
) -> list[dict[str, Any]]:
    return [
        {
            "look": one,
            "because": [(library().questions[code], seen.answers[code]) for code in one.because],
            "missing": [library().questions[code] for code in one.missing],
            "supports": library().support_of(one.ground, localdate()),
            "adverse": library().adverse_to(one.ground),
            "papers": _papers(one.ground.proved_by, papers),
        }
        for one in seen.looks
        if one.standing is standing
    ]


def _duty(seen: Seen, line: Line, papers: Mapping[str, Sequence[Paper]]) -> dict[str, Any]:
    newest = library().sources.newest
    return {
        "line": line,
        "label": gettext(line.duty.label),
        "sources": [newest(code) for code in line.duty.sources],
        "facts": _facts(seen, line.evidence),
        "note": gettext(line.note).format(day=written(line.day)) if line.day else "",
        "papers": _papers(line.duty.proved_by, papers),
    }


def _flag(seen: Seen, flag: Flag) -> dict[str, Any]:
    facts = {one.id: one for one in _facts(seen, flag.quoted)}
    return {
        "flag": flag,
        "day": written(flag.day),
        "quotes": [(one.quote, facts.get(one.ref)) for one in flag.quoted],
    }
