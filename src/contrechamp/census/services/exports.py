"""Exports: the same facts give the same bytes, and nothing unpublished is in a public one.

The scope `public` reads `census.published` and nothing else; `all` is for whoever has the machine.
A file is written beside its place and renamed, so that nobody ever reads half of one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from contrechamp.census.domain.exchange import flat, ftm, gexf, lite
from contrechamp.census.domain.exchange.bundle import Bundle
from contrechamp.documents import queries as documents
from contrechamp.foundation.vocabulary import label, terms
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.places import queries as places

from .bundles import all_documents, bundle_of, public_bundle, whole_bundle
from .dumps import write_dump

FORMATS = ("ftm", "gexf", "csv", "sqlite", "dump")
SCOPES = ("public", "all")
Positions = Mapping[str, tuple[float, float]]


def export(
    format: str,
    path: Path,
    *,
    scope: str = "public",
    positions: Positions | None = None,
) -> dict[str, int]:
    """Write the census to a file or folder; return how many records and facts it holds."""
    if scope == "all" and format == "sqlite":
        raise Refused(
            gettext_noop("« {format} » ne contient que ce qui est public."), format=format
        )
    bundle = public_bundle() if scope == "public" else whole_bundle()
    writers: dict[str, Callable[[Path], Any]] = {
        "ftm": lambda out: _write_lines(out, _ftm(bundle)),
        "gexf": lambda out: _write_lines(
            out, gexf.render(bundle, _relation_label, positions or {})
        ),
        "csv": lambda out: _write_csv(out, bundle, scope),
        "sqlite": lambda out: lite.write(out, bundle, _tables(bundle, scope), _labels()),
        "dump": lambda out: write_dump(out, bundle, scope=scope),
    }
    with _beside(path, is_folder=format == "csv") as out:
        writers[format](out)
    relations = sum(bool(each.target) for each in bundle.statements.values())
    return {
        "records": len(bundle.nodes),
        "relations": relations,
        "values": len(bundle.statements) - relations,
    }


def ftm_lines(records: Sequence[str], facts: Sequence[str]) -> Iterator[str]:
    """Return some of what is public as lines of FollowTheMoney: what somebody sees of it."""
    return _ftm(bundle_of(records, facts))


@contextmanager
def _beside(path: Path, *, is_folder: bool) -> Iterator[Path]:
    """Give a place to write to, and put it where it belongs when all is written."""
    path = path.absolute()
    if is_folder and path.exists() and not path.is_dir():
        raise Refused(
            gettext_noop("« {path} » est un fichier : donnez un dossier."), path=str(path)
        )
    if not is_folder and path.is_dir():
        raise Refused(
            gettext_noop("« {path} » est un dossier : donnez un fichier."), path=str(path)
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".export-", dir=path.parent))
    except OSError as error:
        raise Refused(
            gettext_noop("Impossible d'écrire dans « {path} » ({problem})."),
            path=str(path.parent),
            problem=error.strerror or "?",
        ) from None
    try:
        yield folder if is_folder else folder / path.name
        if is_folder:
            folder.chmod(0o755)
            path.mkdir(exist_ok=True)
            for each in sorted(folder.iterdir()):
                each.replace(path / each.name)
        else:
            (folder / path.name).replace(path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_lines(path: Path, lines: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines)
        out.flush()
        os.fsync(out.fileno())


def _ftm(bundle: Bundle) -> Iterator[str]:
    return ftm.render(bundle, types=terms("entity_types"), properties=terms("properties"))


def _relation_label(code: str) -> str:
    return label("relations", code)


def _labels() -> dict[str, str]:
    found = {code: term["label"]["fr"] for code, term in terms("properties").items()}
    return found | {code: term["label"]["fr"] for code, term in terms("relations").items()}


def _write_csv(folder: Path, bundle: Bundle, scope: str) -> None:
    for name, rows in _tables(bundle, scope).items():
        _write_lines(folder / f"{name}.csv", flat.render(rows))


def _tables(bundle: Bundle, scope: str) -> dict[str, Iterator[list[Any]]]:
    """Return the six tables, each with its header first."""
    found = flat.tables(bundle, _labels())
    found["documents"] = _documents(bundle, scope)
    found["places"] = _places(bundle)
    return found


def _documents(bundle: Bundle, scope: str) -> Iterator[list[Any]]:
    yield ["id", "sha256", "title", "type", "date", "source_url", "pages"]
    cited = {proof.document for s in bundle.statements.values() for proof in s.evidence}
    cited -= {""}
    rows = documents.public() if scope == "public" else all_documents()
    for row in rows.prefetch_related("versions__file").order_by("pk"):
        for version in sorted(row.versions.all(), key=lambda each: each.number):
            if version.file_id in cited:
                yield [
                    row.pk,
                    version.file_id,
                    row.title,
                    row.doc_type,
                    row.dated_text,
                    row.source_url,
                    version.file.pages_count,
                ]


def _places(bundle: Bundle) -> Iterator[list[Any]]:
    yield ["key", "kind", "code", "name", "population", "departement", "region", "lon", "lat"]
    keys = sorted({node.territory for node in bundle.nodes.values() if node.territory})
    found = places.territories(keys)
    for key in keys:
        if row := found.get(key):
            yield [
                row.key,
                row.kind,
                row.code,
                row.name,
                row.population,
                row.departement,
                row.region,
                row.lon,
                row.lat,
            ]
