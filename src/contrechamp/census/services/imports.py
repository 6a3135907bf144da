"""Importing a file: read it whole, bring it in as drafts, report what was not understood.

Two steps, so that a file that is refused leaves nothing behind, not even an empty observatory:
`look` opens and reads the file without a table; `bring_in` writes what it says in one
transaction. An import proves nothing: all that it brings is a draft, whatever the file says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext

from contrechamp.census import queries
from contrechamp.census.domain.exchange import carto, ftm_reading, uwazi, yaml_facts
from contrechamp.census.domain.exchange.bundle import Bundle
from contrechamp.census.domain.exchange.report import CODES, Report
from contrechamp.census.domain.exchange.terms import Vocabularies
from contrechamp.census.models import Claim, Entity, ImportIssue, ImportRun, State
from contrechamp.foundation.vocabulary import terms
from contrechamp.foundation.words import say
from contrechamp.kernel.errors import ContrechampError, Refused, gettext_noop
from contrechamp.places import queries as places

from .bringing import Writer, operator
from .dumps import check_dump, has_tables, read_records, restore_tables
from .recording import recording
from .review import publish, publish_entities
from .sources import Source, is_zip, open_text, open_zip, read_entry, text_of

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MANY = 20_000
KINDS = ("carto", "uwazi", "ftm", "contrechamp", "facts")


@dataclass(slots=True, kw_only=True)
class Order:
    """What somebody asked to import, and how."""

    paths: list[Path]
    kind: str
    dataset: str = ""
    encoding: str = ""
    map: Path | None = None
    with_commented: bool = False
    restore: bool = False
    dry_run: bool = False


@dataclass(slots=True)
class Looked:
    """A file that was opened and understood so far as that needs no table."""

    order: Order
    source: Source
    tables: dict[str, str] = field(default_factory=dict)
    mapping: uwazi.Mapping | None = None
    sheets: list[uwazi.Sheet] = field(default_factory=list)
    dataset: str = ""


def look(order: Order) -> Looked:
    """Open and read the file without a table, or raise `Refused`."""
    if order.dataset and not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,60}", order.dataset):
        raise Refused(
            gettext_noop("« {name} » : un jeu de données a un nom en minuscules sans espace."),
            name=order.dataset,
        )
    if len(order.paths) != 1 and order.kind != "uwazi":
        raise Refused(gettext_noop("Un seul fichier à la fois, sauf pour « uwazi »."))
    if order.kind == "contrechamp":
        return Looked(order, check_dump(order.paths[0]))
    if order.kind == "uwazi":
        return _look_uwazi(order)
    looked = Looked(order, open_text(order.paths[0], order.encoding))
    if order.kind == "facts":
        looked.tables = _Tables(order.paths[0].parent)
    report = Report(order.kind, file=looked.source.told())
    _parse(looked, report, with_gazetteer=False)
    looked.dataset = report.dataset
    return looked


def _look_uwazi(order: Order) -> Looked:
    parts = [part for path in order.paths for part in _sheets(path, order.encoding)]
    looked = Looked(order, parts[0])
    looked.source.parts = parts[1:]
    looked.sheets = [uwazi.read_sheet(part.path.name, part.text) for part in parts]
    mapping = order.map or order.paths[0].with_suffix(".map.yaml")
    if not mapping.exists():
        text = uwazi.draft_mapping(looked.sheets, vocabularies())
        try:
            mapping.write_text(text, encoding="utf-8")
        except OSError as error:
            raise Refused(
                gettext_noop("Le plan « {path} » ne peut pas être écrit ({problem})."),
                path=str(mapping),
                problem=error.strerror or "?",
            ) from None
        raise Refused(
            gettext_noop(
                "Dites d'abord ce que veut dire chaque colonne : un plan est prêt dans « {path} »."
                " Complétez-le, puis relancez avec --map {path}."
            ),
            path=str(mapping),
        )
    looked.mapping = uwazi.read_mapping(open_text(mapping).text, vocabularies())
    _parse(looked, Report(order.kind), with_gazetteer=False)
    return looked


def _sheets(path: Path, encoding: str) -> Iterator[Source]:
    if not is_zip(path):
        yield open_text(path, encoding)
        return
    with open_zip(path) as archive:
        names = sorted(name for name in archive.namelist() if name.lower().endswith(".csv"))
        if not names:
            raise Refused(gettext_noop("« {name} » ne contient aucun CSV."), name=path.name)
        for name in names:
            yield text_of(path / name, read_entry(archive, name), encoding)


class _Tables(dict[str, str]):
    """CSV files beside a file of facts, opened when they are named."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder.resolve()

    def __missing__(self, name: str) -> str:
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder):
            raise Refused(gettext_noop("« {name} » est hors du dossier du fichier."), name=name)
        self[name] = open_text(path).text
        return self[name]


