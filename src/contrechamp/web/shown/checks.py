"""The table of checks, made ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from contrechamp.lab import plots, references, registry
from contrechamp.lab.errors import UnknownExperiment
from contrechamp.web.services.lab.verifying import Verified

from .laboratory import say, tongue

STATUSES = {
    "pass": gettext_noop("tient"),
    "fail": gettext_noop("ne tient pas"),
    "skip": gettext_noop("pas fait ici"),
}
KINDS = {
    "published": gettext_noop("publié par les auteurs"),
    "derived": gettext_noop("calculé sur leurs comptes"),
    "reference-code": gettext_noop("donné par leur programme"),
    "theory": gettext_noop("formule"),
    "ours": gettext_noop("le nôtre"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One check."""

    id: str
    note: str
    expected: str
    got: str
    tolerance: str
    status: str
    status_label: str
    kind: str
    source: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The checks of one experiment."""

    id: str
    title: str
    url: str
    seconds: float
    rows: tuple[Row, ...]
    passed: int


def groups(verified: Verified) -> list[Group]:
    """Return the checks by experiment."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for each in verified.verify["checks"]:
        found.setdefault(each["experiment"], []).append(each)
    return [_group(name, rows, verified) for name, rows in found.items()]


def _group(name: str, rows: list[Mapping[str, Any]], verified: Verified) -> Group:
    try:
        title = say(registry.get(name).title)
        url = reverse("web:lab-experiment", args=[name])
    except UnknownExperiment:
        title, url = name, ""
    return Group(
        id=name,
        title=title,
        url=url,
        seconds=verified.seconds.get(name, 0.0),
        rows=tuple(_row(each) for each in rows),
        passed=sum(each["status"] == "pass" for each in rows),
    )


def _row(check: Mapping[str, Any]) -> Row:
    reference = references.table().checks.get(check["id"])
    source = references.table().sources.get(check["source"])
    is_shown = reference is not None and reference.is_shown
    return Row(
        id=check["id"],
        note=say(reference.note) if reference and is_shown else "",
        expected=_expected(check),
        got=_number(check["got"]),
        tolerance=_tolerance(check),
        status=check["status"],
        status_label=gettext(STATUSES[check["status"]]),
        kind=gettext(KINDS.get(check["kind"], check["kind"])),
        source=f"{source.authors}, {source.year}" if source and is_shown else "",
        url=(reference.url or source.url) if reference and source and is_shown else "",
        reason=check["reason"],
    )


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, int):
        return plots.written(value, tongue())
    text = f"{value:.7g}"
    return text.replace(".", ",") if tongue() == "fr" else text


def _expected(check: Mapping[str, Any]) -> str:
    said = _number(check["expected"])
    if check["op"] == "min":
        return gettext("{value} ou plus").format(value=said)
    return gettext("{value} ou moins").format(value=said) if check["op"] == "max" else said


def _tolerance(check: Mapping[str, Any]) -> str:
    if check["op"] != "close":
        return ""
    return f"± {plots.written(check['tol'], tongue())}" if check["tol"] else gettext("exact")
