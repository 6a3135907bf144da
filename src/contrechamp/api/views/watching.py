"""Findings of a scan, put into the review room by a program."""

from __future__ import annotations

from functools import cache
from typing import Any

import pydantic
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from contrechamp.api import door
from contrechamp.api.domain import Scope
from contrechamp.api.problems import not_understood
from contrechamp.api.schemas import answers, writing
from contrechamp.kernel.errors import gettext_noop
from contrechamp.watch import services as watch
from contrechamp.watch.domain.finding import Finding

from .routes import router


@router.post(
    "/findings",
    auth=door.Holder(Scope.WATCH_TAKE),
    response=answers.TakenOut,
    url_name="findings",
    tags=["writing"],
    operation_id="takeFindings",
    summary=gettext_noop("Déposer des lectures d'actes dans la salle de relecture"),
    description=gettext_noop(
        "Telles que « contrechamp watch scan » les écrit. Deux personnes décident de chacune. "
        "Droit : watch:take."
    ),
)
def take(request: HttpRequest, given: writing.FindingsIn) -> HttpResponse:
    faults = [
        {**fault, "loc": ("findings", number, *fault["loc"])}
        for number, finding in enumerate(given.findings)
        for fault in _faults(finding)
    ]
    if faults:
        return not_understood(faults)

    def do() -> tuple[dict[str, Any], str]:
        taken = watch.take_in(given.findings, now=timezone.now())
        return {"new": taken.new, "known": taken.known, "changed": taken.changed}, ""

    return door.once(request, do, status=200)


@cache
def _shape() -> pydantic.TypeAdapter[Finding]:
    return pydantic.TypeAdapter(Finding)


def _faults(finding: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what is not as the watch writes it: the room could not show it else."""
    try:
        _shape().validate_python(_named(finding))
    except pydantic.ValidationError as wrong:
        return [dict(each) for each in wrong.errors(include_url=False)]
    return []


def _named(value: Any) -> Any:
    """Return the finding by the names of its fields: two of them are words of Python."""
    if isinstance(value, dict):
        return {f"{k}_" if k in {"from", "class"} else k: _named(v) for k, v in value.items()}
    return [_named(one) for one in value] if isinstance(value, list) else value
