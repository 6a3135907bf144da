"""The list of claims, and the page of one: form and result together."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from contrechamp.lab.model import Experiment
from contrechamp.web.domain.lab import town as towns
from contrechamp.web.domain.lab.asking import TOWN, Asked, Wrong
from contrechamp.web.domain.lab.keeping import Shown
from contrechamp.web.queries import laboratory
from contrechamp.web.services.lab import running, verifying
from contrechamp.web.shown import laboratory as shown

from .answering import RETRY_S, Answer, address, answer, asked_of, find, last_good, with_town

CHEAP_S = 0.1
"""Of processor: so little is computed for the list while somebody waits."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the claims, each with its verdict in one line."""
    commune = laboratory.town(request.GET.get(TOWN, "")[:5])
    context = {
        "lines": lines(commune.code if commune else ""),
        "commune": commune,
        "verified": verifying.last(),
        "data_query": "",
    }
    return render(request, "web/lab/list.html", context)


def lines(town: str = "") -> list[shown.Line]:
    """Return every experiment as the list shows it."""
    verified = verifying.last()
    return [_line(each, town, verified) for each in running.experiments()]


def _line(experiment: Experiment, town: str, verified: verifying.Verified | None) -> shown.Line:
    takes_town = bool(town) and towns.takes_town(experiment)
    page = reverse("web:lab-experiment", args=[experiment.id])
    result = _first(experiment)
    checks = [
        each["status"]
        for each in (verified.verify["checks"] if verified else ())
        if each["experiment"] == experiment.id
    ]
    return shown.Line(
        id=experiment.id,
        claim=shown.say(experiment.claim),
        title=shown.say(experiment.title),
        question=shown.say(experiment.question),
        verdict=shown.say(result.sentence) if result else "",
        url=f"{page}?{TOWN}={town}" if takes_town else page,
        takes_town=takes_town,
        checks={status: checks.count(status) for status in ("pass", "fail", "skip")},
    )


def _first(experiment: Experiment) -> Shown | None:
    """Return the result with the defaults, where it is kept or costs next to nothing."""
    asked = running.default_of(experiment)
    if found := running.kept(asked):
        return found
    if experiment.seconds(experiment.defaults()) > CHEAP_S:
        return None
    return answer(asked).shown


@require_safe
def experiment(request: HttpRequest, name: str) -> HttpResponse:
    """Show one experiment in the state that the address says."""
    found = find(name)
    asked = asked_of(request, found)
    if isinstance(asked, Wrong):
        return _wrong(request, found, asked)
    typed = request.GET.get("ville", "").replace("\x00", "")[:120].strip()
    matches = laboratory.towns(typed) if towns.takes_town(found) else []
    if len(matches) == 1:
        return redirect(f"{request.path}?{TOWN}={matches[0].code}")
    asked, commune, filled = with_town(request, asked)
    if not typed and request.GET.urlencode() != asked.query:
        return redirect(address(asked))
    said = answer(asked)
    context = {
        **_context(request, asked, said),
        "form": shown.form_of(found, asked),
        "commune": commune,
        "filled": filled,
        "typed": typed,
        "matches": matches,
    }
    return _respond(request, context, said)


def _wrong(request: HttpRequest, found: Experiment, wrong: Wrong) -> HttpResponse:
    good = last_good(found, wrong)
    said = answer(good)
    context = {
        **_context(request, good, said),
        "form": shown.form_of(found, wrong),
        "is_wrong": True,
        "is_default": False,
    }
    return render(request, "web/lab/experiment.html", context, status=422)


def _respond(request: HttpRequest, context: dict[str, Any], said: Answer) -> HttpResponse:
    response = render(request, "web/lab/experiment.html", context, status=said.status)
    if said.is_busy:
        response["Retry-After"] = str(RETRY_S)
    if said.shown is None or said.is_busy:
        response["Cache-Control"] = "no-store"
    return response


def _context(request: HttpRequest, asked: Asked, said: Answer) -> dict[str, Any]:
    experiment, result = asked.experiment, said.shown
    state = running.default_of(experiment) if said.is_busy else asked
    verified = verifying.last()
    return {
        "experiment": experiment,
        "claim": shown.say(experiment.claim),
        "title": shown.say(experiment.title),
        "question": shown.say(experiment.question),
        "method": shown.say(experiment.method),
        "asked": state,
        "answer": said,
        "result": result,
        "sentence": shown.say(result.sentence) if result else "",
        "missing": shown.say(said.missing) if said.missing else "",
        "refused": shown.say(said.refused) if said.refused else "",
        "numbers": shown.number_rows(experiment, result) if result else [],
        "figures": shown.figures(experiment, result, state.query) if result else [],
        "presets": shown.presets(experiment, asked),
        "caveats": shown.caveats_of(experiment),
        "counter": shown.counter_of(experiment),
        "sources": shown.sources_of(experiment),
        "techniques": laboratory.techniques_of(experiment),
        "failed": verified.failed(experiment.id) if verified else [],
        "is_default": asked.is_default,
        "takes_town": towns.takes_town(experiment),
        "address": request.build_absolute_uri(address(state)),
        "citation": _citation(request, state, result) if result else "",
        "data_query": f"?{state.query}" if state.query else "",
    }


def _citation(request: HttpRequest, asked: Asked, result: Shown) -> str:
    words = gettext(
        "« {title} », expérience {id} version {version}, graine {seed}, laboratoire de "
        "Contrechamp, {address}, certificat {certificate}."
    )
    return words.format(
        title=shown.say(asked.experiment.title),
        id=asked.experiment.id,
        version=asked.experiment.version,
        seed=asked.seed,
        address=request.build_absolute_uri(address(asked)),
        certificate=result.sha256,
    )