def vocabularies() -> Vocabularies:
    """Return the vocabularies as the parsers need them."""
    properties = terms("properties")
    others = {term["vocabulary"] for term in properties.values() if term.get("vocabulary")}
    return Vocabularies(
        properties=properties,
        relations=terms("relations"),
        types=terms("entity_types"),
        registers=terms("registers"),
        technologies=terms("technologies"),
        amount_kinds=terms("amount_kinds"),
        others={name: terms(name) for name in sorted(others)},
    )


def _parse(looked: Looked, report: Report, *, with_gazetteer: bool) -> Bundle:
    """Return what the file says; a mistake within it is told in the reader's language."""
    order, text = looked.order, looked.source.text
    try:
        if order.kind == "carto":
            report.dataset = order.dataset or "carto"
            return carto.parse(
                text,
                report,
                dataset=report.dataset,
                with_commented=order.with_commented,
                resolve_towns=_resolve_towns if with_gazetteer else None,
                split_towns=_split_towns if with_gazetteer else None,
            )
        if order.kind == "ftm":
            report.dataset = order.dataset or looked.source.path.stem.lower()[:60]
            return ftm_reading.parse(
                text.split("\n"), report, dataset=report.dataset, vocabularies=vocabularies()
            )
        if order.kind == "contrechamp":
            report.dataset = order.dataset or "contrechamp"
            path = looked.source.path
            return read_records(path, report, report.dataset, vocabularies())
        if order.kind == "uwazi":
            assert looked.mapping is not None  # noqa: S101  look() has read it
            report.dataset = order.dataset or looked.mapping.dataset
            files = _beside(order.paths)
            return uwazi.parse(
                looked.sheets,
                report,
                mapping=looked.mapping,
                dataset=report.dataset,
                has_file=files.__contains__,
                vocabularies=vocabularies(),
            )
        return yaml_facts.parse(
            text,
            report,
            vocabularies=vocabularies(),
            open_table=looked.tables.__getitem__,
        )
    except ContrechampError as error:
        tell_inner(error)
        raise


def tell_inner(error: ContrechampError) -> None:
    """Write the error that an error speaks of in the reader's language."""
    for name, value in error.values.items():
        if isinstance(value, ContrechampError):
            tell_inner(value)
            error.values[name] = say(value)


def _beside(paths: list[Path]) -> set[str]:
    """Return the names of the files that came with an export."""
    found: set[str] = set()
    for path in paths:
        if is_zip(path):
            with open_zip(path) as archive:
                found.update(Path(name).name for name in archive.namelist())
        else:
            found.update(each.name for each in path.parent.glob("*") if each.is_file())
            found.update(each.name for each in path.parent.glob("files/*") if each.is_file())
    return found


# The gazetteer


def _resolve_towns(names: list[str]) -> dict[str, carto.Town]:
    answers = places.resolve_towns(names)
    return {
        name: carto.Town(
            answer.outcome.value,
            tuple((town.key, _town_label(town)) for town in answer.towns),
        )
        for name, answer in answers.items()
    }


def _town_label(town: Any) -> str:
    people = f"{town.population:,}".replace(",", " ") if town.population is not None else "?"
    return f"{town.name} ({town.departement}, {people} hab.)"


def _split_towns(names: list[str]) -> list[tuple[str, str, str]]:
    return [(one, other, town.name) for one, other, town in places.split_towns(names)]


# Writing


def bring_in(looked: Looked, *, actor: User, now: datetime) -> Report:
    """Write what the file says, in one transaction, and return the report."""
    report = Report(looked.order.kind, dry_run=looked.order.dry_run)
    report.file = looked.source.told()
    if looked.source.parts:
        report.extra["files"] = [looked.source.told(), *(p.told() for p in looked.source.parts)]
    try:
        with transaction.atomic():
            _bring_in(looked, report, actor, now)
            transaction.set_rollback(looked.order.dry_run)
    except ContrechampError as error:
        tell_inner(error)
        raise
    return report


def _bring_in(looked: Looked, report: Report, actor: User, now: datetime) -> None:
    order = looked.order
    if order.restore:
        _check_empty()
    run = ImportRun(
        kind=order.kind, dataset=order.dataset, sha256=looked.source.sha256, by=actor, at=now
    )
    if order.kind == "contrechamp" and order.restore and has_tables(looked.source.path):
        # The history comes with it: an import of its own would be a row that was not there.
        restore_tables(looked.source.path, report, now=now)
        report.dataset = order.dataset or "contrechamp"
        return
    changed = _write(looked, report, run, actor, now)
    report.import_id = run.pk if changed else _last_run(run)
    if order.dry_run:
        report.import_id = None
        return
    if changed:
        run.report = as_json(report)
        run.save(force_insert=True)
        ImportIssue.objects.bulk_create(
            [
                ImportIssue(
                    run=run, code=i["code"], line=i["line"], value=i["value"], message=i["message"]
                )
                for i in run.report["issues"]
            ],
            batch_size=1_000,
        )


