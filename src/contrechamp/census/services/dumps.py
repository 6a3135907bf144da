"""The dump: a ZIP of JSON lines with a manifest of what is in it.

`records.jsonl` holds every record and relation as FollowTheMoney lines do; a public dump also what
other rooms have public (`public/`), to be read elsewhere. A dump of everything also holds the
working tables, history and all, row by row: with `--restore` they come back as they were into an
empty observatory. The same facts give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models

from contrechamp.accounts.services import system_account
from contrechamp.census.domain.exchange import ftm, ftm_reading
from contrechamp.census.domain.exchange.bundle import Bundle
from contrechamp.census.domain.exchange.report import Report
from contrechamp.census.models import (
    Change,
    ChangeLine,
    Claim,
    Entity,
    Evidence,
    EvidenceCheck,
    Identifier,
    ImportIssue,
    ImportRun,
    Merge,
    Name,
    Notice,
    NotSame,
    PublishedChange,
    Redirect,
)
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.tables import Table

from .leaflets import LICENCE, as_of, leaflets
from .projection import rebuild_published
from .sinks import json_lines
from .sources import Source, digest_of, open_zip, read_entry

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

FORMAT = "contrechamp.dump"
VERSION = 1
RECORDS = "records.jsonl"
IN_RECORDS = frozenset({"nodes", "edges", "claims", "evidence", "places", "labels"})
"""Tables that a dump has no need of: its records say the same, places and labels come with us."""
TABLES: tuple[type[models.Model], ...] = (
    ImportRun,
    ImportIssue,
    Entity,
    Name,
    Identifier,
    Claim,
    Evidence,
    EvidenceCheck,
    Change,
    ChangeLine,
    Merge,
    NotSame,
    Notice,
    Redirect,
    PublishedChange,
)
"""Working tables, in the order in which they are written back. The projection is computed."""
BIGGEST = 1024 * 1024 * 1024


# Writing


def write_dump(
    path: Path, lines: Iterable[str], tables: Sequence[Table], *, scope: str
) -> dict[str, Any]:
    """Write a dump of these lines of FollowTheMoney; return its manifest.

    Of scope `public` with the tables that rooms offer (`public/…`); of scope `all` with the working
    tables. Both with licence and data dictionary.
    """
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "scope": scope,
        "licence": LICENCE,
        "as_of": as_of(),
        "tables": {},
        "files": {},
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        _write_table(archive, manifest, RECORDS, lines)
        if scope == "all":
            for model in TABLES:
                _write_table(archive, manifest, f"tables/{_name(model)}.jsonl", _rows(model))
        else:
            for table in tables:
                if table.name not in IN_RECORDS:
                    _write_table(archive, manifest, f"public/{table.name}.jsonl", json_lines(table))
        counts = {name: told["rows"] for name, told in manifest["tables"].items()}
        for name, text in leaflets(tables, counts).items():
            manifest["files"][name] = {"sha256": hashlib.sha256(text.encode()).hexdigest()}
            archive.writestr(zip_entry(name), text)
        text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        archive.writestr(zip_entry("manifest.json"), text)
    return manifest


def zip_entry(name: str) -> zipfile.ZipInfo:
    """Return an entry of an archive whose bytes hold no time of export."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # No time of export in the bytes.
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry


def _write_table(
    archive: zipfile.ZipFile, manifest: dict[str, Any], name: str, lines: Iterable[str]
) -> None:
    digest, count = hashlib.sha256(), 0
    with archive.open(zip_entry(name), "w", force_zip64=True) as out:
        for line in lines:
            data = line.encode()
            digest.update(data)
            out.write(data)
            count += 1
    manifest["tables"][name] = {"rows": count, "sha256": digest.hexdigest()}


def _name(model: type[models.Model]) -> str:
    return model._meta.model_name or ""


def _users() -> dict[int, str]:
    return dict(get_user_model().objects.values_list("pk", "username"))


def _rows(model: type[models.Model]) -> Iterator[str]:
    users = _users()
    fields = model._meta.concrete_fields
    for row in model._default_manager.order_by("pk").iterator():
        said = {field.attname: _plain(getattr(row, field.attname)) for field in fields}
        for field in fields:
            if _is_user(field) and said[field.attname] is not None:
                said[field.attname] = users[said[field.attname]]
            if field.name == "authors":
                said["authors"] = sorted(users[key] for key in said["authors"])
        yield ftm.line(said)


def _is_user(field: Any) -> bool:
    related = getattr(field, "related_model", None)
    return related is not None and related._meta.label == settings.AUTH_USER_MODEL


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


