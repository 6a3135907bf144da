"""Give the result of an experiment: kept, computed now, or by a job when it takes long.

One computation at a time in a process, with a short queue; who comes after is asked to come back.
No limit for each visitor: on an onion address all come from the same place (design note, 8).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock

from django.conf import settings

from contrechamp.kernel.errors import Unavailable, gettext_noop
from contrechamp.lab import registry, runner
from contrechamp.lab.inputs import Inputs
from contrechamp.lab.model import Experiment
from contrechamp.web.domain.lab.asking import Asked
from contrechamp.web.domain.lab.keeping import Shown, key_of, of_result
from contrechamp.web.signals import lab_computation_asked

from . import folder

LONGEST_S = 2.0
"""Seconds of processor that a page waits for; what takes longer becomes a job."""
MOST_WAITING = 3
"""Of the four threads of a process: the rest of the site goes on."""
PATIENCE_S = 8.0
MOST_JOBS = 20
AGAIN_S = 3_600
"""After so long a job that gave nothing is asked for again."""
INPUTS_S = 60.0
"""How old a look at the files may be."""
CHECKOUT, BESIDE = Path(__file__).parents[5], Path("..", "shared", "data", "lab")


class Busy(Unavailable):
    """Too many computations are asked for at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A result that a job computes: since when, and about how long it takes."""

    elapsed_s: float
    expected_s: float
    is_failed: bool = False

    @property
    def percent(self) -> int:
        """Return about how far it is: never quite there."""
        return min(95, round(100 * self.elapsed_s / max(self.expected_s, 1.0)))


class Turns:
    """Lets one compute while a few wait."""

    def __init__(self, most: int = MOST_WAITING, patience_s: float = PATIENCE_S) -> None:
        self._places, self._lock = BoundedSemaphore(most), Lock()
        self._patience_s = patience_s

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait for one's turn, or raise `Busy` when too many do."""
        if not self._places.acquire(blocking=False):
            raise busy()
        try:
            if not self._lock.acquire(timeout=self._patience_s):
                raise busy()
            try:
                yield
            finally:
                self._lock.release()
        finally:
            self._places.release()


TURNS = Turns()


def busy() -> Busy:
    """Return the refusal of one computation too many."""
    return Busy(
        gettext_noop(
            "Trop de calculs sont demandés en ce moment. Réessayez dans une minute : les résultats "
            "par défaut restent affichés."
        )
    )


def inputs() -> Inputs:
    """Return where this instance looks for the files that some experiments read."""
    site = settings.CONTRECHAMP
    named = [Path(site.lab_data)] if site.lab_data else []
    places = (*named, site.data / "lab", CHECKOUT / BESIDE)
    return Inputs(tuple(dict.fromkeys(place.absolute() for place in places)))


_checksums: dict[str, tuple[float, dict[str, str]]] = {}


def checksums(experiment: Experiment) -> Mapping[str, str]:
    """Return the checksums of the files that a result hangs on, looked at once a minute."""
    names = (*experiment.inputs, *experiment.optional_inputs)
    if not names:
        return {}
    place = f"{experiment.id} {inputs().folders}"
    at, found = _checksums.get(place, (0.0, {}))
    now = time.monotonic()
    if not found or now - at > INPUTS_S:
        found = {name: inputs().look(name).sha256 for name in names}
        _checksums[place] = now, found
    return found


def key(asked: Asked) -> str:
    """Return the name that a result is kept under."""
    return key_of(asked.experiment, asked.values, asked.seed, checksums(asked.experiment))


def kept(asked: Asked) -> Shown | None:
    """Return a result that was computed before, or None."""
    return folder.find(key(asked))


def obtain(asked: Asked) -> Shown | Waiting:
    """Return the result, or what says that a job makes it.

    Raise `Busy` when too many are asked for, `MissingInput` when a file is not there.
    """
    name = key(asked)
    if found := folder.find(name):
        return found
    if asked.experiment.seconds(dict(asked.values)) > LONGEST_S:
        return _later(asked, name)
    with TURNS.alone():
        return folder.find(name) or compute(asked)


def compute(asked: Asked) -> Shown:
    """Run the experiment now, and keep its result and its certificate."""
    result = runner.run(
        asked.experiment.id,
        dict(asked.values),
        seed=asked.seed,
        folder=inputs(),
        on_web=True,
    )
    shown = of_result(result)
    folder.keep(key(asked), shown)
    content = json.dumps(shown.json["certificate"], ensure_ascii=False, indent=1)
    folder.keep_certificate(shown.sha256, content.encode())
    return shown


def _later(asked: Asked, name: str) -> Waiting:
    """Ask a job for it, once; tell how far it is."""
    for needed in asked.experiment.inputs:
        if not inputs().has(needed):
            raise inputs().missing(needed)
    expected = asked.experiment.seconds(dict(asked.values))
    note = folder.read(f"waiting/{name}.json")
    since = _since(note)
    if note is not None and time.time() - since < AGAIN_S:
        return Waiting(
            elapsed_s=time.time() - since,
            expected_s=expected,
            is_failed=json.loads(note).get("failed", False),
        )
    _check_queue()
    folder.write(f"waiting/{name}.json", json.dumps({"since": time.time()}).encode())
    lab_computation_asked.send(sender=Asked, experiment=asked.experiment.id, query=asked.query)
    return Waiting(elapsed_s=0.0, expected_s=expected)


def _since(note: bytes | None) -> float:
    try:
        return float(json.loads(note or b"{}").get("since", 0))
    except (ValueError, AttributeError):
        return 0.0


def _check_queue() -> None:
    place = folder.root() / "waiting"
    if not place.is_dir():
        return
    fresh = 0
    for path in place.iterdir():
        if time.time() - path.stat().st_mtime > AGAIN_S:
            path.unlink(missing_ok=True)
        else:
            fresh += 1
    if fresh >= MOST_JOBS:
        raise busy()


def finish(asked: Asked) -> None:
    """Compute what a page waits for; what fails is told on that page."""
    name = key(asked)
    try:
        if folder.find(name) is None:
            compute(asked)
    except Exception:
        note = {"since": time.time(), "failed": True}
        folder.write(f"waiting/{name}.json", json.dumps(note).encode())
        raise
    folder.forget(f"waiting/{name}.json")


def default_of(experiment: Experiment) -> Asked:
    """Return the state that an experiment is first shown in."""
    return Asked(experiment=experiment, values=experiment.defaults())


def experiments() -> tuple[Experiment, ...]:
    """Return the experiments there are."""
    return registry.experiments()
