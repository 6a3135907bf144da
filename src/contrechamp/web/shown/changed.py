"""What changed in the laboratory, in words."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from contrechamp.lab import references, registry
from contrechamp.lab.errors import UnknownExperiment
from contrechamp.web.services.lab.verifying import Change

from .laboratory import say


def title(change: Change) -> str:
    """Return what happened, in one line."""
    about = _about(change)
    match change.kind:
        case "new":
            return gettext("Nouvelle expérience : {about}").format(about=about)
        case "version":
            return gettext("Expérience changée : {about}").format(about=about)
        case "reference":
            return gettext("Nombre de référence corrigé : {about}").format(about=about)
        case "failed":
            return gettext("Un contrôle ne tient plus : {about}").format(about=about)
        case _:
            return gettext("Expérience retirée : {about}").format(about=about)


def path(change: Change) -> str:
    """Return where to read on."""
    if change.kind in {"new", "version"} and _is_known(change.about):
        return reverse("web:lab-experiment", args=[change.about])
    return reverse("web:lab" if change.kind == "gone" else "web:lab-verification")


def summary(change: Change) -> str:
    """Return the claim of an experiment, or what a reference says."""
    if _is_known(change.about):
        return say(registry.get(change.about).claim)
    found = references.table().checks.get(change.about)
    return say(found.note) if found and found.is_shown else ""


def _about(change: Change) -> str:
    return say(registry.get(change.about).title) if _is_known(change.about) else change.about


def _is_known(name: str) -> bool:
    try:
        registry.get(name)
    except UnknownExperiment:
        return False
    return True
