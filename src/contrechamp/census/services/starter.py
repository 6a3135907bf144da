"""The starter census: loaded by the importer that everybody has, removed without a trace.

Its author is a system account, its reviewer the account of the machine's operator, so that the
rule of two people is kept even here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet

from contrechamp.accounts.services import system_account
from contrechamp.census.models import (
    Change,
    ChangeLine,
    Claim,
    Entity,
    Evidence,
    EvidenceCheck,
    ImportRun,
    Merge,
    Notice,
    NotSame,
    PublishedChange,
    State,
)
from contrechamp.kernel.errors import Refused, gettext_noop

from .bringing import operator
from .imports import Looked, Order, bring_in, look
from .review import publish, withdraw

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

FORMAT = "format: contrechamp.facts"
AUTHOR = "recensement-de-depart"
PART = 900


@dataclass(slots=True, kw_only=True)
class Pack:
    """One file of the starter census and what of it is here."""

    name: str
    dataset: str
    title: str = ""
    records: int = 0
    facts: int = 0
    published: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    is_changed: bool = False


@dataclass(slots=True, kw_only=True)
class Removal:
    """What was removed, and what stays because somebody has built on it."""

    records: int = 0
    facts: int = 0
    kept_records: list[str] = field(default_factory=list)
    kept_facts: int = 0


def _looked(folder: Path | None) -> list[Looked]:
    """Open the files of facts of a folder; the starter census's own when none is named."""
    if folder is None:
        with as_file(files("contrechamp").joinpath("starter")) as packed:
            return _looked(packed)
    paths = [path for path in sorted(folder.glob("*.yaml")) if FORMAT in path.read_text("utf-8")]
    if not paths:
        raise Refused(gettext_noop("Le recensement de départ n'est pas dans cette installation."))
    return [look(Order(paths=[path], kind="facts")) for path in paths]


def load_starter(*, now: datetime, folder: Path | None = None) -> list[Pack]:
    """Load and publish the starter census. Loading it twice changes nothing."""
    looked = _looked(folder)
    author, reviewer = system_account(AUTHOR), operator()
    return [_load(each, author, reviewer, now) for each in looked]


@transaction.atomic
def _load(looked: Looked, author: User, reviewer: User, now: datetime) -> Pack:
    report = bring_in(looked, actor=author, now=now)
    pack = Pack(
        name=looked.source.path.name,
        dataset=report.dataset,
        title=str(report.extra["title"]),
    )
    what = (report.nodes, report.edges, report.values)
    pack.is_changed = any(each["created"] or each["updated"] for each in what)
    if pack.is_changed:
        waiting = _claims([report.dataset]).filter(state__in=[State.DRAFT, State.IN_REVIEW])
        ids = list(waiting.order_by("pk").values_list("pk", flat=True))
        done = publish(
            ids, reviewer=reviewer, now=now, as_alleged=True, reason=f"Départ : {pack.title}"
        )
        pack.refused = done.refused
    _figures(pack)
    return pack


def starter_status(*, folder: Path | None = None) -> list[Pack]:
    """Return what of the starter census is here."""
    packs = []
    for looked in _looked(folder):
        pack = Pack(name=looked.source.path.name, dataset=looked.dataset)
        _figures(pack)
        packs.append(pack)
    return packs


def _figures(pack: Pack) -> None:
    claims = _claims([pack.dataset])
    pack.facts = claims.count()
    pack.published = claims.filter(state=State.PUBLISHED).count()
    pack.records = Entity.objects.filter(keys__has_key=f"facts:{pack.dataset}").count()


def _claims(datasets: Iterable[str]) -> QuerySet[Claim]:
    asked = Q(pk__in=[])
    for dataset in datasets:
        asked |= Q(keys__has_key=f"facts:{dataset}")
    return Claim.objects.filter(asked, made_by__username=AUTHOR)


@transaction.atomic
def remove_starter(*, now: datetime, folder: Path | None = None) -> Removal:
    """Remove the starter census: facts, records, history. What others built on stays."""
    datasets = [looked.dataset for looked in _looked(folder)]
    author, reviewer = system_account(AUTHOR), operator()
    machine = [author.pk, reviewer.pk]
    every = set(_claims(datasets).values_list("pk", flat=True))
    touched = _touched(sorted(every), machine)
    gone = sorted(every - touched)
    for part in _parts(gone):
        withdraw(part, actor=reviewer, now=now, reason="")
    _delete_claims(gone)
    made = set(Entity.objects.filter(made_by=author).values_list("pk", flat=True))
    needed = _needed(sorted(made), machine)
    names = Entity.objects.filter(pk__in=needed).values_list("name", flat=True)
    removal = Removal(facts=len(gone), kept_facts=len(touched), kept_records=sorted(names))
    lost = sorted(made - needed)
    removal.records = len(lost)
    for part in _parts(lost):
        Entity.objects.filter(pk__in=part).delete()
    _delete_history([*gone, *lost], lost, machine)
    return removal


def _touched(claims: Sequence[str], machine: list[int]) -> set[str]:
    """Return the claims that somebody else has changed, sourced, checked or answered."""
    found: set[str] = set()
    for part in _parts(claims):
        sourced = Evidence.objects.filter(claim__in=part).exclude(added_by__in=machine)
        found.update(sourced.values_list("claim", flat=True))
        checked = EvidenceCheck.objects.filter(evidence__claim__in=part).exclude(by__in=machine)
        found.update(checked.values_list("evidence__claim", flat=True))
        changed = ChangeLine.objects.filter(row__in=part).exclude(change__by__in=machine)
        found.update(changed.values_list("row", flat=True))
        noticed = Notice.objects.filter(claim__in=part).values_list("claim", flat=True)
        found.update(key for key in noticed if key)
    return found


def _delete_claims(claims: Sequence[str]) -> None:
    for part in _parts(claims):
        evidence = list(Evidence.objects.filter(claim__in=part).values_list("pk", flat=True))
        for rows in _parts(evidence):
            ChangeLine.objects.filter(row__in=rows).delete()
        Claim.objects.filter(pk__in=part).delete()


def _needed(records: Sequence[str], machine: list[int]) -> set[str]:
    """Return the records that a remaining claim, merge, judgement or person still needs."""
    found: set[str] = set()
    for part in _parts(records):
        for model, ends in (
            (Claim, ("subject", "target")),
            (Merge, ("survivor", "absorbed")),
            (NotSame, ("a", "b")),
            (Notice, ("entity",)),
        ):
            for end in ends:
                rows = model._default_manager.filter(**{f"{end}__in": part})
                found.update(rows.values_list(end, flat=True))
        changed = ChangeLine.objects.filter(entity__in=part).exclude(change__by__in=machine)
        found.update(changed.values_list("entity", flat=True))
    return found


def _delete_history(rows: Sequence[str], records: Sequence[str], machine: list[int]) -> None:
    """Delete the history of what is no longer there, and of the imports that brought it."""
    for part in _parts(rows):
        ChangeLine.objects.filter(row__in=part).delete()
    for part in _parts(records):
        ChangeLine.objects.filter(entity__in=part).delete()
        PublishedChange.objects.filter(entity__in=part).delete()
    Change.objects.filter(by__in=machine, lines=None, reverts=None).exclude(
        pk__in=Change.objects.exclude(reverts=None).values("reverts")
    ).delete()
    runs = ImportRun.objects.filter(by__username=AUTHOR, claims=None)
    runs.exclude(pk__in=Change.objects.exclude(run=None).values("run")).delete()


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + PART] for start in range(0, len(keys), PART))
