"""What shows that the numbers hold: the table of checks, and certificates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.foundation.table import csv_lines
from contrechamp.lab import certificate as certificates
from contrechamp.lab import registry
from contrechamp.lab.errors import BadParam, UnknownExperiment
from contrechamp.lab.params import read as read_params
from contrechamp.web.domain.lab.asking import Asked
from contrechamp.web.services.lab import folder, verifying
from contrechamp.web.shown import checks as shown

from .answering import address, answer
from .files import NEAT, _csv

HEAD = (
    *("id", "experiment", "number", "expected", "got", "op", "tol", "status"),
    *("kind", "source", "reason"),
)


@require_safe
def verification(request: HttpRequest) -> HttpResponse:
    """Show what was expected and what this program found, number by number."""
    last = verifying.last()
    context = {"last": last, "groups": shown.groups(last) if last else []}
    response = render(request, "web/lab/verification.html", context)
    if last is None:
        response["Cache-Control"] = "no-store"
    return response


@require_safe
def verification_json(request: HttpRequest) -> HttpResponse:
    last = verifying.last()
    if last is None:
        return JsonResponse({"at": None, "verify": None}, json_dumps_params=NEAT)
    data = {"at": last.at.isoformat(), "seconds": last.seconds, **last.verify}
    return JsonResponse(data, json_dumps_params=NEAT)


@require_safe
def verification_csv(request: HttpRequest) -> HttpResponseBase:
    last = verifying.last()
    rows = last.verify["checks"] if last else []
    cells = ([_cell(row[name]) for name in HEAD] for row in rows)
    return _csv(csv_lines(HEAD, cells), "verification.csv")


def _cell(value: Any) -> Any:
    return "" if value is None else value


@require_safe
def certificate(request: HttpRequest, sha256: str) -> HttpResponse:
    """Show a kept certificate, whether its hash is right, and what a run of today gives."""
    held = _held(sha256)
    asked = _asked(held)
    again = answer(asked).shown if asked else None
    differing = certificates.differences(held, again.certificate) if again else []
    context = {
        "sha256": sha256,
        "held": held,
        "is_sound": certificates.digest(held) == sha256,
        "text": json.dumps(held, ensure_ascii=False, indent=1),
        "asked": asked,
        "address": address(asked) if asked else "",
        "again": again,
        "differing": list(_differing(held, again.certificate, differing)) if again else [],
        "is_verify": held.get("experiment") == "verify",
    }
    return render(request, "web/lab/certificate.html", context)


@require_safe
def certificate_json(request: HttpRequest, sha256: str) -> HttpResponse:
    return JsonResponse(_held(sha256), json_dumps_params=NEAT)


def _held(sha256: str) -> dict[str, Any]:
    content = folder.read(f"certificates/{sha256}.json")
    if content is None:
        raise Http404
    return dict(json.loads(content))


def _asked(held: dict[str, Any]) -> Asked | None:
    """Return the state that a certificate is of; None when this program knows it no more."""
    try:
        experiment = registry.get(str(held["experiment"]))
        values = read_params(experiment, held["params"], on_web=True)
    except (UnknownExperiment, BadParam, KeyError):
        return None
    return Asked(experiment=experiment, values=values, seed=int(held["seed"]))


def _differing(
    held: dict[str, Any], again: Any, paths: list[str]
) -> Iterator[tuple[str, str, str]]:
    for path in paths:
        yield path, _at(held, path), _at(again, path)


def _at(data: Any, path: str) -> str:
    head, _, rest = path.partition(".")
    value = data.get(head)
    if rest and isinstance(value, dict):
        value = value.get(rest)
    return gettext("absent") if value is None else str(value)
