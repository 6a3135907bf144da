"""The experiments of the laboratory, as declared: their results are the JSON of their pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from contrechamp.api import door
from contrechamp.api.problems import not_found
from contrechamp.api.schemas import answers
from contrechamp.kernel.errors import gettext_noop
from contrechamp.lab import registry
from contrechamp.lab.errors import UnknownExperiment
from contrechamp.lab.model import Experiment

from .routes import router


@router.get(
    "/experiments",
    response=list[answers.Experiment],
    url_name="experiments",
    tags=["reference"],
    operation_id="listExperiments",
    summary=gettext_noop("Les expériences du laboratoire, leurs réglages et leurs nombres"),
)
def experiments(request: HttpRequest) -> HttpResponse:
    return door.answer([shown(one) for one in registry.experiments()])


@router.get(
    "/experiments/{id}",
    response=answers.Experiment,
    url_name="experiment",
    tags=["reference"],
    operation_id="getExperiment",
    summary=gettext_noop("Une expérience, par son nom : loop-urn"),
)
def experiment(request: HttpRequest, id: str) -> HttpResponse:
    try:
        return door.answer(shown(registry.get(id)))
    except UnknownExperiment:
        return not_found()


def shown(one: Experiment) -> dict[str, Any]:
    """Return an experiment with the address of its results."""
    page = reverse("web:lab-experiment", args=[one.id])
    return {
        "id": one.id,
        "version": one.version,
        "title": one.title.to_json(),
        "question": one.question.to_json(),
        "claim": one.claim.to_json(),
        "params": [each.to_json() for each in one.params],
        "numbers": [each.to_json() for each in one.numbers],
        "technologies": list(one.technologies),
        "url": page,
        "result_url": f"{page}.json",
    }
