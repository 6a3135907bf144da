"""The experiments of the laboratory, as search finds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from contrechamp.foundation.plug import Entry
from contrechamp.lab import caveats
from contrechamp.lab.model import Experiment
from contrechamp.web.services.lab import running

PREFIX = "lab:experiment:"


def entries() -> Iterator[Entry]:
    """Yield every experiment."""
    yield from (_entry(each) for each in running.experiments())


def some(refs: Sequence[str]) -> Iterator[Entry]:
    """Yield those of the experiments that there are."""
    wanted = set(refs)
    yield from (each for each in entries() if each.ref in wanted)


def _entry(experiment: Experiment) -> Entry:
    """Return an experiment with its words in both languages: one index serves both."""
    texts = (experiment.title, experiment.question, experiment.method)
    doubts = (caveats.get(name) for name in experiment.caveats)
    said = [word for text in (*texts, *doubts) for word in (text.fr, text.en)]
    return Entry(
        ref=f"{PREFIX}{experiment.id}",
        kind="experiment",
        title=experiment.claim.fr,
        text=" ".join(said),
        url=reverse("web:lab-experiment", args=[experiment.id]),
        also=f"{experiment.claim.en} {experiment.id}",
    )