def _write(looked: Looked, report: Report, run: ImportRun, actor: User, now: datetime) -> bool:
    order = looked.order
    bundle = _parse(looked, report, with_gazetteer=True)
    run.dataset = report.dataset
    with recording(actor=actor, now=now, verb="import", reason=report.dataset, run=run) as act:
        writer = Writer(
            bundle,
            report,
            act,
            is_strict=order.kind == "facts",
            joins_same=order.kind != "carto",
            restore=order.restore,
        )
        changed = writer.write()
    _suggest(report, {entity.pk: key for key, entity in writer.entities.items()})
    if order.restore:
        _restore_states(bundle, writer, report, now)
    return changed


def _suggest(report: Report, keys: dict[str, str]) -> None:
    """Write down which of these records may be the same as another, by name alone.

    `suggestions` holds the pairs within the file, `suggestions_here` those with what was here.
    """
    here = report.extra.setdefault("suggestions_here", [])
    some = keys if Entity.objects.count() > MANY else None
    for pair in queries.merge_suggestions(some):
        told = {
            "a": keys.get(pair.a, pair.a_name),
            "b": keys.get(pair.b, pair.b_name),
            "why": pair.why,
            "a_id": pair.a,
            "b_id": pair.b,
        }
        if pair.a in keys and pair.b in keys:
            report.suggestions.append(told)
        elif pair.a in keys or pair.b in keys:
            here.append(told)


def _check_empty() -> None:
    if Entity.objects.exists():
        raise Refused(
            gettext_noop(
                "--restore ne s'emploie que dans un observatoire vide : ici, les états seraient"
                " mélangés. Importez sans --restore, ou dans un autre dossier."
            )
        )


def _restore_states(bundle: Bundle, writer: Writer, report: Report, now: datetime) -> None:
    """Publish again what was public, by the same rules: an import cannot go round them."""
    reviewer = operator()
    refused: list[tuple[str, str]] = []
    lines = {
        writer.claims[key].pk: s.line
        for key, s in bundle.statements.items()
        if key in writer.claims
    }
    for as_alleged in (False, True):
        ids = [
            writer.claims[key].pk
            for key, statement in bundle.statements.items()
            if key in writer.claims
            and statement.state == State.PUBLISHED
            and (statement.as_alleged or statement.status == Claim.Status.ALLEGED) == as_alleged
        ]
        if ids:
            done = publish(ids, reviewer=reviewer, now=now, as_alleged=as_alleged)
            refused += done.refused
    waiting = [
        writer.entities[key].pk
        for key, node in bundle.nodes.items()
        if node.state == State.PUBLISHED and not node.person_hold
    ]
    there = Entity.objects.filter(pk__in=waiting).exclude(state=State.PUBLISHED)
    refused += publish_entities(
        there.order_by("pk").values_list("pk", flat=True), reviewer=reviewer, now=now
    ).refused
    for key, sentence in refused:
        report.note("state_lowered", lines.get(key), key, sentence)


def _last_run(run: ImportRun) -> str | None:
    known = ImportRun.objects.filter(kind=run.kind, dataset=run.dataset, sha256=run.sha256)
    return known.order_by("-at").values_list("pk", flat=True).first()


# Telling


def as_json(report: Report) -> dict[str, Any]:
    """Return the report as its JSON document, sentences in the reader's language."""
    return {
        "report": "contrechamp.import",
        "version": 1,
        "kind": report.kind,
        "import_id": report.import_id,
        "dry_run": report.dry_run,
        "dataset": report.dataset,
        "file": report.file,
        "rows": report.rows,
        "nodes": report.nodes,
        "edges": report.edges,
        "values": report.values,
        "evidence": report.evidence,
        "relations": report.relations,
        "misspelt": report.misspelt,
        "undeclared": report.undeclared,
        "sources": report.sources,
        "suggestions": report.suggestions,
        "issues": [
            {
                "code": issue.code,
                "line": issue.line,
                "value": issue.value,
                "message": _message(issue.code, issue.detail, issue.values),
            }
            for issue in report.issues
        ],
        "counts": report.counts,
        **report.extra,
    }


def _message(code: str, detail: str, values: dict[str, object]) -> str:
    head = gettext(CODES[code])
    if not detail:
        return f"{head[:1].upper()}{head[1:]}."
    told = gettext(detail)
    return f"{head[:1].upper()}{head[1:]}. {told.format(**values) if values else told}"


Progress = Callable[[str], None]