# Reading


def check_dump(path: Path) -> Source:
    """Open a dump and compare it with its manifest, or raise `Refused`."""
    size = 0
    with open_zip(path) as archive:
        manifest = _manifest(archive, path)
        names = {name for name in archive.namelist() if not name.endswith("/")}
        files = manifest.get("files", {})
        told = {*manifest["tables"], *files, "manifest.json"}
        if names != told or RECORDS not in told:
            odd = sorted(names ^ told)[:3]
            raise _mismatch(path, ", ".join(odd) or RECORDS)
        for name, said in {**manifest["tables"], **files}.items():
            digest = hashlib.sha256(read_entry(archive, name, BIGGEST)).hexdigest()
            if not isinstance(said, dict) or digest != said.get("sha256"):
                raise _mismatch(path, name)
        size = sum(int(said.get("rows", 0)) for said in manifest["tables"].values())
    return Source(path, digest_of(path), path.stat().st_size, size, "utf-8")


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(read_entry(archive, "manifest.json", 1024 * 1024))
    except ValueError:
        manifest = None
    if (
        not isinstance(manifest, dict)
        or manifest.get("format") != FORMAT
        or not isinstance(manifest.get("tables"), dict)
    ):
        raise Refused(
            gettext_noop("« {name} » n'est pas un de nos exports : son manifeste manque."),
            name=path.name,
        )
    if manifest.get("version") != VERSION:
        raise Refused(
            gettext_noop("« {name} » vient d'une version plus récente. Mettez à jour d'abord."),
            name=path.name,
        )
    return manifest


def _mismatch(path: Path, name: str) -> Refused:
    return Refused(
        gettext_noop(
            "« {path} » : « {name} » n'est pas ce que dit le manifeste. Le fichier a été modifié ou"
            " coupé : exportez-le à nouveau."
        ),
        path=path.name,
        name=name,
    )


def read_records(path: Path, report: Report, dataset: str, vocabularies: Any) -> Bundle:
    """Return the records of a dump."""
    with open_zip(path) as archive:
        text = read_entry(archive, RECORDS, BIGGEST).decode()
    return ftm_reading.parse(
        text.split("\n"), report, dataset=dataset, vocabularies=vocabularies, may_be_empty=True
    )


def has_tables(path: Path) -> bool:
    """Answer whether a dump holds the working tables."""
    with open_zip(path) as archive:
        return any(name.startswith("tables/") for name in archive.namelist())


def restore_tables(path: Path, report: Report, *, now: datetime) -> bool:
    """Write the tables of a dump back as they were, into an empty observatory."""
    accounts: dict[str, User] = {}
    try:
        with open_zip(path) as archive:
            for model in TABLES:
                data = read_entry(archive, f"tables/{_name(model)}.jsonl", BIGGEST).decode()
                rows = [_row(model, json.loads(line), accounts) for line in data.splitlines()]
                model._default_manager.bulk_create(rows, batch_size=1_000)
                _count(report, model, len(rows))
        rebuild_published(now=now)
    except (KeyError, TypeError, ValueError, ValidationError, DatabaseError) as error:
        raise Refused(
            gettext_noop("« {name} » est abîmé ({problem}) : rien n'a été repris."),
            name=path.name,
            problem=str(error)[:80],
        ) from error
    report.rows = {"lines": sum(report.extra["tables"].values())}
    return True


def _count(report: Report, model: type[models.Model], number: int) -> None:
    report.extra.setdefault("tables", {})[_name(model)] = number
    if model is Entity:
        report.nodes.update(total=number, declared=number, created=number)
    if model is Claim:
        relations = Claim.objects.exclude(target=None).count()
        report.edges.update(rows=relations, relations=relations, created=relations)
        report.values.update(created=number - relations)
    if model is Evidence:
        report.evidence["created"] = number


def _row(
    model: type[models.Model], said: dict[str, Any], accounts: dict[str, User]
) -> models.Model:
    fields = {}
    for field in model._meta.concrete_fields:
        value = said[field.attname]
        if _is_user(field):
            value = None if value is None else _account(value, accounts).pk
        elif field.name == "authors":
            value = sorted(_account(name, accounts).pk for name in value)
        elif not isinstance(field, models.JSONField | models.ForeignKey):
            value = field.to_python(value)
        fields[field.attname] = value
    return model(**fields)


def _account(name: str, accounts: dict[str, User]) -> User:
    if name not in accounts:
        accounts[name] = system_account(str(name))
    return accounts[name]
