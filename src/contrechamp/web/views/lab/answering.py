"""What an address of the laboratory asks, and what there is to answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.urls import reverse

from contrechamp.lab import registry
from contrechamp.lab.errors import LabRefused, MissingInput, UnknownExperiment
from contrechamp.lab.model import Experiment, Text
from contrechamp.web.domain.lab import town as towns
from contrechamp.web.domain.lab.asking import Asked, Wrong, read
from contrechamp.web.domain.lab.keeping import Shown
from contrechamp.web.domain.lab.town import Filled
from contrechamp.web.queries import laboratory
from contrechamp.web.services.lab import running
from contrechamp.web.services.lab.running import Busy, Waiting

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

RETRY_S = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a page or a file can say: a result, or why there is none."""

    shown: Shown | None = None
    waiting: Waiting | None = None
    missing: Text | None = None
    """A file that this machine lacks."""
    refused: Text | None = None
    """Values that each may be, and not together."""
    is_busy: bool = False

    @property
    def status(self) -> int:
        """Return the status of a page."""
        if self.is_busy:
            return 503
        if self.refused:
            return 422
        return 202 if self.waiting and not self.waiting.is_failed else 200


def find(name: str) -> Experiment:
    """Return an experiment, or raise Http404."""
    try:
        return registry.get(name)
    except UnknownExperiment:
        raise Http404 from None


def asked_of(request: HttpRequest, experiment: Experiment) -> Asked | Wrong:
    """Read the address; of a name that comes again the last value counts."""
    return read(experiment, [(name, request.GET.get(name, "")) for name in request.GET])


def answer(asked: Asked) -> Answer:
    """Return the result of a state, or why there is none now."""
    try:
        found = running.obtain(asked)
    except Busy:
        fallback = running.kept(running.default_of(asked.experiment))
        return Answer(shown=fallback, is_busy=True)
    except MissingInput as missing:
        return Answer(missing=missing.text)
    except LabRefused as no:
        return Answer(refused=no.text)
    if isinstance(found, Waiting):
        return Answer(waiting=found)
    return Answer(shown=found)


def last_good(experiment: Experiment, wrong: Wrong) -> Asked:
    """Return the state that is shown beside a wrong field: what was right, else the defaults."""
    again = read(experiment, wrong.good.items())
    good = again if isinstance(again, Asked) else running.default_of(experiment)
    is_dear = experiment.seconds(dict(good.values)) > running.LONGEST_S
    return running.default_of(experiment) if is_dear else good


def address(asked: Asked) -> str:
    """Return the one address of a state."""
    page = reverse("web:lab-experiment", args=[asked.experiment.id])
    return f"{page}?{asked.query}" if asked.query else page


def with_town(request: HttpRequest, asked: Asked) -> tuple[Asked, Territory | None, list[Filled]]:
    """Fill what a commune gives and the address does not say; tell where each number is from.

    The numbers then stand in the address: who opens it later gets the same result, whatever the
    census says by then.
    """
    commune = laboratory.town(asked.town) if towns.takes_town(asked.experiment) else None
    if commune is None:
        return replace(asked, town=""), None, []
    given = towns.given_by(asked.experiment, laboratory.numbers_of(commune))
    new = {name: number.value for name, number in given.items() if name not in request.GET}
    values = {**asked.values}
    for param in asked.experiment.params:
        if param.name in new:
            values[param.name] = (
                float(new[param.name]) if param.kind == "float" else new[param.name]
            )
    default = asked.experiment.defaults()
    if given and not new and all(values[name] == default[name] for name in given):
        return replace(asked, town=""), None, []
    known = {each.name: each for each in asked.experiment.params}
    filled = [
        Filled(param=known[name], value=values[name], number=number)
        for name, number in given.items()
    ]
    return replace(asked, values=values, town=asked.town), commune, filled
